// How series look. Each has a colour, a dash and a shape of its own, so that colour is never the only difference. The
// colours keep apart for the colour-blind and have a contrast of at least 3 to 1 with the background.
const LIGHT = {
  lines: ["#0067a5", "#c4500a", "#00795a", "#9b4f96", "#7a6200", "#2b8cc4", "#b3264a", "#444444"],
  text: "#1c2430",
  grid: "#e3e6ea",
  limit: "#5c6670",
};
const DARK = {
  lines: ["#56b4e9", "#ff9a5c", "#3fd0a4", "#e69acb", "#e8d44d", "#9ad0ff", "#ff8fa3", "#c8ccd2"],
  text: "#d8dde4",
  grid: "#2c323b",
  limit: "#9aa4b0",
};
const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2, 1, 2, 1, 2]];
const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "down", "plus"];

const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const palette = () => (darkness.matches ? DARK : LIGHT);

// Lines of the same algorithm and transport have the same colour in all runs, and another dash and shape in each run.
function look(index) {
  const lines = palette().lines;
  const { base, run } = data.looks[index];
  return {
    color: lines[base % lines.length],
    dash: DASHES[(data.runs.length > 1 ? run : base + Math.floor(base / lines.length)) % DASHES.length],
    shape: SHAPES[(base + 3 * run) % SHAPES.length],
  };
}

// Corners of shapes that are not round, for a radius of about 1.
const CORNERS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  triangle: [[0, -1.3], [1.2, 0.9], [-1.2, 0.9]],
  down: [[0, 1.3], [1.2, -0.9], [-1.2, -0.9]],
  diamond: [[0, -1.4], [1.4, 0], [0, 1.4], [-1.4, 0]],
  cross: [
    [-1.2, -0.7], [-0.7, -1.2], [0, -0.5], [0.7, -1.2], [1.2, -0.7], [0.5, 0],
    [1.2, 0.7], [0.7, 1.2], [0, 0.5], [-0.7, 1.2], [-1.2, 0.7], [-0.5, 0],
  ],
  plus: [
    [-0.4, -1.3], [0.4, -1.3], [0.4, -0.4], [1.3, -0.4], [1.3, 0.4], [0.4, 0.4],
    [0.4, 1.3], [-0.4, 1.3], [-0.4, 0.4], [-1.3, 0.4], [-1.3, -0.4], [-0.4, -0.4],
  ],
};

// Adds the outline of a shape around (x, y) to a path or context. `r` is about its radius.
function outline(path, shape, x, y, r) {
  const corners = CORNERS[shape];
  if (!corners) {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], i) => (i ? path.lineTo(x + dx * r, y + dy * r) : path.moveTo(x + dx * r, y + dy * r)));
  path.closePath();
}

// A short piece of the line, for legends.
function swatch(style, marked) {
  const ratio = window.devicePixelRatio || 1;
  const canvas = element("canvas", { class: "swatch", width: 36 * ratio, height: 14 * ratio, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.strokeStyle = style.color;
  context.fillStyle = style.color;
  context.lineWidth = 2;
  context.setLineDash(style.dash);
  context.beginPath();
  context.moveTo(1, 7);
  context.lineTo(35, 7);
  context.stroke();
  if (marked) {
    context.setLineDash([]);
    context.beginPath();
    outline(context, style.shape, 18, 7, 4);
    context.fill();
  }
  return canvas;
}
