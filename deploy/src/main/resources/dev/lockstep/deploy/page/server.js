// What the page asks of the program that serves it. Runs go by their numbers.

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
  return names.length === 0 ? {} : asked(`api/runs/${id}/series?` + query(window, {names: names.join(","), points}));
}

export function workers(id, window) {
  return asked(`api/runs/${id}/workers?` + query(window, {}));
}

/** Where figures are to be had as a table. */
export function table(id, names) {
  return `api/runs/${id}/series.csv?` + query(null, {names: names.join(","), points: 65536});
}
