// P10: all bytes of a first visit, Varde's page against the same page made with govuk-frontend.
import { open, visitor, WIDE } from "./chrome.mjs";
import { listen } from "./traffic.mjs";

const ROUNDS = 3;
// Islands are fetched when the page is quiet: longer than the browser takes to find that out.
const QUIET = 1500;

export const PAGES = [
  { page: "public", path: "/", what: "first visit, public page" },
  { page: "islands", path: "/visits/apply/whom", what: "first visit, page with islands" },
];

async function visit(browser, url, state) {
  const { context, page, line } = await visitor(browser, WIDE, state);
  const traffic = listen(line);
  await open(page, url);
  await traffic.quiet(QUIET);
  const heading = (await page.locator("h1").innerText()).trim();
  await context.close();
  const requests = traffic.all();
  return { heading, requests, bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Where the bytes went, for people to read. */
function parts({ requests }) {
  const kinds = {};
  for (const { url, type, bytes } of requests) {
    const kind = url.endsWith(".wasm") ? "Wasm" : type;
    kinds[kind] = (kinds[kind] ?? 0) + bytes;
  }
  return kinds;
}

const told = (kinds) => Object.entries(kinds).map(([kind, bytes]) => `${kind} ${bytes}`).join(", ");

// One round in many fetches the sheet of icons twice: two of its users ask at the same moment.
const median = (numbers) => numbers.toSorted((one, other) => one - other)[(numbers.length - 1) / 2];

async function compare(browser, { varde, govuk, state }, { page, path, what }) {
  const mine = [];
  const theirs = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    mine.push(await visit(browser, varde + path, state));
    theirs.push(await visit(browser, govuk + path));
  }
  if (mine[0].heading !== theirs[0].heading) throw new Error(`two different pages at ${path}: no comparison`);
  const [a, b] = [mine, theirs].map((visits) => visits.map(({ bytes }) => bytes));
  const [ours, peer] = [parts(mine[0]), parts(theirs[0])];
  const note = `Varde: ${told(ours)}. govuk-frontend: ${told(peer)}`;
  const ratio = median(a) / median(b);
  return { id: `P10.${page}`, what, a, b, unit: "bytes", ratio, wasm: ours.Wasm ?? 0, note };
}

export async function bytes(browser, sides) {
  const [front, form] = PAGES;
  return [
    await compare(browser, { ...sides, state: undefined }, front),
    await compare(browser, sides, form),
  ];
}
