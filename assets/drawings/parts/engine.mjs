import { around, bar, bolt, circle, ear, ellipse, gear, hexagon, levels, line, many, path, poly, rect, shift, tube, turn, uprights } from "../shapes.mjs";

const cylinders = many(4, (i) => circle(19.5 + i * 19, 48, 8.2, "tone"));

export const engine = {
  "fuel-pump":
    ellipse(48, 20, 30, 9) + path("M18 20v6q0 9 30 9t30-9v-6", "") + ellipse(48, 20, 30, 9) + rect(54, 8, 16, 12, 2, "tone") + tube("M34 20V8H22", 5) + tube("M42 18V6", 4) + rect(30, 35, 36, 40, 4) + rect(30, 46, 36, 14, 0, "tone") + line([[38, 35], [38, 46]], "thin") + line([[58, 35], [58, 46]], "thin") + rect(26, 75, 44, 12, 4, "tone") + uprights(26, 75, 44, 12, 7) + line([[66, 52], [80, 60], [82, 74]]) + rect(75, 72, 14, 10, 3),
  "high-pressure-pump":
    rect(26, 34, 44, 44, 8) + circle(48, 56, 17, "tone") + circle(48, 56, 9) + circle(48, 56, 3, "tone") + rect(36, 14, 24, 20, 3) + rect(40, 6, 16, 8, 2, "tone") + tube("M26 44H10V30", 6) + hexagon(10, 27, 5) + rect(70, 40, 10, 12, 1) + tube("M80 46H92", 6) + rect(70, 60, 14, 14, 2, "tone") + bolt(32, 72, 2.6) + bolt(64, 72, 2.6) + levels(36, 18, 24, 12, 2),
  injector: turn(
    20,
    tube("M58 30H72V18", 5) + rect(66, 10, 13, 9, 2, "tone") + rect(41, 6, 14, 10, 2) + levels(41, 6, 14, 10, 3) + rect(37, 16, 22, 24, 3) + rect(37, 22, 22, 8, 0, "tone") + poly([[39, 40], [57, 40], [55, 48], [41, 48]]) + rect(41, 48, 14, 22, 1) + levels(41, 50, 14, 8, 2) + poly([[41, 70], [55, 70], [52, 77], [44, 77]], "tone") + rect(45, 77, 6, 13, 1) + line([[44, 94], [42, 96]], "thin") + line([[52, 94], [54, 96]], "thin"),
  ),
  "throttle-body":
    path("M16 22q0-6 6-6h44q6 0 6 6v52q0 6-6 6h-44q-6 0-6-6z") + circle(44, 48, 25) + circle(44, 48, 21, "tone") + ellipse(44, 48, 8, 20.6) + line([[44, 26], [44, 70]]) + bolt(22, 22, 3) + bolt(66, 22, 3) + bolt(22, 74, 3) + bolt(66, 74, 3) + rect(72, 30, 16, 34, 3, "tone") + levels(72, 34, 16, 26, 3) + rect(76, 64, 10, 10, 2),
  "egr-valve":
    rect(30, 6, 30, 28, 6) + rect(60, 12, 14, 13, 2, "tone") + line([[74, 16], [78, 16]]) + line([[74, 21], [78, 21]]) + levels(30, 12, 30, 14, 2) + rect(34, 34, 22, 8, 0, "tone") + path("M20 42h50v14h14v30h-34q0 4-4 4h-26z") + circle(33, 72, 11) + circle(33, 72, 7, "tone") + ellipse(84, 71, 5, 15) + ellipse(84, 71, 3, 10, "tone") + bolt(26, 49, 2.6) + bolt(62, 49, 2.6),
  "head-gasket":
    path("M8 28q0-4 4-4h72q4 0 4 4v40q0 4-4 4h-72q-4 0-4-4z") + cylinders + many(4, (i) => circle(19.5 + i * 19, 48, 5.8, "thin")) + many(5, (i) => circle(12.4 + i * 17.8, 29.5, 1.9, "tone thin")) + many(5, (i) => circle(12.4 + i * 17.8, 66.5, 1.9, "tone thin")) + many(3, (i) => path(`M${26 + i * 19} 33h6`, "open thin") + path(`M${26 + i * 19} 63h6`, "open thin")),
  "cover-gasket":
    path("M10 30q0-6 6-6h20q4 4 8 0h8q4 4 8 0h20q6 0 6 6v36q0 6-6 6h-20q-4-4-8 0h-8q-4-4-8 0h-20q-6 0-6-6z") + path("M16 34q0-4 4-4h14q6 4 12 0h4q6 4 12 0h14q4 0 4 4v28q0 4-4 4h-14q-6-4-12 0h-4q-6-4-12 0h-14q-4 0-4-4z", "tone") + circle(48, 48, 8) + circle(48, 48, 5, "tone"),
  "oil-seal":
    path("M44 12h14q22 6 22 36t-22 36h-14z", "tone") + ellipse(44, 48, 28, 36) + ellipse(44, 48, 24, 31.5, "thin open") + ellipse(45, 48, 17, 23, "tone") + ellipse(46, 48, 14, 19.5) + path("M36 34q4-5 10-5.4M36 62q4 5 10 5.4", "open thin"),
  "oil-pan":
    path("M6 26h84v8h-84z") + many(6, (i) => circle(13 + i * 14, 30, 1.5, "tone thin")) + path("M12 34h72l-4 18h-26l-8 24q-1 4-5 4h-17q-5 0-6-5z") + path("M18 52h28l-6 20h-16z", "tone") + line([[58, 40], [78, 40]], "thin") + line([[57, 46], [77, 46]], "thin") + rect(28, 80, 9, 7, 1) + line([[32.5, 80], [32.5, 87]], "thin"),
  "oil-pump":
    path("M18 36q-4-18 14-22h26q18 4 16 22q12 14 2 30q-6 18-28 18t-28-18q-10-14-2-30z") + circle(48, 48, 25, "tone") + gear(48, 48, 17, 9, 4) + circle(50, 48, 11, "tone") + gear(50, 48, 6, 7, 3.4) + circle(50, 48, 3, "tone") + bolt(24, 24, 3) + bolt(72, 24, 3) + bolt(18, 62, 3) + bolt(78, 62, 3) + bolt(48, 80, 3),
  valve: shift(14, 0, stem()) + shift(-16, 0, stem()),
  camshaft: turn(
    -14,
    bar([[14, 48], [88, 48]], 10) + many(4, (i) => ellipse(36.4 + i * 14, 48 + (i % 2 ? 5 : -5), 5, 15) + ellipse(34 + i * 14, 48 + (i % 2 ? 5 : -5), 5, 15, "tone")) + gear(15, 48, 11, 14, 2.4) + circle(15, 48, 6, "tone") + hexagon(15, 48, 3.4),
  ),
  piston:
    path("M22 14q26-8 52 0v44q-8 6-16 2l-4-10h-12l-4 10q-8 4-16-2z") + ellipse(48, 14, 26, 6, "tone") + path("M22 24q26 8 52 0M22 30q26 8 52 0M22 36q26 8 52 0", "open") + circle(48, 48, 8) + circle(48, 48, 5, "tone") + path("M43 56l-5 22h20l-5-22z") + circle(48, 82, 11) + circle(48, 82, 6, "tone"),
  tappet:
    path("M14 22q4-8 14-6l26 8 26-4q8 0 8 8t-8 8l-24 4-30-4q-16-4-12-14z") + circle(52, 30, 6.5) + circle(52, 30, 2.8, "tone") + circle(82, 28, 2.4, "tone") + rect(18, 38, 18, 34, 3) + rect(16, 44, 22, 8, 1.5, "tone") + line([[18, 62], [36, 62]], "thin") + path("M20 72h14l-2 8h-10z") + rect(62, 46, 18, 32, 3) + ellipse(71, 47, 9, 2.8, "tone") + line([[62, 56], [80, 56]], "thin") + line([[62, 60], [80, 60]], "thin"),
  turbo: turboShape(),
  "turbo-actuator":
    ellipse(42, 22, 24, 9) + path("M18 22v8q0 9 24 9t24-9v-8") + ellipse(42, 22, 24, 8) + ellipse(42, 21, 11, 3.6, "tone") + tube("M42 20V8H58", 5) + poly([[34, 39], [50, 39], [46, 48], [38, 48]], "tone") + line([[42, 48], [42, 62]]) + rect(39, 52, 6, 8, 0) + line([[42, 60], [56, 80]]) + ear(58, 83, 6, 2.4) + path("M52 44h22q4 0 4 4v20h-8v-16h-18z") + circle(74, 62, 2, "tone"),
};

function stem() {
  return rect(45.5, 10, 5, 60, 1) + line([[45.5, 15], [50.5, 15]], "thin") + line([[45.5, 18], [50.5, 18]], "thin") + path("M45.5 62q-1 14-11.5 20v4h28v-4q-10.5-6-11.5-20z") + line([[34, 82], [62, 82]]) + path("M41 78q3-4 4-8", "open thin");
}

function turboShape() {
  return (
    path("M40 8h20v14h-20z") + rect(37, 5, 26, 6, 2) + path("M40 20C12 22 6 46 12 62q8 22 32 24q26-2 30-28v-38h-34z") + path("M22 44q2-16 18-18M66 34q4 22-8 34", "open thin") + circle(43, 55, 22) + circle(43, 55, 17.5, "tone") +
    around(43, 55, 0, 9, (x, y, angle) => turn(angle, path(`M${43 + 4} 55q6 5 12 3`, "open"), 43, 55)) + circle(43, 55, 5) + rect(74, 40, 14, 30, 3, "tone") + levels(74, 44, 14, 22, 3)
  );
}
