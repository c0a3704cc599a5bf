// The packing of the site, which Node does with what it has: SHA-256, brotli, gzip.
//
//   node xtask/site.mjs pack <folder of wasm-bindgen> <stylesheet>   fills target/site
//   node xtask/site.mjs budget                                       red when the site has grown by over 5 %
//   node xtask/site.mjs record                                       writes today's sizes down
//
// Names follow leptos' own rule (`varde.<hash>.js`, `varde.<hash>.wasm`), so that HydrationScripts with
// hash_files finds them through hash.txt beside the executable.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = join(import.meta.dirname, "..");
const site = join(root, "target/site");
const budgetFile = join(root, "end2end/size-budget.json");
const GROWTH = 1.05;
// Over this the site is red whatever was recorded: the Wasm of all islands together.
const WASM_CEILING = 95_000;
const COMPRESSED = /\.(css|html|ico|js|json|map|mjs|svg|txt|wasm|webmanifest|xml)$/;

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}

/** Writes one file and its compressed copies, unless the same bytes are there already. */
function place(name, bytes, wanted) {
  const path = join(site, name);
  const compressed = COMPRESSED.test(name);
  for (const suffix of compressed ? ["", ".br", ".gz"] : [""]) wanted.add(name + suffix);
  const whole = !compressed || (existsSync(`${path}.br`) && existsSync(`${path}.gz`));
  if (whole && existsSync(path) && readFileSync(path).equals(bytes)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  if (!compressed) return;
  writeFileSync(`${path}.br`, brotli(bytes));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

function pack(bound, stylesheet) {
  const wanted = new Set();
  const hashes = {};
  const manifest = {};
  for (const [kind, from] of [
    ["css", stylesheet],
    ["js", join(bound, "varde.js")],
    ["wasm", join(bound, "varde_bg.wasm")],
  ]) {
    const bytes = readFileSync(from);
    hashes[kind] = hash(bytes);
    manifest[kind] = `varde.${hashes[kind]}.${kind}`;
    place(join("pkg", manifest[kind]), bytes, wanted);
  }
  for (const script of ["islands", "leave", "live", "upload"]) {
    const bytes = readFileSync(join(bound, `${script}.js`));
    manifest[script] = `${script}.${hash(bytes)}.js`;
    place(join("pkg", manifest[script]), bytes, wanted);
  }
  for (const name of filesIn(join(bound, "snippets"))) {
    place(join("pkg/snippets", name), readFileSync(join(bound, "snippets", name)), wanted);
  }
  for (const name of filesIn(join(root, "public"))) {
    if (name.split("/").some((part) => part.startsWith(".") && part !== ".well-known")) continue;
    place(name, readFileSync(join(root, "public", name)), wanted);
  }
  writeFileSync(join(site, "pkg/manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  wanted.add("pkg/manifest.json");
  for (const name of filesIn(site)) if (!wanted.has(name)) rmSync(join(site, name));
  writeHashes(hashes);
  report(sizes());
}

/** leptos reads hash.txt beside the executable; tests run from `deps`. */
function writeHashes(hashes) {
  const text = Object.entries(hashes).map(([kind, value]) => `${kind}: ${value}\n`).join("");
  for (const folder of ["target/debug", "target/debug/deps", "target/release", "target/release/deps"]) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, "hash.txt"), text);
  }
}

function sizes() {
  const manifest = JSON.parse(readFileSync(join(site, "pkg/manifest.json"), "utf8"));
  const size = (name) => statSync(join(site, "pkg", `${name}.br`)).size;
  const snippets = filesIn(join(site, "pkg/snippets")).filter((name) => name.endsWith(".br"));
  const glue = snippets.reduce((sum, name) => sum + statSync(join(site, "pkg/snippets", name)).size, size(manifest.js) + size(manifest.islands));
  return { wasm: size(manifest.wasm), wasm_and_js: size(manifest.wasm) + glue, css: size(manifest.css) };
}

function report(now) {
  console.log(
    `site, brotli: wasm ${kilobytes(now.wasm)}, wasm and js ${kilobytes(now.wasm_and_js)}, css ${kilobytes(now.css)}`,
  );
}

function budget() {
  const now = sizes();
  const recorded = existsSync(budgetFile) ? JSON.parse(readFileSync(budgetFile, "utf8")).brotli_bytes : {};
  const red = [];
  if (now.wasm > WASM_CEILING) red.push(`wasm is ${now.wasm} bytes, the ceiling is ${WASM_CEILING}`);
  for (const kind of ["wasm_and_js", "css"]) {
    const was = recorded?.[kind];
    if (!Number.isInteger(was)) red.push(`${kind} has no recorded size: cargo xtask dist --record-size`);
    else if (now[kind] > was * GROWTH) {
      red.push(`${kind} is ${now[kind]} bytes, recorded ${was}: grown by ${((now[kind] / was - 1) * 100).toFixed(1)} %`);
    } else console.log(`${kind}: ${now[kind]} bytes, recorded ${was}`);
  }
  for (const line of red) console.error(line);
  process.exitCode = red.length ? 1 : 0;
}

function record() {
  const { wasm_and_js, css } = sizes();
  writeFileSync(budgetFile, `${JSON.stringify({ brotli_bytes: { wasm_and_js, css } }, null, 2)}\n`);
  console.log(`recorded in end2end/size-budget.json: wasm and js ${wasm_and_js}, css ${css} bytes`);
}

const [task, ...args] = process.argv.slice(2);
({ pack, budget, record })[task](...args);
