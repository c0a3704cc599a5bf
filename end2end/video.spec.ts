// A visit on a screen: booked as any other, with a link that comes when it is time, and nothing about a gate.
import { axe, expect, inBothForms, noSidewaysScroll, patience, picture, signIn, speak, test } from "./kit.ts";
import type { Page } from "@playwright/test";

const PERSON = "ingrid";

const main = (page: Page) => page.getByRole("main");
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `video-${name}`);
}

test("a video visit is booked, says when its link comes, and needs no pass", async ({ page }) => {
  patience(90_000);
  await page.goto("/visits/book");
  await signIn(page, PERSON);
  await speak(page, "nb");
  await page.goto("/visits/book");
  await press(page, "Gå videre");
  await main(page).getByRole("radio", { name: /Videobesøk/ }).last().check();
  await press(page, "Gå videre");
  await press(page, "Bestill besøket");
  await expect(h1(page)).toHaveText("Besøket er bestilt");
  await expect(main(page)).toContainText("Lenken kommer på siden for besøket");
  await expect(main(page).getByRole("link", { name: /pass/i })).toHaveCount(0);
  await inBothForms(page, (form) => looked(page, `receipt${form}`));
  const visit = new URL(page.url()).pathname;
  await page.goto(visit);
  await expect(main(page).getByText(/^Lenken til videobesøket kommer her /)).toBeVisible();
  await expect(main(page)).not.toContainText("Åsgata");
  await inBothForms(page, (form) => looked(page, `visit${form}`));
  await page.getByRole("link", { name: "Prøv kamera og lyd nå" }).click();
  await expect(h1(page)).toHaveText("Her ville videosamtalen startet");
  await looked(page, "demo");
  const pass = await page.goto(`${visit}/pass`);
  expect(pass?.status()).toBe(404);
  await page.goto(`${visit}/cancel`);
  await main(page).getByRole("button", { name: /^Avlys/ }).click();
  await expect(main(page)).toContainText("avlyst");
});
