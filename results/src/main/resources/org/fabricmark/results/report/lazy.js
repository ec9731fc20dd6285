// Pictures are drawn when they come near the window and taken away when they are far from it, so that a page with
// thousands of cells holds a few pictures only.
const pictures = new Map(); // element -> { draw(): plot or null, plot, near }

const nearness = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      const picture = pictures.get(entry.target);
      picture.near = entry.isIntersecting;
      picture.near ? show(picture) : remove(picture);
    }
  },
  { rootMargin: "400px 0px" },
);

function show(picture) {
  picture.plot = picture.plot || picture.draw();
}

function remove(picture) {
  if (picture.plot) {
    picture.plot.destroy();
    picture.plot = null;
  }
}

// Calls `draw` whenever `host` comes near; it returns what has a method destroy, or null.
function drawNear(host, draw) {
  const picture = { draw, plot: null, near: false };
  pictures.set(host, picture);
  nearness.observe(host);
  return picture;
}

// Draws again what is near. The rest is drawn anew anyway when it comes near.
function redraw(picture) {
  remove(picture);
  if (picture.near) {
    show(picture);
  }
}

function redrawAll() {
  pictures.forEach(redraw);
}

darkness.addEventListener("change", redrawAll);

const widths = new ResizeObserver((entries) => {
  for (const entry of entries) {
    const picture = pictures.get(entry.target);
    const width = Math.max(240, entry.target.clientWidth);
    if (picture && picture.plot && picture.plot.setSize && picture.plot.width !== width) {
      picture.plot.setSize({ width, height: HEIGHT });
    }
  }
});
