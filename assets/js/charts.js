// A chart is a picture of a table on the same page: the table stays the truth, and is what screen readers read.
import {
  BarController, BarElement, CategoryScale, Chart, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip,
} from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

const drawn = new WeakMap();
const color = (name) => getComputedStyle(document.body).getPropertyValue(`--color-${name}`).trim();
const hues = ["primary", "action", "fits", "check"];

function read(table) {
  const rows = [...table.tBodies[0].rows];
  const series = [...table.tHead.rows[0].cells].map((cell, index) => ({ cell, index })).filter(({ cell }) => "series" in cell.dataset);
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    datasets: series.map(({ cell, index }, nth) => ({
      label: cell.textContent.trim(),
      data: rows.map((row) => Number(row.cells[index].dataset.value)),
      texts: rows.map((row) => row.cells[index].textContent.trim()),
      borderColor: color(hues[nth]),
      backgroundColor: color(hues[nth]),
      borderWidth: 2,
      pointRadius: 0,
      pointHitRadius: 12,
      borderRadius: 3,
      maxBarThickness: 28,
      tension: 0.25,
    })),
  };
}

function draw(canvas) {
  const table = document.getElementById(canvas.dataset.chart);
  if (!table) return;
  drawn.get(canvas)?.destroy();
  const data = read(table);
  const said = (item) => `${item.dataset.label} : ${item.dataset.texts[item.dataIndex]}`;
  drawn.set(canvas, new Chart(canvas, {
    type: canvas.dataset.kind,
    data,
    options: {
      animation: false,
      locale: document.documentElement.lang,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      color: color("muted"),
      font: { family: getComputedStyle(document.body).fontFamily },
      scales: {
        x: { grid: { display: false }, ticks: { color: color("muted"), maxRotation: 0, autoSkipPadding: 16 } },
        y: { beginAtZero: true, grid: { color: color("line") }, border: { display: false }, ticks: { color: color("muted"), maxTicksLimit: 6 } },
      },
      plugins: { legend: { display: data.datasets.length > 1, labels: { boxWidth: 12, boxHeight: 12 } }, tooltip: { callbacks: { label: said } } },
    },
  }));
}

const drawAll = (root) => root.querySelectorAll("canvas[data-chart]").forEach(draw);
drawAll(document);
document.addEventListener("htmx:afterSettle", (event) => drawAll(event.detail.elt));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(document));
