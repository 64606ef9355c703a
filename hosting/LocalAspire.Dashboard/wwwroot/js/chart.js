// Draws a chart with uPlot and keeps it in step with its box and the theme.

const charts = new WeakMap();
let library = null;

export async function draw(box, picture, dotnet) {
  await (library ??= loadLibrary());
  let chart = charts.get(box);
  if (!chart) {
    chart = { box, dotnet, plot: null, shape: null, picture: null };
    chart.size = new ResizeObserver(() => chart.plot?.setSize(sizeOf(box)));
    chart.size.observe(box);
    chart.theme = new MutationObserver(() => rebuild(chart));
    chart.theme.observe(document.body, { attributes: true, attributeFilter: ["data-theme"] });
    charts.set(box, chart);
  }

  chart.picture = picture;
  const shape = JSON.stringify([picture.unit, picture.lines.map(line => [line.label, line.color])]);
  if (chart.plot && chart.shape === shape) {
    chart.plot.setData(dataOf(picture));
    showNewest(chart.plot);
  } else {
    chart.shape = shape;
    rebuild(chart);
  }
}

export function dispose(box) {
  const chart = box && charts.get(box);
  if (!chart) return;
  chart.size.disconnect();
  chart.theme.disconnect();
  chart.plot?.destroy();
  charts.delete(box);
}

function loadLibrary() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "lib/uplot/uPlot.iife.min.js";
    script.onload = resolve;
    script.onerror = () => reject(new Error("uPlot could not be loaded."));
    document.head.append(script);
  });
}

function rebuild(chart) {
  chart.plot?.destroy();
  chart.plot = new uPlot(optionsOf(chart), dataOf(chart.picture), chart.box);
  showNewest(chart.plot);
}

// While nobody points at a moment, the legend tells the newest in which there is something.
function showNewest(plot) {
  if (plot.cursor.idx != null) return;
  let newest = plot.data[0].length - 1;
  while (newest > 0 && plot.data.slice(1).every(values => values[newest] == null)) newest--;
  plot.setLegend({ idx: newest }, false);
}

function dataOf(picture) {
  return [picture.times, ...picture.lines.map(line => line.values)];
}

function sizeOf(box) {
  return { width: Math.max(200, box.clientWidth), height: Math.max(220, Math.min(420, Math.round(box.clientWidth * 0.42))) };
}

function optionsOf(chart) {
  const style = getComputedStyle(document.body);
  const color = name => style.getPropertyValue(name).trim();
  const axis = { stroke: color("--quiet"), grid: { stroke: color("--line-faint"), width: 1 }, ticks: { show: false }, font: `12px ${style.fontFamily}` };
  const unit = chart.picture.unit;
  const written = value => value == null ? "–" : /[a-zµ]$/i.test(format(value, unit)) && (unit === "s" || unit === "bytes") ? format(value, unit) : `${format(value, unit)}${unit ? ` ${unit}` : ""}`;
  return {
    ...sizeOf(chart.box),
    cursor: { points: { size: 7 }, drag: { x: false, y: false } },
    legend: { live: true },
    scales: { y: { range: (u, low, high) => rangeOf(chart.picture, low, high) } },
    axes: [
      { ...axis, values: "{HH}:{mm}:{ss}", space: 90 },
      { ...axis, size: 64, values: (u, values) => values.map(value => format(value, unit)) },
    ],
    series: [
      { value: "{HH}:{mm}:{ss}" },
      ...chart.picture.lines.map(line => ({
        label: line.label,
        stroke: color(`--series-${line.color}`),
        width: 2,
        fill: chart.picture.lines.length === 1 ? fade(color(`--series-${line.color}`)) : undefined,
        spanGaps: false,
        value: (u, value) => written(value),
      })),
    ],
    hooks: {
      draw: [plot => drawExemplars(plot, chart.picture, color("--exemplar"))],
      ready: [plot => plot.over.addEventListener("click", event => openExemplar(plot, chart, event))],
      setCursor: [plot => { showNewest(plot); plot.over.style.cursor = exemplarAt(plot, chart.picture, plot.cursor.left, plot.cursor.top) ? "pointer" : "default"; }],
    },
  };
}

// From 0 upwards for what is never negative: a small change must not look like a cliff. Exemplars stay in view.
function rangeOf(picture, low, high) {
  const top = picture.exemplars.reduce((most, exemplar) => Math.max(most, exemplar.value), high ?? 0);
  return [Math.min(0, low ?? 0), top > 0 ? top * 1.08 : 1];
}

function fade(color) {
  return `color-mix(in srgb, ${color} 16%, transparent)`;
}

function format(value, unit) {
  const size = Math.abs(value);
  if (unit === "s" && size < 1) return size === 0 ? "0" : size < 0.001 ? `${+(value * 1e6).toPrecision(3)} µs` : `${+(value * 1e3).toPrecision(3)} ms`;
  if (unit === "bytes") return size >= 1 << 30 ? `${+(value / (1 << 30)).toPrecision(3)} GiB` : size >= 1 << 20 ? `${+(value / (1 << 20)).toPrecision(3)} MiB` : size >= 1024 ? `${+(value / 1024).toPrecision(3)} KiB` : `${+value.toPrecision(3)}`;
  if (size >= 1e9) return `${+(value / 1e9).toPrecision(3)} G`;
  if (size >= 1e6) return `${+(value / 1e6).toPrecision(3)} M`;
  if (size >= 1e4) return `${+(value / 1e3).toPrecision(3)} k`;
  return `${+value.toPrecision(4)}`;
}

const reach = 7;

function drawExemplars(plot, picture, color) {
  const { ctx } = plot;
  ctx.save();
  for (const exemplar of picture.exemplars) {
    const x = plot.valToPos(exemplar.time, "x", true);
    const y = plot.valToPos(exemplar.value, "y", true);
    if (x < plot.bbox.left || x > plot.bbox.left + plot.bbox.width) continue;
    ctx.beginPath();
    ctx.arc(x, y, 4 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fillStyle = color;
    ctx.globalAlpha = 0.75;
    ctx.fill();
  }
  ctx.restore();
}

function exemplarAt(plot, picture, left, top) {
  if (left == null || left < 0) return null;
  let nearest = null;
  let distance = reach;
  for (const exemplar of picture.exemplars) {
    const away = Math.hypot(plot.valToPos(exemplar.time, "x") - left, plot.valToPos(exemplar.value, "y") - top);
    if (away < distance) [nearest, distance] = [exemplar, away];
  }
  return nearest;
}

function openExemplar(plot, chart, event) {
  const exemplar = exemplarAt(plot, chart.picture, event.offsetX, event.offsetY);
  if (exemplar) chart.dotnet.invokeMethodAsync("OpenExemplarAsync", exemplar.traceId, exemplar.spanId);
}
