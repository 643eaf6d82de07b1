// The charts of figures over steps, of all runs that are shown.
import {chartCard, section} from "./cards.js";
import {capital, words} from "./format.js";
import {series} from "./server.js";
import {choose, state} from "./state.js";
import * as colours from "./colours.js";

const POINTS = 600;
/** Values further apart than this are drawn by decades, or the smaller ones would lie on the axis. */
const SPREAD = 50;
const cards = new Map();

const LOSS = {
  key: "loss", place: "learning", title: "Loss", wide: true, canBeLog: true,
  lines: [
    {figure: "loss", word: "training, by step", width: 1},
    {figure: "train.loss", word: "training, by epoch", alone: true},
    {figure: "validation.loss", word: "validation", dashed: true},
  ],
};
const KNOWN = {
  lr: {place: "learning", title: "Learning rate"},
  examples_per_second: {place: "speed", title: "Examples per second", unit: "1/s"},
  epoch_seconds: {place: "speed", title: "Time of an epoch", unit: "s"},
  loss_scale: {place: "learning", title: "Loss scale"},
  gradient_bytes: {place: "speed", title: "Gradients between hosts, by step", unit: "bytes"},
};

/** What charts there are: of each metric one, and of whatever else is in the file. */
function charts(names) {
  const all = [LOSS];
  const groups = new Map();
  for (const name of names) {
    const taken = LOSS.lines.some(line => line.figure === name) || name.startsWith("train.");
    const key = name.startsWith("validation.") ? name : name.split(".")[0];
    if (!taken) {
      groups.set(key, [...groups.get(key) ?? [], name]);
    }
  }
  for (const [key, figures] of groups) {
    const metric = key.startsWith("validation.");
    const lines = figures.map(name => ({figure: name, word: metric ? "validation" : words(name)}));
    const chart = {key, place: "learning", title: capital(words(key.replace("validation.", ""))), ...KNOWN[key]};
    all.push({...chart, lines: metric || lines.length > 1 ? lines : [{...lines[0], word: chart.title.toLowerCase()}]});
  }
  return all;
}

/** Where each run has one line alone, the title says what it is. */
function lineOf(run, several, line, index, points, lone) {
  return {
    label: !several ? line.word : lone ? run.label : `${run.label}, ${line.word}`,
    colour: colours.series(several ? run.id : index),
    dashed: several && line.dashed, width: line.width, ...points,
  };
}

function isSpread(lines) {
  const [least, most] = lines.flatMap(line => line.mean).filter(value => value !== null)
      .reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  return least > 0 && most > SPREAD * least;
}

/** Asks for the figures of the runs, draws them, and says whether the loss is drawn by decades. */
export async function showFigures(runs) {
  const several = runs.length > 1;
  const names = [...new Set(runs.flatMap(run => run.detail.figures))].sort();
  const got = await Promise.all(runs.map(run => series(run.id, run.detail.figures, state.window, POINTS)));
  const wanted = charts(names);
  let byDecades = false;
  for (const {key, place, title, unit, wide, canBeLog, lines} of wanted) {
    const all = runs.flatMap((run, at) => lines
        .map((line, index) => ({line, index, points: got[at][line.figure]}))
        .filter(({line, points}) => points?.step.length > 0 && !(several && line.alone))
        .map(({line, index, points}) => lineOf(run, several, line, index, points, lines.length === 1)));
    let card = cards.get(key);
    if (!card) {
      const zoom = window => choose({from: window?.from ?? null, to: window?.to ?? null});
      card = chartCard(section(place, true), {title, unit, wide, zoom});
      cards.set(key, card);
    }
    card.element.hidden = all.length === 0 && key !== "loss";
    card.take = runs.map(run => ({run: run.id, name: run.label, figures: lines.map(line => line.figure)}));
    if (canBeLog) {
      byDecades = state.log ?? isSpread(all);
      card.chart.log = byDecades;
    }
    card.chart.set(all, state.window);
  }
  for (const [key, card] of cards) {
    card.element.hidden ||= !wanted.some(chart => chart.key === key);
  }
  section("speed", names.includes("examples_per_second"));
  return byDecades;
}
