import { around, circle, ear, ellipse, gear, hexagon, levels, line, many, path, poly, rect, thread, tube, turn, uprights } from "../shapes.mjs";

export const electrics = {
  alternator:
    ear(34, 82, 7, 2.8) + ear(70, 16, 6.5, 2.6) + path("M30 20h40q16 6 16 28t-16 28h-40z") + line([[52, 20], [52, 76]]) + rect(40, 19, 18, 58, 0, "tone") + line([[46, 19], [46, 77]], "thin") + line([[52, 19], [52, 77]], "thin") +
    many(4, (i) => path(`M${66 + i * 4} ${27 + i * 3}V${69 - i * 3}`, "open thin")) + circle(32, 48, 29) + around(32, 48, 21, 10, (x, y, angle) => turn(angle + 90, rect(x - 3.4, y - 4, 6.8, 8, 3, "tone"), x, y)) + circle(32, 48, 13) + circle(32, 48, 9.6, "thin open") + hexagon(32, 48, 5, "tone"),
  starter:
    rect(34, 36, 48, 34, 7) + line([[42, 36], [42, 70]]) + line([[74, 36], [74, 70]]) + rect(42, 44, 32, 18, 0, "tone") + rect(38, 12, 36, 20, 5) + line([[66, 12], [66, 32]]) + rect(74, 16, 7, 4, 1) + rect(74, 24, 7, 4, 1) + rect(48, 32, 14, 5, 0, "tone") +
    path("M20 22h14l4-6v56l-4 4h-14q-6-6-6-26t6-28z") + rect(4, 44, 16, 14, 1) + levels(4, 44, 16, 14, 4) + ear(24, 78, 6, 2.4) + ear(26, 18, 5.4, 2.2),
  battery:
    path("M12 32h72q3 0 3 3v43q0 4-4 4h-70q-4 0-4-4v-43q0-3 3-3z") + rect(9, 42, 78, 26, 0, "tone") + rect(20, 20, 15, 12, 2) + rect(61, 20, 15, 12, 2) + line([[22, 55], [34, 55]]) + line([[62, 55], [74, 55]]) + line([[68, 49], [68, 61]]) + levels(9, 32, 78, 10, 1),
  "ignition-switch":
    path("M56 28h26q4 0 4 4v32q0 4-4 4h-26z", "tone") + levels(64, 28, 22, 40, 4) + rect(34, 24, 24, 48, 4) + circle(34, 48, 22) + circle(34, 48, 15, "tone") + rect(31, 37, 6, 22, 2) + path("M34 26v4M15 41l4 2M15 55l4-2", "open thin"),
  switch:
    path("M6 40q2-8 12-6l28 8v12l-28 8q-10 2-12-6z") + rect(10, 42, 8, 12, 2, "tone") + line([[26, 38], [26, 58]], "thin") + line([[32, 39.6], [32, 56.4]], "thin") + path("M46 30h26q6 0 6 6v24q0 6-6 6h-26z") + rect(52, 38, 18, 20, 3, "tone") + rect(78, 38, 12, 20, 2) + uprights(78, 38, 12, 20, 2),
  "lambda-sensor":
    tube("M62 30C80 20 90 40 78 54S70 78 76 84", 5, "tone") + turn(45, thread(39, 46, 18, 16, 4) + rect(34, 36, 28, 10, 1) + line([[43, 36], [43, 46]], "thin") + line([[53, 36], [53, 46]], "thin") + rect(38, 16, 20, 20, 3) + rect(38, 22, 20, 6, 0, "tone") + rect(41, 62, 14, 22, 3) + circle(45, 69, 1.4, "tone thin") + circle(51, 69, 1.4, "tone thin") + circle(48, 75, 1.4, "tone thin") + circle(45, 80, 1, "tone thin") + circle(51, 80, 1, "tone thin"), 48, 52) + rect(69, 80, 14, 11, 2),
  "air-flow-meter":
    path("M20 34h56q6 0 6 24t-6 24h-56z", "tone") + ellipse(22, 58, 14, 25) + ellipse(22, 58, 10.5, 20, "tone") + line([[12, 58], [32, 58]], "thin") + line([[22, 38], [22, 78]], "thin") + line([[15, 43], [29, 73]], "thin") + line([[29, 43], [15, 73]], "thin") + line([[68, 34], [68, 82]], "thin") + path("M40 34v-12q0-3 3-3h20q3 0 3 3v12z") + rect(46, 8, 14, 11, 2) + uprights(46, 8, 14, 6, 3) + line([[44, 26], [62, 26]], "thin"),
  "crankshaft-sensor":
    gear(32, 66, 20, 20, 5, "tone") + circle(32, 66, 12) + turn(35, rect(42, 22, 12, 22, 2) + levels(42, 36, 12, 8, 2) + path("M38 10h20v12h-20z", "") + ear(66, 16, 6.5, 2.6) + rect(58, 12, 6, 8, 0), 48, 30) + tube("M54 18C70 8 86 18 84 36", 5, "tone") + rect(77, 36, 14, 14, 2),
  "camshaft-sensor":
    rect(38, 48, 14, 34, 3) + rect(36, 52, 18, 5, 2, "tone") + rect(40, 74, 10, 8, 2, "tone") + path("M32 24h26q4 0 4 4v20h-34v-20q0-4 4-4z") + path("M62 34h16q7 1 7 7t-7 7h-16z") + circle(76, 41, 3, "tone") + rect(14, 26, 14, 14, 2, "tone") + line([[10, 30], [14, 30]]) + line([[10, 36], [14, 36]]) + rect(36, 14, 18, 10, 2),
  "pressure-sensor":
    thread(42, 64, 12, 20, 5) + poly([[32, 50], [64, 50], [64, 64], [32, 64]]) + line([[42, 50], [42, 64]], "thin") + line([[54, 50], [54, 64]], "thin") + path("M36 30h24q4 0 4 4v16h-32v-16q0-4 4-4z", "tone") + path("M38 30v-16q0-3 3-3h14q3 0 3 3v16z") + line([[44, 18], [44, 26]]) + line([[48, 18], [48, 26]]) + line([[52, 18], [52, 26]]) + path("M42 84h12l-2 5h-8z"),
  "temperature-sensor":
    path("M43 68h10v16q0 5-5 5t-5-5z", "tone") + thread(40, 54, 16, 14, 4) + rect(32, 42, 32, 12, 1) + line([[42, 42], [42, 54]], "thin") + line([[54, 42], [54, 54]], "thin") + rect(37, 30, 22, 12, 1, "tone") + rect(34, 10, 28, 20, 4) + rect(40, 14, 16, 10, 2, "tone") + line([[45, 16], [45, 22]]) + line([[51, 16], [51, 22]]),
};
