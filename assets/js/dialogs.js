// data-opens names a dialog; data-closes, Escape and the ground behind it close it. The browser gives the focus back.
import { on } from "./events.js";

on("click", "[data-opens]", (button) => document.getElementById(button.dataset.opens)?.showModal());
on("click", "dialog [data-closes]", (button) => button.closest("dialog").close());
on("click", "dialog", (dialog, event) => {
  if (event.target === dialog && dialog.matches(":modal")) dialog.close();
});

// A sheet becomes a column where there is room: nothing modal may remain.
for (const sheet of document.querySelectorAll("[data-sheet]")) {
  matchMedia(`(width >= ${sheet.dataset.sheet})`).addEventListener("change", (room) => room.matches && sheet.close());
}
