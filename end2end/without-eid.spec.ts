// Somebody without eID hands in an application by a code, follows it by its reference, and takes it back; staff read it and register it.
// With script and without, wide and on a phone. She has no persona: nobody signs in.
import type { Page } from "@playwright/test";
import { LOCALES, axe, expect, inBothForms, noSidewaysScroll, patience, picture, signIn, speak, test } from "./kit.ts";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true }).first().click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });
const address = () => `agnes.${test.info().project.name}.${Date.now()}@eksempel.no`;

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `without-eid-${name}`);
}

/** The code in the newest letter to this address, once there are so many, and back to where it is typed. */
async function codeFor(page: Page, to: string, back: string, letters: number) {
  await expect(async () => {
    await page.goto("/demo/mail");
    const codes = page.getByRole("row").filter({ hasText: to }).filter({ hasText: "Koden din" });
    await expect(codes).toHaveCount(letters, { timeout: 1000 });
    await codes.first().getByRole("link").click({ timeout: 1000 });
  }).toPass();
  await expect(page.getByText(to)).toBeVisible();
  const text = await page.getByRole("main").innerText();
  const code = /\b\d{6}\b/.exec(text)?.[0];
  expect(code, text).toBeDefined();
  await page.goto(back);
  return code as string;
}

async function born(page: Page, group: string, [day, month, year]: string[]) {
  const date = main(page).getByRole("group", { name: group });
  await date.getByLabel("Dag").fill(day ?? "");
  await date.getByLabel("Måned").fill(month ?? "");
  await date.getByLabel("År").fill(year ?? "");
}

/** Hands one in, and gives its reference. */
async function handedIn(page: Page, to: string, looks: boolean) {
  const see = async (name: string) => {
    if (looks) await inBothForms(page, (form) => looked(page, `${name}${form}`));
  };
  await page.goto("/how-visits-work");
  await speak(page, "nb");
  await follow(page, "Søk på nett uten elektronisk ID, med en kode");
  await expect(h1(page)).toHaveText("Søk uten elektronisk ID");
  await see("start");
  await press(page, "Send meg en kode");
  await expect(page).toHaveTitle(/^Feil: /);
  await main(page).getByLabel("E-postadresse eller mobilnummer").fill(to);
  await press(page, "Send meg en kode");
  await expect(h1(page)).toHaveText("Skriv koden");
  await see("code");
  const code = await codeFor(page, to, "/visits/without-eid/code", 1);
  await main(page).getByLabel("Kode").fill(code);
  await press(page, "Gå videre");
  await expect(h1(page)).toHaveText("Søknaden din");
  await see("form");
  await main(page).getByLabel("Hele navnet ditt").fill("Agnes Lidar");
  await press(page, "Se over");
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.locator("#error-summary")).toBeFocused();
  await expect(main(page).getByLabel("Hele navnet ditt")).toHaveValue("Agnes Lidar");
  await see("form-wrong");
  await born(page, "Fødselsdatoen din", ["4", "2", "1961"]);
  await main(page).getByLabel("Postadressen din").fill("Storgata 1\n0001 Oslo");
  await main(page).getByLabel("Hele navnet hans eller hennes").fill("Even Lidar");
  await main(page).getByLabel("Fengselet", { exact: true }).selectOption({ label: "Lyngmo fengsel" });
  await main(page).getByLabel("Jeg er", { exact: true }).selectOption({ label: "mor eller far" });
  await main(page).getByText("Jeg har lest at politiet blir spurt om meg", { exact: true }).click();
  await press(page, "Se over");
  await expect(h1(page)).toHaveText("Stemmer dette?");
  await see("check");
  await press(page, "Lever søknaden");
  await expect(h1(page)).toHaveText("Søknaden er levert");
  await see("receipt");
  expect(page.url()).not.toContain("agnes");
  return (await main(page).locator(".receipt-value--ref").innerText()).trim();
}

async function tracked(page: Page, reference: string, to: string, letters: number) {
  await page.goto("/track");
  await main(page).getByLabel("Referanse", { exact: true }).fill(reference);
  await main(page).getByLabel("E-postadressen eller mobilnummeret du brukte").fill(to);
  await press(page, "Send meg en kode");
  const code = await codeFor(page, to, "/track/code", letters);
  await main(page).getByLabel("Kode").fill(code);
  await press(page, "Gå videre");
  await expect(h1(page)).toHaveText("Hvor søknaden er");
}

/** Follows a piece of work on the list, on whichever of its pages it stands. */
async function onTheList(page: Page, name: string) {
  await page.goto("/staff/work?what=clearances");
  const link = main(page).getByRole("link", { name });
  for (let n = 0; n < 10 && (await link.count()) === 0; n++) await follow(page, "Neste oppgaver");
  await link.click();
}

test("whoever has no eID hands in by a code, follows it, and takes it back", async ({ page }) => {
  patience(180_000);
  const to = address();
  const reference = await handedIn(page, to, true);
  await follow(page, "Følg en søknad du har levert");
  await inBothForms(page, (form) => looked(page, `track${form}`));
  await tracked(page, reference, to, 2);
  await expect(main(page).getByText("Mottatt")).toBeVisible();
  await expect(main(page)).not.toContainText("Lidar");
  await inBothForms(page, (form) => looked(page, `case${form}`));
  await main(page).getByText("Vil du trekke søknaden?", { exact: true }).click();
  await press(page, "Trekk søknaden");
  await expect(main(page)).toContainText("Søknaden er trukket.");
  await looked(page, "withdrawn");
});

test("staff read it, and what she wrote stands in their forms", async ({ page }) => {
  patience(180_000);
  const to = address();
  const reference = await handedIn(page, to, false);
  await signIn(page, "henrik", "staff");
  await speak(page, "nb");
  await onTheList(page, `Registrer en søknad levert uten eID ${reference.replace("-", "")}`);
  await expect(h1(page)).toHaveText(`Levert uten eID: ${reference}`);
  await inBothForms(page, (form) => looked(page, `staff${form}`));
  await press(page, "Lukk");
  await expect(page).toHaveTitle(/^Feil: /);
  await looked(page, "staff-wrong");
  await follow(page, "Registrer personen og søknaden");
  await expect(main(page).getByLabel("Hele navnet")).toHaveValue("Agnes Lidar");
  await looked(page, "register");
  await main(page).getByText("Personen er ikke meg selv", { exact: false }).click();
  await press(page, "Registrer og begynn");
  await expect(h1(page)).toHaveText("Agnes Lidar");
  await follow(page, "Registrer en søknad");
  await expect(main(page).getByLabel("Hvem vil personen besøke?")).toHaveValue("Even Lidar");
  await born(page, "Den innsattes fødselsdato", ["3", "2", "1990"]);
  await press(page, "Registrer søknaden");
  await expect(main(page).getByText("Søknaden er registrert.", { exact: false })).toBeVisible();
  await tracked(page, reference, to, 2);
  await expect(main(page).getByText("Blir vurdert")).toBeVisible();
});

test("the pages are there in every language", async ({ page }) => {
  for (const locale of LOCALES) {
    for (const [path, name] of [
      ["/visits/without-eid", "start"],
      ["/track", "track"],
    ] as const) {
      await page.goto(path);
      await speak(page, locale);
      await looked(page, `${name}-${locale}`);
    }
  }
  await speak(page, "nb");
});
