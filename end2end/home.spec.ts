// One at home is asked by an officer whether a sentence may be served there: she reads what it means, signs in anew, answers alone,
// and takes it back; the officer sees it, and what whoever applied may be told changes no word.
import { type Page } from "@playwright/test";
import { LOCALES, axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, signOut, speak, test } from "./kit.ts";

const HER = { persona: "solveig", number: "19819728855", name: "Solveig Kråkesol" };

// One after the other: a person has one list.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `home-${name}`);
}

async function refused(page: Page, words: string | RegExp) {
  const summary = page.locator("#error-summary");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link", { name: words })).toBeVisible();
  await expect(page).toHaveTitle(/^Feil: /);
}

/** Once more through the provider, who asks for it. */
async function proved(page: Page) {
  await expect(h1(page)).toHaveText("Bekreft at det er deg");
  await page.locator('main form[action="/auth/citizen/start"]').getByRole("button").first().click();
  await page.locator(`button[name="persona"][value="${HER.persona}"]`).click();
  await expect(page).toHaveURL(/\/my\/home\/\w+/);
}

test("a home is asked about, answered for and taken back", async ({ page }) => {
  patience(200_000);
  await page.goto("/staff");
  await speak(page, "nb");
  await signIn(page, "henrik", "staff");
  await page.goto("/staff/homes");
  await inBothForms(page, (form) => looked(page, `cases${form}`));
  await main(page).getByRole("link", { name: "Ny sak" }).click();
  await inBothForms(page, (form) => looked(page, `new${form}`));
  await press(page, "Opprett saken");
  await refused(page, "Skriv navnet");
  await looked(page, "new-wrong");
  await main(page).getByLabel("Hvem har søkt?").fill("Per Lianeset");
  await main(page).getByLabel("Adressen der straffen skal gjennomføres").fill("Skyggesiden 1, 9996 Vestre Dugg");
  await press(page, "Opprett saken");
  await expect(h1(page)).toHaveText(/^Sak /);
  const desk = new URL(page.url()).pathname;
  await looked(page, "case-empty");
  await main(page).getByLabel("Fødselsnummer").fill("1");
  await press(page, "Legg til og inviter");
  await refused(page, "Skriv fødselsnummeret med 11 siffer");
  await main(page).getByLabel("Fødselsnummer").fill(HER.number);
  await main(page).getByLabel("Navn", { exact: true }).fill(HER.name);
  await press(page, "Legg til og inviter");
  await expect(main(page)).toContainText("Får invitasjonen på papir");
  await inBothForms(page, (form) => looked(page, `case${form}`));
  await main(page).getByRole("link", { name: "Skriv ut invitasjonen" }).click();
  await inBothForms(page, (form) => looked(page, `invitation${form}`));
  await expect(main(page)).not.toContainText("Per Lianeset");

  await page.goto("/my/home");
  await signIn(page, HER.persona);
  await inBothForms(page, (form) => looked(page, `level${form}`));
  await press(page, "Logg inn på høyt nivå");
  await page.locator(`button[name="persona"][value="${HER.persona}"]`).click();
  await inBothForms(page, (form) => looked(page, `list${form}`));
  await main(page).getByRole("link", { name: "Søknaden til Per Lianeset" }).click();
  const home = new URL(page.url()).pathname;
  await inBothForms(page, (form) => looked(page, `asked${form}`));
  await press(page, "Send svaret");
  await refused(page, "Velg hva du svarer");
  await looked(page, "asked-wrong");
  await pick(main(page).getByLabel("Ja, jeg samtykker"));
  await pick(main(page).getByLabel("Jeg har lest teksten over"));
  await press(page, "Send svaret");
  await proved(page);
  await expect(main(page).getByLabel("Ja, jeg samtykker")).toBeChecked();
  await press(page, "Send svaret");
  await expect(main(page)).toContainText("Du har samtykket");
  await inBothForms(page, (form) => looked(page, `yes${form}`));
  await main(page).getByRole("link", { name: "Skriv ut eller lagre svarene" }).click();
  await looked(page, "print");

  await page.goto(desk);
  await expect(main(page)).toContainText("Samtykker");
  const told = await main(page).getByText(/^Søknaden behandles/).innerText();
  await page.goto(home);
  await main(page).getByRole("link", { name: "Trekk samtykket" }).click();
  await inBothForms(page, (form) => looked(page, `withdraw${form}`));
  await pick(main(page).getByLabel("Jeg er ikke trygg hjemme"));
  await press(page, "Trekk samtykket");
  await expect(main(page)).toContainText("Du har trukket samtykket");
  await looked(page, "withdrawn");
  await page.goto(desk);
  await expect(main(page)).toContainText("Har trukket samtykket");
  await expect(main(page).getByText(/^Søknaden behandles/)).toHaveText(told);
  await inBothForms(page, (form) => looked(page, `case-unsafe${form}`));
  await page.goto(`${desk}/told`);
  await inBothForms(page, (form) => looked(page, `told${form}`));
  await expect(main(page)).not.toContainText(HER.name);
  await page.goto("/staff");
  await signOut(page, "staff");
  await signIn(page, "duty1", "staff");
  await page.goto("/staff/worried");
  await expect(main(page)).toContainText(HER.name);
});

test("what it is like is told to everybody", async ({ page }) => {
  await page.goto("/help");
  await speak(page, "nb");
  await main(page).getByRole("link", { name: "Dette bør du vite" }).click();
  for (const locale of LOCALES) {
    await speak(page, locale);
    await looked(page, `about-${locale}`);
  }
  await speak(page, "nb");
});

test("two at home answer each alone, and neither sees the other", async ({ page }) => {
  patience(200_000);
  const two = [HER, { persona: "tarjei", number: "30869440945", name: "Tarjei Mosegløtt" }];
  await page.goto("/staff");
  await speak(page, "nb");
  await signIn(page, "henrik", "staff");
  await page.goto("/staff/homes/new");
  await main(page).getByLabel("Hvem har søkt?").fill("Arne Duggfall");
  await main(page).getByLabel("Adressen der straffen skal gjennomføres").fill("Duggveien 3, 9996 Vestre Dugg");
  await press(page, "Opprett saken");
  const desk = new URL(page.url()).pathname;
  for (const { number, name } of two) {
    await main(page).getByLabel("Fødselsnummer").fill(number);
    await main(page).getByLabel("Navn", { exact: true }).fill(name);
    await press(page, "Legg til og inviter");
    await expect(main(page)).toContainText(name);
  }
  for (const [at, { persona }] of two.entries()) {
    await page.goto("/my/home");
    await signIn(page, persona);
    if (await main(page).getByRole("button", { name: "Logg inn på høyt nivå" }).isVisible()) {
      await press(page, "Logg inn på høyt nivå");
      await page.locator(`button[name="persona"][value="${persona}"]`).click();
    }
    await main(page).getByRole("link", { name: "Søknaden til Arne Duggfall" }).click();
    await expect(main(page)).not.toContainText(two[1 - at].name);
    await pick(main(page).getByLabel(at === 0 ? "Ja, jeg samtykker" : "Nei", { exact: true }));
    if (at === 0) await pick(main(page).getByLabel("Jeg har lest teksten over"));
    await press(page, "Send svaret");
    await expect(h1(page)).toHaveText("Bekreft at det er deg");
    await page.locator('main form[action="/auth/citizen/start"]').getByRole("button").first().click();
    await page.locator(`button[name="persona"][value="${persona}"]`).click();
    await press(page, "Send svaret");
    await expect(main(page)).toContainText(at === 0 ? "Du har samtykket" : "Du har sagt nei");
    await expect(main(page)).not.toContainText(two[1 - at].name);
    await page.goto("/my");
    await signOut(page);
  }
  await page.goto(desk);
  await expect(main(page)).toContainText("Samtykker");
  await inBothForms(page, (form) => looked(page, `two${form}`));
  await expect(main(page).getByText(/^Søknaden behandles/)).toHaveCount(1);
});

/** A case with a child, which waits for a decision and whose other parent nobody has asked. */
async function withChild(page: Page): Promise<string> {
  await page.goto("/staff");
  const cases = await main(page).locator('a[href^="/staff/clearances/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
  for (const path of cases.map((href) => href.split("?")[0])) {
    await page.goto(`${path}?reason=handle_case`);
    const asks = await main(page).getByRole("link", { name: /^Spør om / }).count();
    if (asks > 0 && (await main(page).getByRole("button", { name: "Se brevet og fatt vedtak" }).count()) > 0) return path;
  }
  throw new Error("no case with a child waits for a decision");
}

test("a child's other parent is asked, and the child is granted when there is a yes", async ({ page }) => {
  patience(260_000);
  await page.goto("/staff");
  await speak(page, "nb");
  await signIn(page, "henrik", "staff");
  const path = `${await withChild(page)}?reason=handle_case`;
  await expect(main(page)).toContainText("Ikke spurt");
  await inBothForms(page, (form) => looked(page, `child-case${form}`));
  await main(page).getByRole("link", { name: /^Spør om / }).click();
  await inBothForms(page, (form) => looked(page, `child-ask${form}`));
  await press(page, "Spør");
  await refused(page, "Skriv fødselsnummeret med 11 siffer");
  await looked(page, "child-ask-wrong");
  await main(page).getByLabel("Fødselsnummer").fill(HER.number);
  await main(page).getByLabel("Navn", { exact: true }).fill(HER.name);
  await press(page, "Spør");
  await expect(h1(page)).toHaveText(/^Sak /);
  const desk = new URL(page.url()).pathname;
  await inBothForms(page, (form) => looked(page, `child${form}`));

  const check = main(page).getByRole("button", { name: "Jeg har kontrollert identiteten" });
  const grant = async () => {
    await page.goto(path);
    if (await check.count()) await check.click();
    await pick(main(page).getByLabel("Innvilget", { exact: true }));
    await press(page, "Se brevet og fatt vedtak");
    await press(page, "Fatt vedtak");
  };
  await grant();
  await refused(page, /^Den andre forelderen til et av barna har ikke sagt ja/);
  await looked(page, "child-not-yet");

  await page.goto("/my/home");
  await signIn(page, HER.persona);
  if (await main(page).getByRole("button", { name: "Logg inn på høyt nivå" }).isVisible()) {
    await press(page, "Logg inn på høyt nivå");
    await page.locator(`button[name="persona"][value="${HER.persona}"]`).click();
  }
  await inBothForms(page, (form) => looked(page, `child-list${form}`));
  await main(page).getByRole("link", { name: / på besøk sammen med / }).first().click();
  const mine = new URL(page.url()).pathname;
  await inBothForms(page, (form) => looked(page, `child-asked${form}`));
  await pick(main(page).getByLabel("Ja, jeg samtykker"));
  await pick(main(page).getByLabel("Jeg har lest teksten over"));
  await press(page, "Send svaret");
  await proved(page);
  await press(page, "Send svaret");
  await expect(main(page)).toContainText("Du har samtykket");
  await inBothForms(page, (form) => looked(page, `child-yes${form}`));

  await grant();
  await expect(main(page).getByRole("status")).toContainText("Vedtaket er fattet");
  await page.goto(mine);
  await main(page).getByRole("link", { name: "Trekk samtykket" }).click();
  await inBothForms(page, (form) => looked(page, `child-withdraw${form}`));
  await press(page, "Trekk samtykket");
  await expect(main(page)).toContainText("Du har trukket samtykket");
  await page.goto(desk);
  await expect(main(page)).toContainText("Har trukket samtykket");
  await press(page, "Avgjør uten samtykke");
  await refused(page, "Skriv hvorfor");
  await main(page).getByLabel("Hvorfor, og etter hvilket grunnlag").fill("Barnets beste taler for besøk, barneloven § 48.");
  await press(page, "Avgjør uten samtykke");
  await expect(main(page)).toContainText("Avgjort uten samtykke");
  await inBothForms(page, (form) => looked(page, `child-without${form}`));
});
