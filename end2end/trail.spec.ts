// An auditor: what is out of the ordinary, a search with its reason, what it found and the same as a file, and the check of the chain.
import { type Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, speak, test } from "./kit.ts";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name }).click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `trail-${name}`);
}

async function refused(page: Page, words: string) {
  const summary = page.locator("#error-summary");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link", { name: words })).toBeVisible();
  await expect(page).toHaveTitle(/^Feil: /);
}

test("the trail is searched with a reason, checked, and what is unusual is looked at", async ({ page }) => {
  patience(200_000);
  await page.goto("/staff");
  await speak(page, "nb");
  await signIn(page, "auditor", "staff");
  await page.goto("/staff/trail");
  await inBothForms(page, (form) => looked(page, `first${form}`));
  await press(page, "Søk");
  await refused(page, "Velg hvorfor du søker");
  await looked(page, "wrong");
  await main(page).getByLabel("Hvorfor søker du?").selectOption("sample");
  await press(page, "Søk");
  await expect(h1(page)).toHaveText("Treff i loggen");
  await inBothForms(page, (form) => looked(page, `found${form}`));
  const file = await main(page).getByRole("link", { name: "Last ned som regneark (CSV)" }).getAttribute("href");
  const csv = await page.request.get(file as string);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect((await csv.text()).split("\n")[0]).toContain("Når,Hvem,Rolle");
  const older = main(page).getByRole("link", { name: "Eldre" });
  await older.click();
  await expect(h1(page)).toHaveText("Treff i loggen");
  await main(page).getByRole("link", { name: "Endre søket" }).click();
  await expect(main(page).getByLabel("Hvorfor søker du?")).toHaveValue("sample");

  await press(page, "Kontroller nå");
  await expect(async () => {
    await page.goto("/staff/trail");
    await expect(main(page)).toContainText("Loggen er hel", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await looked(page, "whole");

  await main(page).getByRole("link", { name: "Se uvanlige oppslag" }).click();
  await inBothForms(page, (form) => looked(page, `alerts${form}`));
  const open = main(page).getByRole("row").filter({ hasText: "Venter" });
  await open.first().getByRole("link").click();
  await inBothForms(page, (form) => looked(page, `alert${form}`));
  await press(page, "Lagre");
  await refused(page, "Velg hva du fant ut");
  await looked(page, "alert-wrong");
  await pick(main(page).getByLabel("Det var arbeid"));
  await main(page).getByLabel("Hva som er gjort").fill("Hadde vakt for to kolleger den dagen.");
  await press(page, "Lagre");
  await expect(h1(page)).toHaveText("Uvanlige oppslag");
  await expect(main(page)).toContainText("Det var arbeid");
});
