// What has happened in a run, newest first, and its checkpoints.
import {plainCard, section} from "./cards.js";
import {el, show, table} from "./dom.js";
import {clock, count, duration, figure, whole} from "./format.js";

const MOST = 50;
let cards = null;

function happened(detail) {
  const all = [
    ...detail.starts.map((line, at) => ({...line, text: line.step === 0 && at === 0
      ? "Begun" : `Gone on after step ${whole(line.step)}`})),
    ...detail.events,
  ];
  if (detail.end) {
    const {status, steps, time, seconds, reason} = detail.end;
    all.push({step: steps, time, text: `${status.replaceAll("_", " ")} after ${duration(seconds)}`
      + (reason ? `: ${reason}` : "")});
  }
  if (detail.skipped > 0) {
    all.push({step: detail.step, text: `${count(detail.skipped, "step")} skipped, the last being ${detail.lastSkipped}`});
  }
  return all.reverse();
}

export function showEvents(run) {
  section("events", Boolean(run));
  if (!run) {
    return;
  }
  const grid = section("events", true);
  cards ??= {events: plainCard(grid, "Events"), checkpoints: plainCard(grid, "Checkpoints")};
  const all = happened(run.detail);
  show(cards.events.body, all, () => all.length === 0
    ? el("p.note", {}, "Nothing that the file tells of")
    : el("ol.events", {tabindex: "0", "aria-label": "Events"}, ...all.slice(0, MOST).map(each => el("li", {},
        el("span.when", {}, each.time ? clock(each.time) : "", ` step ${whole(each.step ?? 0)}`), each.text))));
  const checkpoints = [...run.detail.checkpoints].reverse();
  cards.checkpoints.note.textContent = checkpoints.length > MOST
    ? `The newest ${MOST} of ${whole(checkpoints.length)}; checkpoint.keep says how many are still there` : "";
  show(cards.checkpoints.body, checkpoints, () => checkpoints.length === 0
    ? el("p.note", {}, "None yet")
    : table("Checkpoints", ["after step", "at", "the run waited"], checkpoints.slice(0, MOST).map(each =>
        el("tr", {}, el("th", {scope: "row"}, whole(each.step)), el("td", {}, clock(each.time)),
            el("td", {}, each.seconds < 1 ? `${figure(1000 * each.seconds)} ms` : duration(each.seconds))))));
}
