// An officer registers a lawyer; the lawyer writes to her client, keeps a draft, sees what has touched it and takes a copy; the officer
// ends it, and there is nothing left. With script and without; every word typed is kept whatever goes wrong.
import { type Page } from "@playwright/test";
import {
  axe,
  expect,
  inBothForms,
  noSidewaysScroll,
  patience,
  pick,
  picture,
  reach,
  signIn,
  speak,
  test,
} from "./kit.ts";

const LAWYER = { persona: "tarjei", name: "Tarjei Mosegløtt", number: "30869440945" };
const OFFICER = "henrik";
const CLIENT = "Even Fjellvik";

// One after the other: a lawyer and a client have one thread.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });
const field = (page: Page) => main(page).locator('textarea[name="words"]');
const told = (page: Page) => main(page).locator(".notice--done");

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `counsel-${name}`);
}

async function refused(page: Page, words: string) {
  const summary = page.locator("#error-summary");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link", { name: words })).toBeVisible();
  await expect(page).toHaveTitle(/^Feil: /);
}

async function day(page: Page, name: string, [d, m, y]: [string, string, string]) {
  for (const [part, value] of [
    ["day", d],
    ["month", m],
    ["year", y],
  ]) {
    await main(page).locator(`input[name="${name}_${part}"]`).fill(value);
  }
}

/** The officer's page of the client. */
async function ofClient(page: Page) {
  await page.goto("/staff/mandates");
  await main(page).getByLabel("Hvem er klienten?").fill("even fjell");
  await press(page, "Finn");
  expect(page.url()).not.toContain("fjell");
  // The journeys of the feed bring others of that name; the demo's is the oldest.
  await main(page).getByRole("link", { name: CLIENT }).first().click();
  await expect(h1(page)).toHaveText(`Advokater for ${CLIENT}`);
}

/** From her own page, where nothing yet tells that she has clients, to the list of them. */
async function atHighLevel(page: Page, persona: string) {
  await page.goto("/my");
  await expect(page.getByRole("banner").getByRole("link", { name: /^Klienter/ })).toHaveCount(0);
  await page.getByRole("link", { name: "klientene dine" }).click();
  await looked(page, "level");
  await press(page, "Logg inn på høyt nivå");
  await page.locator(`button[name="persona"][value="${persona}"]`).click();
  await expect(page).toHaveURL(/\/my\/clients$/);
}

/** No mandate of an earlier run stands in the way. */
async function ended(page: Page) {
  await ofClient(page);
  const link = main(page).getByRole("link", { name: `Avslutt ${LAWYER.name}` });
  while (await link.count()) {
    await link.first().click();
    await press(page, "Ja, avslutt");
  }
}

test("an officer registers a lawyer and ends it, and the lawyer writes in between", async ({ page }) => {
  patience(200_000);
  await page.goto("/staff");
  await speak(page, "nb");
  await signIn(page, OFFICER, "staff");
  await page.goto("/staff/mandates");
  await inBothForms(page, (form) => looked(page, `find${form}`));
  await ended(page);
  await main(page).locator('input[name="number"]').fill("123");
  await main(page).getByLabel("Advokatens navn").fill(LAWYER.name);
  await day(page, "valid_from", ["1", "1", "2026"]);
  await day(page, "valid_to", ["31", "13", "2099"]);
  await press(page, "Registrer");
  await refused(page, "Skriv fødselsnummeret med 11 siffer");
  await expect(main(page).getByLabel("Advokatens navn")).toHaveValue(LAWYER.name);
  await looked(page, "register-wrong");
  await main(page).locator('input[name="number"]').fill(LAWYER.number);
  await pick(main(page).getByLabel("Fullmakt fra klienten"));
  await day(page, "valid_to", ["31", "12", "2099"]);
  await press(page, "Registrer");
  await expect(told(page)).toContainText("Advokaten er registrert.");
  await inBothForms(page, (form) => looked(page, `registered${form}`));

  await page.goto("/my");
  await signIn(page, LAWYER.persona);
  await atHighLevel(page, LAWYER.persona);
  await page.goto("/my");
  await (await reach(page.locator('a[href="/my/clients"]'))).click();
  await inBothForms(page, (form) => looked(page, `list${form}`));
  await main(page).getByRole("link", { name: CLIENT, exact: true }).click();
  await expect(main(page)).toContainText("ennå ikke hele veien mellom dere");
  await press(page, "Send");
  await refused(page, "Skriv noe først");
  await looked(page, "wrong");
  const words = `Vi møtes i retten. ${test.info().project.name} ${Date.now()}`;
  await field(page).fill(words);
  await press(page, "Lagre utkast");
  await expect(told(page)).toContainText("Utkastet er lagret.");
  await expect(field(page)).toHaveValue(words);
  await looked(page, "draft");
  await press(page, "Send");
  await expect(told(page)).toContainText("Meldingen er sendt.");
  await expect(main(page).getByText(words)).toHaveCount(1);
  await expect(main(page)).toContainText("Ikke levert ennå");
  await inBothForms(page, (form) => looked(page, `sent${form}`));
  await page.reload();
  await expect(main(page).getByText(words), "a reload sends nothing").toHaveCount(1);
  await press(page, "Lag en kopi til utskrift");
  await expect(h1(page)).toHaveText(`Meldinger med ${CLIENT}`);
  await expect(main(page)).toContainText("Kopi tatt");
  await looked(page, "copy");

  await ended(page);
  await expect(told(page)).toContainText("Advokaten er ikke lenger registrert.");
  await looked(page, "ended");
  await page.goto("/my/clients");
  await expect(h1(page)).toHaveText("Klientene dine");
  await expect(main(page).getByRole("link", { name: CLIENT, exact: true })).toHaveCount(0);
  await inBothForms(page, (form) => looked(page, `nobody${form}`));
});

test("the lawyer of the demo reads what her client has answered", async ({ page }) => {
  patience(60_000);
  await page.goto("/my");
  await signIn(page, "ingrid");
  await speak(page, "nb");
  await atHighLevel(page, "ingrid");
  await main(page).getByRole("link", { name: CLIENT, exact: true }).click();
  await expect(main(page)).toContainText("Jeg vil anke.");
  await expect(main(page)).toContainText("Klienten, fra fengselet");
  await looked(page, "answered");
});
