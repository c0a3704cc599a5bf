// The pages that everybody may read: in every language, on a phone and on a wide screen, without Wasm.
import { LOCALES, axe, expect, full, noSidewaysScroll, picture, speak, test, withScript } from "./kit.ts";

const PAGES = [
  { path: "/", status: 200 },
  { path: "/units", status: 200 },
  { path: "/how-visits-work", status: 200 },
  { path: "/help", status: 200 },
  { path: "/privacy", status: 200 },
  { path: "/accessibility", status: 200 },
  { path: "/developers", status: 200 },
  { path: "/a-page-that-is-not-there", status: 404 },
];

for (const locale of LOCALES) {
  for (const { path, status } of PAGES) {
    test(`${path} in ${locale}`, async ({ page, watch }) => {
      // Without script the same markup is met again: Bokmål shows that, the rest is for the full run.
      test.skip(!withScript() && locale !== "nb" && !full, "only with --full");
      const response = await page.goto(path);
      expect(response?.status()).toBe(status);
      await speak(page, locale);

      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page.getByRole("heading", { level: 1 })).not.toBeEmpty();
      await expect(page.getByRole("main")).toHaveCount(1);
      await expect(page).toHaveTitle(/.+/);
      await noSidewaysScroll(page);
      await axe(page);
      expect(watch.requests.filter((url) => url.endsWith(".wasm"))).toEqual([]);
      if (locale === "nb" && withScript()) await picture(page, `public${path.replaceAll("/", "-")}`);
    });
  }
}

test("the first key press offers the way to the content", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  const first = page.locator(":focus");
  await expect(first).toHaveAttribute("href", "#main");
  await expect(first).toBeVisible();
});

test("every link of the front page leads somewhere", async ({ page }) => {
  await page.goto("/");
  const hrefs = await page.locator("a[href^='/']").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  expect(hrefs.length).toBeGreaterThan(3);
  for (const href of new Set(hrefs)) {
    const response = await page.request.get(href as string);
    expect(response.status(), href as string).toBeLessThan(400);
  }
});

test("the page for when the portal is down stands by itself", async ({ page }) => {
  // As a proxy gives it from its disk: nothing else can be fetched then.
  await page.goto(new URL("../public/down.html", import.meta.url).href);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Varde er nede akkurat nå");
  await noSidewaysScroll(page);
  if (withScript()) await axe(page);
  await picture(page, "down");
});

test("whoever leaves at once leaves nothing behind", async ({ page }) => {
  await page.route("https://www.yr.no/**", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: "<h1>Været</h1>" }));
  await page.goto("/units");
  await page.goto("/help");
  await picture(page, "help-leave");
  await page.getByRole("link", { name: "Forlat siden" }).click();
  await expect(page.getByRole("heading", { name: "Været" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(withScript() ? /\/units$/ : /\/help$/);
});

test("the portal can be put on a phone's first screen", async ({ page, request }) => {
  await page.goto("/");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const answer = await request.get(href as string);
  expect(answer.headers()["content-type"]).toContain("application/manifest+json");
  const manifest = (await answer.json()) as { start_url: string; display: string; icons: { src: string; sizes: string; type: string }[] };
  expect([manifest.display, manifest.start_url]).toEqual(["standalone", "/my"]);
  const drawn = manifest.icons.filter((icon) => icon.type === "image/png");
  expect(drawn.map((icon) => icon.sizes)).toEqual(["192x192", "512x512", "512x512"]);
  for (const icon of drawn) {
    const bytes = await (await request.get(icon.src)).body();
    // Width and height stand in the first chunk of a PNG.
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(icon.sizes);
  }
});
