// Somebody is worried about one inside: the telephone first, then a short form without sign-in, then the same answer to
// everybody; and those on duty, who take it and see to it. With script and without.
import { type Page } from "@playwright/test";
import {
  LOCALES,
  axe,
  expect,
  inBothForms,
  noSidewaysScroll,
  patience,
  picture,
  signIn,
  speak,
  test,
} from "./kit.ts";

// One after the other: the desk is the same.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `worried-${name}`);
}

async function filled(page: Page, name: string, words: string) {
  await main(page).getByLabel("Hvem er du urolig for?").fill(name);
  await main(page).getByLabel("Hva gjør deg urolig?").fill(words);
}

test("whoever is worried rings, or writes and keeps all that was typed", async ({ page }) => {
  patience(90_000);
  await page.goto("/units/lyngmo");
  await speak(page, "nb");
  await main(page).getByRole("link", { name: "Si fra hvis du er urolig for noen" }).click();
  await expect(h1(page)).toHaveText("Er du redd for noen som sitter inne?");
  await expect(main(page).getByRole("link", { name: "+47 00 00 01 01" })).toHaveAttribute("href", "tel:+4700000101");
  await expect(main(page).getByLabel("Hvilket fengsel?")).toHaveValue("lyngmo");
  await inBothForms(page, (form) => looked(page, `unit${form}`));

  await main(page).getByLabel("Hva gjør deg urolig?").fill("Han har sluttet å spise.");
  await main(page).getByLabel("Dag", { exact: true }).fill("45");
  await press(page, "Send til dem som har vakt");
  const summary = page.locator("#error-summary");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link", { name: "Skriv navnet, så godt du vet det" })).toBeVisible();
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(main(page).getByLabel("Hva gjør deg urolig?")).toHaveValue("Han har sluttet å spise.");
  await expect(main(page).getByLabel("Dag", { exact: true })).toHaveValue("45");
  await looked(page, "wrong");

  await main(page).getByLabel("Dag", { exact: true }).fill("");
  await filled(page, "Even Fjellvik", "Han har sluttet å spise.");
  await press(page, "Send til dem som har vakt");
  await expect(main(page).getByRole("status")).toContainText("De som har vakt, skal lese det innen");
  await expect(main(page)).not.toContainText("Even Fjellvik");
  expect(page.url()).not.toContain("Even");
  await inBothForms(page, (form) => looked(page, `sent${form}`));
  await page.reload();
  await expect(main(page).getByRole("status")).toBeVisible();
});

test("those on duty take it and see to it", async ({ page }) => {
  patience(120_000);
  const name = `Ola Urolig ${test.info().project.name} ${Date.now()}`;
  await page.goto("/worried?unit=lyngmo");
  await speak(page, "nb");
  await filled(page, name, "Ingen har hørt fra ham.");
  await main(page).getByLabel("Hvordan kan de nå deg?").fill("412 34 567");
  await press(page, "Send til dem som har vakt");
  await expect(main(page).getByRole("status")).toBeVisible();
  await signIn(page, "duty1", "staff");
  await page.goto("/staff/worried");
  const row = main(page).locator("li.duty-row").filter({ hasText: name });
  await expect(row).toContainText("Kan nås: 412 34 567");
  await inBothForms(page, (form) => looked(page, `desk${form}`));
  await row.getByRole("button", { name: /^Ta denne/ }).click();
  await expect(main(page).getByRole("status")).toContainText("Du har tatt den.");
  await expect(row).toContainText("Ingen med akkurat det navnet");
  await row.getByText("Er det fulgt opp?", { exact: true }).click();
  await looked(page, "desk-taken");
  await row.getByRole("button", { name: /^Ja, det er fulgt opp/ }).click();
  await expect(main(page).getByRole("status")).toContainText("Meldingen er fulgt opp.");
  await expect(row).toHaveCount(0);
});

test("the page is there in every language", async ({ page }) => {
  for (const locale of LOCALES) {
    await page.goto("/worried");
    await speak(page, locale);
    await looked(page, `all-${locale}`);
  }
  await speak(page, "nb");
});
