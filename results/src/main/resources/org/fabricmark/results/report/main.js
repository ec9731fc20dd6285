// Starts the page: reads what the reader has chosen, and wires the controls.

// A section comes to life when it is near the window for the first time.
const starting = new IntersectionObserver(
  (entries) => {
    for (const entry of entries.filter((each) => each.isIntersecting)) {
      starting.unobserve(entry.target);
      start(entry.target);
    }
  },
  { rootMargin: "800px 0px" },
);

function start(section) {
  ({ sweep: startSweep, ratios: startRatios, samples: startSamples, order: startOrder })[section.dataset.starts](section);
}

function startSwitches() {
  const switches = [...document.querySelectorAll("button[data-linear]")];
  const show = () => switches.forEach((button) => button.setAttribute("aria-pressed", String(state.linear.has(button.dataset.linear))));
  for (const button of switches) {
    const axis = button.dataset.linear;
    button.addEventListener("click", () => change("linear", () => (state.linear.has(axis) ? state.linear.delete(axis) : state.linear.add(axis))));
  }
  document.getElementById("all").addEventListener("click", () =>
    change("everything", () => {
      state.hidden.clear();
      state.filter = "";
    }),
  );
  listeners.push(show);
  show();
}

// Links inside the page move it without dropping the rest of the fragment.
function startLinks() {
  for (const link of document.querySelectorAll("nav a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      change("section", () => (state.section = link.hash.slice(1)));
      goTo(state.section);
    });
  }
}

function goTo(id) {
  const target = document.getElementById(id);
  if (target) {
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }
}

readState();
const adoptFilter = startFilter();
listeners.push((what) => (what === "everything" || what === "address") && adoptFilter());
startSwitches();
startUnits();
startCopying();
startLinks();
document.querySelectorAll("[data-starts]").forEach((section) => starting.observe(section));
document.documentElement.classList.add("live");
goTo(state.section);
window.addEventListener("hashchange", () => {
  readState();
  listeners.forEach((listener) => listener("address"));
  redrawAll();
});
