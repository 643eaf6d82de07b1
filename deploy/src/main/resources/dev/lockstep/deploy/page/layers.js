// How strong signals are in each layer, forwards and backwards, against the band in which a network learns.
import {chartCard, plainCard, section} from "./cards.js";
import {el, show, table} from "./dom.js";
import {figure} from "./format.js";
import {series} from "./server.js";
import {choose, state} from "./state.js";
import * as colours from "./colours.js";

const LOW = 1e-6;
const HIGH = 1e3;
const POINTS = 300;
const KINDS = {activation: "Spread of activations", gradient: "Spread of gradients"};
let cards = null;

/** The band is always to be seen. */
function range(low, high) {
  return [Math.min(low || LOW, LOW) / 3, Math.max(high || HIGH, HIGH) * 3];
}

function made() {
  const grid = section("layers", true);
  const zoom = window => choose({from: window?.from ?? null, to: window?.to ?? null});
  const made = {};
  for (const [kind, title] of Object.entries(KINDS)) {
    made[kind] = chartCard(grid, {title, log: true, range, zoom});
    made[kind].note.textContent = "Standard deviation in each layer; between 10⁻⁶ and 10³, shaded, a network learns";
  }
  made.table = plainCard(grid, "Layers at the newest look", true);
  return made;
}

function band(step) {
  return {label: "", colour: colours.series(2), step, mean: step.map(() => null), width: 0,
    low: step.map(() => LOW), high: step.map(() => HIGH)};
}

export async function showLayers(run) {
  const layers = run?.detail.monitor?.layers ?? [];
  section("layers", layers.length > 0);
  if (layers.length === 0) {
    return;
  }
  cards ??= made();
  const name = (at, kind) => `layers.${at}.${kind}`;
  const names = layers.flatMap((layer, at) => Object.keys(KINDS).map(kind => name(at, kind)));
  const got = await series(run.id, names, state.window, POINTS);
  for (const kind of Object.keys(KINDS)) {
    const lines = layers.map((layer, at) => ({
      label: layer.layer, colour: colours.depth(layers.length === 1 ? 0 : at / (layers.length - 1)),
      step: got[name(at, kind)].step, mean: got[name(at, kind)].mean,
    })).filter(each => each.step.length > 0);
    const steps = lines[0]?.step ?? [];
    cards[kind].chart.set([...lines, band(steps)], state.window);
    cards[kind].take = [{run: run.id, name: run.label, figures: layers.map((layer, at) => name(at, kind))}];
  }
  show(cards.table.body, run.detail.monitor, () => rows(layers));
}

function rows(layers) {
  return table("Layers at the newest look",
      ["layer", "activations", "forwards", "gradients", "backwards", "dead units", "saturated values"],
      layers.map(layer => el("tr", {}, el("th", {scope: "row"}, layer.layer),
          el("td", {}, figure(layer.activation)), verdict(layer.forwards),
          el("td", {}, figure(layer.gradient)), verdict(layer.backwards),
          el("td", {}, share(layer.dead)), el("td", {}, share(layer.saturated)))));
}

function verdict(word) {
  return el(word && word !== "sound" ? "td.bad" : "td", {}, word ?? "–");
}

function share(value) {
  return typeof value === "number" ? `${figure(100 * value)} %` : "–";
}
