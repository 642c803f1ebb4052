// A long group of filters: typing keeps the choices that hold every typed word, accents and case aside.
import { on } from "./events.js";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function narrow(field) {
  const group = field.closest("details");
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const choice of group.querySelectorAll(".filter-options > li")) {
    const label = plain(choice.querySelector(".tick-text").textContent);
    choice.hidden = !words.every((word) => label.includes(word));
    if (!choice.hidden) left += 1;
  }
  const more = group.querySelector(".filter-more");
  if (words.length) more.open = true;
  group.querySelector(".filter-none").textContent = left ? "" : field.dataset.none;
}

on("input", "[data-narrows]", (field) => narrow(field));
// What is typed here is no filter: it neither reloads the list nor sends the form.
on("change", "[data-narrows]", (_field, event) => event.stopPropagation(), { capture: true });
on("keydown", "[data-narrows]", (_field, event) => {
  if (event.key === "Enter") event.preventDefault();
});
