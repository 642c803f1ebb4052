import htmx from "./htmx.js";
import "./toasts.js";
import "./busy.js";
import "./focus.js";
import "./navigation.js";
import "./disclosures.js";
import "./dialogs.js";
import "./fields.js";
import "./copy.js";
import "./palette.js";
import "./lists.js";

// Whoever is signed in here always has a session: buttons outside forms may post too.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});

export default htmx;
