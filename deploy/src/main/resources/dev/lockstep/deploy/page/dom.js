// Makes and replaces elements. Texts are set as texts: a run's name is never read as HTML.

/** As el("p.note", {title: "…"}, "text", child); attributes that are null or false are left out. */
export function el(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const made = document.createElement(tag);
  if (classes.length > 0) {
    made.className = classes.join(" ");
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const shown = new WeakMap();

/** Fills an element anew if what it shows has changed; what has the focus keeps it, by its id. */
export function show(parent, what, build) {
  const text = JSON.stringify(what);
  if (shown.get(parent) === text) {
    return;
  }
  shown.set(parent, text);
  const focused = parent.contains(document.activeElement) ? document.activeElement.id : "";
  parent.replaceChildren(...[build()].flat().filter(child => child));
  if (focused) {
    document.getElementById(focused)?.focus();
  }
}

/** A small square of a colour, beside a word that says the same. */
export function swatch(colour, dashed = false) {
  const made = el(dashed ? "span.swatch.dashed" : "span.swatch", {"aria-hidden": "true"});
  made.style.setProperty("--colour", colour);
  return made;
}

export function table(caption, head, rows) {
  return el("div.scroll", {tabindex: "0", role: "region", "aria-label": caption},
      el("table", {},
          el("caption.hidden", {}, caption),
          el("thead", {}, el("tr", {}, ...head.map(cell => el("th", {scope: "col"}, cell)))),
          el("tbody", {}, ...rows)));
}
