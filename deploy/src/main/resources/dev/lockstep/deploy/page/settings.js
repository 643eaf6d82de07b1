// What the runs were told, side by side; what differs comes first.
import {plainCard, section} from "./cards.js";
import {el, show, table} from "./dom.js";

let card = null;

/** As {"optimizer.adam.lr": "0.001"}. */
function flat(value, key = "", into = {}) {
  if (Array.isArray(value) && value.some(each => each !== null && typeof each === "object")) {
    value.forEach((each, at) => flat(each, `${key}[${at + 1}]`, into));
  } else if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    Object.entries(value).forEach(([name, each]) => flat(each, key ? `${key}.${name}` : name, into));
  } else {
    into[key] = Array.isArray(value) ? value.join(", ") : String(value);
  }
  return into;
}

export function showSettings(runs) {
  const told = runs.map(run => flat(run.detail.start?.settings ?? {}));
  const keys = [...new Set(told.flatMap(Object.keys))];
  section("settings", keys.length > 0);
  if (keys.length === 0) {
    return;
  }
  card ??= plainCard(section("settings", true), "Of the job", true);
  const differs = key => new Set(told.map(each => each[key])).size > 1;
  const ordered = [...keys.filter(differs), ...keys.filter(key => !differs(key))];
  const labels = runs.map(run => run.label);
  show(card.body, [told, labels], () => table("Settings of the job", ["setting", ...labels], ordered.map(key =>
    el(differs(key) ? "tr.differs" : "tr", {}, el("th", {scope: "row"}, key),
        ...told.map(each => el("td", {}, each[key] ?? "–"))))));
}
