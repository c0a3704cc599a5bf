// The unit administrator's side: rules that hold from a day, a time of the week added and ended, a day closed and
// opened again; and what the public reads of it.
import { axe, expect, noSidewaysScroll, pick, picture, signIn, test } from "./kit.ts";
import type { Page } from "@playwright/test";

async function look(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `plan-${name}`);
}

/** The day so many days ahead on the wall in Oslo, where the prisons are, as year, month, day. */
function inDays(days: number): string[] {
  const at = new Date(Date.now() + days * 86_400_000);
  return at.toLocaleDateString("sv-SE", { timeZone: "Europe/Oslo" }).split("-");
}

async function fillDate(page: Page, name: string, [year, month, day]: string[]) {
  for (const [part, value] of Object.entries({ day, month, year })) {
    await page.locator(`input[name="${name}_${part}"]`).fill(value as string);
  }
}

/** What a change touches is shown first. */
async function goOn(page: Page) {
  await page.getByRole("button", { name: "Se hva det berører" }).click();
}

async function save(page: Page) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Før du lagrer");
  await page.getByRole("button", { name: "Lagre endringen" }).click();
}

test("new rules are saved, told when wrong, and read by anybody", async ({ page }) => {
  const unit = "bekkelund";
  await signIn(page, "astrid", "staff");
  await page.goto(`/staff/visiting?unit=${unit}`);
  await look(page, "show");
  await page.getByRole("link", { name: "Endre reglene" }).click();
  await page.getByLabel("Personer på ett besøk").fill("99");
  await page.getByLabel("Kilde").fill("");
  await goOn(page);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Tallet må være fra 1 til 20");
  await expect(page.getByLabel("Personer på ett besøk")).toHaveValue("99");
  await look(page, "rules-wrong");
  await page.getByLabel("Personer på ett besøk").fill("7");
  await page.getByLabel("Kilde").fill("Lokal instruks 4.2");
  await goOn(page);
  await look(page, "touched-none");
  await save(page);
  await expect(page.getByRole("main").getByRole("status")).toContainText("Reglene er lagret");
  await expect(page.getByText("Inntil 7 personer")).toBeVisible();
  await look(page, "show-coming");
  await page.goto(`/units/${unit}`);
  await expect(page.getByText("Inntil 7 personer kan komme på hvert besøk.")).toBeVisible();
  await look(page, "public");
});

test("whom new rules touch is listed without names before anything is saved", async ({ page }) => {
  await signIn(page, "astrid", "staff");
  await page.goto("/staff/visiting/rules?unit=lyngmo");
  await page.getByLabel("Møt så mange minutter før").fill("45");
  await goOn(page);
  await expect(page.getByText("Tiden for oppmøte blir en annen. Besøket står.").first()).toBeVisible();
  await look(page, "touched");
  await page.getByRole("main").getByRole("link", { name: "Gå tilbake og endre" }).first().click();
  await expect(page.getByLabel("Møt så mange minutter før")).toHaveValue("45");
});

test("a time of the week is added, copied and ended", async ({ page }) => {
  const room = "Prøverommet";
  await signIn(page, "astrid", "staff");
  await page.goto("/staff/visiting?unit=elvebakken");
  await page.getByRole("link", { name: "Ny besøkstid" }).click();
  await page.getByRole("button", { name: "Legg inn tiden" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Velg ukedag");
  await look(page, "time-wrong");
  await pick(page.getByLabel("Vanlig besøk"));
  await page.getByLabel("Ukedag").selectOption({ label: "Fredag" });
  await page.getByLabel("Begynner kl.").fill("18.00");
  await page.getByLabel("Rom", { exact: true }).fill(room);
  await page.getByLabel("Plasser").fill("3");
  await page.getByRole("button", { name: "Legg inn tiden" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("kan bestilles");

  const row = page.getByRole("row").filter({ hasText: room });
  await expect(row).toContainText("18.00–19.00");
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fredag kl. 18.00–19.00");
  await look(page, "time");
  await fillDate(page, "last", inDays(0));
  await goOn(page);
  await save(page);
  await expect(page.getByRole("main").getByRole("status")).toContainText("Siste dag er lagret");
  await look(page, "time-ended");
  await page.getByRole("link", { name: "Lag en ny lik denne" }).click();
  await expect(page.getByLabel("Rom", { exact: true })).toHaveValue(room);
  await expect(page.getByLabel("Begynner kl.")).toHaveValue("18.00");
});

test("a day is closed for all to read and opened again", async ({ page }) => {
  const day = inDays(40);
  const reason = "Kurs for ansatte";
  await signIn(page, "astrid", "staff");
  await page.goto("/staff/visiting?unit=elvebakken");
  await page.getByRole("link", { name: "Steng en dag" }).click();
  await page.getByLabel("Grunn").fill(reason);
  await goOn(page);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Skriv datoen");
  await expect(page.getByLabel("Grunn")).toHaveValue(reason);
  await look(page, "close-wrong");
  await fillDate(page, "on", day);
  await goOn(page);
  await expect(page.getByText("Ingen bestilte besøk blir berørt.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Gå tilbake og endre" }).first().click();
  await expect(page.getByLabel("Grunn")).toHaveValue(reason);
  await goOn(page);
  await save(page);
  await expect(page.getByRole("main").getByRole("status")).toContainText("er stengt for besøk");
  const row = page.getByRole("row").filter({ hasText: reason });
  await expect(row).toBeVisible();
  await look(page, "show-closed");
  await page.goto("/units/elvebakken");
  await expect(page.getByText(reason)).toBeVisible();
  await page.goBack();
  await row.getByRole("button", { name: "Åpne dagen igjen" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("er åpen igjen");
  await expect(row).toHaveCount(0);
});

test("several times are not held for a while, and held after all", async ({ page }) => {
  const [first, last] = [inDays(60), inDays(66)];
  await signIn(page, "astrid", "staff");
  await page.goto("/staff/visiting?unit=bekkelund");
  await page.getByRole("link", { name: "Endre flere tider" }).click();
  await goOn(page);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Velg minst én tid");
  await look(page, "several-wrong");
  for (const time of ["Lørdag kl. 11.00–12.00", "Søndag kl. 11.00–12.00"]) {
    await pick(page.getByLabel(time).first());
  }
  await pick(page.getByLabel("Holdes ikke en stund"));
  await fillDate(page, "from", first);
  await fillDate(page, "to", last);
  await goOn(page);
  await look(page, "several-touched");
  await save(page);
  await expect(page.getByRole("main").getByRole("status")).toContainText("Tidene er endret");
  await look(page, "several-paused");
  await page.getByRole("button", { name: "Hold dem likevel" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("blir ikke bestilt på nytt");
  await expect(page.getByText("Tider som ikke holdes en stund")).toHaveCount(0);
});

test("to be asked less often is approved by another", async ({ page, browser }) => {
  await signIn(page, "astrid", "staff");
  await page.goto("/staff/visiting?unit=elvebakken");
  for (const number of ["20", "0"]) {
    await page.getByRole("link", { name: "Endre når en annen må godkjenne" }).click();
    await page.getByLabel("En annen må godkjenne fra så mange besøk").fill(number);
    await page.getByLabel("Kilde").fill("Lokal instruks 4.9");
    if (number === "20") await look(page, "watch");
    await goOn(page);
    await page.getByRole("button", { name: number === "20" ? "Lagre endringen" : "Send til godkjenning" }).click();
  }
  await expect(page.getByRole("main").getByRole("status")).toContainText("venter på en annen");
  await look(page, "proposal-own");
  const other = await browser.newPage();
  await signIn(other, "tora", "staff");
  await other.goto("/staff/work");
  await other.getByRole("link", { name: "Godkjenn en endring av besøkstidene" }).first().click();
  await pick(other.getByLabel("Nei"));
  await other.getByRole("button", { name: "Send svaret" }).click();
  await expect(other.getByRole("main").getByRole("alert")).toContainText("Skriv hvorfor");
  await look(other, "proposal-wrong");
  await pick(other.getByLabel("Ja, lagre endringen"));
  await other.getByRole("button", { name: "Send svaret" }).click();
  await expect(other.getByRole("main").getByRole("status")).toContainText("godkjent og lagret");
  await look(other, "proposal-approved");
  await other.close();
});

test("what visitors read is seen first, saved, and read by anybody", async ({ page }) => {
  const told = "Tirsdag og torsdag fra 17 til 20";
  await signIn(page, "astrid", "staff");
  await page.goto("/staff/visiting?unit=elvebakken");
  await page.getByRole("link", { name: "Endre Åpningstider for besøk" }).click();
  await page.getByLabel("Bokmål").fill("");
  await page.getByRole("button", { name: "Se hvordan det blir" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Skriv teksten på bokmål");
  await look(page, "text-wrong");
  await page.getByLabel("Bokmål").fill(`${told}\nLørdag fra 11`);
  await page.getByRole("button", { name: "Se hvordan det blir" }).click();
  await look(page, "text-preview");
  await save(page);
  await expect(page.getByRole("main").getByRole("status")).toContainText("Teksten er lagret");
  await look(page, "text-saved");
  await page.goto("/units/elvebakken");
  await expect(page.getByText(told)).toBeVisible();
  await look(page, "text-public");
});

test("others of the unit read the plan and change nothing", async ({ page }) => {
  await signIn(page, "henrik", "staff");
  await page.goto("/staff/visiting");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Besøkstider i Lyngmo fengsel");
  await expect(page.getByText("Bare enhetsadministrator endrer besøkstidene.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Åpne dagen igjen" })).toHaveCount(0);
  await look(page, "read");
});

test("a time is not for one wing, an inmate lives in it, and both are undone", async ({ page }) => {
  const main = page.getByRole("main");
  await signIn(page, "astrid", "staff");
  await page.goto("/staff/visiting?unit=bekkelund");
  await main.getByRole("link", { name: "Avdelinger", exact: true }).click();
  await look(page, "wings");
  await main.getByRole("button", { name: "Lagre avdelingen" }).click();
  await expect(main.getByRole("alert")).toContainText("Skriv en kode");
  await look(page, "wings-wrong");
  await page.getByLabel("Kode").fill("P");
  await page.getByLabel("Navn", { exact: true }).fill("Prøveavdelingen");
  await main.getByRole("button", { name: "Lagre avdelingen" }).click();
  await expect(main.getByRole("status")).toContainText("Avdelingen er lagret.");
  await look(page, "wings-one");

  await page.goto("/staff/visiting?unit=bekkelund");
  await main.getByRole("table").first().locator("a.cell-link").first().click();
  await pick(main.locator('input[name="which"][value="not"]'));
  await main.getByRole("button", { name: "Se hva endringen berører" }).click();
  await expect(main.getByRole("alert")).toContainText("Velg minst én avdeling");
  await look(page, "time-wings-wrong");
  await pick(page.getByLabel("Prøveavdelingen"));
  await main.getByRole("button", { name: "Se hva endringen berører" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Før du lagrer");
  await expect(main.getByText("Ikke for: Prøveavdelingen")).toBeVisible();
  await look(page, "time-wings-touched");
  await main.getByRole("button", { name: "Lagre endringen" }).click();
  await expect(main.getByRole("status")).toContainText("Lagret.");
  await expect(main.getByText("Ikke for: Prøveavdelingen")).toBeVisible();
  await look(page, "time-wings");
  const time = new URL(page.url()).pathname;
  await page.goto("/staff/visiting?unit=bekkelund");
  await expect(main.getByText("Ikke for: Prøveavdelingen")).toBeVisible();
  await look(page, "times-wings");
  // A copy is for the same wings.
  await page.goto(time);
  await main.getByRole("link", { name: "Lag en ny lik denne" }).click();
  await expect(main.locator('input[name="which"][value="not"]')).toBeChecked();
  await expect(page.getByLabel("Prøveavdelingen")).toBeChecked();
  await look(page, "copy-wings");

  await page.goto("/staff/inmates");
  await page.getByLabel("Navn eller fødselsnummer").fill("Sunniva");
  await page.getByLabel("Hvorfor leter du?").selectOption({ value: "handle_case" });
  await main.getByRole("button", { name: "Søk", exact: true }).click();
  await main.getByRole("link", { name: /Sunniva Mosebø/ }).click();
  await main.getByRole("link", { name: "Avdeling", exact: true }).click();
  await pick(page.getByLabel("Prøveavdelingen"));
  await main.getByRole("button", { name: "Lagre", exact: true }).click();
  await expect(main.getByRole("status")).toContainText("Avdelingen er lagret.");
  await look(page, "inmate-wing");
  await pick(page.getByLabel("Ingen avdeling"));
  await main.getByRole("button", { name: "Lagre", exact: true }).click();

  await page.goto(time);
  await pick(main.locator('input[name="which"][value="all"]'));
  await main.getByRole("button", { name: "Se hva endringen berører" }).click();
  await main.getByRole("button", { name: "Lagre endringen" }).click();
  await expect(main.getByRole("status")).toContainText("Lagret.");
  await expect(main.getByText("Ikke for: Prøveavdelingen")).toHaveCount(0);
  await page.goto("/staff/visiting/wings?unit=bekkelund");
  await main.getByRole("button", { name: "Ta bort" }).click();
  await expect(main.getByRole("status")).toContainText("Avdelingen er tatt bort.");
});
