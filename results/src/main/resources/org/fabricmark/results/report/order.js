// The exchange probed before and after each case of a run, in the order in which the cases were measured: where it jumps,
// the machine has changed, and cases on both sides of the jump are not comparable.
// A transport's probe is its own: of a cache line, or of a message over a socket.
function probes(order) {
  const transports = [...new Set(order.transports)];
  return transports.map((transport, index) => ({
    name: transport,
    values: order.before.flatMap((before, i) => (order.transports[i] === transport ? [before, order.after[i]] : [null, null])),
    style: { color: palette().lines[index % 8], dash: [], shape: SHAPES[index % SHAPES.length] },
    marked: true,
    width: 1,
    shown: true,
  }));
}

function drawOrder(host, order, moved) {
  const log = state.linear.has("y") ? 0 : 10;
  return drawPlot(host, {
    x: {
      values: order.before.flatMap((_, i) => [i + 0.75, i + 1.25]),
      log: 0,
      text: (value) => (Number.isInteger(value) ? String(value) : ""),
      label: "case, in the order of measuring",
    },
    y: { log, text: tick, label: "exchange (ns)", from: 0 },
    lines: probes(order),
    moved: (index) => moved(index === null ? null : index >> 1),
    sync: "order " + order.run,
  });
}

function startOrder(section) {
  const order = data.orders[Number(section.dataset.order)];
  const host = section.querySelector(".canvas");
  const read = section.querySelector(".under");
  const moved = (index) => {
    const probed = (name) => name + " " + figure(order[name][index]) + " ns";
    read.textContent =
      index === null ? "" : "case " + (index + 1) + ": " + order.cases[index] + ": " + probed("before") + ", " + probed("after");
  };
  const keys = section.querySelector(".keys");
  const dress = () => keys.replaceChildren(...probes(order).map((line) => element("span", { class: "key" }, swatch(line.style, true), line.name)));
  dress();
  darkness.addEventListener("change", dress);
  const picture = drawNear(host, () => drawOrder(host, order, moved));
  widths.observe(host);
  section.querySelector("figure").addEventListener("keydown", (event) => picture.plot && walk(event, picture.plot));
  lazyTable(section.querySelector("details"), () =>
    textTable(
      "Exchange probed beside each case",
      ["case", "what", "before (ns)", "after (ns)"],
      order.cases.map((name, i) => [String(i + 1), name, figure(order.before[i]), figure(order.after[i])]),
    ),
  );
  listeners.push((what) => what === "linear" && redraw(picture));
}
