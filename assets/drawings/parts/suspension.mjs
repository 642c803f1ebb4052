import { bar, bearing, bellows, circle, ear, ellipse, gear, holes, line, lyingThread, path, poly, rect, spring, thread, tube, turn } from "../shapes.mjs";

const bush = (x, y, r = 9) => circle(x, y, r) + circle(x, y, r - 3.4, "tone") + circle(x, y, r - 5.6);

export const suspension = {
  "shock-absorber": turn(
    18,
    rect(45, 4, 6, 8, 1) + rect(45.5, 10, 5, 26, 0) + ellipse(48, 14, 10, 3.6, "tone") + rect(40, 30, 16, 6, 1.5) + rect(38, 36, 20, 42, 3) + rect(38, 50, 20, 8, 0, "tone") + line([[43, 36], [43, 50]], "thin") + rect(44, 78, 8, 4, 0) + ear(48, 86, 7, 3),
  ),
  "coil-spring": spring(48, 13, 80, 46, 4, 7.6),
  "strut-mount":
    thread(45, 26, 6, 16, 4) + path("M10 60v8q0 14 38 14t38-14v-8") + ellipse(48, 60, 38, 14) + thread(14, 40, 6, 18, 5) + thread(76, 40, 6, 18, 5) + path("M26 58q4-20 14-22h16q10 2 14 22q-22 12-44 0z", "tone") + ellipse(48, 38, 11, 4) + ellipse(48, 38, 5.4, 2, "tone"),
  "control-arm":
    path("M18 16q10-4 14 6l8 26q6 12 18 16l20 8q8 6 2 14q-6 6-14 2l-26-8q-18-4-24-22l-6-34q-2-6 8-8z") + path("M28 34l4 18q4 14 18 18l14 4q-16 2-24-4t-12-20z", "tone") + bush(22, 20, 11) + bush(36, 66, 9) + circle(76, 78, 9) + circle(76, 78, 4.6, "tone") + thread(73, 58, 6, 12, 3),
  "ball-joint":
    thread(43, 6, 10, 16, 4) + poly([[42, 22], [54, 22], [58, 32], [38, 32]]) + bellows(48, 32, 48, 8, 18, 2, "tone") + path("M14 62q0-10 12-12h44q12 2 12 12q0 8-10 10h-8q-4 12-16 12t-16-12h-8q-10-2-10-10z") + circle(22, 61, 3.6, "tone") + circle(74, 61, 3.6, "tone") + path("M34 72q2 7 14 7t14-7", "open thin"),
  bushing:
    path("M22 30h30v36h-30q-8-4-8-18t8-18z", "tone") + ellipse(54, 48, 20, 32) + ellipse(54, 48, 16.5, 27.5, "tone") + ellipse(54, 48, 9, 15) + ellipse(54, 48, 5, 9, "tone") + path("M42 32q4-6 9-8M66 64q-4 6-9 8", "open thin"),
  "stabilizer-bar":
    tube("M10 74L20 40Q22 34 28 34H68Q74 34 76 40L86 74", 6) + rect(30, 26, 12, 15, 3, "tone") + rect(54, 26, 12, 15, 3, "tone") + ear(10, 78, 6.5, 2.6) + ear(86, 78, 6.5, 2.6) + line([[28, 42], [44, 42]]) + line([[52, 42], [68, 42]]),
  "stabilizer-link":
    bar([[30, 72], [66, 24]], 6) + circle(28, 74, 11) + circle(28, 74, 6.5, "tone") + circle(68, 22, 11) + circle(68, 22, 6.5, "tone") + lyingThread(39, 70.5, 14, 7) + lyingThread(79, 18.5, 13, 7),
  "wheel-bearing": bearing(48, 48, 38, 19, 11),
  "wheel-hub":
    circle(48, 48, 38) + holes(48, 48, 28, 5, 4.4, "tone") + holes(48, 48, 28, 5, 1.8) + circle(48, 48, 18, "tone") + circle(48, 48, 15) + gear(48, 48, 7, 18, 1.8, "tone"),
};
