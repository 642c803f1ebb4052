// The small vocabulary that every drawing is composed of. One stroke, two grounds, a square of 96 by 96.
//
// The last argument of a shape says how it looks, in words: "tone" (grey ground), "open" (no ground), "ink" (filled
// with the stroke), "thin" (a detail), "dash" (hidden or implied). Nothing said: white ground, full stroke.

const STROKE = 1.8;
const GROUNDS = { tone: "var(--drawing-tone,#dfe4ec)", open: "none", ink: "currentColor" };
export const BODY = "var(--drawing-body,#fff)";

const round = (number) => Math.round(number * 100) / 100;
const at = (cx, cy, radius, degrees) => {
  const angle = (degrees * Math.PI) / 180;
  return [round(cx + radius * Math.cos(angle)), round(cy + radius * Math.sin(angle))];
};

function looks(words = "") {
  let attributes = "";
  for (const word of words.split(" ").filter(Boolean)) {
    if (word in GROUNDS) attributes += ` fill="${GROUNDS[word]}"`;
    else if (word === "thin") attributes += ' stroke-width="1.2"';
    else if (word === "dash") attributes += ' stroke-dasharray="3 3"';
    else throw new Error(`unknown look: ${word}`);
  }
  return attributes;
}

export const path = (d, look) => `<path d="${d}"${looks(look)}/>`;
export const circle = (cx, cy, r, look) => `<circle cx="${round(cx)}" cy="${round(cy)}" r="${r}"${looks(look)}/>`;
export const ellipse = (cx, cy, rx, ry, look) => `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}"${looks(look)}/>`;
export const rect = (x, y, w, h, r = 0, look = "") => `<rect x="${x}" y="${y}" width="${w}" height="${h}"${r ? ` rx="${r}"` : ""}${looks(look)}/>`;
export const poly = (points, look) => path(`M${points.map((p) => p.map(round).join(" ")).join("L")}Z`, look);
export const line = (points, look = "") => path(`M${points.map((p) => p.map(round).join(" ")).join("L")}`, `open ${look}`);
export const turn = (degrees, shapes, cx = 48, cy = 48) => `<g transform="rotate(${degrees} ${cx} ${cy})">${shapes}</g>`;
export const shift = (x, y, shapes) => `<g transform="translate(${x} ${y})">${shapes}</g>`;
export const scale = (factor, shapes, cx = 48, cy = 48) =>
  `<g transform="translate(${round(cx * (1 - factor))} ${round(cy * (1 - factor))}) scale(${factor})" stroke-width="${round(STROKE / factor)}">${shapes}</g>`;
export const mirror = (shapes) => `<g transform="matrix(-1 0 0 1 96 0)">${shapes}</g>`;
export const many = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join("");

// Several round things on a circle: bolts, holes, balls.
export const around = (cx, cy, radius, count, make, from = -90) => many(count, (i) => make(...at(cx, cy, radius, from + (360 * i) / count), from + (360 * i) / count));
export const holes = (cx, cy, radius, count, r, look, from) => around(cx, cy, radius, count, (x, y) => circle(x, y, r, look), from);
export const spokes = (cx, cy, inner, outer, count, look, from = -90) =>
  many(count, (i) => line([at(cx, cy, inner, from + (360 * i) / count), at(cx, cy, outer, from + (360 * i) / count)], look));
export const hexagon = (cx, cy, r, look, from = 0) => poly(Array.from({ length: 6 }, (_, i) => at(cx, cy, r, from + 60 * i)), look);

// A toothed wheel.
export function gear(cx, cy, radius, teeth, depth, look) {
  const step = 360 / teeth;
  const points = [];
  for (let i = 0; i < teeth; i += 1) {
    for (const [share, out] of [[0, 0], [0.2, 1], [0.5, 1], [0.7, 0]]) points.push(at(cx, cy, radius + out * depth, -90 + step * (i + share)));
  }
  return poly(points, look);
}

// Every point that a path of absolute M L H V C Q S T commands names, control points included.
function pointsOf(d) {
  let [x, y] = [0, 0];
  const points = [];
  for (const [, command, numbers] of d.matchAll(/([A-Z])([^A-Z]*)/g)) {
    const values = numbers.match(/-?[\d.]+/g).map(Number);
    const step = command === "H" || command === "V" ? 1 : 2;
    for (let i = 0; i < values.length; i += step) {
      if (command === "H") x = values[i];
      else if (command === "V") y = values[i];
      else [x, y] = [values[i], values[i + 1]];
      points.push([x, y]);
    }
  }
  return points;
}

// The line that closes a pipe's end at `a`, where it comes from `b`.
function closing([ax, ay], [bx, by], width) {
  const length = Math.hypot(ax - bx, ay - by);
  const [dx, dy] = [((ay - by) / length) * (width / 2 - STROKE / 2), ((bx - ax) / length) * (width / 2 - STROKE / 2)];
  return line([[ax - dx, ay - dy], [ax + dx, ay + dy]]);
}

// A pipe or cable along a path, of the given outer width.
export function tube(d, width, look = "") {
  const points = pointsOf(d);
  return strand(d, width, look, "butt") + closing(points[0], points[1], width) + closing(points.at(-1), points.at(-2), width);
}
export const bar = (points, width, look) => strand(`M${points.map((p) => p.join(" ")).join("L")}`, width, look, "round");
// The same for a path that is closed in itself.
export const loop = (d, width, look) => strand(d, width, look, "butt");

function strand(d, width, look = "", cap = "butt") {
  const stroke = look.includes("tone") ? GROUNDS.tone : BODY;
  return `<path d="${d}" fill="none" stroke-width="${width}" stroke-linecap="${cap}"/><path d="${d}" fill="none" stroke="${stroke}" stroke-width="${round(width - 2 * STROKE)}" stroke-linecap="${cap}"/>`;
}

// Parallel lines inside a box: pleats, fins, threads.
export const uprights = (x, y, w, h, count, look = "thin") => many(count, (i) => line([[x + (w * (i + 1)) / (count + 1), y], [x + (w * (i + 1)) / (count + 1), y + h]], look));
export const levels = (x, y, w, h, count, look = "thin") => many(count, (i) => line([[x, y + (h * (i + 1)) / (count + 1)], [x + w, y + (h * (i + 1)) / (count + 1)]], look));
export const thread = (x, y, w, h, turns) =>
  rect(x, y, w, h, 1) + many(turns, (i) => line([[x, y + (h * (i + 0.75)) / turns], [x + w, y + (h * (i + 0.25)) / turns]], "thin"));
export const lyingThread = (x, y, w, h) => {
  const turns = Math.round(w / 4);
  return rect(x, y, w, h, 1) + many(turns, (i) => line([[x + (w * (i + 0.25)) / turns, y], [x + (w * (i + 0.75)) / turns, y + h]], "thin"));
};
export const zigzag = (x, y, w, amplitude, folds, look) =>
  line(Array.from({ length: folds * 2 + 1 }, (_, i) => [x + (w * i) / (folds * 2), y + (i % 2 ? -amplitude : 0)]), look);

// A wound spring seen from the side.
export function spring(cx, top, bottom, width, turns, wire = 7) {
  const pitch = (bottom - top) / turns;
  const half = width / 2;
  const back = many(turns - 1, (i) => bar([[cx + half, top + pitch * (i + 0.5)], [cx - half, top + pitch * (i + 1)]], wire, "tone"));
  const front = many(turns, (i) => bar([[cx - half, top + pitch * i], [cx + half, top + pitch * (i + 0.5)]], wire));
  return back + front;
}

// A folded rubber sleeve between two half-widths, upright.
export function bellows(cx, top, bottom, from, to, folds, look) {
  const height = (bottom - top) / folds;
  const width = (share) => from + (to - from) * share;
  const side = (sign) =>
    Array.from({ length: folds * 2 + 1 }, (_, i) => [cx + sign * (width(i / (folds * 2)) + (i % 2 ? 3.2 : -1.6)), top + (height * i) / 2]);
  const left = side(-1);
  const right = side(1);
  return poly([...left, ...right.reverse()], look) + many(folds - 1, (i) => line([left[(i + 1) * 2], right[right.length - 1 - (i + 1) * 2]], "thin"));
}

// The same lying: from left to right around the height y.
export const lyingBellows = (left, right, y, from, to, folds, look) => `<g transform="matrix(0 1 1 0 0 0)">${bellows(y, left, right, from, to, folds, look)}</g>`;

export const bearing = (cx, cy, outer, inner, balls) => {
  const middle = (outer + inner) / 2;
  const size = round(Math.min((outer - inner) / 2 - 3.4, (Math.PI * middle) / balls - 0.9));
  return (
    circle(cx, cy, outer) + circle(cx, cy, round(outer - 3.4), "tone") + holes(cx, cy, middle, balls, size) + circle(cx, cy, round(inner + 3.4)) + circle(cx, cy, inner, "tone")
  );
};
export const pulley = (cx, cy, r, grooves = 3) =>
  circle(cx, cy, r) + many(grooves, (i) => circle(cx, cy, round(r - 2.6 * (i + 1)), "thin open"));
export const bolt = (cx, cy, r = 3.4) => circle(cx, cy, r) + hexagon(cx, cy, round(r * 0.6), "thin open");
export const ear = (cx, cy, r = 6, hole = 2.6) => circle(cx, cy, r) + circle(cx, cy, hole, "tone");
// An electrical plug, pins to the right.
export const plug = (x, y, w = 18, h = 16) => rect(x, y, w, h, 2.5) + rect(x + w - 6, y + 3, 6, h - 6, 1, "tone") + line([[x + 4, y - 3], [x + 10, y - 3]]) + line([[x + 4, y], [x + 4, y - 3]]) + line([[x + 10, y], [x + 10, y - 3]]);

export const symbol = (key, shapes) =>
  `<symbol id="${key}" viewBox="0 0 96 96"><g fill="${BODY}" stroke="currentColor" stroke-width="${STROKE}" stroke-linecap="round" stroke-linejoin="round">${shapes}</g></symbol>`;
