import { circle, levels, line, many, path, poly, rect, thread, tube, turn, uprights } from "../shapes.mjs";

const lead = (x, sag) => tube(`M${x} 26C${x} ${sag} ${x + 6} ${sag - 8} ${x + 6} 66`, 4, "tone") + rect(x - 4, 14, 8, 14, 2) + rect(x + 2, 64, 8, 20, 3);

export const ignition = {
  "spark-plug": turn(
    35,
    rect(44.5, 2, 7, 7, 1.5) + path("M42 9h12l2 24h-16z") + levels(42, 10, 12, 15, 3) + path("M36 33h24l2 5h-28z", "tone") + rect(34, 38, 28, 12, 1) + line([[43, 38], [43, 50]], "thin") + line([[53, 38], [53, 50]], "thin") +
      rect(37, 50, 22, 6, 1, "tone") + thread(39, 56, 18, 22, 6) + rect(45, 78, 6, 5, 0.5) + path("M55 78v9q0 2-2 2h-8", "open"),
  ),
  "glow-plug": turn(
    35,
    rect(45, 2, 6, 9, 1) + levels(45, 2, 6, 9, 2) + rect(42, 11, 12, 6, 1, "tone") + poly([[39, 17], [57, 17], [57, 30], [39, 30]]) + line([[45, 17], [45, 30]], "thin") + line([[51, 17], [51, 30]], "thin") + thread(41, 30, 14, 18, 5) +
      rect(43, 48, 10, 16, 0) + poly([[43, 64], [53, 64], [51, 69], [45, 69]]) + path("M45 69h6v21q0 3-3 3t-3-3z", "tone"),
  ),
  "ignition-coil":
    path("M28 12h40q4 0 4 4v18q0 4-4 4h-40q-4 0-4-4v-18q0-4 4-4z") + uprights(30, 12, 26, 26, 4) + rect(72, 18, 14, 14, 2, "tone") + line([[86, 22], [90, 22]]) + line([[86, 28], [90, 28]]) + path("M24 30h-8q-4 0-4 4t4 4h8z") + circle(17.5, 34, 2, "tone") +
    poly([[38, 38], [58, 38], [56, 48], [40, 48]], "tone") + path("M41 48h14v30q0 8-3 10h-8q-3-2-3-10z") + levels(41, 52, 14, 20, 4) + rect(44, 82, 8, 6, 0, "tone"),
  "ignition-leads": many(4, (i) => lead(14 + i * 20, 50 + i * 4)) + rect(8, 43, 80, 6, 2, "tone"),
  relay:
    rect(20, 16, 56, 48, 5) + rect(28, 24, 40, 22, 2, "tone") + line([[34, 35], [42, 35], [54, 29]]) + line([[54, 35], [62, 35]]) + circle(42, 35, 1.6) + circle(54, 35, 1.6) + line([[30, 55], [50, 55]], "thin") +
    many(4, (i) => rect(26 + i * 13, 64, 6, 16, 1)) + rect(42, 8, 12, 8, 2),
};
