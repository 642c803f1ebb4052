// Every drawing as one SVG sprite; keys.json is the list of keys that the catalogue may name.
import { readFile } from "node:fs/promises";

import { belts } from "./parts/belts.mjs";
import { body } from "./parts/body.mjs";
import { brakes } from "./parts/brakes.mjs";
import { climate } from "./parts/climate.mjs";
import { drivetrain } from "./parts/drivetrain.mjs";
import { electrics } from "./parts/electrics.mjs";
import { engine } from "./parts/engine.mjs";
import { exhaust } from "./parts/exhaust.mjs";
import { families } from "./parts/families.mjs";
import { filters } from "./parts/filters.mjs";
import { ignition } from "./parts/ignition.mjs";
import { steering } from "./parts/steering.mjs";
import { suspension } from "./parts/suspension.mjs";
import { symbol } from "./shapes.mjs";

const parts = { ...filters, ...brakes, ...belts, ...ignition, ...steering, ...suspension, ...drivetrain, ...electrics, ...engine, ...climate, ...exhaust, ...body };
const drawings = { ...parts, ...families(parts) };

export async function drawingSprite(root) {
  const keys = JSON.parse(await readFile(`${root}/assets/drawings/keys.json`, "utf8"));
  const promised = [...Object.keys(keys.parts), ...Object.keys(keys.families)];
  const missing = promised.filter((key) => !drawings[key]);
  const unnamed = Object.keys(drawings).filter((key) => !promised.includes(key));
  if (missing.length || unnamed.length) throw new Error(`drawings without key: ${unnamed}; keys without drawing: ${missing}`);
  return `<svg xmlns="http://www.w3.org/2000/svg">${promised.map((key) => symbol(key, drawings[key])).join("")}</svg>`;
}
