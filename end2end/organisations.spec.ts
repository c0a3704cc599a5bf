// A unit clears an inspectorate; the first of its people signs in, asks to meet an inmate, is answered, names a colleague, books one of
// its rooms with another colleague, who sees it and steps down, and cancels it. The demo's child welfare service has one ahead already. With script and without, wide and on a phone.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, speak, test } from "./kit.ts";

const OFFICER = "henrik";
const HEAD = "jorunn";
const CHILD_WELFARE = "tone";
const INMATE = "Even Mosebø";

const main = (page: Page) => page.getByRole("main");
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });
const press = (page: Page, name: string | RegExp) =>
  main(page).getByRole("button", { name, exact: typeof name === "string" }).first().click();
const follow = (page: Page, name: string | RegExp) => main(page).getByRole("link", { name }).first().click();

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `organisations-${name}`);
}

async function until(page: Page, days: number) {
  const last = new Date(Date.now() + days * 86_400_000);
  for (const [part, value] of [
    ["day", last.getDate()],
    ["month", last.getMonth() + 1],
    ["year", last.getFullYear()],
  ] as const) {
    await main(page).locator(`input[name="to_${part}"]`).first().fill(`${value}`);
  }
}

test("an organisation is cleared, its people ask, are answered, and book a room of its own", async ({ page, browser }) => {
  patience(280_000);
  const desk = await (await browser.newContext()).newPage();
  await desk.goto("/staff/organisations");
  await signIn(desk, OFFICER, "staff");
  await speak(desk, "nb");
  await desk.goto("/staff/organisations");
  await inBothForms(desk, (form) => looked(desk, `list${form}`));
  await follow(desk, "Klarer en organisasjon");
  await inBothForms(desk, (form) => looked(desk, `new${form}`));
  await press(desk, "Klarer");
  await expect(desk.locator("#error-summary")).toBeFocused();
  await expect(desk.locator("#error-summary")).toContainText("Organisasjonsnummeret har 9 sifre");
  await looked(desk, "new-wrong");
  await main(desk).getByLabel("Enhet").selectOption("lyngmo");
  await main(desk).getByLabel("Organisasjonsnummer").fill("812 300 008");
  await main(desk).getByLabel("Navnet på organisasjonen").fill("Fylkestilsynet");
  await pick(main(desk).locator('input[name="kind"][value="authority"]'));
  await pick(main(desk).locator('input[name="watch"][value="none"]'));
  await until(desk, 200);
  await main(desk).getByLabel("Navn", { exact: true }).fill("Jorunn Tepperot");
  await main(desk).getByLabel("Fødselsnummer eller d-nummer").fill("12897522134");
  await press(desk, "Klarer");
  await expect(main(desk)).toContainText("Organisasjonen er klarert");
  await inBothForms(desk, (form) => looked(desk, `cleared${form}`));

  await page.goto("/my/organisations");
  await signIn(page, HEAD);
  await speak(page, "nb");
  await page.goto("/my/organisations");
  await inBothForms(page, (form) => looked(page, `mine${form}`));
  await follow(page, "Fylkestilsynet");
  await expect(main(page)).toContainText("Ingen å møte ennå");
  await looked(page, "nobody");
  await follow(page, "Spør om å møte noen");
  await inBothForms(page, (form) => looked(page, `ask${form}`));
  await press(page, "Send spørsmålet");
  await expect(page.locator("#error-summary")).toContainText("Skriv hva møtet gjelder");
  await looked(page, "ask-wrong");
  await main(page).getByLabel("Navnet på den du vil møte").fill(INMATE);
  await main(page).getByLabel("Hva møtet gjelder").fill("Tilsyn etter klage.");
  await press(page, "Send spørsmålet");
  await expect(main(page)).toContainText("Enheten har fått spørsmålet ditt");

  await desk.goto("/staff/work");
  await main(desk).getByRole("link", { name: /Svar en organisasjon som vil møte en innsatt/ }).last().click();
  await expect(h1(desk)).toHaveText("En organisasjon vil møte noen");
  await expect(main(desk)).toContainText("Fylkestilsynet");
  await inBothForms(desk, (form) => looked(desk, `asked${form}`));
  await press(desk, "Si ja");
  await expect(desk.locator("#error-summary")).toContainText("Velg den innsatte");
  await looked(desk, "asked-wrong");
  await pick(main(desk).locator('input[name="inmate"]').first());
  await until(desk, 120);
  await press(desk, "Si ja");
  await expect(main(desk)).toContainText("Svaret er sendt");

  await page.goto("/my/organisations");
  await follow(page, "Fylkestilsynet");
  await follow(page, "Før opp en til");
  await inBothForms(page, (form) => looked(page, `person${form}`));
  await main(page).getByLabel("Navn", { exact: true }).fill("Mina Rådgiver");
  await main(page).getByLabel("Fødselsnummer eller d-nummer").fill("03848633371");
  await until(page, 60);
  await press(page, "Før opp");
  await expect(main(page)).toContainText("Personen er ført opp");
  await inBothForms(page, (form) => looked(page, `one${form}`));
  await press(page, "Mina Rådgiver skal ikke komme mer");
  await expect(main(page)).toContainText("Personen kan ikke komme mer");

  // One who comes along is there to be chosen once she has opened the page herself.
  await follow(page, "Før opp en til");
  await main(page).getByLabel("Navn", { exact: true }).fill("Tone Hvitveis");
  await main(page).getByLabel("Fødselsnummer eller d-nummer").fill("21858031238");
  await until(page, 60);
  await press(page, "Før opp");
  await expect(main(page)).toContainText("Personen er ført opp");
  const colleague = await (await browser.newContext()).newPage();
  await colleague.goto("/my/organisations");
  await signIn(colleague, CHILD_WELFARE);
  await speak(colleague, "nb");
  await colleague.goto("/my/organisations");
  await follow(colleague, "Fylkestilsynet");
  await expect(h1(colleague)).toHaveText("Fylkestilsynet");

  await follow(page, `Bestill rom med ${INMATE}`);
  await expect(main(page)).toContainText("for Fylkestilsynet");
  await inBothForms(page, (form) => looked(page, `rooms${form}`));
  await main(page).locator("li.link-row", { hasText: "Møterom" }).last().getByRole("link").click();
  await expect(main(page)).toContainText("Hvem du møter");
  await inBothForms(page, (form) => looked(page, `check${form}`));
  await expect(main(page)).toContainText("Hvem kommer sammen med deg?");
  await pick(main(page).locator('input[name="with[]"]').first());
  await press(page, "Bestill rommet");
  await expect(h1(page)).toHaveText("Besøket er bestilt");
  await looked(page, "booked");
  await page.goto("/my/organisations");
  await follow(page, "Fylkestilsynet");
  await follow(page, /^Samtalerom/);
  await expect(main(page)).toContainText("Fylkestilsynet");
  for (const locale of ["nn", "en", "nb"] as const) {
    await speak(page, locale);
    await looked(page, `visit-${locale}`);
  }
  await expect(main(page)).toContainText("Tone Hvitveis");

  // Whoever booked takes her off: she reads it, and comes again when the box is ticked.
  const others = main(page).locator('input[name="with[]"]');
  const visit = page.url().split("?")[0]!;
  await follow(page, "Endre hvem som kommer");
  await expect(h1(page)).toHaveText("Hvem som kommer");
  for (const locale of ["nn", "en", "nb"] as const) {
    await speak(page, locale);
    await inBothForms(page, (form) => looked(page, `others-${locale}${form}`));
  }
  await expect(others.first()).toBeChecked();
  await others.first().uncheck({ force: true });
  await press(page, "Lagre hvem som kommer");
  await expect(main(page)).toContainText("Endringen er lagret");
  await looked(page, "others-saved");
  await expect(main(page)).not.toContainText("Tone Hvitveis");
  await colleague.goto("/visits");
  await colleague.locator(`a[href$="${new URL(visit).pathname}"]`).click();
  await expect(h1(colleague)).toHaveText("Du er ikke med på dette besøket lenger");
  for (const locale of ["nn", "en", "nb"] as const) {
    await speak(colleague, locale);
    await inBothForms(colleague, (form) => looked(colleague, `off-${locale}${form}`));
  }
  await follow(page, "Endre hvem som kommer");
  await pick(others.first());
  await press(page, "Lagre hvem som kommer");
  await expect(main(page)).toContainText("Tone Hvitveis");

  await colleague.goto("/my/organisations");
  await follow(colleague, "Fylkestilsynet");
  await follow(colleague, /^Samtalerom/);
  await expect(main(colleague)).toContainText("En kollega har bestilt besøket for dere");
  for (const locale of ["nn", "en", "nb"] as const) {
    await speak(colleague, locale);
    await looked(colleague, `along-${locale}`);
  }
  await follow(colleague, "Jeg kan ikke komme");
  await inBothForms(colleague, (form) => looked(colleague, `leave${form}`));
  await press(colleague, "Meld at jeg ikke kommer");
  await expect(main(colleague)).toContainText("Det er meldt at du ikke kommer");
  await colleague.context().close();
  await page.reload();
  await expect(main(page)).toContainText("Har meldt at de ikke kommer");
  await looked(page, "stepped-down");

  await follow(page, "Avlys besøket");
  await press(page, /^Avlys/);
  await expect(main(page)).toContainText("Besøket er avlyst");
  await desk.context().close();
});

test("whoever comes for the child welfare service finds whom it meets", async ({ page }) => {
  patience(60_000);
  await page.goto("/my/organisations");
  await signIn(page, CHILD_WELFARE);
  await speak(page, "nb");
  await page.goto("/my");
  await follow(page, "Organisasjoner du møter for");
  await follow(page, "Fjellbygda barneverntjeneste");
  await expect(main(page)).toContainText("Even Steinsvik");
  await expect(main(page)).toContainText("Venter på svar");
  await inBothForms(page, (form) => looked(page, `demo${form}`));
});
