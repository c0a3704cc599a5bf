// A lawyer asks to bring an interpreter to a room that she has booked, an officer says no and yes, and she takes it back. With
// script and without, wide and on a phone.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, speak, test } from "./kit.ts";

const LAWYER = "ingrid";
const OFFICER = "henrik";

const main = (page: Page) => page.getByRole("main");
/** A free room: some times are on a screen or by telephone. */
const room = (page: Page) => main(page).locator("li.link-row", { hasText: "Advokatrom" });
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true }).first().click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `bringing-${name}`);
}

/** A room on a later day than those that other journeys book. */
async function booked(page: Page): Promise<string> {
  await page.goto("/my/clients");
  await signIn(page, LAWYER);
  await speak(page, "nb");
  await page.goto("/my/clients");
  await follow(page, "Bestill samtalerom med Even Fjellvik");
  await follow(page, "Vis senere dager");
  await room(page).locator('a[href*="/rooms/"]').nth(1).click();
  await press(page, "Bestill rommet");
  await expect(h1(page)).toHaveText("Besøket er bestilt");
  return new URL(page.url()).pathname;
}

test("an interpreter is asked for, refused, approved and taken back", async ({ page, browser }) => {
  patience(120_000);
  const visit = await booked(page);
  await looked(page, "receipt");
  await follow(page, "Be om å ta med tolk eller utstyr");
  await expect(h1(page)).toHaveText("Tolk og utstyr");
  await inBothForms(page, (form) => looked(page, `ask${form}`));
  await page.getByLabel("Beskriv kort").fill("polsk, Nora Eng");
  await press(page, "Send til fengselet");
  await expect(page.locator("#error-summary")).toBeFocused();
  await expect(page.locator("#error-summary").getByRole("link", { name: "Velg hva du vil ta med" })).toBeVisible();
  await expect(page.getByLabel("Beskriv kort"), "what was typed is kept").toHaveValue("polsk, Nora Eng");
  await looked(page, "wrong");
  await pick(main(page).locator('input[name="what"][value="interpreter"]'));
  await press(page, "Send til fengselet");
  await expect(main(page)).toContainText("Sendt. Du får en melding når fengselet har svart.");
  await pick(main(page).locator('input[name="what"][value="computer"]'));
  await page.getByLabel("Beskriv kort").fill("bærbar PC, for å vise dokumenter");
  await press(page, "Send til fengselet");
  await expect(main(page)).toContainText("bærbar PC, for å vise dokumenter");
  await inBothForms(page, (form) => looked(page, `asked${form}`));
  for (const locale of ["nn", "en", "nb"] as const) {
    await speak(page, locale);
    await looked(page, `asked-${locale}`);
  }

  const desk = await browser.newPage();
  await signIn(desk, OFFICER, "staff");
  await desk.goto("/staff/work");
  await main(desk).getByRole("link", { name: /Svar på hva en advokat vil ta med/ }).first().click();
  await expect(h1(desk)).toHaveText("Tolk eller utstyr til et advokatbesøk");
  await inBothForms(desk, (form) => looked(desk, `desk${form}`));
  await press(desk, "Si nei");
  await expect(desk.locator("#error-summary")).toBeVisible();
  await looked(desk, "desk-wrong");
  await pick(main(desk).locator('input[name="reason"][value="unclear"]'));
  await press(desk, "Si nei");
  await expect(main(desk)).toContainText("Svaret er lagret");
  await press(desk, "Godkjenn");
  await expect(main(desk)).toContainText("Svaret er lagret");
  await looked(desk, "desk-approved");
  await desk.close();

  await page.goto(visit);
  await expect(main(page)).toContainText("Godkjent");
  await inBothForms(page, (form) => looked(page, `visit${form}`));
  await follow(page, "Be om mer, eller ta bort noe");
  await main(page).getByRole("button", { name: /^Ta bort/ }).first().click();
  await expect(main(page)).toContainText("Tatt bort");
  await expect(main(page).getByRole("button", { name: /^Ta bort/ })).toHaveCount(1);
  await page.goto(`${visit}/cancel`);
  await main(page).getByRole("button", { name: /^Avlys/ }).click();
  await expect(main(page)).toContainText("avlyst");
});
