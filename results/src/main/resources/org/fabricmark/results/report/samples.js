// What lies behind a time: how calls are distributed, how they went on in time, and which rank was last. All of them
// show one message size at once; the reader chooses it.
const PERCENTILES = [0, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99];

function sizeIndex(sweep) {
  const chosen = sweep.sizes.indexOf(Number(state.size));
  return state.size !== "" && chosen >= 0 ? chosen : 0;
}

function sampled(sweep) {
  const at = sizeIndex(sweep);
  return sweep.series
    .map((series) => ({ series, name: data.names[series.name], cell: series.samples[at], style: look(series.name) }))
    .filter(({ cell, name }) => cell && isShown(sweep, name));
}

// One line for several series with different x: nulls where a series has nothing.
function joined(parts) {
  const xs = [...new Set(parts.flatMap((part) => part.xs))].sort((a, b) => a - b);
  return [xs, parts.map((part) => {
    const known = new Map(part.xs.map((x, i) => [x, part.ys[i]]));
    return xs.map((x) => (known.has(x) ? known.get(x) : null));
  })];
}

function tail(cell) {
  const levels = PERCENTILES.slice(0, cell.p.length);
  return { xs: [...levels.map((level) => 100 / (100 - level)), Math.max(cell.n, 2)], ys: [...cell.p, cell.max] };
}

function percent(share) {
  return String(Number((100 - 100 / share).toPrecision(6))) + "%";
}

function drawDistribution(host, sweep) {
  const shown = sampled(sweep);
  const [values, ys] = joined(shown.map(({ cell }) => tail(cell)));
  host.classList.toggle("empty", !values.length);
  if (!values.length) {
    return null;
  }
  const ticks = (min, max) => [1, 2, 10, 100, 1e3, 1e4, 1e5, 1e6].filter((value) => value >= min * 0.99 && value <= max);
  return drawPlot(host, {
    x: { values, log: 10, text: percent, ticks, label: "share of batches that took no longer" },
    y: { log: state.linear.has("y") ? 0 : 10, text: tick, label: "time of a call (" + unitOf("time") + ")", from: 0 },
    lines: scaled(shown.map(({ name, style }, i) => ({ name, values: ys[i], style, marked: true, shown: true })), "time"),
    moved: () => {},
    sync: "tail " + sweep.title,
  });
}

function distributionTable(sweep) {
  const row = ({ name, cell }) => [
    name, String(cell.n),
    ...PERCENTILES.map((level, i) => (i < cell.p.length ? shownIn("time", cell.p[i]) : ABSENT)), shownIn("time", cell.max),
  ];
  const head = ["series", "batches", "min", ...PERCENTILES.slice(1).map((level) => "p" + level), "max"];
  return textTable("Time of a call in " + unitOf("time") + ", by share of batches", head, sampled(sweep).map(row));
}

function drawBatches(host, sweep) {
  const shown = sampled(sweep).filter(({ cell }) => cell.b.length > 1);
  const progress = (times) => times.map((_, i) => (100 * (i + 0.5)) / times.length);
  const [values, ys] = joined(shown.map(({ cell }) => ({ xs: progress(cell.b), ys: cell.b })));
  host.classList.toggle("empty", !values.length);
  if (!values.length) {
    return null;
  }
  return drawPlot(host, {
    x: { values, log: 0, text: (value) => value + "%", label: "progress of the measurement of a case" },
    y: { log: state.linear.has("y") ? 0 : 10, text: tick, label: "time of a call (" + unitOf("time") + ")", from: 0 },
    lines: scaled(
      shown.map(({ name, style }, i) => {
        return { name, values: ys[i], style: { ...style, dash: [] }, width: 1.3, marked: false, shown: true };
      }),
      "time",
    ),
    moved: () => {},
    sync: "batches " + sweep.title,
  });
}

function batchesTable(sweep) {
  const quarter = (cell, k) => {
    const ends = [k, k + 1].map((end) => Math.round((end * cell.b.length) / 4));
    const part = cell.b.slice(...ends).sort((a, b) => a - b);
    return shownIn("time", part.length ? part[Math.floor((part.length - 1) / 2)] : null);
  };
  const head = [
    "series", "launches", "batches", "calls in a batch", "1st quarter", "2nd", "3rd", "4th",
    "exchange before (ns)", "after (ns)",
  ];
  const row = ({ name, cell }) => [
    name,
    ...[cell.launches, cell.n, cell.batch].map(String),
    ...[0, 1, 2, 3].map((k) => quarter(cell, k)),
    ...cell.x.map(figure),
  ];
  const title = "Median time of a call in " + unitOf("time") + ", in the order of time, and the exchange probed beside it";
  return textTable(title, head, sampled(sweep).map(row));
}

function lastTable(sweep) {
  const shown = sampled(sweep).filter(({ cell }) => cell.last.length > 1);
  const ranks = Array.from({ length: Math.max(0, ...shown.map(({ cell }) => cell.last.length)) }, (_, rank) => rank);
  const share = (cell, rank) => (rank < cell.last.length ? Math.round(100 * cell.last[rank]) + "%" : ABSENT);
  const table = textTable(
    "Share of batches in which a rank ended last, and the median of last minus first end",
    ["series", ...ranks.map((rank) => "rank " + rank), "skew (" + unitOf("time") + ")"],
    shown.map(({ name, cell }) => [name, ...ranks.map((rank) => share(cell, rank)), shownIn("time", cell.skew)]),
  );
  shown.forEach(({ cell }, i) => {
    const cells = table.tBodies[0].rows[i].cells;
    cell.last.forEach((part, rank) => cells[rank + 1].classList.add("shade" + Math.round(9 * part)));
  });
  return table;
}

// A table is as good as a picture here; only its place in the page is lazy.
function fillLast(place, sweep) {
  const known = sampled(sweep).some(({ cell }) => cell.last.length > 1);
  place.replaceChildren(known ? scrolling(lastTable(sweep), "Who is last") : "Unknown.");
  return { destroy: () => {} };
}

function startSamples(section) {
  const sweep = data.sweeps[Number(section.dataset.sweep)];
  const chooser = section.querySelector("select");
  sweep.sizes.forEach((size) => chooser.append(element("option", { value: size }, bytes(size))));
  chooser.addEventListener("change", () => change("size", () => (state.size = chooser.value)));
  const lines = () => sweep.series.map(({ name }) => ({ name: data.names[name], style: look(name), marked: true }));
  const keys = legendLine(sweep, lines);
  section.querySelector(".keys").append(keys.table);
  darkness.addEventListener("change", keys.dress);
  const pictures = [];
  const kinds = { distribution: [drawDistribution, distributionTable], batches: [drawBatches, batchesTable] };
  const tables = [];
  for (const figure of section.querySelectorAll("figure[data-samples]")) {
    const [draw, table] = kinds[figure.dataset.samples];
    const host = figure.querySelector(".canvas");
    const picture = drawNear(host, () => draw(host, sweep));
    widths.observe(host);
    figure.addEventListener("keydown", (event) => picture.plot && walk(event, picture.plot));
    pictures.push(picture);
    tables.push(lazyTable(figure.nextElementSibling, () => table(sweep)));
  }
  const last = section.querySelector(".last");
  if (last) {
    pictures.push(drawNear(last, () => fillLast(last, sweep)));
  }
  const follow = (what) => {
    chooser.value = sweep.sizes[sizeIndex(sweep)];
    keys.pressed();
    if (what !== "reference") {
      pictures.forEach(redraw);
      tables.forEach((fill) => fill());
    }
  };
  listeners.push(follow);
  follow("start");
}
