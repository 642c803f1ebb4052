// A list without the mouse: j k move, x ticks, e opens, / searches, ? helps. And the bar for what is ticked.
import { on } from "./events.js";

const rows = () => [...document.querySelectorAll("table[data-keys] tbody tr")];
const active = () => document.querySelector("table[data-keys] tr.is-active");

function go(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.indexOf(active());
  const next = all[Math.min(all.length - 1, Math.max(0, now + step))];
  active()?.classList.remove("is-active");
  next.classList.add("is-active");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a[href]")?.focus({ preventScroll: true });
}

const keys = {
  j: () => go(1),
  k: () => go(-1),
  x: () => active()?.querySelector("[data-check]")?.click(),
  e: () => active()?.querySelector("a[href]")?.click(),
  "/": () => document.querySelector("[data-list-search]")?.focus(),
  "?": () => document.getElementById("shortcuts")?.showModal(),
};

addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

function count() {
  const ticked = document.querySelectorAll("[data-check]:checked").length;
  const all = document.querySelectorAll("[data-check]").length;
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.hidden = ticked === 0;
    bar.querySelector("[data-bulk-count]").textContent = ticked;
  }
  for (const box of document.querySelectorAll("[data-check-all]")) {
    box.checked = ticked > 0 && ticked === all;
    box.indeterminate = ticked > 0 && ticked < all;
  }
}

on("change", "[data-check]", count);
on("change", "[data-check-all]", (box) => {
  for (const one of box.closest("table").querySelectorAll("[data-check]")) one.checked = box.checked;
  count();
});
document.addEventListener("htmx:afterSettle", count);
