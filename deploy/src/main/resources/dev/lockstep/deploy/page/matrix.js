// Which classes the network takes for which, in the newest epoch.
import {plainCard, section} from "./cards.js";
import {el, show, table} from "./dom.js";
import {figure, whole} from "./format.js";

const MOST_CLASSES = 40;
const MOST_PAIRS = 12;
let cards = null;

export function showMatrix(run) {
  const validation = run?.detail.lastEpoch?.validation ?? {};
  const rows = validation.confusion_matrix;
  section("matrix", Array.isArray(rows));
  if (!Array.isArray(rows)) {
    return;
  }
  const grid = section("matrix", true);
  cards ??= {whole: plainCard(grid, "Counts", false), pairs: plainCard(grid, "Most often taken for another", false)};
  const name = at => validation.classes?.[at] ?? String(at);
  cards.whole.note.textContent = `Epoch ${run.detail.lastEpoch.epoch}; rows are what is right, columns what was said`;
  show(cards.whole.body, [rows, validation.classes], () => rows.length > MOST_CLASSES
    ? el("p.note", {}, `${rows.length} classes are too many for a table`)
    : matrix(rows, name));
  show(cards.pairs.body, [rows, validation.classes], () => pairs(rows, name));
}

function matrix(rows, name) {
  return table("Confusion matrix", ["right", ...rows.map((row, at) => name(at))], rows.map((row, at) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return el("tr", {}, el("th", {scope: "row"}, name(at)),
        ...row.map((count, said) => cell(count, all, at === said)));
  }));
}

function cell(count, all, right) {
  const made = el(right ? "td.cell.right" : "td.cell.wrong", {}, count === 0 ? "" : whole(count));
  made.style.setProperty("--share", `${Math.round(65 * (all === 0 ? 0 : count / all))}%`);
  return made;
}

function pairs(rows, name) {
  const found = rows.flatMap((row, right) => row.map((count, said) => ({
    right, said, count, share: count / row.reduce((sum, each) => sum + each, 0)})))
      .filter(pair => pair.right !== pair.said && pair.count > 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_PAIRS);
  return found.length === 0
    ? el("p.note", {}, "None: every position was told right")
    : table("Most often taken for another", ["right", "said", "times", "of its class"], found.map(pair =>
        el("tr", {}, el("th", {scope: "row"}, name(pair.right)), el("td", {}, name(pair.said)),
            el("td", {}, whole(pair.count)), el("td", {}, `${figure(100 * pair.share)} %`))));
}
