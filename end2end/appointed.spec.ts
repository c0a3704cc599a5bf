// A lawyer whose client is not in her list says herself that she is appointed; an officer confirms it; then there is a room to book.
import { type Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, signOut, speak, test } from "./kit.ts";

const LAWYER = "tarjei";
const CLIENT = "Mikkel Steinsvik";
const BORN = ["7", "11", "1982"];

const main = (page: Page) => page.getByRole("main");
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `appointed-${name}`);
}

async function date(page: Page, name: string, [day, month, year]: string[]) {
  for (const [part, text] of [["day", day], ["month", month], ["year", year]]) {
    await main(page).locator(`input[name="${name}_${part}"]`).fill(text as string);
  }
}

async function declares(page: Page, name: string) {
  await page.goto("/my/clients/appointed");
  await main(page).getByLabel("Klientens fulle navn").fill(name);
  await date(page, "birth", BORN);
  await main(page).getByLabel("Domstol, politidistrikt").fill("Storåsen tingrett");
  await main(page).getByLabel("Saksnummer").fill("26-55MED");
  await pick(main(page).locator('input[name="declared"]'));
  await press(page, "Send");
  await expect(h1(page)).toHaveText("Vi har fått det");
  return new URL(page.url()).pathname;
}

test("an appointment is declared, checked and confirmed", async ({ page }) => {
  patience(200_000);
  await page.goto("/sign-in");
  await speak(page, "nb");
  // Who goes to her clients signs in at the high level at once.
  await page.goto("/my/clients");
  await signIn(page, LAWYER);
  await expect(h1(page)).toHaveText("Klientene dine");
  await inBothForms(page, (form) => looked(page, `clients${form}`));
  await main(page).getByRole("link", { name: "Meld fra om en klient" }).click();
  await inBothForms(page, (form) => looked(page, `form${form}`));
  await press(page, "Send");
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.locator("#error-summary").getByRole("link", { name: "Skriv navnet på klienten" })).toBeVisible();
  await looked(page, "wrong");
  const mine = await declares(page, CLIENT);
  await inBothForms(page, (form) => looked(page, `sent${form}`));
  // Nobody of that name: the same page.
  const nobody = await declares(page, "Mikkel Nesteneslik");
  await press(page, "Trekk det tilbake");
  await expect(h1(page)).toHaveText("Du trakk det tilbake");
  await looked(page, "withdrawn");
  expect(nobody).not.toBe(mine);
  await signOut(page);

  await signIn(page, "nadia", "staff");
  const desk = `/staff/mandates/declared/${mine.split("/").pop()}`;
  await page.goto("/staff/work");
  await expect(main(page).locator(`a[href="${desk}"]`).first()).toBeVisible();
  await page.goto(desk);
  await inBothForms(page, (form) => looked(page, `desk${form}`));
  await press(page, "Bekreft og registrer");
  await expect(page.locator("#error-summary")).toBeVisible();
  await looked(page, "desk-wrong");
  await pick(main(page).locator('input[name="kind"][value="appointment"]'));
  await date(page, "valid_to", ["31", "12", "2099"]);
  await press(page, "Bekreft og registrer");
  await expect(main(page)).toContainText("Se advokatene til den innsatte");
  await looked(page, "desk-done");
  await signOut(page, "staff");

  await page.goto(mine);
  await signIn(page, LAWYER);
  await expect(h1(page)).toHaveText("Oppnevningen er bekreftet");
  await looked(page, "confirmed");
  await main(page).getByRole("link", { name: "Bestill samtalerom" }).click();
  await expect(h1(page)).toHaveText(`Når vil du møte ${CLIENT}?`);
});
