// After a swap the focus stays where it was, or goes where the answer says; what changed is read out.
let before = null;

document.addEventListener("htmx:beforeSwap", () => {
  before = document.activeElement?.id || null;
});

document.addEventListener("htmx:afterSettle", (event) => {
  const fresh = event.detail.elt;
  const wanted = fresh.matches("[data-focus]") ? fresh : fresh.querySelector("[data-focus]");
  if (wanted) wanted.focus();
  else if (before && document.activeElement === document.body) document.getElementById(before)?.focus({ preventScroll: true });
  const news = fresh.matches("[data-announce]") ? fresh : fresh.querySelector("[data-announce]");
  if (news) announce(news.textContent.trim());
});

export function announce(text) {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = text;
}

// A whole page that came back with errors: its summary first.
document.querySelector("[data-focus]:not(.guide *)")?.focus();
