// What was measured, as this page's maker wrote it.
const data = JSON.parse(document.getElementById("data").textContent);

// What the reader has chosen. It lives in the fragment of the address, so that a link shows another reader the same view.
const state = {
  filter: "", // words that a label must have
  hidden: new Set(), // names of series that are switched off
  linear: new Set(), // which of the axes "x" and "y" are linear; log is the default
  size: "", // bytes whose samples are shown; empty for the smallest
  time: "", // the unit of times; empty for that of the tables as they are written
  rate: "", // the unit of bandwidths, likewise
  reference: "", // the series that ratios are against; empty for the default
  section: "", // where on the page the reader is
};
const listeners = [];

function readState() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const words = (key) => new Set((fragment.get(key) || "").split("|").filter((word) => word));
  state.filter = fragment.get("filter") || "";
  state.hidden = words("hide");
  state.linear = words("linear");
  state.size = fragment.get("size") || "";
  state.time = fragment.get("time") || "";
  state.rate = fragment.get("rate") || "";
  state.reference = fragment.get("reference") || "";
  state.section = fragment.get("at") || "";
}

function writeState() {
  const fragment = new URLSearchParams();
  const put = (key, text) => text && fragment.set(key, text);
  put("filter", state.filter);
  put("hide", [...state.hidden].join("|"));
  put("linear", [...state.linear].join("|"));
  put("size", state.size);
  put("time", state.time);
  put("rate", state.rate);
  put("reference", state.reference);
  put("at", state.section);
  const text = fragment.toString();
  history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
}

// Changes the state, notes it in the address, and tells everybody who draws what changed.
function change(what, apply) {
  apply();
  writeState();
  listeners.forEach((listener) => listener(what));
}
