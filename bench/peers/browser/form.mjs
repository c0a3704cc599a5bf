// P11: from the start of the navigation until a key stands in the form's first field, on an old phone and a slow
// line; Varde's page against the same page as plain files.
import { open, PHONE, visitor } from "./chrome.mjs";
import { standStill } from "./still.mjs";
import { listen } from "./traffic.mjs";

const PATH = "/visits/apply/whom";
const LINE = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
const SLOWER = 4;
const KEY = "M";

/**
 * Runs in the page. The form is usable when its first field is styled, painted and takes the focus, and its button
 * can be pressed; then somebody types. The time is that of the key in the field, so a busy page counts as one.
 */
function watch() {
  const first = () =>
    [...document.querySelectorAll("main form :is(input, select, textarea)")].find(
      (field) => field.type !== "hidden" && field.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
    );
  const styled = () => [...document.querySelectorAll('link[rel="stylesheet"]')].every((link) => link.sheet);
  const painted = () => performance.getEntriesByName("first-contentful-paint").length > 0;
  const button = (field) => field.form.querySelector("button:not([type]), button[type=submit]");
  const look = () => {
    const field = first();
    const ready = field && painted() && styled() && button(field)?.disabled === false;
    requestAnimationFrame(ready ? () => use(field) : look);
  };
  const use = (field) => {
    const usable = { ready: performance.now(), typed: 0, field };
    globalThis.usable = usable;
    field.addEventListener("input", () => (usable.typed ||= performance.now()));
    field.focus();
    globalThis.readyToType("");
  };
  requestAnimationFrame(look);
}

/** Types when the page calls: asking it from outside again and again would take of its time. */
function typist(line) {
  return new Promise((resolve, reject) => {
    line.once("Runtime.bindingCalled", () => {
      const key = { key: KEY, code: `Key${KEY}`, text: KEY };
      const down = line.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
      down.then(() => line.send("Input.dispatchKeyEvent", { type: "keyUp", ...key })).then(resolve, reject);
    });
  });
}

async function slowly(line) {
  await line.send("Network.emulateNetworkConditions", LINE);
  await line.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
}

async function once(browser, base, state) {
  const { context, page, line } = await visitor(browser, PHONE, state);
  const traffic = listen(line);
  await line.send("Runtime.enable");
  await line.send("Runtime.addBinding", { name: "readyToType" });
  await page.addInitScript(watch);
  await slowly(line);
  const typed = typist(line);
  await Promise.all([open(page, base + PATH), typed]);
  // Islands come alive after that; what was typed before stays.
  await traffic.quiet(1000);
  const seen = await page.evaluate(() => ({ typed: globalThis.usable.typed, value: globalThis.usable.field.value }));
  await context.close();
  const kept = seen.typed > 0 && seen.value.includes(KEY);
  if (!kept) throw new Error(`what was typed at ${base} is gone: ${JSON.stringify(seen)}`);
  return Math.round(seen.typed * 10) / 10;
}

export async function form(browser, { varde, state }, rounds) {
  const still = await standStill(varde, PATH, state);
  let [a, b, bare] = [[], [], []];
  // One round more than counts: the first warms the browser, the servers and the files.
  for (let round = 0; round <= rounds; round += 1) {
    a.push(await once(browser, varde, state));
    b.push(await once(browser, still.styled));
    bare.push(await once(browser, still.bare));
  }
  [a, b, bare] = [a, b, bare].map((times) => times.slice(1));
  still.close();
  const note = "400 kbit/s, 400 ms, processor four times slower; until a key stands in the first field";
  const shared = { a, unit: "ms", note };
  return [
    { id: "P11", what: "usable form ÷ the same page as plain files", ...shared, b },
    { id: "P11.unstyled", what: "usable form ÷ the same without its stylesheet", ...shared, b: bare },
  ];
}
