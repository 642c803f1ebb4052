import { bar, bolt, circle, ear, gear, hexagon, line, many, path, rect, thread, turn, uprights } from "../shapes.mjs";

export const body = {
  headlight:
    path("M6 58q2-22 22-30q30-12 56-8q6 2 4 10l-6 32q-2 8-10 8h-56q-10 0-10-12z") + path("M12 58q2-18 18-24q26-10 50-7q3 1 2 5l-5 26q-2 6-8 6h-49q-8 0-8-6z", "tone") + circle(58, 47, 14) + circle(58, 47, 9.5, "tone") + circle(58, 47, 3.6) + circle(31, 51, 9) + circle(31, 51, 4.5, "tone") + path("M16 62h46", "open thin"),
  "tail-light":
    path("M22 12h38q16 2 16 20v40q0 12-12 12h-34q-10 0-10-10v-54q0-8 2-8z") + path("M28 18h30q12 2 12 14v6h-44v-16q0-4 2-4z", "tone") + rect(26, 42, 44, 18, 2) + many(5, (i) => line([[32 + i * 8, 42], [32 + i * 8, 60]], "thin")) + path("M26 64h44v8q0 6-6 6h-34q-4 0-4-4z", "tone") + circle(38, 29, 5) + circle(54, 29, 5) + line([[32, 71], [62, 71]], "thin"),
  bulb:
    path("M48 6q18 0 18 20q0 10-7 18v10h-22v-10q-7-8-7-18q0-20 18-20z") + path("M42 54v-16l-4-8M54 54v-16l4-8", "open thin") + path("M38 30q3-6 5 0t5 0t5 0t5 0", "open") + rect(33, 54, 30, 8, 2, "tone") + rect(36, 62, 24, 14, 1) + rect(30, 66, 6, 4, 1) + rect(60, 66, 6, 4, 1) + path("M40 76h16l-3 8h-10z", "tone"),
  indicator:
    path("M8 48q4-20 30-22h34q14 0 16 14v16q-2 14-16 14h-34q-26-2-30-22z") + path("M16 48q4-14 24-15h30q10 0 11 10v10q-1 10-11 10h-30q-20-1-24-15z", "tone") + uprights(40, 33, 30, 30, 5) + path("M24 48h20M38 42l6 6-6 6", "open"),
  "fog-light":
    circle(38, 48, 30) + circle(38, 48, 24, "tone") + many(5, (i) => line([[22 + i * 8, 29 + Math.abs(i - 2) * 3], [22 + i * 8, 67 - Math.abs(i - 2) * 3]], "thin")) + path("M72 34l18-4M73 44l18-1M73 54l18 3M72 64l18 7", "open") + rect(28, 78, 20, 8, 2) ,
  wiper: turn(
    -32,
    bar([[4, 62], [92, 62]], 6, "tone") + line([[4, 66], [92, 66]], "thin") + path("M14 58q14-10 26-8M82 58q-14-10-26-8", "open") + bar([[30, 52], [66, 52]], 5) + rect(42, 44, 12, 10, 2) + bar([[48, 46], [38, 12]], 6) + ear(37, 10, 7, 2.8) + circle(14, 59, 1.6) + circle(82, 59, 1.6),
  ),
  "wiper-motor":
    rect(8, 32, 40, 30, 9) + line([[20, 32], [20, 62]]) + rect(22, 40, 20, 14, 0, "tone") + path("M46 26h14q22 0 26 22q-4 24-26 24h-14q-4-4-4-24t4-22z") + circle(62, 49, 14, "tone") + circle(62, 49, 5) + bar([[62, 49], [80, 24]], 6) + circle(80, 24, 4) + ear(50, 22, 5.5, 2.2) + ear(52, 78, 5.5, 2.2) + bolt(82, 62, 2.6) + rect(10, 62, 14, 9, 2),
  mirror:
    path("M6 60q0-4 4-4h8q10 0 14-6l14 10q-6 14-20 16l-4 8q-1 4-5 4h-11z", "tone") + path("M34 12q34-3 46 2q9 4 9 22t-9 26q-12 7-42 5q-12-2-13-26t9-29z") + path("M38 19q29-2 39 1.5q5 3 5 15.5t-5 19q-10 5-35 3.5q-9-2-9.5-20t5.5-19.5z", "tone") + path("M46 48l18-20M56 52l18-20", "open thin"),
  "tailgate-strut": turn(
    -38,
    circle(48, 4, 5) + circle(48, 4, 1.8, "tone") + rect(46, 9, 4, 32, 0) + rect(42, 38, 12, 46, 3) + rect(42, 52, 12, 14, 0, "tone") + rect(43.5, 36, 9, 4, 1) + rect(46, 84, 4, 4, 0) + circle(48, 92, 5) + circle(48, 92, 1.8, "tone"),
  ),
  "tow-bar":
    circle(20, 22, 12) + path("M13 18q2-4 6-5", "open thin") + path("M15 33h10l1 8q2 18 22 18h12v14h-14q-30-2-32-30z", "") + line([[14, 40], [26, 40]]) + rect(58, 48, 32, 32, 3, "tone") + bolt(66, 56, 3.4) + bolt(82, 56, 3.4) + bolt(66, 72, 3.4) + bolt(82, 72, 3.4) + path("M24 46q4 18 24 20", "open thin"),
  "window-regulator":
    bar([[18, 20], [78, 14]], 6) + bar([[24, 82], [70, 22]], 7) + bar([[26, 30], [74, 74]], 7) + circle(48, 51, 5) + circle(48, 51, 1.8, "tone") + circle(28, 22, 3.6) + circle(68, 20, 3.6) + path("M60 64l22-4 4 20-22 6z", "tone") + circle(73, 74, 7) + circle(73, 74, 2.6, "tone") + bar([[12, 84], [40, 82]], 6),
  "door-lock":
    path("M26 12h34q4 0 4 4v58q0 10-10 10h-24q-8 0-8-8v-60q0-4 4-4z") + path("M64 30h12q4 0 4 4v24q0 4-4 4h-12z", "tone") + path("M22 38h16q10 0 10 9t-10 9h-16v-6h14q4 0 4-3t-4-3h-14z") + circle(54, 22, 3.2) + circle(32, 22, 3.2) + circle(48, 74, 3.2) + uprights(66, 34, 14, 24, 2) + line([[80, 46], [92, 46]]) + bar([[44, 64], [58, 64]], 4),
  bolt:
    path("M21 18q13-5 26 0v22h-26z") + path("M16 40h36l-3 7h-30z", "tone") + thread(26, 47, 16, 40, 9) + circle(70, 66, 17) + hexagon(70, 66, 14) + circle(70, 66, 7.5, "tone") + circle(70, 66, 5.5, "thin open") + line([[28, 17], [28, 40]], "thin") + line([[40, 17], [40, 40]], "thin"),
  part:
    gear(38, 40, 24, 12, 6) + circle(38, 40, 17, "tone") + circle(38, 40, 8) + hexagon(72, 70, 18) + circle(72, 70, 9.5, "tone") + circle(72, 70, 6.5, "thin open"),
  fluid:
    path("M26 84q-5 0-5-5V36l12-14h32q10 0 10 10v47q0 5-5 5z") + path("M49 30h14q5 0 5 5v15q0 5-5 5h-6q-8 0-8-8z", "tone") +
    rect(31, 10, 18, 12, 2, "tone") + path("M40 62q8 9 0 13q-8-4 0-13z", "open"),
};
