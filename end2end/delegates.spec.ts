// A lawyer lets somebody of her firm book rooms for her: she names him and passes a code on; he says yes, books a room in his own
// name, asks for an urgent one and to bring an interpreter, takes it back; she ends it, and for him none of it is there any more.
import { type Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, signOut, speak, test } from "./kit.ts";

const LAWYER = "vardheim";
const DELEGATE = "siv";
const NAME = "Torunn Vardheim";

const main = (page: Page) => page.getByRole("main");
/** A free room: some times are on a screen or by telephone. */
const room = (page: Page) => main(page).locator("li.link-row", { hasText: "Advokatrom" });
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string | RegExp) => main(page).getByRole("link", { name }).first().click();

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `delegates-${name}`);
}

async function date(page: Page, name: string, parts: [string, string, string]) {
  for (const [at, part] of ["day", "month", "year"].entries()) {
    await main(page).locator(`input[name="${name}_${part}"]`).fill(parts[at] as string);
  }
}

test("a delegate books for a lawyer until she ends it", async ({ page }) => {
  patience(200_000);
  await page.goto("/sign-in");
  await speak(page, "nb");
  // What the demo has: he acts for her already.
  await page.goto("/my/lawyers");
  await signIn(page, DELEGATE);
  await expect(h1(page)).toHaveText("Advokater du hjelper");
  await inBothForms(page, (form) => looked(page, `lawyers${form}`));
  await follow(page, NAME);
  await expect(h1(page)).toHaveText(`Klientene til ${NAME}`);
  await inBothForms(page, (form) => looked(page, `living${form}`));
  await signOut(page);

  await page.goto("/my/clients/delegates");
  await signIn(page, LAWYER);
  await expect(h1(page)).toHaveText("Medhjelpere");
  await inBothForms(page, (form) => looked(page, `hers${form}`));
  await follow(page, "Legg til en medhjelper");
  await inBothForms(page, (form) => looked(page, `new${form}`));
  await press(page, "Lag kode");
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.locator("#error-summary").getByRole("link", { name: "Skriv siste dag" })).toBeVisible();
  await looked(page, "wrong");
  await main(page).getByLabel("Navn", { exact: true }).fill("Siv i resepsjonen");
  await main(page).getByLabel("Hva er personen for deg?").fill("sekretær");
  await main(page).getByLabel("Firmaet ditt").fill("Advokatfirmaet Vardheim");
  const last = new Date(Date.now() + 40 * 86_400_000);
  await date(page, "valid_to", [`${last.getDate()}`, `${last.getMonth() + 1}`, `${last.getFullYear()}`]);
  await press(page, "Lag kode");
  await expect(h1(page)).toHaveText("Siv i resepsjonen");
  await looked(page, "code");
  const code = (await main(page).locator("strong.wire").textContent()) ?? "";
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  const hers = new URL(page.url()).pathname;
  await signOut(page);

  await page.goto("/my/lawyers");
  await signIn(page, DELEGATE);
  await main(page).getByLabel("Kode fra advokaten").fill("0000");
  await press(page, "Bruk koden");
  await expect(page).toHaveTitle(/^Feil: /);
  await looked(page, "code-wrong");
  await main(page).getByLabel("Kode fra advokaten").fill(code.toLowerCase());
  await press(page, "Bruk koden");
  await expect(h1(page)).toHaveText(`Vil du bestille samtalerom for ${NAME}?`);
  await inBothForms(page, (form) => looked(page, `asked${form}`));
  const his = new URL(page.url()).pathname;
  await press(page, "Ja, jeg vil hjelpe");
  await expect(h1(page)).toHaveText(`Klientene til ${NAME}`);
  await follow(page, /^Bestill samtalerom/);
  await looked(page, "rooms");
  // What is urgent he asks for in her name, and takes back.
  const rooms = page.url();
  await follow(page, "Be om hastetime");
  await expect(h1(page)).toHaveText(new RegExp(`^Hastetime for ${NAME} med `));
  await inBothForms(page, (form) => looked(page, `urgent${form}`));
  await press(page, "Send til enheten");
  await expect(page.locator("#error-summary")).toBeFocused();
  await looked(page, "urgent-wrong");
  await pick(main(page).locator('input[name="reason"][value="hearing"]'));
  const soon = new Date(Date.now() + 2 * 86_400_000);
  await date(page, "by", [`${soon.getDate()}`, `${soon.getMonth() + 1}`, `${soon.getFullYear()}`]);
  await main(page).getByLabel("Senest klokken").fill("12.00");
  await press(page, "Send til enheten");
  await expect(main(page)).toContainText(`${NAME} får en melding når enheten har svart.`);
  await inBothForms(page, (form) => looked(page, `urgent-open${form}`));
  await press(page, "Trekk forespørselen");
  await expect(main(page)).toContainText("Forespørselen er trukket.");
  await page.goto(rooms);
  await room(page).locator('a[href*="/rooms/"]').last().click();
  await expect(h1(page)).toHaveText("Stemmer dette?");
  await looked(page, "check");
  await press(page, "Bestill rommet");
  await expect(main(page)).toContainText("Rommet er bestilt");
  await looked(page, "booked");
  const visit = new URL(page.url()).pathname;
  await follow(page, "Be om å ta med tolk eller utstyr");
  await expect(h1(page)).toHaveText("Tolk og utstyr");
  await inBothForms(page, (form) => looked(page, `bring${form}`));
  await main(page).getByLabel("Beskriv kort").fill("polsk");
  await press(page, "Send til fengselet");
  await expect(page.locator("#error-summary")).toBeFocused();
  await expect(main(page).getByLabel("Beskriv kort"), "what was typed is kept").toHaveValue("polsk");
  await looked(page, "bring-wrong");
  await pick(main(page).locator('input[name="what"][value="interpreter"]'));
  await press(page, "Send til fengselet");
  await expect(main(page)).toContainText("Advokaten får en melding når fengselet har svart.");
  await looked(page, "bring-asked");
  await page.goto(visit);
  await expect(main(page)).toContainText("Tolk");
  await looked(page, "brings");
  // What he has asked for goes along to the other time.
  await follow(page, "Bytt tid");
  await room(page).locator('a[href*="instead="][href*="/rooms/"]').first().click();
  await press(page, "Bytt til denne tiden");
  await expect(main(page)).toContainText("Rommet er bestilt");
  await expect(main(page)).toContainText("polsk");
  await follow(page, "Avlys rommet");
  await looked(page, "cancel");
  await main(page).getByRole("button", { name: /^Avlys/ }).click();
  await expect(main(page)).toContainText("Rommet er avlyst");
  await looked(page, "cancelled");
  await signOut(page);

  await page.goto(hers);
  await signIn(page, LAWYER);
  await expect(main(page)).toContainText("Siv Bekkasin, medhjelper");
  await inBothForms(page, (form) => looked(page, `log${form}`));
  await follow(page, /^Endre/);
  await inBothForms(page, (form) => looked(page, `choose${form}`));
  await press(page, "Lagre");
  await press(page, "Avslutt nå");
  await expect(main(page)).toContainText("Du avsluttet");
  await page.goto("/my/clients");
  await expect(main(page)).toContainText("Bestilt av Siv Bekkasin, medhjelper");
  await looked(page, "clients");
  await signOut(page);

  await page.goto("/my/lawyers");
  await signIn(page, DELEGATE);
  const gone = await page.goto(his);
  expect(gone?.status()).toBe(404);
});
