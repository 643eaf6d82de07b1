// Asks for what is new, and shows it.
import {redrawAll} from "./cards.js";
import * as colours from "./colours.js";
import {showEvents} from "./events.js";
import {showFigures} from "./figures.js";
import {showChoice, showRuns, showTools} from "./header.js";
import {showLayers} from "./layers.js";
import {showMatrix} from "./matrix.js";
import * as server from "./server.js";
import {showSettings} from "./settings.js";
import {onChoice, state} from "./state.js";
import {showWorkers} from "./workers.js";

const SOON = 150;
const LIVE = 1000;
const QUIET = 5000;
const LOST = 3000;

const details = new Map();
let list = {runs: [], folders: [], failures: [], more: true};
let timer = 0;
let busy = false;
let again = false;

/** What tells runs apart: their folders, without what all of them begin with. */
function labels(runs) {
  const parts = runs.map(run => run.folder.split("/"));
  let shared = 0;
  while (runs.length > 1 && parts.every(each => shared < each.length - 1 && each[shared] === parts[0][shared])) {
    shared++;
  }
  return parts.map(each => runs.length === 1 ? each[each.length - 1] : each.slice(shared).join("/"));
}

/** Whether any run has changed. */
async function ask() {
  list = await server.runs();
  let changed = false;
  const names = labels(list.runs);
  for (const [at, run] of list.runs.entries()) {
    if (details.get(run.id)?.version !== run.version) {
      details.set(run.id, await server.run(run.id));
      changed = true;
    }
    run.detail = details.get(run.id);
    run.label = names[at];
  }
  return changed;
}

function chosen(shown) {
  return shown.find(run => run.id === state.run) ?? shown[0];
}

async function show() {
  const begun = list.runs.filter(run => run.detail.step > 0 || run.detail.start);
  const shown = begun.filter(run => !state.isHidden(run.id));
  const one = chosen(shown);
  showRuns(list.runs);
  showChoice(shown, one);
  notice(begun.length > 0);
  document.querySelector("main").classList.toggle("begun", begun.length > 0);
  showTools(await showFigures(shown));
  await showWorkers(one);
  await showLayers(one);
  showMatrix(one);
  showEvents(one);
  showSettings(shown);
}

function notice(begun) {
  const place = document.getElementById("notice");
  place.hidden = begun && list.failures.length === 0;
  place.textContent = list.failures.length > 0 ? list.failures.join(". ") : list.more && list.runs.length > 0 ? "Reading…"
    : `No run has written anything yet. This page looks again by itself: ${list.folders.join(", ")}`;
}

function connection(text, bad = false) {
  const place = document.getElementById("connection");
  place.textContent = text;
  place.classList.toggle("bad", bad);
}

/** One round, and when to make the next. */
async function round(forced) {
  try {
    const changed = await ask();
    if (changed || forced) {
      await show();
    } else {
      showRuns(list.runs);
    }
    const live = list.runs.some(run => run.state === "running") || list.runs.length === 0;
    connection(list.more ? "reading a long run…" : live ? "live" : "");
    return list.more ? SOON : live ? LIVE : QUIET;
  } catch (problem) {
    const gone = problem instanceof TypeError;
    connection(gone ? "The program that served this page has ended. lockstep ui OUTPUT shows the run again."
      : `The page could not be brought up to date: ${problem.message}`, true);
    return LOST;
  }
}

async function go(forced) {
  clearTimeout(timer);
  if (busy) {
    again = again || forced;
    return;
  }
  busy = true;
  const pause = await round(forced);
  busy = false;
  timer = setTimeout(() => go(false), document.hidden ? Math.max(pause, QUIET) : pause);
  if (again) {
    again = false;
    go(true);
  }
}

onChoice(() => go(true));
colours.onTurn(() => {
  redrawAll();
  go(true);
});
// Not by the link's address, in which it stands what is looked at.
document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault();
  document.getElementById("learning").focus();
});
document.addEventListener("visibilitychange", () => document.hidden || go(false));
go(true);
