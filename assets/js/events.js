// One listener on the document serves what is on the page now and what htmx brings later.
export function on(type, selector, act, options) {
  document.addEventListener(
    type,
    (event) => {
      const found = event.target instanceof Element && event.target.closest(selector);
      if (found) act(found, event);
    },
    options,
  );
}
