// The cart's preview: opens under a resting mouse or with the arrow key; the link itself always leads to the cart.
import htmx from "./htmx.js";

const tool = document.querySelector("[data-mini-cart]");
let timer = 0;

function open() {
  const panel = document.getElementById("mini_cart");
  if (!panel.hidden) return;
  htmx.trigger(panel, "mini-cart-open");
  panel.addEventListener("htmx:afterSwap", () => (panel.hidden = false), { once: true });
}

function close() {
  clearTimeout(timer);
  document.getElementById("mini_cart").hidden = true;
}

if (tool && matchMedia("(hover: hover)").matches) {
  tool.addEventListener("mouseenter", () => (timer = setTimeout(open, 250)));
  tool.addEventListener("mouseleave", close);
}
tool?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") event.preventDefault(), open();
  if (event.key === "Escape") close();
});
tool?.addEventListener("focusout", (event) => event.relatedTarget && !tool.contains(event.relatedTarget) && close());
