// Colours that people tell apart whatever their eyes, as the style sheet has them for light and dark.

const SERIES = 8;

function named(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function series(index) {
  return named(`--series-${index % SERIES + 1}`);
}

export function ink() {
  return named("--ink-soft");
}

export function line() {
  return named("--line");
}

export function paper() {
  return named("--card");
}

export function strong() {
  return named("--ink");
}

/** Of a part of a worker's time. */
export function part(name) {
  return named(`--part-${name}`);
}

function channels(colour) {
  return [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
}

/** Of something's place among others, as of a layer's: from one end to the other. */
export function between(share) {
  const first = channels(named("--first"));
  const last = channels(named("--last"));
  const mixed = first.map((channel, at) => Math.round(channel + share * (last[at] - channel)));
  return "#" + mixed.map(channel => channel.toString(16).padStart(2, "0")).join("");
}

/** The same colour, as written #rrggbb, so that what lies behind it is seen. */
export function faint(colour, share) {
  return colour + Math.round(255 * share).toString(16).padStart(2, "0");
}

/** Calls when the reader's system turns dark or light. */
export function onTurn(listener) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}
