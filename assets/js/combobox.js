// The search field as an ARIA combobox over the list that htmx fetches. Without this script it is a plain search form.
import { on } from "./events.js";

const LEAST = 2;
const field = "[data-combobox] input[type=search]";
const listOf = (input) => document.getElementById(`${input.id}-list`);
const statusOf = (input) => document.getElementById(`${input.id}-status`);
const options = (input) => [...listOf(input).querySelectorAll("[role=option]")];

function prepare(input) {
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listOf(input).id };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
}

function show(input) {
  const found = options(input);
  const list = listOf(input);
  list.hidden = !list.textContent.trim() || input.value.trim().length < LEAST;
  if (found.length) list.setAttribute("role", "listbox");
  else list.removeAttribute("role");
  list.setAttribute("aria-label", input.labels[0].textContent);
  input.setAttribute("aria-expanded", String(!list.hidden && found.length > 0));
  input.removeAttribute("aria-activedescendant");
  statusOf(input).textContent = list.hidden ? "" : (list.querySelector("[data-said]")?.textContent ?? "");
}

function hide(input) {
  listOf(input).hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  for (const option of options(input)) option.setAttribute("aria-selected", "false");
  statusOf(input).textContent = "";
}

function move(input, step) {
  const found = options(input);
  if (!found.length) return;
  const now = found.findIndex((option) => option.id === input.getAttribute("aria-activedescendant"));
  const next = now < 0 && step < 0 ? found.length - 1 : (now + step + found.length) % found.length;
  found.forEach((option, index) => option.setAttribute("aria-selected", String(index === next)));
  input.setAttribute("aria-activedescendant", found[next].id);
  found[next].scrollIntoView({ block: "nearest" });
}

const acts = {
  ArrowDown: (input, event) => (event.preventDefault(), listOf(input).hidden && show(input), move(input, 1)),
  ArrowUp: (input, event) => (event.preventDefault(), move(input, -1)),
  Escape: (input, event) => listOf(input).hidden || (event.preventDefault(), hide(input)),
  Enter: (input, event) => {
    const active = document.getElementById(input.getAttribute("aria-activedescendant"));
    if (active && !listOf(input).hidden) event.preventDefault(), active.click();
  },
};

document.querySelectorAll(field).forEach(prepare);
on("keydown", field, (input, event) => acts[event.key]?.(input, event));
on("focusin", field, (input) => listOf(input).textContent.trim() && show(input));
on("focusout", "[data-combobox]", (form, event) => {
  if (!form.contains(event.relatedTarget)) hide(form.querySelector("input[type=search]"));
});
on("htmx:beforeRequest", field, (input, event) => {
  if (input.value.trim().length >= LEAST) return;
  event.preventDefault();
  hide(input);
});
on("htmx:afterSwap", ".search-list", (list) => {
  const input = list.closest("[data-combobox]").querySelector("input[type=search]");
  if (input === document.activeElement) show(input);
});
