import { around, circle, ear, ellipse, hexagon, levels, line, many, path, pulley, rect, spokes, tube, turn, uprights, zigzag } from "../shapes.mjs";

const blades = (cx, cy, r, count) => around(cx, cy, 0, count, (_x, _y, angle) => turn(angle, path(`M${cx + 6} ${cy - 3}Q${cx + r * 0.6} ${cy - r * 0.42} ${cx + r} ${cy - r * 0.12}Q${cx + r * 0.7} ${cy + r * 0.12} ${cx + 6} ${cy + 4}z`), cx, cy));
const core = (x, y, w, h, rows) => rect(x, y, w, h, 1, "tone") + many(rows + 1, (i) => zigzag(x, y + (h * (i + 1)) / (rows + 1) - 1, w, h / (rows + 1) - 2, 9, "thin")) + levels(x, y, w, h, rows);

export const climate = {
  radiator: rect(6, 16, 12, 64, 4) + rect(78, 16, 12, 64, 4) + core(18, 20, 60, 56, 6) + tube("M12 26H1", 8) + tube("M84 68H95", 8) + rect(28, 12, 8, 8, 2) + rect(60, 76, 6, 9, 1) + rect(30, 76, 6, 9, 1) + line([[18, 20], [78, 20]]) + line([[18, 76], [78, 76]]),
  thermostat:
    ellipse(48, 44, 36, 13) + ellipse(48, 42, 36, 13) + ellipse(48, 42, 20, 7.4, "tone") + path("M34 40q0-22 14-26q14 4 14 26", "open") + rect(43, 10, 10, 10, 2) + path("M38 48v16h20v-16z") + many(4, (i) => path(`M34 ${56 + i * 6}q14 7 28 0`, "open thin")) + rect(42, 64, 12, 18, 3, "tone") + path("M30 54l4 24h28l4-24", "open") + circle(20, 42, 1.6),
  fan: rect(8, 8, 80, 80, 8) + circle(48, 48, 36, "tone") + blades(48, 48, 33, 7) + circle(48, 48, 10) + circle(48, 48, 5, "tone") + circle(15, 15, 2.2, "tone") + circle(81, 15, 2.2, "tone") + circle(15, 81, 2.2, "tone") + circle(81, 81, 2.2, "tone"),
  hose:
    tube("M14 74H36Q56 74 56 52V36Q56 22 70 22H84", 20, "tone") + ellipse(84, 22, 3.6, 10) + ellipse(14, 74, 3.6, 10) + rect(22, 62, 6, 24, 2) + rect(70, 10, 6, 24, 2) + rect(22, 58, 6, 5, 1) + rect(70, 6, 6, 5, 1) + path("M40 68q8-2 9-14", "open thin"),
  "ac-compressor":
    path("M36 24h44q6 0 6 6v36q0 6-6 6h-44z") + line([[62, 24], [62, 72]]) + line([[74, 24], [74, 72]]) + rect(50, 12, 22, 12, 3) + tube("M56 14V6", 6) + tube("M66 14V6", 6) + ear(56, 78, 6.5, 2.6) + ear(78, 78, 6.5, 2.6) + pulley(34, 48, 29, 3) + circle(34, 48, 19, "tone") + circle(34, 48, 16) + spokes(34, 48, 7, 16, 3) + circle(34, 48, 7) + hexagon(34, 48, 4, "tone"),
  condenser:
    rect(12, 14, 72, 62, 3) + core(17, 19, 62, 52, 6) + rect(82, 16, 9, 58, 4) + tube("M12 26H6V88H22", 5) + rect(20, 83, 10, 10, 1.5) + rect(24, 76, 6, 7, 1) + rect(62, 76, 6, 7, 1),
  evaporator:
    core(16, 26, 58, 52, 4) + rect(12, 18, 66, 10, 4) + rect(12, 76, 66, 10, 4) + tube("M78 22H86V8", 5) + tube("M70 20V8", 5) + rect(64, 4, 28, 7, 2) + line([[74, 28], [74, 76]]) + line([[16, 28], [16, 76]]),
  "expansion-valve":
    path("M28 20h40q3 0 3 3v50q0 3-3 3h-40q-3 0-3-3v-50q0-3 3-3z") + circle(40, 36, 8) + circle(40, 36, 4.6, "tone") + circle(57, 60, 8) + circle(57, 60, 4.6, "tone") + rect(34, 8, 28, 12, 4, "tone") + circle(59, 34, 2.6, "tone") + circle(37, 60, 2.6, "tone") + tube("M71 36H88", 9) + tube("M71 60H88", 7) + path("M48 8v-4", "open"),
  blower:
    ellipse(40, 62, 32, 10) + path("M8 30v32q0 10 32 10t32-10v-32", "tone") + many(13, (i) => line([[11 + i * 4.85, 34 + (i > 1 && i < 11 ? 3 : 0)], [11 + i * 4.85, 66 + (i > 1 && i < 11 ? 4 : 0)]], "thin")) + ellipse(40, 30, 32, 10) + ellipse(40, 30, 26, 7.4, "tone") + ellipse(40, 31, 12, 4) + rect(24, 72, 32, 16, 3) + rect(56, 76, 14, 9, 2, "tone") + tube("M70 80H90", 4),
  "heater-core": core(22, 24, 52, 56, 5) + rect(18, 16, 60, 10, 3) + rect(18, 78, 60, 10, 3) + tube("M34 20V12H16", 6) + tube("M50 18V5H16", 6) + line([[22, 26], [22, 78]]) + line([[74, 26], [74, 78]]) ,
  intercooler:
    core(22, 26, 52, 46, 5) + path("M22 22l-10 8v36l10 8z") + path("M74 22l10 8v36l-10 8z") + tube("M14 40H13Q8 40 8 34V18", 10) + tube("M82 56H83Q88 56 88 62V80", 10) + line([[22, 26], [74, 26]]) + line([[22, 72], [74, 72]]) + rect(1.5, 14, 13, 5, 1.5) + rect(81.5, 79, 13, 5, 1.5),
  "turbo-hose":
    tube("M16 18V44Q16 72 44 72H80", 22) + path("M27 30q-4 20 14 30", "open thin") + ellipse(16, 18, 11, 3.6, "tone") + ellipse(80, 72, 3.6, 11, "tone") + rect(3, 26, 26, 6, 2) + rect(66, 59, 6, 26, 2) + path("M10 58q8 12 18 16M22 49q4 8 12 12", "open thin") + rect(29, 25, 5, 8, 1) + rect(65, 54, 8, 5, 1),
  dryer:
    rect(32, 20, 32, 64, 8) + rect(36, 12, 24, 10, 2) + tube("M20 16H36", 6) + tube("M60 16H76", 6) + rect(16, 12, 5, 8, 1) + rect(75, 12, 5, 8, 1) +
    circle(48, 17, 2.6, "tone") + rect(32, 40, 32, 24, 0, "tone") + line([[32, 34], [64, 34]], "thin") + line([[40, 52], [56, 52]]) + line([[50, 46], [56, 52], [50, 58]]),
  "expansion-tank":
    path("M16 42q0-8 8-8h48q8 0 8 8v26q0 8-8 8h-8l-4 6h-24l-4-6h-8q-8 0-8-8z") + rect(36, 18, 24, 10, 3) + uprights(36, 18, 24, 10, 5) + rect(40, 28, 16, 7, 0, "tone") +
    path("M16 58q8-5 16 0t16 0t16 0t16 0v10q0 8-8 8h-8l-4 6h-24l-4-6h-8q-8 0-8-8z", "tone") + tube("M80 46H92", 6) + tube("M22 76V88", 6),
};
