import { around, bar, bearing, circle, ear, ellipse, gear, holes, levels, line, lyingBellows, lyingThread, path, poly, rect, scale, shift, spokes, tube, turn } from "../shapes.mjs";

const disc =
  circle(48, 48, 39, "tone") + around(48, 48, 31, 12, (x, y, angle) => turn(angle + 90, rect(x - 6.6, y - 7, 13.2, 14, 1.5), x, y)) + circle(48, 48, 22.5) +
  around(48, 48, 15.5, 4, (x, y, angle) => turn(angle + 90, rect(x - 5.5, y - 3, 11, 6, 3, "tone"), x, y)) + gear(48, 48, 6.4, 14, 1.8, "tone");
const cover = circle(48, 48, 39) + circle(48, 48, 34, "tone") + spokes(48, 48, 12, 27, 18) + circle(48, 48, 27, "open") + circle(48, 48, 11) + holes(48, 48, 36.5, 6, 1.6, "", -60);

export const drivetrain = {
  "engine-mount":
    path("M10 76h76v8h-76z") + circle(20, 80, 1.6, "thin") + circle(76, 80, 1.6, "thin") + path("M22 76l8-34h36l8 34z", "tone") + path("M34 76l4-22q10-6 20 0l4 22z") + rect(26, 34, 44, 10, 3) + rect(42, 20, 12, 14, 1) + levels(42, 20, 12, 14, 4),
  "gearbox-mount":
    path("M12 38q-4-12 8-18l20-4q8 0 8 8v8", "tone") + path("M8 30h14l12 10v30l-12 10h-14z", "tone") + circle(14, 38, 2.8) + circle(14, 72, 2.8) + circle(60, 54, 30) + circle(60, 54, 25, "tone") + path("M39 47q20 12 42 0M39 61q20-12 42 0", "open") + circle(60, 54, 10) + circle(60, 54, 4.6, "tone"),
  "clutch-kit": shift(15, -13, scale(0.7, cover)) + shift(-14, 6, scale(0.68, disc)) + shift(28, 31, scale(0.36, bearing(48, 48, 38, 18, 9))),
  "release-bearing":
    path("M14 30h14v36h-14q-6-4-6-18t6-18z", "tone") + circle(54, 48, 34) + circle(54, 48, 28, "tone") + circle(54, 48, 22) + spokes(54, 48, 23.5, 26.5, 24, "thin") + circle(54, 48, 15, "tone") + circle(54, 48, 11.5) + path("M22 30l10-6M22 66l10 6", "open"),
  flywheel:
    gear(48, 48, 38, 44, 2.6) + circle(48, 48, 35, "thin open") + circle(48, 48, 31, "tone") + circle(48, 48, 17) + holes(48, 48, 12, 6, 2, "tone") + circle(48, 48, 6, "tone") + holes(48, 48, 33, 6, 1, "thin", -60),
  "clutch-master-cylinder": turn(
    -20,
    tube("M6 48H30", 5) + ear(8, 48, 6, 2.4) + poly([[24, 34], [30, 34], [30, 62], [24, 62]]) + rect(30, 39, 42, 18, 3) + rect(72, 43, 8, 10, 1, "tone") + tube("M80 48H92", 5) + tube("M56 39V24H66", 6) + rect(38, 39, 10, 18, 0, "tone") + circle(27, 38, 1.2) + circle(27, 58, 1.2),
  ),
  "clutch-slave-cylinder": turn(
    -20,
    bar([[74, 48], [90, 48]], 6) + lyingBellows(56, 76, 48, 12, 6, 4, "tone") + rect(22, 36, 36, 24, 4) + ear(40, 30, 6.5, 2.6) + ear(40, 66, 6.5, 2.6) + tube("M22 43H8", 6) + rect(14, 38, 6, 10, 1) + tube("M22 55H12", 5) + circle(10, 55, 3),
  ),
  "clutch-cable":
    tube("M16 22C60 16 84 26 76 46S24 40 22 58S50 78 70 76", 6, "tone") + line([[6, 24], [16, 22]]) + circle(7, 24, 3.6) + turn(-8, rect(12, 17, 12, 10, 2), 18, 22) + lyingThread(66, 72, 12, 8) + line([[78, 76], [90, 76]]) + rect(86, 71, 6, 10, 1.5) + rect(22, 48, 12, 9, 2),
  driveshaft: turn(
    -16,
    bar([[28, 48], [70, 48]], 7) + path("M2 44h10v8h-10z") + lyingThread(0, 43, 10, 10) + path("M10 34h10q6 0 6 4v20q0 4-6 4h-10z") + lyingBellows(26, 42, 48, 13, 6, 4, "tone") + lyingBellows(56, 70, 48, 6, 12, 4, "tone") + path("M70 36h10q5 0 5 4v16q0 4-5 4h-10z") + rect(85, 43, 10, 10, 1) + line([[85, 48], [95, 48]], "thin"),
  ),
  "cv-joint": turn(
    -16,
    lyingThread(2, 42, 18, 12) + rect(20, 38, 12, 20, 1) + levels(20, 38, 12, 20, 4) + path("M32 26q20-6 30 0v44q-10 6-30 0q-4-4-4-22t4-22z") + ellipse(64, 48, 12, 25) + ellipse(64, 48, 9, 20, "tone") + circle(64, 34, 4.6) + circle(64, 62, 4.6) + circle(70, 48, 4) + ellipse(62, 48, 4, 6),
  ),
  "cv-boot": turn(-16, lyingBellows(22, 70, 48, 26, 10, 6) + rect(12, 20, 11, 56, 3, "tone") + rect(69, 37, 13, 22, 3, "tone") + line([[17.5, 20], [17.5, 76]], "thin") + line([[75.5, 37], [75.5, 59]], "thin")),
};
