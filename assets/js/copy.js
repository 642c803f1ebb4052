// Copies a reference; says so on the button and to screen readers.
import { announce } from "./focus.js";
import { on } from "./events.js";

on("click", "[data-copy]", async (button) => {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    return; // not allowed here: the text stands beside the button and can be selected
  }
  button.classList.add("is-copied");
  announce(button.dataset.copied);
  setTimeout(() => button.classList.remove("is-copied"), 1500);
});
