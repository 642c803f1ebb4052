// Temporary seam until every drawing is composed: see shapes.mjs and parts.mjs.
import { readFile } from "node:fs/promises";
export async function drawingSprite(root) {
  const keys = JSON.parse(await readFile(`${root}/assets/drawings/keys.json`, "utf8"));
  return `<svg xmlns="http://www.w3.org/2000/svg">${[...Object.keys(keys.parts), ...Object.keys(keys.families)].map((k) => `<symbol id="${k}" viewBox="0 0 96 96"><circle cx="48" cy="48" r="30"/></symbol>`).join("")}</svg>`;
}
