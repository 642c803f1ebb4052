// What was touched shows at once that it works; nothing else is blocked.
import { on } from "./events.js";

const touched = (event) => {
  const { elt, requestConfig } = event.detail;
  return requestConfig?.triggeringEvent?.submitter ?? elt;
};

document.addEventListener("htmx:beforeSend", (event) => touched(event).setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => {
  touched(event).removeAttribute("aria-busy");
  event.detail.elt.removeAttribute("aria-busy");
});

// A plain form leaves the page: its button stays busy, and a second press does nothing.
on("submit", "form:not([hx-post], [hx-get], [hx-put], [hx-patch], [hx-delete])", (form, event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented || form.method !== "post") return;
  if (button.getAttribute("aria-busy")) event.preventDefault();
  else button.setAttribute("aria-busy", "true");
});
// Back to a page that the browser had kept: it works on nothing any more.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const busy of document.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
});
