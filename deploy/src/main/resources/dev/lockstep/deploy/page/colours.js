// Colours that people tell apart whatever their eyes are, as the style sheet has them for light and dark.

const SERIES = 8;
const DEPTHS = 4;

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

/** Of a place between 0 and 1, as of a layer's depth: neighbours are alike, and all differ in lightness too. */
export function depth(place) {
  const at = Math.min(DEPTHS - 1.001, place * (DEPTHS - 1));
  const below = channels(named(`--depth-${Math.floor(at) + 1}`));
  const above = channels(named(`--depth-${Math.floor(at) + 2}`));
  const mixed = below.map((channel, index) => Math.round(channel + at % 1 * (above[index] - channel)));
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
