// A relative applies for clearance, follows the case and takes it back: with script and without, wide and on a
// phone. She is nobody else's, for a person has one draft.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, picture, signIn, speak, test, withIslands, withScript } from "./kit.ts";

const PERSON = "runa";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
/** The whole row of an alternative is its label. */
const choose = (page: Page, label: string) => main(page).getByText(label, { exact: true }).click();
const at = (page: Page, step: string) => expect(page).toHaveURL(new RegExp(`/visits/apply/${step}`));

/** What every page here owes its reader. */
async function looked(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `clearance-${name}`);
}

/** A refused form: the summary has the focus, leads to the field, and the field says it too. */
async function refused(page: Page, words: string[]) {
  const summary = page.locator("#error-summary");
  await expect(summary).toBeVisible();
  await expect(summary).toBeFocused();
  for (const text of words) {
    await expect(summary.getByRole("link", { name: text })).toBeVisible();
    await expect(page.locator(".field-error", { hasText: text })).toBeVisible();
  }
  await expect(page).toHaveTitle(/^Feil: /);
}

/** The same rule as the server's says it at the field before anything is sent, and takes it back. */
async function checkedWhileTyping(page: Page) {
  const [email, error] = [page.getByLabel("E-post"), page.locator("#email-error")];
  await expect(error).toContainText("Skriv e-postadressen slik");
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toHaveAttribute("aria-describedby", /email-hint email-error/);
  await axe(page);
  await email.fill("navn@eksempel.no");
  await expect(error).toHaveCount(0);
  await expect(email).not.toHaveAttribute("aria-invalid", "true");
  await email.fill("navn");
}

async function begin(page: Page) {
  await page.goto("/visits/apply");
  await signIn(page, PERSON);
  await speak(page, "nb");
  const discard = main(page).getByRole("link", { name: "Slett utkastet" });
  if (await discard.count()) {
    await discard.click();
    await press(page, "Slett utkastet");
    await expect(main(page).getByText("Utkastet er slettet.")).toBeVisible();
    await page.goto("/visits/apply");
  }
}

async function date(page: Page, day: string, month: string, year: string) {
  await page.getByLabel("Dag", { exact: true }).fill(day);
  await page.getByLabel("Måned", { exact: true }).fill(month);
  await page.getByLabel("År", { exact: true }).fill(year);
}

test("an application from the first question to the tracker, and back again", async ({ page }) => {
  patience(120_000);
  await begin(page);
  await inBothForms(page, (form) => looked(page, `start${form}`));
  await main(page).getByRole("link", { name: "Begynn på søknaden" }).click();

  await at(page, "whom");
  await inBothForms(page, (form) => looked(page, `whom${form}`));
  await date(page, "12", "15", "1970");
  await press(page, "Gå videre");
  await refused(page, ["Skriv hele navnet til den du vil besøke", "Måneden må være et tall fra 1 til 12"]);
  await looked(page, "whom-wrong");
  await page.getByLabel("Fullt navn").fill("Even Fjellvik");
  await date(page, "1", "1", "1970");
  await press(page, "Gå videre");

  await at(page, "relation");
  await inBothForms(page, (form) => looked(page, `relation${form}`));
  await press(page, "Gå videre");
  await refused(page, ["Velg hvordan dere kjenner hverandre"]);
  await looked(page, "relation-wrong");
  await choose(page, "bror eller søster");
  await press(page, "Gå videre");

  await at(page, "contact");
  await inBothForms(page, (form) => looked(page, `contact${form}`));
  await page.getByLabel("E-post").fill("navn");
  await page.getByLabel("Mobilnummer").fill("12");
  if (withIslands()) await checkedWhileTyping(page);
  await press(page, "Gå videre");
  await refused(page, ["Skriv e-postadressen slik", "Skriv mobilnummeret med åtte siffer"]);
  await looked(page, "contact-wrong");
  await page.getByLabel("E-post").fill("navn@eksempel.no");
  await page.getByLabel("Mobilnummer").fill("412 34 567");
  await press(page, "Gå videre");

  await at(page, "children");
  await page.getByLabel("Fullt navn på barnet").fill("Ask Fjellvik");
  await date(page, "11", "5", "2020");
  await press(page, "Legg til barnet");
  await expect(main(page).getByText("Født 11. mai 2020")).toBeVisible();
  await inBothForms(page, (form) => looked(page, `children${form}`));
  await page.getByLabel("Fullt navn på barnet").fill("Ida Fjellvik");
  await date(page, "1", "5", "1999");
  await press(page, "Gå videre");
  await refused(page, ["Barnet har fylt 18 og må søke selv"]);
  await date(page, "1", "5", "2019");
  await press(page, "Legg til barnet");
  await press(page, "Fjern Ida Fjellvik");
  await expect(main(page).getByText("Ida Fjellvik")).toHaveCount(0);
  await press(page, "Gå videre");

  await at(page, "needs");
  await inBothForms(page, (form) => looked(page, `needs${form}`));
  await choose(page, "tolk");
  await press(page, "Gå videre");
  await refused(page, ["Skriv hvilket språk tolken skal kunne"]);
  await looked(page, "needs-wrong");
  await page.getByLabel("Hvilket språk skal tolken kunne?").fill("polsk");
  await press(page, "Gå videre");

  await at(page, "police");
  await inBothForms(page, (form) => looked(page, `police${form}`));
  await choose(page, "Jeg har lest at politiet blir spurt om meg");
  await press(page, "Gå videre");

  await at(page, "check");
  await inBothForms(page, (form) => looked(page, `check${form}`));
  await main(page).getByRole("link", { name: "Endre Du er" }).click();
  await choose(page, "venn");
  await press(page, "Gå videre");
  await at(page, "check");
  await expect(main(page).getByText("Venn", { exact: true })).toBeVisible();
  await press(page, "Send søknaden");

  await at(page, "receipt");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Søknaden er sendt");
  await expect(main(page).getByRole("button", { name: "Skriv ut" })).toHaveCount(withScript() ? 1 : 0);
  await looked(page, "receipt");
  await page.goBack();
  await page.goto("/visits/apply/check");
  await expect(page, "what is sent is no draft any more").toHaveURL(/\/visits\/apply$/);

  await page.goto("/visits");
  await inBothForms(page, (form) => looked(page, `list${form}`));
  await main(page).getByRole("link", { name: "Even Fjellvik" }).first().click();
  await expect(main(page).getByText("Du trenger ikke gjøre noe nå.")).toBeVisible();
  await expect(main(page).getByText("Her er vi nå")).toBeVisible();
  await inBothForms(page, (form) => looked(page, `case${form}`));
  await main(page).getByRole("link", { name: "Trekk søknaden" }).click();
  await inBothForms(page, (form) => looked(page, `withdraw${form}`));
  await press(page, "Trekk søknaden");
  await expect(main(page).getByText("Søknaden er trukket.")).toBeVisible();
  await looked(page, "withdrawn");

  for (const locale of ["nn", "en"] as const) {
    await speak(page, locale);
    await looked(page, `withdrawn-${locale}`);
    await page.goto("/visits/apply/whom");
    await looked(page, `whom-${locale}`);
    await page.goBack();
  }
});

test("a leave that ends soon is given up, after its effects are told", async ({ page }) => {
  await page.goto("/visits");
  await signIn(page, PERSON);
  await speak(page, "nb");
  await page.goto("/visits");
  const held = main(page).getByRole("listitem").filter({ hasText: "Du har fått besøkstillatelse" });
  await held.getByRole("link").click();
  await expect(main(page).getByText(/^Tillatelsen din går ut /)).toBeVisible();
  await inBothForms(page, (form) => looked(page, `ends${form}`));
  await page.getByRole("link", { name: "Avslutt tillatelsen" }).click();
  await expect(main(page).getByText("Dere kan ikke lenger skrive til hverandre her.")).toBeVisible();
  await inBothForms(page, (form) => looked(page, `give-up${form}`));
  // She thinks again, and nothing has changed.
  await main(page).getByRole("link", { name: "Nei, behold den" }).click();
  await expect(main(page).getByText(/^Tillatelsen din går ut /)).toBeVisible();
  await page.getByRole("link", { name: "Avslutt tillatelsen" }).click();
  await press(page, "Avslutt tillatelsen");
  await expect(main(page).getByText("Du har avsluttet tillatelsen", { exact: true })).toBeVisible();
  await expect(main(page).getByRole("button", { name: "Søk på nytt" })).toBeVisible();
  await expect(main(page).getByText("Tillatelsen gjelder ikke lenger.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Avslutt tillatelsen" })).toHaveCount(0);
  await looked(page, "given-up");
});
