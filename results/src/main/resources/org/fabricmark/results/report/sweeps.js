// Times and bandwidths against message size: two pictures with one cursor, and a legend that shows what is under it.
const SIZE_CURSOR = "size";

// What the second picture of a sweep shows; of latencies there is none.
const SECOND = {
  call: { title: "busbw ", kind: "rate" },
  bandwidth: { title: "BW ", kind: "rate" },
  rate: { title: "MsgRate ", kind: "messages" },
};

function sizeAxis(sweep) {
  const log = state.linear.has("x") || sweep.sizes[0] === 0 ? 0 : 2; // nothing has no logarithm
  return { values: sweep.sizes, log, text: (value) => bytes(Math.round(value)), label: "message size (B)" };
}

function isShown(sweep, name) {
  return !state.hidden.has(name) && sweepMatches(sweep, name);
}

function linesOf(sweep, kind) {
  const colors = palette();
  const lines = sweep.series.map((series) => ({
    name: data.names[series.name],
    values: series[kind],
    low: kind === "time" ? series.low : null,
    high: kind === "time" ? series.high : null,
    style: look(series.name),
    marked: true,
  }));
  sweep.limits.forEach((limit, i) =>
    lines.push({
      name: limit.name,
      values: limit[kind],
      style: { color: colors.limit, dash: DASHES[1 + (i % (DASHES.length - 1))] },
      width: 1.5,
      marked: false,
    }),
  );
  lines.forEach((line) => (line.shown = isShown(sweep, line.name)));
  return lines;
}

function drawSweep(host, sweep, kind, title, moved) {
  const quantity = kind === "time" ? "time" : SECOND[sweep.measure].kind;
  const linear = state.linear.has("y");
  return drawPlot(host, {
    x: sizeAxis(sweep),
    y: { log: linear ? 0 : 10, text: tick, label: title + " (" + unitOf(quantity) + ")", from: 0 },
    lines: scaled(linesOf(sweep, kind), quantity),
    moved,
    sync: SIZE_CURSOR,
  });
}

// The legend: a button for each line that switches it on and off everywhere, and the values under the cursor. `columns`
// have a title, what kind of quantity they show, and a function that gives the lines with their values.
function legend(sweep, columns) {
  const place = element("th", { scope: "col", class: "place", "aria-live": "polite" }, "series");
  const head = columns.map(({ title, kind }) => element("th", { scope: "col" }, title, kind ? unitMark(kind) : ""));
  const rows = columns[0].lines().map((line) => {
    const values = columns.map(() => element("td", { class: "value" }, ABSENT));
    const button = lineButton(line);
    return { line, button, values, row: element("tr", {}, element("th", { scope: "row" }, button), ...values) };
  });
  const table = element(
    "table",
    { class: "legend", "aria-label": "Lines and their values under the cursor" },
    element("thead", {}, element("tr", {}, place, ...head)),
    element("tbody", {}, ...rows.map(({ row }) => row)),
  );
  return {
    table,
    pressed: () => rows.forEach(({ line, button, row }) => (row.hidden = !press(sweep, line.name, button))),
    moved: (index) => {
      place.textContent = index === null ? "series" : "at " + bytes(sweep.sizes[index]) + (sweep.sizes[index] % 1024 ? " B" : "iB");
      columns.forEach((column, at) => {
        const lines = column.lines();
        rows.forEach(({ values }, i) => (values[at].textContent = index === null ? ABSENT : valueText(column.kind, lines[i].values[index])));
      });
    },
    dress: () =>
      columns[0].lines().forEach((line, i) => {
        rows[i].button.firstChild.replaceWith(swatch(line.style, line.marked));
      }),
  };
}

function valueText(kind, value) {
  return kind ? shownIn(kind, value) : figure(value);
}

// The same without values, in one line.
function legendLine(sweep, lines) {
  const buttons = lines().map((line) => ({ line, button: lineButton(line) }));
  return {
    table: element("p", { class: "legend line" }, ...buttons.map(({ button }) => button)),
    pressed: () => buttons.forEach(({ line, button }) => (button.hidden = !press(sweep, line.name, button))),
    dress: () => lines().forEach((line, i) => buttons[i].button.firstChild.replaceWith(swatch(line.style, line.marked))),
  };
}

function lineButton(line) {
  const attributes = { type: "button", onclick: () => toggle(line.name), "data-series": line.name };
  return element("button", attributes, swatch(line.style, line.marked), line.name);
}

// Shows whether a line is on; returns whether the filter leaves it.
function press(sweep, name, button) {
  button.setAttribute("aria-pressed", String(!state.hidden.has(name)));
  return sweepMatches(sweep, name);
}

function toggle(name) {
  change("hidden", () => (state.hidden.has(name) ? state.hidden.delete(name) : state.hidden.add(name)));
}

function startSweep(section) {
  const sweep = data.sweeps[Number(section.dataset.sweep)];
  const columns = [{ title: "time ", kind: "time", lines: () => linesOf(sweep, "time") }];
  if (SECOND[sweep.measure]) {
    columns.push({ ...SECOND[sweep.measure], lines: () => linesOf(sweep, "bus") });
  }
  const keys = legend(sweep, columns);
  section.querySelector(".keys").append(keys.table);
  darkness.addEventListener("change", keys.dress);
  const drawn = [...section.querySelectorAll("figure[data-kind]")].map((figure) => {
    const host = figure.querySelector(".canvas");
    const picture = drawNear(host, () => drawSweep(host, sweep, figure.dataset.kind, figure.dataset.title, keys.moved));
    widths.observe(host);
    figure.addEventListener("keydown", (event) => picture.plot && walk(event, picture.plot));
    return picture;
  });
  const follow = (what) => {
    keys.pressed();
    if (what === "units") {
      keys.moved(null);
    }
    if (what === "linear" || what === "units") {
      drawn.forEach(redraw);
    } else if (what !== "size" && what !== "reference") {
      const shown = linesOf(sweep, "time").map((line) => line.shown);
      drawn.forEach(({ plot }) => plot && plot.batch(() => shown.forEach((each, i) => showLine(plot, i, each))));
    }
  };
  listeners.push(follow);
  follow("start");
}
