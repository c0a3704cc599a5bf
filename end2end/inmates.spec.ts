// One inmate, one page: an officer finds him with a reason and reads all that is his; who has another duty finds nothing.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, speak, test } from "./kit.ts";

const main = (page: Page) => page.getByRole("main");

/** What every page here owes its reader. */
async function looked(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `inmates-${name}`);
}

/** One of the pages about an inmate, as an officer finds her way there. */
async function opened(page: Page, link: string) {
  await page.goto("/staff");
  await signIn(page, "henrik", "staff");
  await speak(page, "nb");
  await page.goto("/staff/inmates");
  await page.getByLabel("Navn eller fødselsnummer").fill("Iver");
  await page.getByLabel("Hvorfor leter du?").selectOption({ value: "handle_case" });
  await main(page).getByRole("button", { name: "Søk", exact: true }).click();
  await main(page).getByRole("link", { name: /Iver Fjellvik/ }).click();
  await main(page).getByRole("link", { name: link }).click();
}

test("an officer finds an inmate with a reason and reads all that is his", async ({ page }) => {
  patience(120_000);
  await page.goto("/staff");
  await signIn(page, "henrik", "staff");
  await speak(page, "nb");
  await page.goto("/staff/inmates");
  await inBothForms(page, (form) => looked(page, `find${form}`));

  // What is missing is said at its field.
  await main(page).getByRole("button", { name: "Søk", exact: true }).click();
  await expect(page.getByRole("link", { name: "Skriv et navn eller et fødselsnummer." })).toBeVisible();
  await expect(page.getByRole("link", { name: "Velg hvorfor du leter." })).toBeVisible();
  await looked(page, "wrong");

  await page.getByLabel("Navn eller fødselsnummer").fill("Iver");
  await page.getByLabel("Hvorfor leter du?").selectOption({ value: "handle_case" });
  await main(page).getByRole("button", { name: "Søk", exact: true }).click();
  await expect(main(page).getByRole("heading", { name: "Funnet: " })).toBeVisible();
  expect(page.url()).not.toContain("Iver");
  await looked(page, "found");

  await main(page).getByRole("link", { name: /Iver Fjellvik/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Iver Fjellvik");
  await expect(page).toHaveTitle(/^Innsatt/);
  await expect(main(page).getByText("Besøk", { exact: true }).first()).toBeVisible();
  await inBothForms(page, (form) => looked(page, `one${form}`));
  await main(page).getByRole("link", { name: "Vedtak og klager" }).click();
  await expect(main(page).getByRole("link", { name: "Vedtak og klager" })).toHaveAttribute("aria-current", "page");
  await looked(page, "decisions");
  await main(page).getByRole("link", { name: "Besøk", exact: true }).first().click();
  await looked(page, "visits");
  for (const locale of ["nn", "en"] as const) {
    await speak(page, locale);
    await looked(page, `one-${locale}`);
  }
  await speak(page, "nb");

  // Each thing leads to the page that knows it.
  await main(page).getByRole("link", { name: "Alt", exact: true }).click();
  await main(page).getByRole("link", { name: "Søknad om besøk" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("vil besøke Iver Fjellvik");
});

test("an officer keeps two apart, and ends it", async ({ page }) => {
  patience(90_000);
  await opened(page, "Holdes adskilt fra");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Holdes adskilt fra");
  await page.getByLabel("Navn eller fødselsnummer").fill("a");
  await main(page).getByRole("button", { name: "Søk", exact: true }).click();
  await main(page).getByRole("button", { name: "Hold adskilt" }).click();
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.getByRole("link", { name: "Velg hvem." })).toBeVisible();
  await looked(page, "apart-wrong");
  const other = main(page).getByRole("group", { name: "Hvem" }).getByRole("radio").first();
  await other.check({ force: true });
  await page.getByLabel("Grunn").selectOption({ value: "conflict" });
  await main(page).getByRole("button", { name: "Hold adskilt" }).click();
  await expect(main(page).getByText(/^De to holdes adskilt/)).toBeVisible();
  await inBothForms(page, (form) => looked(page, `apart${form}`));
  await main(page).getByRole("button", { name: /^Opphev for / }).click();
  await expect(main(page).getByText("De to holdes ikke lenger adskilt.")).toBeVisible();
});

test("to the gate there is no such page", async ({ page }) => {
  await page.goto("/staff");
  await signIn(page, "geir", "staff");
  await page.goto("/staff/inmates");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vi finner ikke siden");
  await axe(page);
});

test("an officer notes that an inmate is elsewhere, and calls it off", async ({ page }) => {
  patience(90_000);
  await opened(page, "Avtaler og fravær");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Avtaler og fravær");
  await inBothForms(page, (form) => looked(page, `engaged${form}`));
  await page.getByLabel("Fra klokken").fill("09.00");
  await main(page).getByRole("button", { name: "Legg til", exact: true }).click();
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.getByRole("link", { name: "Velg hva det er." })).toBeVisible();
  await expect(page.getByLabel("Fra klokken"), "what was typed is kept").toHaveValue("09.00");
  await looked(page, "engaged-wrong");
  await pick(main(page).locator('input[name="kind"][value="court"]'));
  const far = new Date(Date.now() + 60 * 86_400_000);
  const day = page.getByRole("group", { name: "Dag", exact: true });
  await day.getByLabel("Dag").fill(String(far.getDate()));
  await day.getByLabel("Måned").fill(String(far.getMonth() + 1));
  await day.getByLabel("År").fill(String(far.getFullYear()));
  await page.getByLabel("Til klokken").fill("15.30");
  await main(page).getByRole("button", { name: "Legg til", exact: true }).click();
  await expect(main(page)).toContainText("Avtalen er lagt til.");
  await expect(main(page)).toContainText("Rettsmøte");
  await looked(page, "engaged-set");
  await main(page).getByRole("button", { name: /^Avlys / }).click();
  await expect(main(page)).toContainText("Avtalen er avlyst.");
});

test("an officer writes down whom an inmate has named, and takes one away", async ({ page }) => {
  patience(90_000);
  await opened(page, "Navngitte besøkende");
  await inBothForms(page, (form) => looked(page, `named${form}`));
  await main(page).getByRole("button", { name: "Legg til", exact: true }).click();
  await expect(page.getByRole("link", { name: "Skriv navnet." })).toBeVisible();
  await looked(page, "named-wrong");
  await page.getByLabel("Navn", { exact: true }).fill("Siv Utvik");
  await main(page).getByRole("button", { name: "Legg til", exact: true }).click();
  await expect(main(page)).toContainText("Den besøkende er lagt til.");
  await looked(page, "named-one");
  await main(page).getByRole("button", { name: "Ta bort Siv Utvik" }).click();
  await expect(main(page)).toContainText("Den besøkende er tatt bort.");
});

test("an officer keeps two visitors apart, and ends it", async ({ page }) => {
  patience(90_000);
  await page.goto("/staff");
  await signIn(page, "henrik", "staff");
  await speak(page, "nb");
  await page.goto("/staff/inmates");
  await main(page).getByRole("link", { name: "Besøkende som ikke skal møtes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Besøkende som ikke skal møtes");
  await inBothForms(page, (form) => looked(page, `visitors${form}`));
  await main(page).getByRole("button", { name: "Søk", exact: true }).click();
  await expect(page.getByRole("link", { name: "Skriv et navn eller en referanse." }).first()).toBeVisible();
  await looked(page, "visitors-wrong");
  await page.getByLabel("Den ene", { exact: true }).fill("e");
  await page.getByLabel("Den andre", { exact: true }).fill("e");
  await main(page).getByRole("button", { name: "Søk", exact: true }).click();
  await main(page).getByRole("group", { name: "Hvem er den ene?" }).getByRole("radio").first().check({ force: true });
  await main(page).getByRole("group", { name: "Hvem er den andre?" }).getByRole("radio").last().check({ force: true });
  await page.getByLabel("Notat").fill("Kranglet i porten");
  await main(page).getByRole("button", { name: "Hold adskilt" }).click();
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.getByLabel("Notat"), "what was typed is kept").toHaveValue("Kranglet i porten");
  await looked(page, "visitors-found");
  await page.getByLabel("Grunn").selectOption({ value: "conflict" });
  await main(page).getByRole("button", { name: "Hold adskilt" }).click();
  await expect(main(page).getByText(/^De to holdes adskilt/)).toBeVisible();
  await expect(main(page)).toContainText("Kranglet i porten");
  await inBothForms(page, (form) => looked(page, `visitors-kept${form}`));
  await main(page).getByRole("button", { name: /^Opphev for / }).click();
  await expect(main(page).getByText("De to holdes ikke lenger adskilt.")).toBeVisible();
});

test("who is under eighteen stands in a list with the visits of the month, and leads to the inmate's page", async ({ page }) => {
  await page.goto("/staff");
  await signIn(page, "henrik", "staff");
  await speak(page, "nb");
  await page.goto("/staff/inmates");
  await main(page).getByRole("link", { name: "Innsatte under 18 år og besøkene deres" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Innsatte under 18 år");
  // Which it is depends on the day, and on who has booked meanwhile.
  const row = main(page).getByRole("row").filter({ hasText: "Kasper Lyngdal" });
  await expect(row).toContainText(/For få forrige måned|Mangler denne måneden|Bestilt denne måneden|Oppfylt/);
  await expect(row).toContainText(/\d av 1/);
  await inBothForms(page, (form) => looked(page, `children${form}`));
  const file = await main(page).getByRole("link", { name: "Last ned som CSV" }).getAttribute("href");
  const csv = await page.request.get(file as string);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect(await csv.text()).toMatch(/^Navn,Alder,Enhet[^]*Kasper Lyngdal,/);
  await main(page).getByRole("link", { name: "Kasper Lyngdal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kasper Lyngdal");
});
