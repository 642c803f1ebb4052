// htmx under a strict CSP: nothing is evaluated, nothing inline is added; a form sent back with its errors (422) is shown.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  // Not "style": even an empty one is inline style, which the policy refuses.
  attributesToSettle: ["class"],
  historyRestoreAsHxRequest: false,
  // Pages hold carts and addresses: the browser keeps no copy, going back asks the server.
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  timeout: 20000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

export default htmx;
