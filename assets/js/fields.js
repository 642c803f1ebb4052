// Small comforts of form fields: −/+ beside a quantity, a password that can be shown, a select that submits its form.
import { on } from "./events.js";

on("click", "[data-step]", (button) => {
  const input = button.closest("[data-quantity]").querySelector("input");
  const before = input.value;
  if (Number(button.dataset.step) < 0) input.stepDown();
  else input.stepUp();
  if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
});

on("click", "[data-reveal]", (button) => {
  const input = document.getElementById(button.dataset.reveal);
  const shown = input.type === "text";
  input.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
  [button.textContent, button.dataset.shown] = [button.dataset.shown, button.textContent];
});

on("change", "select[data-autosubmit]", (select) => select.form.requestSubmit());

// The way to the bank goes on by itself; its button is for those without scripts.
document.querySelector("form[data-autosubmit]")?.requestSubmit();
