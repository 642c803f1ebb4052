import { scale, shift } from "../shapes.mjs";

// A family is drawn by two or three of its kinds, one behind the other.
const group = (parts, ...placed) => placed.map(([key, x, y, factor]) => shift(x, y, scale(factor, parts[key]))).join("");

export const families = (parts) => ({
  "family-filtres": group(parts, ["air-filter", 12, -16, 0.72], ["oil-filter", -18, 10, 0.72]),
  "family-freinage": group(parts, ["brake-disc", 8, -6, 0.86], ["brake-pads", -18, 20, 0.6]),
  "family-courroie-galet-poulie": group(parts, ["timing-belt", -12, 0, 0.9], ["tensioner-pulley", 24, 18, 0.52]),
  "family-prechauffage-allumage": group(parts, ["spark-plug", -16, 2, 0.88], ["glow-plug", 18, 2, 0.88]),
  "family-direction": group(parts, ["steering-rack", 0, -10, 0.94], ["tie-rod-end", 16, 28, 0.5]),
  "family-amortisseur-suspension": group(parts, ["coil-spring", -18, 0, 0.86], ["shock-absorber", 22, 0, 0.92]),
  "family-support-moteur": group(parts, ["engine-mount", 0, 0, 1]),
  "family-embrayage": group(parts, ["clutch-kit", 0, 0, 1]),
  "family-transmission": group(parts, ["driveshaft", 0, -18, 0.9], ["cv-boot", 4, 22, 0.6]),
  "family-electrique": group(parts, ["battery", -12, -12, 0.72], ["alternator", 18, 18, 0.62]),
  "family-capteurs": group(parts, ["lambda-sensor", -18, -6, 0.76], ["pressure-sensor", 26, 8, 0.76]),
  "family-alimentation": group(parts, ["fuel-pump", -18, 2, 0.8], ["injector", 19, 4, 0.74]),
  "family-moteur": group(parts, ["piston", -20, -2, 0.82], ["valve", 22, 4, 0.8]),
  "family-refroidissement": group(parts, ["radiator", 0, -8, 0.84], ["fan", 20, 20, 0.52]),
  "family-climatisation": group(parts, ["condenser", -6, -10, 0.8], ["ac-compressor", 20, 20, 0.58]),
  "family-echappement": group(parts, ["exhaust-manifold", -12, -18, 0.66], ["muffler", 2, 20, 0.86]),
  "family-eclairage": group(parts, ["headlight", -2, -10, 0.92], ["bulb", 24, 26, 0.5]),
  "family-accessoires": group(parts, ["mirror", -14, -18, 0.7], ["wiper", 8, 18, 0.76]),
  "family-turbo": group(parts, ["turbo", 0, 0, 1]),
});
