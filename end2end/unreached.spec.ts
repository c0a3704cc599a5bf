// Somebody without e-mail has something new: an officer finds her on a list, sees the letter, tries to ring, and ticks her off. With script
// and without, wide and on a phone.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, speak, test } from "./kit.ts";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `unreached-${name}`);
}

test("whoever has no e-mail is told by hand and ticked off", async ({ page }) => {
  patience(90_000);
  await page.goto("/staff");
  await signIn(page, "henrik", "staff");
  await speak(page, "nb");
  await page.goto("/staff/assist");
  await main(page).getByRole("link", { name: "Hvem som ikke er nådd på nett" }).click();
  await expect(h1(page)).toHaveText("Ikke nådd på nett");
  await inBothForms(page, (form) => looked(page, `list${form}`));
  await main(page).getByRole("link", { name: "Gudny Myrtust" }).first().click();
  await expect(h1(page)).toHaveText("Si fra til Gudny Myrtust");
  await expect(page).toHaveTitle(/^Ikke nådd på nett/);
  await inBothForms(page, (form) => looked(page, `one${form}`));
  await main(page).getByRole("link", { name: "Se brevet" }).click();
  await expect(h1(page)).toHaveText("Det er noe nytt til deg");
  await inBothForms(page, (form) => looked(page, `letter${form}`));
  await main(page).getByRole("link", { name: "Tilbake" }).click();
  await press(page, "Lagre");
  await expect(page.locator("#error-summary")).toContainText("Velg hvordan det gikk.");
  await looked(page, "wrong");
  await pick(main(page).locator('input[name="how"][value="not"]'));
  await press(page, "Lagre");
  await expect(main(page)).toContainText("Prøvd 1 gang");
  await pick(main(page).locator('input[name="how"][value="rung"]'));
  await press(page, "Lagre");
  await expect(main(page)).toContainText("Personen er sagt fra til.");
  await looked(page, "told");
  await page.goto("/staff/unreached");
  await expect(main(page).getByRole("link", { name: "Gudny Myrtust" })).toHaveCount(0);
});
