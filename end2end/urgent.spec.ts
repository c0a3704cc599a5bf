// A lawyer has to meet her client soon: she asks, an officer books a talk by telephone for her, and she finds whom to ring. Asked once
// more, the officer says no. With script and without, wide and on a phone.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, speak, test } from "./kit.ts";

// One after the other: what the unit books in the first may be the time that is looked at in the second.
test.describe.configure({ mode: "default" });

const LAWYER = "ingrid";
const OFFICER = "henrik";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true }).first().click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `urgent-${name}`);
}

/** Almost as far ahead as something is urgent, on the wall in Oslo. */
async function until(page: Page) {
  const parts = new Intl.DateTimeFormat("nb-NO", {
    timeZone: "Europe/Oslo",
    day: "numeric",
    month: "numeric",
    year: "numeric",
  }).formatToParts(new Date(Date.now() + 95 * 3_600_000));
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  const day = page.getByRole("group", { name: /^Når må samtalen senest begynne/ });
  await day.getByLabel("Dag").fill(part("day"));
  await day.getByLabel("Måned").fill(part("month"));
  await day.getByLabel("År").fill(part("year"));
  const clock = new Intl.DateTimeFormat("nb-NO", { timeZone: "Europe/Oslo", hour: "2-digit", minute: "2-digit" });
  await page.getByLabel("Senest klokken").fill(clock.format(new Date(Date.now() + 95 * 3_600_000)));
}

async function asks(page: Page, reason: string) {
  await pick(main(page).locator(`input[name="reason"][value="${reason}"]`));
  await until(page);
  await press(page, "Send til enheten");
  await expect(main(page)).toContainText("Venter på svar fra enheten");
}

async function opened(desk: Page) {
  await desk.goto("/staff/work");
  const hers = main(desk).getByRole("row").filter({ hasText: "Ingrid Tindestrå" });
  await hers.getByRole("link", { name: /Finn en hastetid for en advokat/ }).first().click();
  await expect(h1(desk)).toHaveText("Hastetime for en advokat");
}

test("a lawyer has to meet her client soon, and the unit books a talk by telephone", async ({ page, browser }) => {
  patience(120_000);
  await page.goto("/my/clients");
  await signIn(page, LAWYER);
  await speak(page, "nb");
  await page.goto("/my/clients");
  await follow(page, "Bestill samtalerom med Even Fjellvik");
  await follow(page, "Be om hastetime");
  await expect(h1(page)).toHaveText("Hastetime med Even Fjellvik");
  await inBothForms(page, (form) => looked(page, `ask${form}`));
  await press(page, "Send til enheten");
  await expect(page.locator("#error-summary")).toBeFocused();
  await expect(page.locator("#error-summary")).toContainText("Velg hvorfor det haster.");
  await looked(page, "wrong");
  await asks(page, "custody");
  await inBothForms(page, (form) => looked(page, `open${form}`));
  for (const locale of ["nn", "en", "nb"] as const) {
    await speak(page, locale);
    await looked(page, `open-${locale}`);
  }

  const desk = await browser.newPage();
  await signIn(desk, OFFICER, "staff");
  await opened(desk);
  await inBothForms(desk, (form) => looked(desk, `desk${form}`));
  await press(desk, "Bestill tiden");
  await expect(desk.locator("#error-summary")).toContainText("Velg en tid.");
  await looked(desk, "desk-wrong");
  await pick(main(desk).getByRole("radio", { name: /på telefon/i }).first());
  await press(desk, "Bestill tiden");
  await expect(main(desk)).toContainText("Svaret er lagret");
  await looked(desk, "desk-booked");

  await page.reload();
  await expect(main(page)).toContainText("Enheten har bestilt en tid");
  await looked(page, "booked");
  await follow(page, "Se tiden");
  await expect(main(page)).toContainText(/Ring \+47 .* kl\. /);
  await inBothForms(page, (form) => looked(page, `visit${form}`));
  // It is cancelled as any other, and what is asked for anew may have a no.
  await main(page).getByRole("link", { name: /^Avlys/ }).click();
  await main(page).getByRole("button", { name: /^Avlys/ }).click();
  await expect(main(page)).toContainText("avlyst");
  await page.goto("/my/clients");
  await follow(page, "Bestill samtalerom med Even Fjellvik");
  await follow(page, "Be om hastetime");
  await asks(page, "deadline");
  await opened(desk);
  await pick(main(desk).locator('input[name="reason"][value="no_time"]'));
  await press(desk, "Si nei");
  await expect(main(desk)).toContainText("Nei: Ikke rom eller folk");
  await desk.close();
  await page.reload();
  await expect(main(page)).toContainText("Enheten kunne ikke gi deg en tid");
  await looked(page, "refused");
});

test("free times are shown in the way that suits her", async ({ page }) => {
  await page.goto("/my/clients");
  await signIn(page, LAWYER);
  await speak(page, "nb");
  await page.goto("/my/clients");
  await follow(page, "Bestill samtalerom med Even Fjellvik");
  await follow(page, "På telefon");
  await expect(main(page).locator("li.link-row").first()).toContainText("På telefon");
  await expect(main(page).locator("li.link-row", { hasText: "Advokatrom" })).toHaveCount(0);
  await looked(page, "by-phone");
  await main(page).locator('li.link-row a[href*="/rooms/"]').first().click();
  await expect(main(page).getByRole("button", { name: "Bestill tiden" })).toBeVisible();
  await looked(page, "by-phone-check");
});
