// Where each worker's time goes, and who keeps the others waiting.
import {chartCard, plainCard, section} from "./cards.js";
import {el, show, table} from "./dom.js";
import {figure} from "./format.js";
import {series, workers} from "./server.js";
import {choose, state} from "./state.js";
import * as colours from "./colours.js";

/** In the order of a step, but waiting last: what stands below it is work. */
const PARTS = ["input", "forward", "loss", "backward", "send", "apply", "wait"];
const WORK = PARTS.slice(0, -1);
const SLOW = 1.2;
const MOST_LINES = 8;
const POINTS = 200;
let cards = null;

function made() {
  const grid = section("workers", true);
  const zoom = window => choose({from: window?.from ?? null, to: window?.to ?? null});
  return {
    parts: chartCard(grid, {title: "Time of a step, by worker", unit: "ms", across: "worker", bars: true,
      ticks: value => `worker ${value}`, range: high}),
    rates: chartCard(grid, {title: "Examples per second of each worker, without waiting", unit: "1/s", zoom}),
    table: plainCard(grid, "A step on average, in milliseconds", true),
  };
}

/** Bars begin at 0. */
function high(low, highest) {
  return [0, (highest || 1) * 1.06];
}

function work(worker) {
  return WORK.reduce((sum, part) => sum + (worker[part] ?? 0), 0);
}

/** Each part on top of those before it, the whole first, so that what is drawn later covers it. */
function stacked(all) {
  const step = all.map((worker, at) => at);
  return PARTS.map((part, index) => ({
    label: part, colour: colours.part(part), step,
    mean: all.map(worker => PARTS.slice(0, index + 1).reduce((sum, each) => sum + (worker[each] ?? 0), 0)),
    shown: all.map(worker => worker[part] ?? 0),
    rest: all.reduce((sum, worker) => sum + (worker[part] ?? 0), 0) / all.length,
  })).reverse();
}

function sentence(all) {
  const times = all.map(work);
  const slowest = times.indexOf(Math.max(...times));
  const others = times.filter((time, at) => at !== slowest);
  const mean = others.reduce((sum, time) => sum + time, 0) / others.length;
  if (others.length === 0) {
    return "";
  }
  return times[slowest] > SLOW * mean
    ? `Worker ${slowest} works ${Math.round(100 * (times[slowest] / mean - 1))} % longer than the others do on average,`
      + " and they wait for it."
    : "No worker keeps the others waiting.";
}

function rates(got, chosen) {
  return chosen.map(worker => {
    const of = part => got[`workers.${worker}.${part}`];
    const examples = of("examples");
    return {
      label: `worker ${worker}`, colour: colours.series(worker), step: examples?.step ?? [],
      mean: (examples?.mean ?? []).map((count, at) => {
        const time = WORK.reduce((sum, part) => sum + (of(part)?.mean[at] ?? 0), 0);
        return count === null || time === 0 ? null : 1000 * count / time;
      }),
    };
  }).filter(each => each.step.length > 0);
}

export async function showWorkers(run) {
  section("workers", run?.detail.workers > 0);
  if (!run || run.detail.workers === 0) {
    return;
  }
  cards ??= made();
  const all = await workers(run.id, state.window);
  const slowestFirst = all.map((worker, at) => at).sort((a, b) => work(all[b]) - work(all[a]));
  const chosen = slowestFirst.slice(0, MOST_LINES).sort((a, b) => a - b);
  const names = chosen.flatMap(worker => ["examples", ...WORK].map(part => `workers.${worker}.${part}`));
  const got = await series(run.id, names, state.window, POINTS);

  cards.parts.note.textContent = sentence(all) + (all.length > 1 ? " Below: the mean of all workers." : "");
  cards.parts.chart.set(stacked(all));
  cards.parts.take = [{run: run.id, name: run.label, figures: names}];
  cards.rates.note.textContent = all.length > MOST_LINES ? `The ${MOST_LINES} slowest of ${all.length} workers` : "";
  const lines = rates(got, chosen);
  cards.rates.element.hidden = lines.length === 0;
  cards.rates.chart.set(lines, state.window);
  cards.rates.take = cards.parts.take;
  showTable(all);
}

function showTable(all) {
  show(cards.table.body, all, () => table("A step of each worker on average, in milliseconds",
      ["worker", ...PARTS, "of backward, hidden", "examples"],
      all.map((worker, at) => el("tr", {}, el("th", {scope: "row"}, at),
          ...[...PARTS, "hidden", "examples"].map(part => el("td", {}, figure(worker[part])))))));
}
