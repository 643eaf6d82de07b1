// What the reader has chosen. It stands in the address, so that a reload or a sent link shows the same.

let chosen = new URLSearchParams(location.hash.slice(1));
const listeners = [];

function number(key) {
  const value = Number(chosen.get(key));
  return chosen.has(key) && Number.isFinite(value) ? value : null;
}

export const state = {
  /** The steps that are looked at, or null for all. */
  get window() {
    const from = number("from");
    const to = number("to");
    return from !== null && to !== null && to > from ? {from, to} : null;
  },
  /** Whether the loss is drawn by decades; null to look at how far apart its values are. */
  get log() {
    return chosen.has("log") ? chosen.get("log") === "1" : null;
  },
  /** The run of which details are shown. */
  get run() {
    return number("run");
  },
  isHidden(run) {
    return (chosen.get("hide") ?? "").split(",").includes(String(run));
  },
};

/** Changes some keys; those that are null are taken out. */
export function choose(changes) {
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) {
      chosen.delete(key);
    } else {
      chosen.set(key, value);
    }
  }
  history.replaceState(null, "", "#" + chosen.toString());
  listeners.forEach(listener => listener());
}

export function toggleHidden(run) {
  const hidden = new Set((chosen.get("hide") ?? "").split(",").filter(each => each !== ""));
  if (!hidden.delete(String(run))) {
    hidden.add(String(run));
  }
  choose({hide: hidden.size === 0 ? null : [...hidden].join(",")});
}

export function onChoice(listener) {
  listeners.push(listener);
}

addEventListener("hashchange", () => {
  chosen = new URLSearchParams(location.hash.slice(1));
  listeners.forEach(listener => listener());
});
