// Units that the reader chooses. Numbers are converted from the digits that the tables show, so that every place shows the same.
const UNITS = {
  time: { base: "µs", factors: { ns: 1e3, "µs": 1, ms: 1e-3 } },
  rate: { base: "GB/s", factors: { "MB/s": 1e3, "GB/s": 1, "Gbit/s": 8 } },
  messages: { base: "Mpps", factors: { Mpps: 1 } },
};

function unitOf(kind) {
  return Object.hasOwn(UNITS[kind].factors, state[kind]) ? state[kind] : UNITS[kind].base;
}

function factorOf(kind) {
  return UNITS[kind].factors[unitOf(kind)];
}

// A figure in the base unit as one in the chosen unit, with as many digits.
function inUnit(text, kind) {
  const factor = factorOf(kind);
  const value = Number(text) * factor;
  if (factor === 1 || !text || !Number.isFinite(value) || value === 0) {
    return text;
  }
  const digits = text.replace(/e.*/, "").replace(".", "").replace(/^0+/, "").length;
  const count = digits - 1 - Math.floor(Math.log10(Number(value.toPrecision(digits))));
  return value.toFixed(Math.min(15, Math.max(0, count)));
}

function shownIn(kind, value) {
  return inUnit(figure(value), kind);
}

// Lines as a picture draws them.
function scaled(lines, kind) {
  const factor = factorOf(kind);
  const scale = (values) => values && values.map((value) => (value === null ? null : value * factor));
  return factor === 1 ? lines : lines.map((line) => ({ ...line, values: scale(line.values), low: scale(line.low), high: scale(line.high) }));
}

// Where a unit stands by itself, outside of what is written anew anyway.
function unitMark(kind) {
  return element("span", { class: "unit", "data-of": kind }, unitOf(kind));
}

const given = new WeakMap(); // cell -> its text in the base unit

function convertColumn(head, kind) {
  const table = head.closest("table");
  for (const row of table.tBodies[0].rows) {
    const cell = row.cells[head.cellIndex];
    if (!given.has(cell)) {
      given.set(cell, cell.textContent);
    }
    cell.textContent = inUnit(given.get(cell), kind);
  }
}

function convertPage() {
  for (const mark of document.querySelectorAll("[data-of]")) {
    const kind = mark.dataset.of;
    mark.textContent = unitOf(kind);
    const head = mark.closest("table.figures thead th");
    if (head) {
      convertColumn(head, kind);
    }
  }
}

function startUnits() {
  for (const mark of document.querySelectorAll(".unit")) {
    const kind = Object.keys(UNITS).find((each) => UNITS[each].base === mark.textContent);
    if (kind) {
      mark.dataset.of = kind;
    }
  }
  const choosers = [...document.querySelectorAll("select[data-unit]")];
  for (const chooser of choosers) {
    const kind = chooser.dataset.unit;
    chooser.append(...Object.keys(UNITS[kind].factors).map((name) => element("option", { value: name }, name)));
    chooser.addEventListener("change", () => change("units", () => (state[kind] = chooser.value === UNITS[kind].base ? "" : chooser.value)));
  }
  let shown = "";
  const follow = () => {
    choosers.forEach((chooser) => (chooser.value = unitOf(chooser.dataset.unit)));
    const wanted = Object.keys(UNITS).map(unitOf).join();
    if (wanted !== (shown || Object.values(UNITS).map(({ base }) => base).join())) {
      shown = wanted;
      convertPage();
    }
  };
  listeners.push(follow);
  follow();
}
