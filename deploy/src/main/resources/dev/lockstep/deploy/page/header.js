// What stands above the charts: one card for each run with its state and newest figures, and what can be chosen.
import {el, show, swatch} from "./dom.js";
import {clock, count, duration, figure, whole} from "./format.js";
import {choose, state, toggleHidden} from "./state.js";
import * as colours from "./colours.js";

const STATES = {
  running: "running", done: "done", stopped_early: "stopped early",
  interrupted: "interrupted", failed: "failed", lost: "was killed",
};

/** What the charts are looked at with; log is how the loss is drawn now. */
export function showTools(log) {
  show(document.getElementById("tools"), [state.window, log], () => [
    state.window && el("button", {id: "reset", type: "button", onclick: () => choose({from: null, to: null})},
        `Steps ${whole(state.window.from)} to ${whole(state.window.to)}: show all`),
    el("button", {id: "log", type: "button", "aria-pressed": String(log),
      onclick: () => choose({log: log ? "0" : "1"})}, "Log loss"),
  ]);
}

function seconds(run) {
  const {start, end} = run.detail;
  if (end?.seconds !== undefined) {
    return end.seconds;
  }
  return start?.time && run.state === "running" ? (Date.now() - Date.parse(start.time)) / 1000 : null;
}

function left(run) {
  const {start, step, end} = run.detail;
  const took = seconds(run);
  const done = step - (start?.step ?? 0);
  const all = (start?.epochs ?? 0) * (start?.steps_per_epoch ?? 0);
  return run.state === "running" && !end && took !== null && done > 0 ? took / done * (all - step) : null;
}

function facts(run) {
  const {start, epoch, step, lastEpoch, end} = run.detail;
  const facts = [
    ["Epoch", start ? `${epoch} of ${start.epochs}` : epoch],
    ["Step", start ? `${whole(step)} of ${whole(start.epochs * start.steps_per_epoch)}` : whole(step)],
  ];
  facts.push(["Training loss", figure(lastEpoch?.train?.loss)]);
  for (const [name, value] of Object.entries(lastEpoch?.validation ?? {})) {
    if (typeof value !== "object") {
      facts.push([`Validation ${name.replaceAll("_", " ")}`, figure(value)]);
    }
  }
  if (end?.best_epoch) {
    facts.push(["Kept, the best", `epoch ${end.best_epoch}`]);
  }
  if (end?.examples_per_second) {
    facts.push(["Examples per second", figure(end.examples_per_second)]);
  }
  const took = seconds(run);
  if (took !== null) {
    facts.push([run.state === "running" ? "Running for" : "Time", duration(took)]);
  }
  if (left(run) !== null) {
    facts.push(["Left, about", duration(left(run))]);
  }
  return facts;
}

function card(run, several) {
  const {start, end} = run.detail;
  const name = start?.name && several ? start.name : "";
  const hidden = state.isHidden(run.id);
  return el("article.run", {"data-state": run.state},
      el("div.head", {},
          several
            ? el("label", {}, el("input", {id: `shown-${run.id}`, type: "checkbox", checked: !hidden,
                onchange: () => toggleHidden(run.id)}), swatch(colours.series(run.id)), run.label)
            : el("h2", {}, start?.name ?? run.label),
          el("span.state", {}, STATES[run.state] ?? run.state)),
      el("p.where", {title: run.folder}, [name, several ? "" : run.folder,
        start ? [count(start.examples, "example"), count(start.parameters, "parameter"),
          count(start.workers, "worker")].join(", ") : "",
        start?.time ? `since ${clock(start.time)}` : ""].filter(text => text).join(" · ")),
      run.failure ? el("p.bad", {}, run.failure) : null,
      end?.reason ? el("p.bad", {}, end.reason) : null,
      run.detail.broken > 0 ? el("p.note", {}, `${count(run.detail.broken, "line")} of the file could not be`
        + " read, as a process that is killed leaves them") : null,
      el("dl", {}, ...facts(run).map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value)))));
}

export function showRuns(runs) {
  const several = runs.length > 1;
  show(document.getElementById("runs"),
      [runs.map(run => [run.version, run.state, run.failure, facts(run), state.isHidden(run.id)]), colours.ink()],
      () => runs.map(run => card(run, several)));
  const running = runs.filter(run => run.state === "running").length;
  document.title = runs.length === 1
    ? `${runs[0].detail.start?.name ?? runs[0].label}: ${STATES[runs[0].state]}`
    : `${runs.length} runs, ${running} running`;
}

/** Which run the parts below are of, where there are several. */
export function showChoice(runs, chosen) {
  const place = document.getElementById("choice");
  show(place, [runs.map(run => run.label), chosen?.id], () => runs.length < 2 ? [] : el("label", {}, "Details of ",
      el("select", {id: "chosen", onchange: event => choose({run: event.target.value})},
          ...runs.map(run => el("option", {value: run.id, selected: run === chosen}, run.label)))));
}
