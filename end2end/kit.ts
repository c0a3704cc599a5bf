// What the journeys have in common: looking at a page with a checker's eyes, signing in, pictures.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test as base, type Locator, type Page } from "@playwright/test";
import { byKeyboard } from "./keyboard.ts";
import { valid } from "./valid.ts";

export { expect };

export const LOCALES = ["nb", "nn", "en", "se"] as const;
export type Locale = (typeof LOCALES)[number];
export const full = process.env.VARDE_FULL === "1";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What a browser complained about and what it asked for while a page was open. */
export type Watch = { errors: string[]; requests: string[] };

/** `watch` listens from the first request on and, unless a test says otherwise, allows no complaint. */
export const test = base.extend<{ watch: Watch }>({
  page: async ({ page }, use, info) => {
    if (info.project.name === "script-keyboard") byKeyboard(page);
    if (info.project.name === "script-slow") await slowly(page);
    if (info.project.name === "script-nowasm") await page.route("**/*.wasm", (route) => route.abort());
    await use(page);
  },
  watch: [
    async ({ page }, use) => {
      const watch: Watch = { errors: [], requests: [] };
      page.on("request", (request) => watch.requests.push(request.url()));
      page.on("pageerror", (error) => watch.errors.push(String(error)));
      page.on("console", (message) => {
        // A page that is not there says so itself: that one line is the browser's, not ours.
        const { url } = message.location();
        const itself = url === page.url() && message.text().includes("status of 404");
        // What we keep away ourselves is missed, and said so.
        const kept = url.endsWith(".wasm") && !withIslands();
        if (message.type() === "error" && !itself && !kept) watch.errors.push(message.text());
      });
      await use(watch);
      expect(watch.errors, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});

/** An old phone on a bad line: slow 3G (400 kbit/s, 400 ms) and a processor four times slower. */
async function slowly(page: Page) {
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  const bytes = 400_000 / 8;
  await line.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 400,
    downloadThroughput: bytes,
    uploadThroughput: bytes,
  });
  await line.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

/** The matrix: each journey once more in each of these ways, behind --full. */
export const inMatrix = () => /^script-[a-z]/.test(test.info().project.name);

/** How long a journey may take; slow hands and slow lines take longer. */
export const patience = (milliseconds: number) => test.setTimeout(inMatrix() ? 6 * milliseconds : milliseconds);

export const withScript = () => test.info().project.name.startsWith("script");

/** Whether the islands come to life. */
export const withIslands = () => withScript() && test.info().project.name !== "script-nowasm";

/**
 * No violation of any rule of axe and none of HTML. axe is a script: the projects with script ask it, those
 * without ask the validator, so that every page meets both.
 */
export async function axe(page: Page) {
  if (!withScript()) return valid(page);
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (what: Document) => Promise<{ violations: Violation[] }> } };
    // A colour on its way from one scheme to another is neither: it is looked at where it comes to rest.
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    return (await axe.run(document)).violations;
  });
  const found = violations.map(
    (violation) => `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `  ${node.html}`).join("\n")}`,
  );
  expect(found, `axe at ${page.url()}`).toEqual([]);
}

type Violation = { id: string; help: string; nodes: { html: string }[] };

/** Nothing sticks out at the right: the page can be read without scrolling sideways. */
export async function noSidewaysScroll(page: Page) {
  // Before its stylesheet has come a page has another width.
  await page.waitForLoadState("load");
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(content, `width of ${page.url()}`).toBeLessThanOrEqual(window);
}

/** The one of several that can be seen; opens the menu that hides it, if one does. */
export async function reach(many: Locator): Promise<Locator> {
  const visible = many.filter({ visible: true });
  if ((await visible.count()) === 0) {
    const menu = many.page().locator("details:not([open])").filter({ has: many }).filter({ visible: true });
    await menu.first().locator("summary").first().click();
  }
  return visible.first();
}

/** Chooses an alternative as a finger does: its label lies over the small circle and takes the touch. */
export const pick = (choice: Locator) => choice.check({ force: true });

/** Chooses a language with the form in the page, and lands on the same page again. */
export async function speak(page: Page, locale: Locale) {
  if ((await page.locator("html").getAttribute("lang")) !== locale) {
    const { pathname } = new URL(page.url());
    const button = page.locator(`form[action="/language"] button[name="locale"][value="${locale}"]`);
    await (await reach(button)).click();
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    expect(new URL(page.url()).pathname).toBe(pathname);
  }
}

export type Entrance = "citizen" | "staff";

/**
 * Looks at a page in bokmål; with --full in nynorsk and English too, and leaves it in bokmål.
 */
export async function inBothForms(page: Page, look: (form: string) => Promise<void>) {
  await look("");
  // No text is missing in another form: the build sees to that. How each looks is seen with `--full`.
  if (!full) return;
  for (const locale of ["nn", "en"] as const) {
    await speak(page, locale);
    await look(`-${locale}`);
  }
  await speak(page, "nb");
}

/** From the sign-in page, or from anywhere, through the provider's page as one of its people. */
export async function signIn(page: Page, persona: string, area: Entrance = "citizen") {
  if (new URL(page.url(), "http://localhost").pathname !== "/sign-in") await page.goto("/sign-in");
  await page.locator(`form[action="/auth/${area}/start"]`).getByRole("button").first().click();
  await page.locator(`button[name="persona"][value="${persona}"]`).click();
  await expect(page).not.toHaveURL(/\/(testid|auth)\//);
}

export async function signOut(page: Page, area: Entrance = "citizen") {
  await (await reach(page.locator(`form[action="/auth/${area}/sign-out"] button`))).click();
}

/** Pictures are taken for whoever wants to look at them: with VARDE_PICTURES=1, and with `--full`. */
const pictures = full || process.env.VARDE_PICTURES === "1";

/** A picture for people to look at, and the page as a screen reader has it; nothing is compared with them. */
export async function picture(page: Page, name: string) {
  if (!pictures) return;
  const file = join(import.meta.dirname, "results/pictures", `${name}-${test.info().project.name}`);
  await page.screenshot({ path: `${file}.png`, fullPage: true });
  writeFileSync(`${file}.txt`, await page.locator("body").ariaSnapshot());
}
