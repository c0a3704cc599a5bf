// A relative writes to a prison, is answered and asks again; the officer reads, notes, puts in a template, answers and
// hands over. With script and without; every word typed is kept whatever goes wrong.
import { type Page } from "@playwright/test";
import {
  LOCALES,
  axe,
  expect,
  inBothForms,
  noSidewaysScroll,
  patience,
  picture,
  reach,
  signIn,
  signOut,
  speak,
  test,
} from "./kit.ts";

const PERSON = "ingrid";
const OFFICER = "henrik";

// One after the other: a person has one draft of a new message.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });
const field = (page: Page) => main(page).locator('textarea[name="words"]');

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `messages-${name}`);
}

async function refused(page: Page, words: string) {
  const summary = page.locator("#error-summary");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link", { name: words })).toBeVisible();
  await expect(page).toHaveTitle(/^Feil: /);
}

/** No draft of an earlier run stands in the way. */
async function fresh(page: Page) {
  await page.goto("/messages/new");
  const discard = main(page).getByRole("button", { name: "Slett utkastet" });
  if (await discard.count()) {
    await discard.click();
    await page.goto("/messages/new");
  }
}

/** Sends a new message, free to Lyngmo: the path of its conversation. */
async function begun(page: Page, words: string): Promise<string> {
  await fresh(page);
  await main(page).getByLabel("Hvilket fengsel?").selectOption("lyngmo");
  await main(page).getByLabel("Tema").selectOption({ label: "Praktisk" });
  await field(page).fill(words);
  await press(page, "Send");
  await expect(main(page).getByRole("status").first()).toContainText("Meldingen er sendt. Du får svar innen ");
  return new URL(page.url()).pathname;
}

test("a relative asks, is answered and asks again", async ({ page }) => {
  patience(150_000);
  const [question, answer] = ["Kan jeg ta med en bok?\n\nDen er tykk.", "Ja. Send den i posten."];
  await page.goto("/messages");
  await signIn(page, PERSON);
  await speak(page, "nb");
  await inBothForms(page, (form) => looked(page, `list${form}`));

  await fresh(page);
  await inBothForms(page, (form) => looked(page, `new${form}`));
  await field(page).fill(question);
  await press(page, "Send");
  await refused(page, "Velg et tema.");
  await expect(field(page)).toHaveValue(question);
  await looked(page, "new-wrong");
  await press(page, "Lagre utkast");
  await expect(main(page).getByRole("status").first()).toContainText("Utkastet er lagret");
  await expect(field(page)).toHaveValue(question);
  await looked(page, "new-draft");
  await page.goto("/messages");
  await expect(main(page).getByRole("link", { name: "Melding som ikke er sendt" })).toBeVisible();
  await looked(page, "list-draft");

  const path = await begun(page, question);
  await expect(main(page).getByText("ikke lest ennå")).toBeVisible();
  await inBothForms(page, (form) => looked(page, `sent${form}`));
  await page.reload();
  await expect(main(page).getByText("Kan jeg ta med en bok?"), "a reload sends nothing").toHaveCount(1);

  await signIn(page, OFFICER, "staff");
  await page.goto(`/staff${path}`);
  await looked(page, "desk-thread");
  await main(page).getByText("Internt notat", { exact: true }).click();
  await main(page).getByLabel("Notat til kolleger").fill("Hun har spurt før.");
  await press(page, "Lagre notatet");
  await expect(main(page).getByText(/^Internt notat, /)).toBeVisible();
  await field(page).fill(answer);
  await press(page, "Send svaret");
  await expect(main(page).getByRole("status").first()).toContainText("Svaret er sendt.");
  await inBothForms(page, (form) => looked(page, `desk-answered${form}`));
  await page.goto("/staff/messages?show=mine");
  await expect(main(page).locator(`a[href="/staff${path}"]`)).toBeVisible();
  await looked(page, "desk-list");

  await page.goto("/messages");
  await expect(main(page).getByText("Ulest:").first()).toBeAttached();
  await expect(await reach(page.locator('a[href="/messages"]').filter({ hasText: /\d+ uleste/ }))).toBeVisible();
  await looked(page, "list-unread");
  await page.goto(path);
  await expect(main(page).getByText(answer)).toBeVisible();
  await expect(main(page)).not.toContainText("Hun har spurt før.");
  await expect(main(page)).toContainText("· lest ");
  await looked(page, "answered");
  await field(page).fill("Takk. Rekker den fram før jul?");
  await press(page, "Send");
  await expect(main(page).getByRole("status").first()).toContainText("Meldingen er sendt.");
  await expect(main(page).locator(".talk > li").last()).toContainText("Rekker den fram før jul?");

  await main(page).getByText("Trenger du ikke svar lenger?").click();
  await press(page, "Avslutt samtalen");
  await expect(main(page)).toContainText("Samtalen er avsluttet. Skriver du innen ");
  await looked(page, "closed");
  await signOut(page);
});

test("two windows lose no word, and what moves on says so", async ({ page, context }) => {
  patience(120_000);
  await page.goto("/messages");
  await signIn(page, PERSON);
  await speak(page, "nb");
  const path = await begun(page, "Når er det besøkstid i jula?");
  const other = await context.newPage();
  await other.goto(path);
  await field(page).fill("Fra det første vinduet.");
  await press(page, "Lagre utkast");
  await field(other).fill("Fra det andre vinduet.");
  await press(other, "Lagre utkast");
  await expect(field(other)).toHaveValue("Fra det andre vinduet.");
  await expect(main(other).locator(".talk-beside")).toHaveText("Fra det første vinduet.");
  await looked(other, "two-windows");

  await signIn(page, OFFICER, "staff");
  await page.goto(`/staff${path}`);
  await press(other, "Send");
  await expect(main(other).getByRole("status").first()).toContainText("Meldingen er sendt.");
  await field(page).fill("Klokka ett.");
  await press(page, "Send svaret");
  await expect(main(page).getByRole("alert").first()).toContainText("Samtalen er endret siden du åpnet den");
  await expect(field(page)).toHaveValue("Klokka ett.");
  await expect(main(page)).toContainText("Fra det andre vinduet.");
  await looked(page, "desk-stale");
  await press(page, "Send svaret");
  await expect(main(page).getByRole("status").first()).toContainText("Svaret er sendt.");
  await other.close();
});

test("an officer uses a template, takes it and gives it back", async ({ page }) => {
  patience(120_000);
  const title = `Bøker ${test.info().project.name} ${test.info().retry}`;
  await page.goto("/messages");
  await signIn(page, PERSON);
  await speak(page, "nb");
  const path = await begun(page, "Hvordan sender jeg bøker?");
  await signIn(page, OFFICER, "staff");
  await page.goto("/staff/messages/templates");
  await press(page, "Lagre malen");
  await refused(page, "Gi malen et navn.");
  await main(page).getByLabel("Navn på malen").fill(title);
  await field(page).fill("Bøker sendes i posten.");
  await press(page, "Lagre malen");
  await main(page).locator("summary").filter({ hasText: title }).click();
  await looked(page, "desk-templates");

  await page.goto(`/staff${path}`);
  await field(page).fill("Hei.");
  await main(page).getByLabel("Mal", { exact: true }).selectOption({ label: title });
  await press(page, "Sett inn malen");
  await expect(field(page)).toHaveValue("Hei.\n\nBøker sendes i posten.");
  await looked(page, "desk-inserted");
  await main(page).getByText("Hvem har den?", { exact: true }).click();
  await press(page, "Ta den");
  await main(page).getByText("Hvem har den?", { exact: true }).click();
  await looked(page, "desk-hand-over");
  await press(page, "Legg tilbake");
  await expect(main(page)).toContainText("Ingen ennå");

  await page.goto("/staff/messages/templates");
  await main(page).locator("summary").filter({ hasText: title }).click();
  await press(page, `Ta bort malen ${title}`);
  await expect(main(page).getByText(title, { exact: true })).toHaveCount(0);
});

test("search finds her own words, and no address has them", async ({ page }) => {
  patience(90_000);
  await page.goto("/messages");
  await signIn(page, PERSON);
  await speak(page, "nb");
  const path = await begun(page, "Jeg lurer på tyttebærsyltetøy.");
  await page.goto("/messages");
  await main(page).getByLabel("Ord i meldingene og brevene dine").fill("tyttebær");
  await press(page, "Søk");
  await expect(main(page).locator(`a[href="${path}"]`)).toBeVisible();
  expect(page.url()).not.toContain("tytte");
  await looked(page, "search");
  for (const locale of LOCALES) {
    await page.goto("/messages");
    await speak(page, locale);
    await expect(h1(page)).toHaveCount(1);
    await noSidewaysScroll(page);
    await axe(page);
  }
  await speak(page, "nb");
});
