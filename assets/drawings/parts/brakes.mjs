import { bolt, circle, ear, ellipse, hexagon, holes, levels, line, mirror, path, plug, poly, rect, scale, shift, tube, turn, uprights } from "../shapes.mjs";

const pad = path("M10 50q0-5 5-5h5l5-10q2-4 6-5q17-4 34 0q4 1 6 5l5 10h5q5 0 5 5v5q0 3-3 3h-7l-3 9q-1 3-4 3q-21-5-42 0q-3 0-4-3l-3-9h-7q-3 0-3-3z") +
  path("M27 38q2-3 5-4q16-3 32 0q3 1 5 4l4 9l-5 17q-20-4-40 0l-5-17z", "tone") + line([[48, 32.6], [48, 61.6]]);
const shoe = path("M44 12q-32 4-32 36t32 36l1-9q-24-4-24-27t24-27z") + path("M40 21q-19 5-19 27t19 27l2-6q-14-4-14-21t14-21z", "tone") + circle(26, 40, 2.4) + circle(27, 58, 2.4);
const returnSpring = (y) => line([[36, y], [60, y]]) + rect(41, y - 3, 14, 6, 2, "tone") + uprights(41, y - 3, 14, 6, 4);
const drum = circle(48, 48, 38) + circle(48, 48, 33.5, "tone") + circle(48, 48, 19) + circle(48, 48, 8.5, "tone") + holes(48, 48, 13.6, 4, 2.4, "tone", -45);

export const brakes = {
  "brake-disc":
    circle(48, 48, 39) + holes(48, 48, 34, 18, 1.5, "tone thin") + holes(48, 48, 28, 18, 1.5, "tone thin", -80) + circle(48, 48, 22, "tone") + circle(48, 48, 19) +
    holes(48, 48, 13.5, 5, 2.5, "tone") + circle(48, 48, 7, "tone"),
  "brake-pads": shift(3, -13, scale(0.86, pad)) + shift(-3, 13, scale(0.86, pad)),
  "brake-caliper":
    path("M8 60q0-6 6-6h68q6 0 6 6v14q0 6-6 6h-8q-5 0-5-5v-3h-42v3q0 5-5 5h-8q-6 0-6-6z", "tone") + circle(17, 67, 4.4) + circle(79, 67, 4.4) +
    rect(13, 34, 8, 22, 2) + rect(75, 34, 8, 22, 2) + levels(13, 38, 8, 14, 3) + levels(75, 38, 8, 14, 3) +
    path("M10 26h10l8-10q2-2 5-2h30q3 0 5 2l8 10h10v9h-12v22q0 4-4 4h-44q-4 0-4-4v-22h-12z") + path("M36 24h24l4 14h-32z", "tone") + circle(48, 50, 7.5) + circle(48, 50, 4, "tone") + bolt(15, 30.5, 2.8) + bolt(81, 30.5, 2.8) + tube("M62 15V8", 5),
  "brake-drum": drum + holes(48, 48, 26.5, 12, 1.4, "thin"),
  "brake-shoes": shoe + mirror(shoe) + returnSpring(24) + returnSpring(72) + rect(33, 44, 30, 8, 3) + uprights(42, 44, 12, 8, 4),
  "rear-brake-kit": shift(12, -12, scale(0.72, drum)) + shift(-16, 12, scale(0.72, shoe + mirror(shoe) + rect(34, 20, 28, 9, 4) + returnSpring(72) + returnSpring(46))),
  "brake-hose":
    tube("M20 22C20 70 44 14 52 46S78 56 78 74", 7, "tone") + rect(13, 8, 14, 10, 2) + rect(15, 18, 10, 8, 1) + levels(15, 18, 10, 8, 2) + rect(72, 70, 12, 8, 1) + rect(70, 78, 16, 10, 2) + circle(78, 83, 2.6, "tone"),
  "wheel-cylinder":
    rect(22, 36, 52, 26, 5) + poly([[22, 38], [14, 42], [14, 56], [22, 60]], "tone") + poly([[74, 38], [82, 42], [82, 56], [74, 60]], "tone") + rect(6, 45, 8, 8, 1) + rect(82, 45, 8, 8, 1) + tube("M40 36V24", 8) + hexagon(40, 22, 5) + tube("M58 36V26", 6) + circle(58, 23, 3) + ear(48, 69, 8, 3) + line([[32, 36], [32, 62]], "thin") + line([[64, 36], [64, 62]], "thin"),
  "master-cylinder":
    path("M18 18h48q4 0 4 4v18q0 4-4 4h-48q-4 0-4-4v-18q0-4 4-4z", "tone") + rect(32, 8, 20, 10, 3) + uprights(32, 8, 20, 10, 4) + line([[14, 28], [70, 28]], "thin") + rect(24, 44, 9, 8, 0) + rect(50, 44, 9, 8, 0) +
    rect(10, 52, 58, 20, 4) + poly([[68, 46], [76, 46], [76, 78], [68, 78]]) + rect(76, 57, 14, 10, 2, "tone") + tube("M26 72V84", 7) + tube("M50 72V84", 7) + circle(72, 50, 1.4, "thin") + circle(72, 74, 1.4, "thin"),
  "brake-servo":
    ellipse(42, 48, 32, 38) + ellipse(38, 48, 29, 35, "tone") + ellipse(34, 48, 17, 21) + ellipse(32, 48, 8, 10, "tone") + rect(4, 43, 24, 10, 2) + bolt(34, 32, 2.8) + bolt(34, 64, 2.8) + rect(72, 40, 10, 16, 2) + tube("M82 48H92", 5) + tube("M62 22V10H74", 6),
  "handbrake-cable":
    tube("M18 26V58Q18 80 38 80T58 58V40Q58 18 78 18", 6, "tone") + line([[18, 26], [18, 8]]) + rect(14, 20, 8, 12, 1.5) + circle(18, 8, 3.4) + line([[78, 18], [90, 18]]) + rect(72, 14, 12, 8, 1.5) + circle(90, 18, 2.6) + rect(33, 75, 10, 10, 2) + rect(53, 44, 10, 10, 2),
  "abs-sensor":
    tube("M28 34Q28 74 52 74T84 62", 5, "tone") + path("M20 30h16v8q0 4-4 4h-8q-4 0-4-4z") + rect(22, 8, 12, 22, 2) + levels(22, 8, 12, 8, 2) + path("M36 32h8q6 0 6 5t-6 5h-10z") + circle(44, 37, 2, "tone") + turn(-24, plug(72, 55, 20, 14), 80, 62),
  "wear-sensor":
    tube("M22 20Q22 46 44 46T68 62V74", 5, "tone") + path("M16 8h12v12q0 4-4 4h-4q-4 0-4-4z") + line([[16, 14], [28, 14]], "thin") + rect(38, 41, 10, 10, 2) + rect(60, 72, 16, 16, 2) + uprights(60, 80, 16, 8, 2),
};
