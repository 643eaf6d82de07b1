// The frame that each chart or table stands in: a title, a sentence, and what can be taken from it.
import {el} from "./dom.js";
import {Chart} from "./chart.js";
import {save, savePicture} from "./download.js";
import {table} from "./server.js";

/** All charts, which are drawn anew when the colours change. */
const charts = new Set();

export function redrawAll() {
  charts.forEach(chart => chart.redraw());
}

function fileName(title, ending) {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-") + "." + ending;
}

/** A chart in its frame, as {element, chart, note, take}; take is what its table has: runs' numbers, and figures. */
export function chartCard(grid, {title, wide = false, ...options}) {
  const chart = new Chart({label: title, ...options});
  const card = {chart, note: el("p.note"), take: []};
  const csv = el("button", {type: "button", title: `${title} as a table`, onclick: () => {
    for (const {run, name, figures} of card.take) {
      save(fileName(`${name} ${title}`, "csv"), table(run, figures));
    }
  }}, "CSV");
  const png = el("button", {type: "button", title: `${title} as a picture`, onclick: () => {
    if (chart.plot) {
      savePicture(fileName(title, "png"), chart.picture());
    }
  }}, "PNG");
  card.element = el(wide ? "article.card.wide" : "article.card", {},
      el("div.head", {}, el("h3", {}, title), el("div.take", {}, csv, png)), card.note, chart.element);
  charts.add(chart);
  grid.append(card.element);
  return card;
}

/** A frame for anything else. */
export function plainCard(grid, title, wide = false) {
  const body = el("div");
  const card = {note: el("p.note"), body};
  card.element = el(wide ? "article.card.wide" : "article.card", {},
      el("div.head", {}, el("h3", {}, title)), card.note, body);
  grid.append(card.element);
  return card;
}

/** Shows or hides a section. */
export function section(id, visible) {
  const found = document.getElementById(id);
  found.hidden = !visible;
  return found.querySelector(".grid");
}
