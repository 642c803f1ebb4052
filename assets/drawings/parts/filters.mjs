import { line, path, poly, rect, tube, uprights, zigzag } from "../shapes.mjs";

export const filters = {
  "oil-filter":
    rect(40, 76, 16, 9, 1) + line([[40, 79], [56, 81]], "thin") + line([[40, 82], [56, 84]], "thin") +
    path("M27 30q0-18 18-18h6q18 0 18 18v42h-42z") + uprights(27, 16, 42, 18, 7) + line([[27, 38], [69, 38]]) +
    rect(27, 46, 42, 14, 0, "tone") + rect(24, 70, 48, 7, 3),
  "air-filter":
    rect(8, 22, 80, 52, 6) + rect(15, 29, 66, 38, 2, "tone") + uprights(15, 29, 66, 38, 12) + line([[15, 48], [81, 48]], "thin"),
  "fuel-filter":
    tube("M6 48H26", 9) + tube("M70 48H90", 9) + line([[11, 43], [11, 53]]) + line([[85, 43], [85, 53]]) +
    rect(22, 29, 52, 38, 10) + line([[31, 29], [31, 67]]) + line([[65, 29], [65, 67]]) + rect(31, 29, 34, 38, 0, "tone") +
    line([[39, 48], [57, 48]]) + line([[51, 42], [57, 48], [51, 54]]),
  "cabin-filter":
    poly([[8, 40], [30, 22], [88, 22], [66, 40]]) + zigzag(10, 40, 56, 6, 9, "thin") +
    rect(8, 40, 58, 34, 1, "tone") + uprights(8, 40, 58, 34, 13) + poly([[66, 40], [88, 22], [88, 56], [66, 74]]) +
    line([[71.5, 35.5], [71.5, 69.5]], "thin") + line([[77, 31], [77, 65]], "thin") + line([[82.5, 26.5], [82.5, 60.5]], "thin"),
};
