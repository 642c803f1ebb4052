// Toasts say what you have just done and leave; errors stay until they are closed.
import { on } from "./events.js";

// The icons of components/alerts.html.
const SIGNS = { info: "info", success: "circle-check", warning: "triangle-alert", error: "circle-x" };
const region = () => document.getElementById("toasts");
const words = document.body.dataset;
const shown = new WeakSet();

export function toast(kind, text) {
  const item = document.getElementById("toast_model").content.firstElementChild.cloneNode(true);
  const sign = item.querySelector("use");
  item.className = `toast-item toast-${kind}`;
  item.dataset.toast = kind;
  if (kind === "error") item.setAttribute("role", "alert");
  item.querySelector("span").textContent = text;
  sign.setAttribute("href", sign.getAttribute("href").replace(/#.*/, `#${SIGNS[kind] ?? SIGNS.info}`));
  region()?.append(item);
  expire();
}

function expire() {
  for (const item of document.querySelectorAll("[data-toast]")) {
    if (shown.has(item)) continue;
    shown.add(item);
    if (item.dataset.toast !== "error") setTimeout(() => item.remove(), 6000);
  }
}

// The error page's own sentence, when the answer is one of ours.
function sentence(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return page.querySelector("[data-message]")?.textContent.trim();
}

on("click", "[data-dismiss]", (button) => button.closest("[data-toast]").remove());
document.addEventListener("toast", (event) => toast(event.detail.kind ?? "info", event.detail.text));
document.addEventListener("htmx:responseError", (event) => toast("error", sentence(event.detail.xhr.responseText) || words.error));
document.addEventListener("htmx:sendError", () => toast("error", words.offline));
document.addEventListener("htmx:timeout", () => toast("error", words.offline));
document.addEventListener("htmx:afterSettle", expire);
expire();
