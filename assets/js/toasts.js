// Toasts say what you have just done and leave; errors stay until they are closed.
import { on } from "./events.js";

const region = () => document.getElementById("toasts");
const words = document.body.dataset;
const shown = new WeakSet();

export function toast(kind, text) {
  const item = document.createElement("div");
  item.className = `toast-item toast-${kind}`;
  item.dataset.toast = kind;
  const said = document.createElement("span");
  said.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", words.close);
  close.textContent = "×";
  item.append(said, close);
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
