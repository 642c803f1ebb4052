import { bellows, bolt, circle, ear, hexagon, line, lyingBellows, lyingThread, path, poly, rect, scale, thread, tube, turn } from "../shapes.mjs";

const ballStud = (x, y) =>
  thread(x - 4.5, y - 38, 9, 14, 4) + poly([[x - 5, y - 24], [x + 5, y - 24], [x + 8, y - 12], [x - 8, y - 12]]) + bellows(x, y - 14, y - 2, 7, 13, 2, "tone");

export const steering = {
  "tie-rod-end": turn(
    20,
    ballStud(26, 48) + circle(26, 54, 15) + circle(26, 54, 9.5, "tone") + path("M39 47l12 2v11l-12 3z") + rect(50, 46, 12, 17, 1) + line([[50, 54.5], [62, 54.5]], "thin") + lyingThread(62, 48.5, 26, 12),
  ),
  "axial-rod": turn(
    -24,
    circle(20, 48, 13) + path("M8 42h-4v12h4", "open") + circle(20, 48, 7.5, "tone") + poly([[31, 41], [39, 43], [39, 53], [31, 55]]) + rect(39, 44, 30, 8, 0) + lyingThread(69, 44, 22, 8),
  ),
  "steering-rack":
    tube("M4 56H92", 5) + rect(30, 48, 40, 16, 4) + lyingBellows(14, 30, 56, 5, 10, 4, "tone") + lyingBellows(70, 84, 56, 10, 5, 4, "tone") + path("M50 50l-5-20 12-4 7 22q0 8-7 8t-7-6z", "tone") + tube("M50 29L45 10", 6) + circle(6, 56, 5) + circle(90, 56, 5) + ear(38, 70, 5.5, 2.2) + ear(62, 70, 5.5, 2.2),
  "power-steering-pump":
    path("M46 12h22q6 0 6 6v10h-34v-10q0-6 6-6z") + rect(50, 4, 14, 8, 2, "tone") + path("M36 28h42q8 0 8 8v28q0 8-8 8h-42z") + tube("M80 40H92", 7) + circle(38, 52, 28) + circle(38, 52, 23.5, "thin open") + circle(38, 52, 19, "tone") + circle(38, 52, 8) + hexagon(38, 52, 4.6) + circle(38, 39, 2.6) + circle(49, 59, 2.6) + circle(27, 59, 2.6) + bolt(80, 64, 3),
  "steering-column":
    scale(0.92, turn(-42, lyingThread(86, 45, 10, 6) + rect(76, 43, 10, 10, 1) + rect(36, 40, 40, 16, 3) + rect(48, 34, 16, 28, 3, "tone") + circle(56, 38.5, 1.8) + circle(56, 57.5, 1.8) + rect(24, 44, 12, 8, 1, "tone") + path("M24 40h-8q-4 0-4 3v10q0 3 4 3h8z") + circle(12, 48, 5.5) + circle(12, 48, 2.2, "tone") + path("M12 40h-6q-6 0-8 3v10q2 3 8 3h6", "open") + rect(-14, 44, 13, 8, 1))),
};
