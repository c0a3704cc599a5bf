// Two of Varde's pages made with govuk-frontend, assembled from its npm package into target/bench/govuk and served.
//
//   node bench/peers/govuk.mjs                    assembles only
//   node bench/peers/govuk.mjs --port 4204        assembles and serves
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import nunjucks from "nunjucks";
import { item, serve } from "./shelf.mjs";

const here = import.meta.dirname;
const root = join(here, "../..");
const out = join(root, "target/bench/govuk");
const released = join(here, "node_modules/govuk-frontend/dist");

/** Varde's own words, so that both sides say the same. */
const words = (slice) => JSON.parse(readFileSync(join(root, `locales/nb/${slice}.json`), "utf8"));

// The same places as in Varde, so that one path serves both sides.
const PAGES = [
  { template: "front.njk", place: "index.html", slice: "public" },
  { template: "whom.njk", place: "visits/apply/whom.html", slice: "visits_apply" },
];

/** Varde's mark beside its name, drawn into the page as Varde does; light, for their header is black. */
const mark = () =>
  readFileSync(join(root, "public/mark.svg"), "utf8")
    .replace("<svg ", '<svg width="32" height="32" ')
    .replace("#17211D", "#fff");

function render() {
  const loader = new nunjucks.FileSystemLoader([join(here, "govuk"), released]);
  const templates = new nunjucks.Environment(loader, { autoescape: true, throwOnUndefined: false });
  for (const { template, place, slice } of PAGES) {
    const own = words(slice);
    const step = own.step?.replace("{number}", "1").replace("{total}", "6").replace("{name}", own.step_whom);
    const page = templates.render(template, { common: words("common"), words: own, mark: mark(), step });
    mkdirSync(dirname(join(out, place)), { recursive: true });
    writeFileSync(join(out, place), page);
  }
}

/** The released files, whole and where their documentation puts them. */
function assemble() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "stylesheets"), { recursive: true });
  mkdirSync(join(out, "javascripts"));
  cpSync(join(released, "govuk/govuk-frontend.min.css"), join(out, "stylesheets/govuk-frontend.min.css"));
  cpSync(join(released, "govuk/govuk-frontend.min.js"), join(out, "javascripts/govuk-frontend.min.js"));
  cpSync(join(released, "govuk/assets"), join(out, "assets"), { recursive: true });
  render();
}

const address = (name) => `/${name.replace(/(^|\/)index\.html$/, "").replace(/\.html$/, "")}`;

function shelf() {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1));
  return new Map(names.map((name) => [address(name), item(name, readFileSync(join(out, name)))]));
}

assemble();
const { port = process.env.PORT } = parseArgs({ options: { port: { type: "string" } } }).values;
if (port) console.log(`listening on ${(await serve(shelf(), Number(port))).base}`);
