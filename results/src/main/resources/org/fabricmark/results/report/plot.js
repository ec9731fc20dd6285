// One picture: axes, lines, shapes, cursor. What is special to a kind of picture comes as a description:
//   x {values, log: 2 or 10 or 0, text(value), ticks(min, max) or nothing, label}
//   y {log, text, label, from: smallest value shown of a linear axis}
//   lines [{name, values, low, high, style, marked}], moved(index or null), sync: pictures with the same word share a cursor
const HEIGHT = 300;

function logTicks(base, min, max, room) {
  const lowest = Math.ceil(Math.log(min) / Math.log(base) - 1e-9);
  const highest = Math.floor(Math.log(max) / Math.log(base) + 1e-9);
  const step = Math.max(1, Math.ceil((highest - lowest + 1) / Math.max(2, room)));
  const ticks = [];
  for (let power = lowest; power <= highest; power += step) {
    ticks.push(base ** power);
  }
  if (base === 10 && highest - lowest < 2 && room > 4) {
    for (let power = lowest - 1; power <= highest; power++) {
      ticks.push(2 * 10 ** power, 5 * 10 ** power);
    }
  }
  const inside = ticks.filter((value) => value >= min * 0.999999 && value <= max * 1.000001).sort((a, b) => a - b);
  return inside.length > 2 ? inside : linearTicks(min, max, room);
}

function linearTicks(min, max, room) {
  const rough = (max - min) / Math.max(2, room);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const ticks = [];
  for (let k = Math.ceil(min / step - 1e-9); k * step <= max + step * 1e-9; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}

function axisRange(log, from) {
  return (plot, min, max) => {
    if (min === null || max === null || min === undefined) {
      return log ? [1, log] : [0, 1];
    }
    if (log) {
      return min === max ? [min / log, max * log] : [min / 1.2, max * 1.2];
    }
    const low = from === undefined ? min : Math.min(from, min);
    const room = (max - low || Math.abs(max) || 1) * 0.05;
    return [from === undefined ? low - room : low, max + room];
  };
}

function axis(description, horizontal) {
  const colors = palette();
  return {
    label: description.label,
    labelSize: 18,
    labelFont: "12px system-ui, sans-serif",
    font: "12px system-ui, sans-serif",
    stroke: colors.text,
    grid: { stroke: colors.grid, width: 1 },
    ticks: { stroke: colors.grid, width: 1 },
    size: horizontal ? 34 : (plot, texts) => 18 + 7.2 * Math.max(3, ...(texts || []).map((text) => text.length)),
    filter: (plot, splits) => splits,
    splits: (plot, index, min, max) => {
      const ratio = uPlot.pxRatio;
      const room = Math.floor((horizontal ? plot.bbox.width / ratio / 52 : plot.bbox.height / ratio / 28) || 4);
      if (description.ticks) {
        return description.ticks(min, max, room);
      }
      return description.log ? logTicks(description.log, min, max, room) : linearTicks(min, max, room);
    },
    values: (plot, splits) => splits.map(description.text),
  };
}

function scale(description) {
  return {
    time: false,
    distr: description.log ? 3 : 1,
    log: description.log || 10,
    range: axisRange(description.log, description.from),
  };
}

function drawShapes(lines) {
  return (plot, index) => {
    const line = lines[(index - 1) / 3];
    if (!line || !line.marked || !plot.series[index].show) {
      return;
    }
    const [from, to] = [plot.scales.x.min, plot.scales.x.max];
    const context = plot.ctx;
    context.save();
    context.fillStyle = line.style.color;
    context.beginPath();
    plot.data[0].forEach((x, i) => {
      const y = plot.data[index][i];
      if (y !== null && y !== undefined && x >= from && x <= to) {
        outline(context, line.style.shape, plot.valToPos(x, "x", true), plot.valToPos(y, "y", true), 3.5 * uPlot.pxRatio);
      }
    });
    context.fill();
    context.restore();
  };
}

// Three series of the library for each line: the line, and the edges of its band.
function seriesOf(lines) {
  return lines.flatMap((line) => {
    const edge = { show: line.shown, width: 0, stroke: "transparent", points: { show: false }, spanGaps: true };
    return [
      {
        label: line.name,
        show: line.shown,
        stroke: line.style.color,
        width: line.width || 2,
        dash: line.style.dash,
        points: { show: false },
        spanGaps: line.spanGaps !== false,
      },
      edge,
      { ...edge },
    ];
  });
}

function translucent(color) {
  return color + "2e";
}

function drawPlot(host, description) {
  const { x, y, lines } = description;
  const empty = x.values.map(() => null);
  const plot = new uPlot(
    {
      width: Math.max(240, host.clientWidth),
      height: HEIGHT,
      padding: [10, 14, 0, 0],
      scales: { x: scale(x), y: scale(y) },
      axes: [axis(x, true), axis(y, false)],
      series: [{}, ...seriesOf(lines)],
      bands: lines.map((line, i) => ({ series: [3 * i + 3, 3 * i + 2], fill: translucent(line.style.color) })),
      legend: { show: false },
      cursor: {
        y: false,
        points: { show: false },
        sync: description.sync ? { key: description.sync, setSeries: false, scales: ["x", null] } : undefined,
      },
      hooks: {
        drawSeries: [drawShapes(lines)],
        setCursor: [(self) => description.moved(self.cursor.left < 0 ? null : self.cursor.idx)],
      },
    },
    [x.values, ...lines.flatMap((line) => [line.values, line.low || empty, line.high || empty])],
    host,
  );
  return plot;
}

function showLine(plot, index, shown) {
  for (let part = 1; part <= 3; part++) {
    plot.setSeries(3 * index + part, { show: shown }, false);
  }
}

// Arrow keys walk from value to value, in all pictures with the same cursor; Home and End go to the ends; Escape leaves.
function walk(event, plot) {
  const values = plot.data[0];
  const here = plot.cursor.left >= 0 ? plot.cursor.idx : null;
  const next = {
    ArrowLeft: here === null ? values.length - 1 : Math.max(0, here - 1),
    ArrowRight: here === null ? 0 : Math.min(values.length - 1, here + 1),
    Home: 0,
    End: values.length - 1,
    Escape: -1,
  }[event.key];
  if (next === undefined) {
    return;
  }
  event.preventDefault();
  for (const other of uPlot.sync(plot.cursor.sync.key).plots) {
    const left = next < 0 ? -10 : other.valToPos(values[next], "x");
    other.setCursor({ left, top: next < 0 ? -10 : other.over.clientHeight / 2 });
  }
}
