import { circle, ear, gear, hexagon, holes, loop, many, path, pulley, scale, shift } from "../shapes.mjs";

// A closed toothed belt around two wheels: the teeth look inwards.
const belt = (d, toothed) =>
  loop(d, 9) +
  (toothed ? `<path d="${d}" fill="none" stroke-width="3.4" stroke-dasharray="1.6 3.4" stroke-linecap="butt"/>` : `<path d="${d}" fill="none" stroke-width="1.2"/>`);
// Rollers along a stadium: two half circles of radius r around (48, top) and (48, bottom), and the straights between.
const rollers = (top, bottom, r) =>
  many(7, (i) => circle(48 - r, top + ((bottom - top) * i) / 6, 1.7, "tone thin") + circle(48 + r, top + ((bottom - top) * i) / 6, 1.7, "tone thin")) +
  [30, 60, 90, 120, 150].map((degrees) => {
    const [dx, dy] = [r * Math.cos((degrees * Math.PI) / 180), r * Math.sin((degrees * Math.PI) / 180)];
    return circle(48 + dx, bottom + dy, 1.7, "tone thin") + circle(48 + dx, top - dy, 1.7, "tone thin");
  }).join("");
const waterPump =
  path("M20 40q-4-20 16-26h24q20 6 16 26q8 10 0 24q-4 16-28 18q-24-2-28-18q-8-14 0-24z", "tone") + ear(22, 26, 6) + ear(74, 26, 6) + ear(18, 62, 6) + ear(78, 62, 6) + ear(48, 84, 6) +
  circle(48, 46, 25) + gear(48, 46, 17, 20, 3) + circle(48, 46, 7, "tone") + circle(48, 46, 2.6);

export const belts = {
  "accessory-belt": belt("M22 30a14 14 0 0 1 26-6Q54 36 66 38a18 18 0 0 1 2 36Q40 80 28 78a16 16 0 0 1-12-22Q24 44 22 30z", false),
  "timing-belt": belt("M34 26a18 18 0 0 1 28 0Q72 46 66 72a18 18 0 0 1-36 0Q24 46 34 26z", true),
  "timing-kit":
    belt("M16 24a14 14 0 0 1 26-2Q56 46 50 72a17 17 0 0 1-34 0Q12 46 16 24z", true) + shift(26, -22, scale(0.5, circle(48, 48, 34) + circle(48, 48, 26, "tone") + circle(48, 48, 12) + hexagon(48, 48, 6))) +
    shift(26, 22, scale(0.44, waterPump)),
  "timing-chain": loop("M28 28A20 20 0 0 1 68 28V68A20 20 0 0 1 28 68Z", 8) + rollers(28, 68, 20) + gear(48, 28, 10, 12, 2.6, "tone") + circle(48, 28, 4) + gear(48, 68, 10, 12, 2.6, "tone") + circle(48, 68, 4),
  "tensioner-pulley":
    path("M60 60l20 12q8 6 2 13t-14 1l-22-16z", "tone") + ear(75, 80, 5.5) + circle(42, 42, 32) + circle(42, 42, 27, "tone") + circle(42, 42, 17) + circle(42, 42, 9, "tone") + hexagon(42, 42, 5.4),
  "alternator-pulley":
    circle(48, 48, 37) + circle(48, 48, 33, "thin open") + circle(48, 48, 29, "thin open") + circle(48, 48, 25, "thin open") + circle(48, 48, 20, "tone") + gear(48, 48, 9, 16, 2.6) + circle(48, 48, 5, "tone"),
  "crankshaft-pulley":
    pulley(48, 48, 38, 3) + circle(48, 48, 27, "tone") + circle(48, 48, 23) + holes(48, 48, 16, 4, 4, "tone", -45) + circle(48, 48, 8) + hexagon(48, 48, 5, "tone"),
  "water-pump": waterPump,
};
