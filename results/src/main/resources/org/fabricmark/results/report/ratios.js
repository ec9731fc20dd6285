// How many times as long each line takes as the one that it is held against.
const SAME_SERIES = "same series in run "; // followed by the name of a run

function referenceOf(sweep, series) {
  if (state.reference && !state.reference.startsWith(SAME_SERIES)) {
    return sweep.series.find((other) => data.names[other.name] === state.reference);
  }
  return sweep.series[series.reference];
}

function ratioLines(sweep) {
  return sweep.series.map((series) => {
    const reference = referenceOf(sweep, series);
    const bounds = reference === sweep.series[series.reference] && series.ratio ? series.ratio : {};
    return {
      name: data.names[series.name],
      values: series.time.map((time, i) => {
        const base = reference && reference.time[i];
        return time !== null && base ? time / base : null;
      }),
      low: bounds.low,
      high: bounds.high,
      style: look(series.name),
      marked: true,
      // Against itself a line is 1 everywhere: one such line is drawn anyway.
      shown: isShown(sweep, data.names[series.name]) && (reference !== series || data.runs.length === 1),
    };
  });
}

function drawRatios(host, sweep, moved) {
  const one = { name: "1", values: sweep.sizes.map(() => 1), style: { color: palette().limit, dash: [] }, width: 1, shown: true };
  return drawPlot(host, {
    x: sizeAxis(sweep),
    y: { log: state.linear.has("y") ? 0 : 10, text: tick, label: "time / time of the reference", from: 0 },
    lines: [...ratioLines(sweep), one],
    moved,
    sync: SIZE_CURSOR,
  });
}

function ratioTable(sweep) {
  const lines = ratioLines(sweep).filter((line) => isShown(sweep, line.name));
  return textTable(
    "Time divided by the time of the reference; above 1 is slower",
    ["size (B)", ...lines.map((line) => line.name)],
    sweep.sizes.map((size, i) => [String(size), ...lines.map((line) => figure(line.values[i]))]),
  );
}

function startRatios(section) {
  const sweep = data.sweeps[Number(section.dataset.sweep)];
  const chooser = section.querySelector("select");
  if (data.runs.length > 1) {
    chooser.append(element("option", { value: "" }, SAME_SERIES + data.runs[0]));
  }
  sweep.series.forEach((series, i) => {
    const name = data.names[series.name];
    chooser.append(element("option", { value: data.runs.length === 1 && i === 0 ? "" : name }, name));
  });
  chooser.addEventListener("change", () => change("reference", () => (state.reference = chooser.value)));
  const keys = legend(sweep, [{ title: "ratio", kind: null, lines: () => ratioLines(sweep) }]);
  section.querySelector(".keys").append(keys.table);
  darkness.addEventListener("change", keys.dress);
  const host = section.querySelector(".canvas");
  const picture = drawNear(host, () => drawRatios(host, sweep, keys.moved));
  widths.observe(host);
  section.querySelector("figure").addEventListener("keydown", (event) => picture.plot && walk(event, picture.plot));
  const table = lazyTable(section.querySelector("details"), () => ratioTable(sweep));
  const follow = (what) => {
    const known = [...chooser.options].some((option) => option.value === state.reference);
    chooser.value = known ? state.reference : "";
    keys.pressed();
    if (what !== "size") {
      redraw(picture);
      table();
    }
  };
  listeners.push(follow);
  follow("start");
}

// Fills a closed table when it is opened, and again when what it shows has changed. Returns what to call then.
function lazyTable(details, make) {
  const fill = () => {
    details.querySelectorAll(".held").forEach((old) => old.remove());
    if (details.open) {
      details.append(scrolling(make(), details.querySelector("summary").textContent));
    }
  };
  details.addEventListener("toggle", fill);
  return fill;
}
