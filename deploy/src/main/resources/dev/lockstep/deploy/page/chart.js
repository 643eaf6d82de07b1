// One chart: uPlot with a legend that shows values, a keyboard, and a place to be zoomed.
import uPlot from "./uPlot.js";
import {el, show, swatch} from "./dom.js";
import {figure, tick, whole} from "./format.js";
import * as colours from "./colours.js";

const HEIGHT = 240;
const SHARED = "steps";
const FONT = "12px system-ui, sans-serif";
/** Fewer points are also shown as such, as a line alone would be nothing. */
const FEW = 40;

/**
 * Series are {label, colour, step, mean, low, high, dashed, points, width}, each with steps of its own; low and high
 * may be missing.
 */
export class Chart {
  constructor({label, unit = "", across = "step", log = false, zoom = null, range = null, bars = false, ticks = null}) {
    Object.assign(this, {label, unit, across, log, zoom, range, bars, ticks});
    this.series = [];
    this.said = el("p.hidden", {"aria-live": "polite"});
    this.legend = el("ul.legend", {"aria-label": `${label}: lines`});
    this.canvas = el("div.canvas", {
      tabindex: "0", role: "group", "aria-roledescription": "chart", "aria-label": label,
      onkeydown: event => this.key(event), onblur: () => this.point(null),
    });
    this.element = el("div.chart", {}, this.canvas, this.legend, this.said);
    new ResizeObserver(() => this.resize()).observe(this.canvas);
  }

  set(series, window = null) {
    const shape = JSON.stringify([this.log, series.map(each => [each.label, each.colour, each.dashed, !!each.low,
      each.points || each.step.length <= FEW])]);
    this.series = series;
    this.window = window;
    if (series.every(each => each.step.length === 0)) {
      this.clear();
      this.canvas.replaceChildren(el("p.empty", {}, "Nothing yet"));
    } else if (this.plot && shape === this.shape) {
      this.plot.setData(this.data());
    } else {
      this.clear();
      this.canvas.replaceChildren();
      this.plot = new uPlot(this.options(), this.data(), this.canvas);
    }
    this.shape = shape;
    this.showLegend();
  }

  clear() {
    this.plot?.destroy();
    this.plot = null;
  }

  redraw() {
    this.shape = null;
    this.set(this.series, this.window);
  }

  data() {
    const shown = values => this.log ? values.map(value => value > 0 ? value : null) : values;
    let next = 1;
    for (const each of this.series) {
      each.at = next;
      next += each.low ? 3 : 1;
    }
    return uPlot.join(this.series.map(each => [each.step, shown(each.mean),
      ...each.low ? [shown(each.low), shown(each.high)] : []]));
  }

  options() {
    const series = [{}];
    const bands = [];
    for (const each of this.series) {
      const at = series.length;
      series.push(this.lineOf(each));
      if (each.low) {
        const edge = {stroke: "transparent", width: 0, points: {show: false}};
        series.push(edge, {...edge});
        bands.push({series: [at + 2, at + 1], fill: colours.faint(each.colour, 0.18)});
      }
    }
    return {
      width: this.width(), height: HEIGHT, series, bands,
      padding: [10, 14, 0, 0],
      legend: {show: false},
      scales: {
        x: {time: false, range: (plot, low, high) => this.rangeAcross(low, high)},
        y: {distr: this.log ? 3 : 1, ...this.range ? {range: (plot, low, high) => this.range(low, high)} : {}},
      },
      axes: [
        {...axis(), label: this.across, labelSize: 18, labelGap: 0, size: 30, values: (plot, at) => at.map(value => this.tickAcross(value))},
        {...axis(), label: this.unit || undefined, labelSize: 20, size: widthOf, ...this.log ? DECADES : {},
          values: (plot, at) => at.map(value => value === null ? "" : tick(value))},
      ],
      cursor: {
        // Others follow the cursor, and not the drag: what is zoomed to is one chart's to say.
        sync: this.zoom ? {key: SHARED, setSeries: false, scales: ["x", null],
          filters: {pub: type => type === "mousemove" || type === "mouseleave"}} : undefined,
        drag: {x: this.zoom !== null, y: false, setScale: false},
        points: {size: 7},
        bind: {dblclick: () => () => this.zoom?.(null)},
      },
      hooks: {
        setCursor: [plot => this.showValues(plot.cursor.idx)],
        setSelect: [plot => this.zoomToSelection(plot)],
      },
    };
  }

  lineOf(each) {
    const filled = this.bars ? {fill: each.colour, paths: uPlot.paths.bars({size: [0.62, 90]}), width: 0} : {};
    return {
      label: each.label, stroke: each.colour, width: each.width ?? 1.75,
      dash: each.dashed ? [6, 4] : undefined,
      points: {show: !this.bars && (each.points || each.step.length <= FEW), size: 6},
      ...filled,
    };
  }

  rangeAcross(low, high) {
    if (this.window) {
      return [this.window.from, this.window.to];
    }
    if (this.bars) {
      return [low - 0.6, high + 0.6];
    }
    return low === high ? [low - 1, high + 1] : [low, high];
  }

  tickAcross(value) {
    if (!Number.isInteger(value)) {
      return "";
    }
    return this.ticks ? this.ticks(value) : tick(value);
  }

  width() {
    return Math.max(200, this.canvas.clientWidth);
  }

  resize() {
    if (this.plot && this.width() !== this.plot.width) {
      this.plot.setSize({width: this.width(), height: HEIGHT});
    }
    this.reachLegend();
  }

  zoomToSelection(plot) {
    const {left, width} = plot.select;
    if (width > 4) {
      this.zoom?.({from: Math.floor(plot.posToVal(left, "x")), to: Math.ceil(plot.posToVal(left + width, "x"))});
      plot.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
    }
  }

  // Arrows go from point to point, Home and End to the ends, + and − zoom, Escape shows all.
  key(event) {
    const plot = this.plot;
    if (!plot || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const count = plot.data[0].length;
    const at = plot.cursor.idx ?? count - 1;
    const goes = {ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0, End: count - 1};
    if (event.key in goes) {
      this.point(Math.min(count - 1, Math.max(0, goes[event.key])));
    } else if ((event.key === "+" || event.key === "-") && this.zoom) {
      const {min, max} = plot.scales.x;
      const half = (max - min) * (event.key === "+" ? 0.25 : 1);
      const middle = plot.data[0][at];
      this.zoom({from: Math.max(0, Math.floor(middle - half)), to: Math.ceil(middle + half)});
    } else if (event.key === "Escape") {
      this.zoom?.(null);
    } else {
      return;
    }
    event.preventDefault();
  }

  point(at) {
    if (!this.plot) {
      return;
    }
    if (at === null) {
      this.plot.setCursor({left: -10, top: -10});
      return;
    }
    const left = this.plot.valToPos(this.plot.data[0][at], "x");
    this.plot.setCursor({left, top: this.plot.bbox.height / devicePixelRatio / 2});
    this.said.textContent = `${this.nameOf(at)}: ` + this.named
        .map(each => `${each.label} ${figure(this.valueOf(each, at))}`).join(", ");
  }

  nameOf(at) {
    const value = this.plot.data[0][at];
    return this.ticks ? this.ticks(value) : `${this.across} ${whole(value)}`;
  }

  /** The value at a place, or the last one before it: not every series has one at each step. */
  valueOf(each, at) {
    if (at === null && each.rest !== undefined) {
      return each.rest;
    }
    const values = this.plot?.data[each.at] ?? [];
    let place = at ?? values.length - 1;
    while (place > 0 && values[place] === undefined) {
      place--;
    }
    return each.shown ? each.shown[place] : values[place];
  }

  /** Without what only helps to look, as a band. */
  get named() {
    return this.series.filter(each => each.label);
  }

  showLegend() {
    show(this.legend, this.named.map(each => [each.label, each.colour]), () => this.named.map(each =>
      el("li", {}, swatch(each.colour, each.dashed), each.label, el("output"))));
    this.reachLegend();
    this.showValues(null);
    this.canvas.setAttribute("aria-label", `${this.label}. ` + this.named
        .map(each => `${each.label} ${figure(this.valueOf(each, null))}`).join(", "));
  }

  /** A keyboard scrolls what has the focus: a legend is on its way only where it is too long to be seen whole. */
  reachLegend() {
    if (this.legend.scrollHeight > this.legend.clientHeight) {
      this.legend.tabIndex = 0;
    } else {
      this.legend.removeAttribute("tabindex");
    }
  }

  showValues(at) {
    const named = this.named;
    [...this.legend.querySelectorAll("output")].forEach((output, index) => {
      output.textContent = figure(this.valueOf(named[index], at)) + (this.unit ? " " + this.unit : "");
    });
  }

  /** The picture as it stands, with its title and legend, on the page's paper. */
  picture() {
    const scale = devicePixelRatio;
    const drawn = this.plot.ctx.canvas;
    const copy = el("canvas");
    copy.width = drawn.width;
    copy.height = drawn.height + 56 * scale;
    const context = copy.getContext("2d");
    context.fillStyle = colours.paper();
    context.fillRect(0, 0, copy.width, copy.height);
    context.scale(scale, scale);
    context.fillStyle = colours.strong();
    context.font = `600 14px system-ui, sans-serif`;
    context.fillText(this.label, 12, 22);
    context.font = FONT;
    let left = 12;
    for (const each of this.named) {
      context.fillStyle = each.colour;
      context.fillRect(left, 34, 10, 10);
      context.fillStyle = colours.strong();
      context.fillText(each.label, left + 14, 43);
      left += 30 + context.measureText(each.label).width;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(drawn, 0, 56 * scale);
    return new Promise(made => copy.toBlob(made, "image/png"));
  }
}

function axis() {
  return {
    stroke: colours.ink(), font: FONT, labelFont: FONT, gap: 6,
    grid: {stroke: colours.line(), width: 1},
    ticks: {show: false},
  };
}

/** Ticks of a logarithmic axis: whole decades, of many only some. */
const DECADES = {
  splits: (plot, axis, low, high) => {
    const first = Math.ceil(Math.log10(low) - 1e-9);
    const last = Math.floor(Math.log10(high) + 1e-9);
    const apart = Math.max(1, Math.ceil((last - first) / 6));
    const all = [];
    for (let power = first; power <= last; power += apart) {
      all.push(10 ** power);
    }
    return all.length > 1 ? all : [low, high];
  },
  filter: (plot, splits) => splits,
};

/** As wide as the longest of its numbers. */
function widthOf(plot, values) {
  return 16 + 7 * Math.max(3, ...(values ?? []).map(value => String(value ?? "").length));
}
