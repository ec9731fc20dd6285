// Tables as CSV in the clipboard: the rows that the filter leaves, in the chosen units, absent numbers as empty fields.
function csvField(text) {
  // What a spreadsheet would take for a formula is a label from a file.
  const label = /^[=+@\t]/.test(text) ? "'" + text : text === ABSENT ? "" : text;
  return /[",\r\n]/.test(label) ? '"' + label.replaceAll('"', '""') + '"' : label;
}

function csvOf(table) {
  const text = (cell) => [...cell.childNodes].map((part) => part.textContent.trim()).filter((part) => part).join(" ");
  const rows = [...table.tHead.rows, ...table.tBodies[0].rows].filter((row) => !row.hidden);
  return rows.map((row) => [...row.cells].map((cell) => csvField(text(cell))).join(",") + "\n").join("");
}

// Pages that are files have no clipboard in some browsers: then the old way, by selecting.
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element("textarea", { class: "aside", "aria-hidden": "true", tabindex: -1 });
    area.value = text;
    const before = document.activeElement;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    before.focus();
    return copied;
  }
}

function copyButton(table, label) {
  const name = "Copy as CSV";
  const button = element("button", { type: "button", class: "copy", "aria-label": name + ": " + label }, name);
  button.addEventListener("click", async () => {
    const done = await toClipboard(csvOf(table));
    button.textContent = done ? "Copied" : "The browser does not let this page copy";
    document.getElementById("said").textContent = button.textContent + ": " + label;
    setTimeout(() => (button.textContent = name), 2000);
  });
  return button;
}

function startCopying() {
  for (const box of document.querySelectorAll(".scroll")) {
    const table = box.querySelector("table");
    if (table) {
      box.after(copyButton(table, box.getAttribute("aria-label")));
    }
  }
}
