// The command palette: Ctrl-K, then a destination, or what was typed searched among the orders.
const palette = document.getElementById("palette");
const input = palette?.querySelector("input");
const options = () => [...palette.querySelectorAll("[role=option]")].filter((option) => !option.hidden);
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function choose(option) {
  for (const other of palette.querySelectorAll("[role=option]")) other.setAttribute("aria-selected", String(other === option));
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function filter() {
  const wanted = plain(input.value.trim());
  const search = palette.querySelector("[data-palette-search]");
  for (const option of palette.querySelectorAll("a[role=option]:not([data-found])")) option.hidden = !plain(option.textContent).includes(wanted);
  search.hidden = !wanted;
  search.querySelector("[data-palette-query]").textContent = input.value.trim();
  choose(options()[0]);
}

function move(step) {
  const found = options();
  const now = found.findIndex((option) => option.getAttribute("aria-selected") === "true");
  choose(found[(now + step + found.length) % found.length]);
}

function openPalette() {
  if (!palette.open) palette.showModal();
  input.select();
  filter();
}

if (palette) {
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") event.preventDefault(), openPalette();
  });
  document.querySelector("[data-opens=palette]").addEventListener("click", filter);
  input.addEventListener("input", filter);
  // What the server found stands first, so that Enter goes there.
  palette.addEventListener("htmx:afterSettle", () => choose(options()[0]));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") event.preventDefault(), move(1);
    if (event.key === "ArrowUp") event.preventDefault(), move(-1);
    if (event.key === "Enter") event.preventDefault(), palette.querySelector("[aria-selected=true]")?.click();
  });
  palette.addEventListener("htmx:afterSettle", () => choose(options()[0]));
  palette.querySelector("[data-palette-search]").addEventListener("click", () => input.form.requestSubmit());
}
