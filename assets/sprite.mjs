// Lucide icons that the shop uses, and its own mark, as one SVG sprite.
import { readFile } from "node:fs/promises";

const shapes = (svg) => svg.replace(/<!--.*?-->/gs, "").replace(/^\s*<svg[^>]*>|<\/svg>\s*$/gs, "").replace(/\s*\n\s*/g, "").trim();

export async function iconSprite(root) {
  const names = JSON.parse(await readFile(`${root}/assets/icons.json`, "utf8"));
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(`${root}/node_modules/lucide-static/icons/${name}.svg`, "utf8");
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes(svg)}</symbol>`;
    }),
  );
  const mark = shapes(await readFile(`${root}/assets/brand/mark.svg`, "utf8"));
  return `<svg xmlns="http://www.w3.org/2000/svg"><symbol id="atelier" viewBox="0 0 32 32">${mark}</symbol>${symbols.join("")}</svg>`;
}
