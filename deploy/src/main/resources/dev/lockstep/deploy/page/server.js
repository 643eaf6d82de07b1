// What the page asks of the program that serves it. Runs go by their numbers.

/** A network may have more layers than a request has room for. */
const MOST_NAMES = 200;

async function asked(path) {
  const answer = await fetch(path, {signal: AbortSignal.timeout(15000)});
  if (!answer.ok) {
    throw new Error((await answer.text()).trim());
  }
  return answer.json();
}

function query(window, more) {
  const parameters = new URLSearchParams(more);
  if (window) {
    parameters.set("from", Math.floor(window.from));
    parameters.set("to", Math.ceil(window.to));
  }
  return parameters.toString();
}

export function runs() {
  return asked("api/runs");
}

export function run(id) {
  return asked(`api/runs/${id}`);
}

/** Points of figures by their names, at most so many of each. */
export async function series(id, names, window, points) {
  const parts = [];
  for (let from = 0; from < names.length; from += MOST_NAMES) {
    parts.push(names.slice(from, from + MOST_NAMES).join(","));
  }
  const got = await Promise.all(parts.map(part => asked(`api/runs/${id}/series?` + query(window, {names: part, points}))));
  return Object.assign({}, ...got);
}

export function workers(id, window) {
  return asked(`api/runs/${id}/workers?` + query(window, {}));
}

/** Where figures are to be had as a table. */
export function table(id, names) {
  return `api/runs/${id}/series.csv?` + query(null, {names: names.join(","), points: 65536});
}
