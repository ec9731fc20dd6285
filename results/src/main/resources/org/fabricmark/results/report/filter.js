// The filter box: rows, lines and sections stay that have every word somewhere in their labels. A number, as 65536 or 64K,
// is a size, or a number of ranks.
let words = [];

function readWords() {
  words = state.filter.toLowerCase().split(/\s+/).filter((word) => word).map(criterion);
}

function criterion(word) {
  const number = /^(\d+)([kmg]?)$/.exec(word);
  if (!number) {
    return (text) => text.includes(word);
  }
  const count = Number(number[1]) * 1024 ** " kmg".indexOf(number[2] || " ");
  return (text, sizes) => sizes.includes(count) || text.includes(", " + count + " rank");
}

function matches(text, sizes) {
  return words.every((word) => word(text, sizes));
}

const sweepTexts = new WeakMap(); // sweep -> name of a series -> what can be searched for

function sweepMatches(sweep, name) {
  if (!words.length) {
    return true;
  }
  let texts = sweepTexts.get(sweep);
  if (!texts) {
    const all = sweep.series.map((series) => data.names[series.name]);
    texts = new Map(all.map((each) => [each, [(sweep.title + " " + each).toLowerCase()]]));
    // A limit stays as long as one of the lines does.
    const any = [...texts.values()].flat();
    sweep.limits.forEach((limit) => texts.set(limit.name, any));
    sweepTexts.set(sweep, texts);
  }
  return texts.get(name).some((text) => matches(text, sweep.sizes));
}

const rowTexts = new WeakMap();

function filterRows(section) {
  const title = section.dataset.label.toLowerCase() + " ";
  let left = 0;
  for (const row of section.querySelectorAll("tbody > tr")) {
    let text = rowTexts.get(row);
    if (text === undefined) {
      text = title + row.textContent.toLowerCase();
      rowTexts.set(row, text);
    }
    const fits = matches(text, [Number(row.cells[0].textContent)]);
    if (row.hidden === fits) {
      row.hidden = !fits;
    }
    left += fits;
  }
  section.hidden = left === 0;
  return left;
}

function filterPage() {
  readWords();
  let rows = 0;
  for (const section of document.querySelectorAll("[data-filter=rows]")) {
    rows += filterRows(section);
  }
  for (const section of document.querySelectorAll("[data-sweep]")) {
    const sweep = data.sweeps[Number(section.dataset.sweep)];
    section.hidden = !sweep.series.some((series) => sweepMatches(sweep, data.names[series.name]));
  }
  document.getElementById("filtered").textContent = words.length ? rows + " of " + data.cells + " cells" : "";
}

function startFilter() {
  const box = document.getElementById("filter");
  const adopt = () => {
    box.value = state.filter;
    filterPage();
  };
  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(
      () =>
        change("filter", () => {
          state.filter = box.value.trim();
          filterPage();
        }),
      120,
    );
  });
  adopt();
  return adopt;
}
