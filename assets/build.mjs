// Builds static/build: style sheets, scripts, sprites and the font under hashed names, and manifest.json that names them.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import esbuild from "esbuild";

import { drawingSprite } from "./drawings/sprite.mjs";
import { iconSprite } from "./sprite.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const OUT = join(ROOT, "static/build");
const FONT = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
const SHEETS = ["storefront.css", "backoffice.css", "document.css"];
const SCRIPTS = ["storefront.js", "backoffice.js", "charts.js"];
// Gzipped kilobytes that a shopper's browser may have to fetch (decision 28).
const BUDGETS = { "storefront.css": 20, "storefront.js": 25 };

const manifest = {};
const run = promisify(execFile);

function hashedName(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
  return name.replace(/(\.[a-z0-9]+)$/, `.${hash}$1`);
}

async function keep(name, content) {
  manifest[name] = hashedName(name, content);
  await writeFile(join(OUT, manifest[name]), content);
}

async function styleSheet(name, scratch) {
  const target = join(scratch, name);
  const cli = join(ROOT, "node_modules/@tailwindcss/cli/dist/index.mjs");
  await run(process.execPath, [cli, "-i", join(ROOT, "assets/css", name), "-o", target, "--minify"], { cwd: ROOT });
  const css = await readFile(target, "utf8");
  await keep(name, css.replaceAll("inter.woff2", manifest["inter.woff2"]));
}

async function script(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(ROOT, "assets/js", name)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "error",
    logOverride: { "direct-eval": "silent" }, // htmx's own, switched off by allowEval
  });
  await keep(name, Buffer.from(outputFiles[0].contents));
}

async function previous() {
  try {
    return Object.values(JSON.parse(await readFile(join(OUT, "manifest.json"), "utf8")));
  } catch {
    return [];
  }
}

// A server that still runs knows the last build's names: those files stay until the next one.
async function sweep(last) {
  const wanted = new Set([...last, ...Object.values(manifest), "manifest.json"]);
  for (const file of await readdir(OUT)) {
    if (!wanted.has(file) && !file.startsWith(".")) await rm(join(OUT, file), { recursive: true });
  }
}

async function report() {
  const kilobytes = (bytes) => (bytes / 1024).toFixed(1).padStart(7);
  let over = false;
  console.log("file                 raw KB gzip KB   br KB  budget");
  for (const [name, file] of Object.entries(manifest).sort()) {
    const content = await readFile(join(OUT, file));
    const gzip = gzipSync(content, { level: 9 }).length;
    const budget = BUDGETS[name];
    const broken = budget !== undefined && gzip > budget * 1024;
    over ||= broken;
    console.log(
      `${name.padEnd(18)} ${kilobytes(content.length)} ${kilobytes(gzip)} ${kilobytes(brotliCompressSync(content).length)}  ${budget ?? ""}${broken ? " EXCEEDED" : ""}`,
    );
  }
  return over;
}

async function build() {
  await mkdir(OUT, { recursive: true });
  const last = await previous();
  const scratch = await mkdtemp(join(tmpdir(), "atelier-assets-"));
  try {
    await keep("inter.woff2", await readFile(join(ROOT, "node_modules", FONT)));
    await keep("favicon.svg", await readFile(join(ROOT, "assets/brand/favicon.svg")));
    await keep("icons.svg", await iconSprite(ROOT));
    await keep("drawings.svg", await drawingSprite(ROOT));
    await Promise.all([...SHEETS.map((name) => styleSheet(name, scratch)), ...SCRIPTS.map(script)]);
  } finally {
    await rm(scratch, { recursive: true });
  }
  await writeFile(join(OUT, "manifest.json.new"), `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(join(OUT, "manifest.json.new"), join(OUT, "manifest.json"));
  await sweep(last);
  if (await report()) throw new Error("a budget is exceeded");
}

await build();
