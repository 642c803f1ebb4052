import { circle, ellipse, levels, line, many, path, rect, tube, uprights } from "../shapes.mjs";

export const exhaust = {
  muffler:
    tube("M4 40H20", 9) + tube("M74 58H90", 11) + ellipse(90, 58, 2.6, 5.5, "tone") + path("M28 28h40q12 0 12 20t-12 20h-40q-12 0-12-20t12-20z") + line([[28, 28], [28, 68]], "thin") + line([[68, 28], [68, 68]], "thin") + path("M34 40h28M34 48h28M34 56h28", "open thin") + rect(40, 20, 12, 8, 3, "tone") + circle(46, 20, 3),
  catalyst:
    tube("M2 48H20", 11) + tube("M76 48H94", 11) + path("M16 44l14-14h36l14 14v8l-14 14h-36l-14-14z") + rect(30, 30, 36, 36, 0, "tone") +
    many(5, (r) => many(5, (c) => circle(35.5 + c * 6.2, 35.5 + r * 6.2, 2, "thin"))) + rect(6, 40, 5, 16, 1.5) + rect(85, 40, 5, 16, 1.5),
  "exhaust-manifold":
    tube("M18 24V40Q18 58 40 60", 10) + tube("M38 24V40Q38 54 46 60", 10) + tube("M58 24V40Q58 54 50 60", 10) + tube("M78 24V40Q78 58 56 60", 10) +
    path("M36 56h24v10l-4 8h-16l-4-8z", "tone") + rect(34, 74, 28, 7, 2) + rect(40, 81, 16, 7, 1) + rect(6, 14, 84, 11, 3) + many(5, (i) => circle(10 + i * 19, 19.5, 1.7, "tone thin")),
  "exhaust-pipe":
    tube("M8 30H28Q40 30 44 44T62 60H78", 12) + ellipse(80, 60, 3, 7, "tone") + path("M4 20h5v20h-5z") + circle(6.5, 20, 3) + circle(6.5, 40, 3) + line([[50, 56], [46, 74]]) + line([[46, 74], [56, 74]]) + rect(60, 52.5, 5, 15, 1.5),
  "exhaust-gasket":
    path("M48 8q12 0 16 8l22 26q4 6 0 12l-22 26q-4 8-16 8t-16-8l-22-26q-4-6 0-12l22-26q4-8 16-8z") + circle(48, 48, 22, "tone") + circle(48, 48, 18, "tone") + circle(48, 48, 14) + circle(17, 48, 4, "tone") + circle(79, 48, 4, "tone"),
  "particle-filter":
    tube("M4 62H22", 12) + tube("M74 62H92", 12) + line([[8, 55], [8, 69]]) + line([[88, 55], [88, 69]]) +
    path("M20 54l10-8h36l10 8v16l-10 8h-36l-10-8z") + rect(30, 46, 36, 32, 0, "tone") +
    uprights(30, 46, 36, 32, 5) + levels(30, 46, 36, 32, 4) +
    tube("M30 46V26H48", 4) + tube("M66 46V26H56", 4) + rect(46, 20, 12, 12, 2) + circle(24, 46, 3) ,
};
