// Numbers and times as people read them.

const WHOLE = new Intl.NumberFormat("en", {maximumFractionDigits: 0});
const COMPACT = new Intl.NumberFormat("en", {notation: "compact", maximumSignificantDigits: 3});
const FIGURE = new Intl.NumberFormat("en", {maximumSignificantDigits: 4});

export function whole(value) {
  return WHOLE.format(value);
}

/** As "1 line" or "1,000 lines". */
export function count(number, thing) {
  return `${whole(number)} ${thing}${number === 1 ? "" : "s"}`;
}

/** As 12k, for an axis. */
export function compact(value) {
  return COMPACT.format(value);
}

/** Four digits that count. */
export function figure(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  if (typeof value !== "number") {
    return String(value);
  }
  const size = Math.abs(value);
  if (size >= 1000 && size < 1e7) {
    return whole(value);
  }
  return size !== 0 && (size < 1e-3 || size >= 1e7) ? value.toExponential(2) : FIGURE.format(value);
}

/** For an axis: no more digits than its ticks need. */
export function tick(value) {
  const size = Math.abs(value);
  if (size >= 1000 && size < 1e15) {
    return compact(value);
  }
  return size !== 0 && (size < 1e-3 || size >= 1e15) ? value.toExponential(0) : FIGURE.format(value);
}

export function duration(seconds) {
  const rest = Math.max(0, Math.round(seconds));
  if (rest < 60) {
    return `${rest} s`;
  }
  if (rest < 3600) {
    return `${Math.floor(rest / 60)} min ${rest % 60} s`;
  }
  return rest < 86400
      ? `${Math.floor(rest / 3600)} h ${Math.floor(rest % 3600 / 60)} min`
      : `${Math.floor(rest / 86400)} d ${Math.floor(rest % 86400 / 3600)} h`;
}

export function clock(time) {
  return new Date(time).toLocaleString([], {dateStyle: "medium", timeStyle: "medium"});
}

/** As "validation loss" of "validation.loss". */
export function words(name) {
  return name.replaceAll("_", " ").replaceAll(".", " ");
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
