// A visit that the unit looks at first: she asks for it and takes it back, asks again, and an officer says no and yes. With script
// and without, wide and on a phone.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, speak, test } from "./kit.ts";

/** She may visit somebody in the unit of the demo that looks at the visits of one week, and is in no other journey. */
const PERSON = "tuva";
const OFFICER = "nadia";

// One after the other: she has one request at a time.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true }).first().click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `request-${name}`);
}

/** The Monday of the week in which the unit looks at all visits: the third of those that can be booked. */
function week(): string {
  const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Oslo" });
  const day = new Date(`${today}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 2);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7) + 14);
  return day.toISOString().slice(0, 10);
}

/** From the first question to the page of what she has asked for. */
async function asked(page: Page, look = false): Promise<string> {
  await page.goto("/visits/book");
  await press(page, "Gå videre");
  await page.goto(`/visits/book/when?from=${week()}`);
  await pick(main(page).locator('input[name="session"]').first());
  await press(page, "Gå videre");
  await expect(page).toHaveURL(/\/visits\/book\/check$/);
  await expect(main(page).getByText("Fengselet må si ja til dette besøket")).toBeVisible();
  await expect(main(page).getByRole("button", { name: "Bestill besøket" })).toHaveCount(0);
  if (look) await inBothForms(page, (form) => looked(page, `check${form}`));
  await press(page, "Send forespørsel");
  await expect(h1(page)).toHaveText("Forespørselen er sendt");
  return new URL(page.url()).pathname;
}

async function signedIn(page: Page) {
  await page.goto("/visits");
  await signIn(page, PERSON);
  await speak(page, "nb");
}

test("she asks for a visit, sees until when she is answered, and takes it back", async ({ page }) => {
  patience(90_000);
  await signedIn(page);
  const path = await asked(page, true);
  await inBothForms(page, (form) => looked(page, `sent${form}`));
  await page.goto("/visits");
  await expect(main(page).getByRole("heading", { name: "Forespørsler" })).toBeVisible();
  await looked(page, "list");
  for (const locale of ["nn", "en", "nb"] as const) {
    await page.goto(path);
    await speak(page, locale);
    await looked(page, `one-${locale}`);
  }
  await follow(page, "Trekk forespørselen tilbake");
  await inBothForms(page, (form) => looked(page, `withdraw${form}`));
  await press(page, "Trekk tilbake");
  await expect(main(page).getByText("Du trakk forespørselen tilbake")).toBeVisible();
  await looked(page, "withdrawn");
});

test("an officer says no with a reason, and yes to the next one", async ({ page, browser }) => {
  patience(120_000);
  await signedIn(page);
  let path = await asked(page);
  const desk = await browser.newPage();
  await signIn(desk, OFFICER, "staff");
  await desk.goto("/staff/work");
  await expect(main(desk).getByText("Svar på forespørsel om besøk").first()).toBeVisible();
  await desk.goto(`/staff${path}`);
  await inBothForms(desk, (form) => looked(desk, `desk${form}`));
  await press(desk, "Si nei");
  await expect(desk.locator("#error-summary")).toBeVisible();
  await looked(desk, "desk-wrong");
  // A no for security needs that control was considered.
  await pick(main(desk).locator('input[name="reason"][value="risk"]'));
  await press(desk, "Si nei");
  await expect(desk.locator("#error-summary")).toContainText("Kryss av for at kontroll er vurdert");
  await looked(desk, "desk-considered");
  await pick(main(desk).locator('input[name="considered"]'));
  await press(desk, "Si nei");
  await expect(main(desk).getByText("Enheten har sagt nei")).toBeVisible();
  await page.goto(path);
  await expect(main(page).getByText("Fengselet har sagt nei til denne tiden")).toBeVisible();
  await expect(main(page)).toContainText("kan du klage. Skriv til");
  await looked(page, "rejected");

  path = await asked(page);
  await desk.goto(`/staff${path}`);
  await press(desk, "Godkjenn og bestill");
  await expect(main(desk).getByText("Godkjent og bestilt")).toBeVisible();
  await looked(desk, "desk-approved");
  await desk.close();
  await page.goto(path);
  await expect(main(page).getByText("Fengselet har sagt ja")).toBeVisible();
  await follow(page, "Se besøket");
  const visit = new URL(page.url()).pathname;
  await page.goto(`${visit}/cancel`);
  await press(page, "Avlys besøket");
  await expect(main(page).getByText("Besøket er avlyst").first()).toBeVisible();
});
