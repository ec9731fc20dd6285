// Builds parts of the page. Texts are only ever set as text, so a label that looks like markup stays a label.
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== false) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// A table of texts; the first cell of each row names the row. Cells after it are numbers and lie to the right.
function textTable(caption, head, rows) {
  const header = (scope) => (text, i) => element("th", { scope, class: scope === "col" && i ? null : "w" }, text);
  return element(
    "table",
    { class: "figures" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...head.map(header("col")))),
    element(
      "tbody",
      {},
      ...rows.map((row) => element("tr", {}, header("row")(row[0], 0), ...row.slice(1).map((text) => element("td", {}, text)))),
    ),
  );
}

// A wide table scrolls in a box of its own, also by keyboard, with a button that copies it.
function scrolling(table, label) {
  const box = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, table);
  return element("div", { class: "held" }, box, copyButton(table, label));
}
