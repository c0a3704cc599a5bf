// A lawyer books a private room for herself and her client: from the sign-in page at most six taps and four pages of Varde, nothing
// typed, with script and without; then she takes it back.
import { type Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, picture, speak, test } from "./kit.ts";

const CLIENT = "Even Fjellvik";

const main = (page: Page) => page.getByRole("main");
/** A free room: some times are on a screen or by telephone. */
const room = (page: Page) => main(page).locator("li.link-row", { hasText: "Advokatrom" });
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `rooms-${name}`);
}

test("a room is booked with six taps and four pages", async ({ page }) => {
  patience(90_000);
  await page.goto("/sign-in");
  await speak(page, "nb");
  await page.goto("/my/clients");
  await expect(page).toHaveURL(/\/sign-in\?return_to=/);

  let taps = 0;
  const pages: string[] = [];
  page.on("response", (response) => {
    const path = new URL(response.url()).pathname;
    const whole = response.request().isNavigationRequest() && response.status() === 200;
    if (whole && !path.startsWith("/testid/")) pages.push(path);
  });
  const tap = async (what: ReturnType<Page["locator"]>) => {
    taps += 1;
    await what.click();
  };
  await tap(page.locator('form[action="/auth/citizen/start"]').getByRole("button").first());
  await tap(page.locator('button[name="persona"][value="ingrid"]'));
  await expect(h1(page)).toHaveText("Klientene dine");
  await tap(main(page).getByRole("link", { name: `Bestill samtalerom med ${CLIENT}` }));
  await expect(h1(page)).toHaveText(`Når vil du møte ${CLIENT}?`);
  // The last that is shown: nobody else's journey is at that hour.
  await tap(room(page).locator('a[href*="/rooms/"]').last());
  await expect(h1(page)).toHaveText("Stemmer dette?");
  await tap(main(page).getByRole("button", { name: "Bestill rommet" }));
  await expect(h1(page)).toHaveText("Besøket er bestilt");
  expect(taps, "taps from the sign-in page").toBeLessThanOrEqual(6);
  expect(pages.length, pages.join(" ")).toBeLessThanOrEqual(4);
  await looked(page, "receipt");
  const visit = new URL(page.url()).pathname;

  await page.goto("/my/clients");
  await inBothForms(page, (form) => looked(page, `clients${form}`));
  await main(page).getByRole("link", { name: "Bestill samtalerom" }).first().click();
  await inBothForms(page, (form) => looked(page, `free${form}`));
  await room(page).locator('a[href*="/rooms/"]').first().click();
  await inBothForms(page, (form) => looked(page, `check${form}`));
  await page.goto(visit);
  await looked(page, "visit");
  // The same hour again is two presses.
  await main(page).getByRole("link", { name: /^Bestill igjen: / }).click();
  await main(page).getByRole("button", { name: "Bestill rommet" }).click();
  await expect(h1(page)).toHaveText("Besøket er bestilt");
  await main(page).getByRole("link", { name: /^Avlys/ }).click();
  await main(page).getByRole("button", { name: /^Avlys/ }).click();
  await expect(main(page)).toContainText("avlyst");
  await page.goto(visit);
  // Another time in one step: the old one is hers until then, and is not afterwards.
  await main(page).getByRole("link", { name: "Bytt tid" }).click();
  await expect(h1(page)).toHaveText(`Når vil du møte ${CLIENT}?`);
  await room(page).locator('a[href*="instead="][href*="/rooms/"]').last().click();
  await inBothForms(page, (form) => looked(page, `move${form}`));
  await main(page).getByRole("button", { name: "Bytt til denne tiden" }).click();
  await expect(h1(page)).toHaveText("Besøket er bestilt");
  const moved = new URL(page.url()).pathname;
  await page.goto(visit);
  await expect(main(page)).toContainText("avlyst");
  await page.goto(moved);
  await main(page).getByRole("link", { name: /^Avlys/ }).click();
  await main(page).getByRole("button", { name: /^Avlys/ }).click();
  await expect(main(page)).toContainText("avlyst");
  await expect(main(page).locator('a[href="/my/clients"]').first()).toBeVisible();
});
