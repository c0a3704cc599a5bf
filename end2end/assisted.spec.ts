// Somebody without eID is helped by telephone, at the counter and on paper: found or registered, applied for, booked for, moved
// and cancelled, with what is wrong said at its field. With script and without, wide and on a phone.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, picture, signIn, speak, test } from "./kit.ts";

const OFFICER = "henrik";
/** The demo has registered her, and booked a visit for her. */
const KNOWN = "Gudny Myrtust";

// One after the other: the second books for whom the demo knows.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true }).first().click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `assisted-${name}`);
}

async function born(page: Page, group: string, [day, month, year]: string[]) {
  const date = main(page).getByRole("group", { name: group });
  await date.getByLabel("Dag").fill(day ?? "");
  await date.getByLabel("Måned").fill(month ?? "");
  await date.getByLabel("År").fill(year ?? "");
}

test("somebody new is registered and applies at the counter", async ({ page }) => {
  patience(90_000);
  await signIn(page, OFFICER, "staff");
  await speak(page, "nb");
  await page.goto("/staff/assist");
  await inBothForms(page, (form) => looked(page, `start${form}`));
  await follow(page, "Registrer en ny person");
  await inBothForms(page, (form) => looked(page, `new${form}`));
  await main(page).getByLabel("Hele navnet").fill("Agnes Myrtust");
  await press(page, "Registrer og begynn");
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.locator("#error-summary")).toBeFocused();
  await expect(main(page).getByLabel("Hele navnet")).toHaveValue("Agnes Myrtust");
  await looked(page, "new-wrong");
  await born(page, "Fødselsdato, hvis personen ikke har nummer", ["2", "4", "1936"]);
  await main(page).getByText("Ved skranken", { exact: true }).click();
  await main(page).getByText("Personen er ikke meg selv", { exact: false }).click();
  await press(page, "Registrer og begynn");
  await expect(h1(page)).toHaveText("Agnes Myrtust");
  await inBothForms(page, (form) => looked(page, `one${form}`));

  await follow(page, "Registrer en søknad");
  await inBothForms(page, (form) => looked(page, `apply${form}`));
  await press(page, "Registrer søknaden");
  await expect(page).toHaveTitle(/^Feil: /);
  await looked(page, "apply-wrong");
  await main(page).getByLabel("Hvem vil personen besøke?").fill("Even Myrtust");
  await born(page, "Den innsattes fødselsdato", ["3", "2", "1990"]);
  await main(page).getByLabel("Hva er personen til den innsatte?").selectOption({ index: 3 });
  await main(page).getByText("Personen vet at politiet blir spurt", { exact: true }).click();
  await press(page, "Registrer søknaden");
  await expect(main(page).getByText("Søknaden er registrert.", { exact: false })).toBeVisible();
  await expect(main(page).getByText("Søknad registrert")).toBeVisible();
  await looked(page, "applied");
});

test("whoever is known is found, and her visit is moved, cancelled and booked anew by her word", async ({ page }) => {
  patience(90_000);
  await signIn(page, OFFICER, "staff");
  await speak(page, "nb");
  await page.goto("/staff/assist");
  await main(page).getByLabel("Navn, referanse eller fødselsnummer").fill("myrtust");
  await press(page, "Søk");
  await expect(main(page).getByRole("radio", { name: KNOWN })).toBeVisible();
  await inBothForms(page, (form) => looked(page, `found${form}`));
  await main(page).getByText(KNOWN, { exact: true }).click();
  await main(page).getByText("På telefon", { exact: true }).click();
  await main(page).getByText("Personen er ikke meg selv", { exact: false }).click();
  await press(page, "Begynn");
  await expect(h1(page)).toHaveText(KNOWN);
  await inBothForms(page, (form) => looked(page, `known${form}`));

  await main(page).getByRole("button", { name: /^Endre tid/ }).click();
  await expect(main(page).getByText(/flyttes når du velger en ny tid/)).toBeVisible();
  await inBothForms(page, (form) => looked(page, `move${form}`));
  // Her own time stands chosen: the first of the others.
  await main(page).locator("input[type=radio]:not(:checked)").first().check();
  await press(page, "Flytt besøket");
  await expect(main(page).getByText("Besøket er bestilt.")).toBeVisible();
  await expect(main(page).getByText("Besøk endret")).toBeVisible();
  await follow(page, await main(page).getByRole("link", { name: /^Avbestill/ }).first().innerText());
  await inBothForms(page, (form) => looked(page, `cancel${form}`));
  await press(page, "Avbestill besøket");
  await expect(main(page).getByText("Besøket er avbestilt.")).toBeVisible();
  await looked(page, "cancelled");

  await follow(page, "Bestill besøk");
  await inBothForms(page, (form) => looked(page, `who${form}`));
  await press(page, "Gå videre");
  await press(page, "Bestill besøket");
  await expect(page).toHaveTitle(/^Feil: /);
  await looked(page, "when-wrong");
  await main(page).locator("input[type=radio]").first().check();
  await press(page, "Bestill besøket");
  await expect(main(page).getByText("Besøk bestilt")).toBeVisible();
});

test("for other staff there is nothing of it", async ({ page }) => {
  await signIn(page, "geir", "staff");
  await page.goto("/staff/assist");
  await expect(h1(page)).toHaveCount(1);
  await expect(main(page).getByRole("search")).toHaveCount(0);
  await expect(page.getByText("Hjelp noen")).toHaveCount(0);
});

test("the form to fill in by hand leads from where one would look for it", async ({ page }) => {
  await page.goto("/how-visits-work");
  await speak(page, "nb");
  await follow(page, "Har du ikke elektronisk ID? Søk på papir");
  await inBothForms(page, (form) => looked(page, `paper${form}`));
  await speak(page, "se");
  await expect(h1(page)).toHaveText("Galledanlohpeohcan báhpiris");
  await looked(page, "paper-se");
});
