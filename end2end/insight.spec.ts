// Whoever leads several units: what each figure says, one unit over a year, days of her own that are no period, the same as a file,
// and how it looks in the dark, in forced colours and on paper.
import { type Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, picture, signIn, speak, test, withScript } from "./kit.ts";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name }).click();

async function looked(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `insight-${name}`);
}

test("a leader reads how her units go and takes it along", async ({ page }) => {
  patience(120_000);
  await page.goto("/staff/work");
  await speak(page, "nb");
  await signIn(page, "torunn", "staff");
  await page.goto("/staff/work");
  await main(page).getByRole("link", { name: "Innsikt" }).click();
  await expect(main(page).getByRole("heading", { name: /^Halvparten fikk svar innen \d+ dager$/ })).toBeVisible();
  await expect(main(page).getByRole("heading", { name: /^\d+ prosent av plassene ble bestilt$/ })).toBeVisible();
  await expect(main(page).getByRole("heading", { name: /varsle.* ble sendt i tide$/ })).toBeVisible();
  await expect(main(page).getByRole("img", { name: /^Dager fra søknad til vedtak Halvparten fikk/ })).toBeVisible();
  await inBothForms(page, (form) => looked(page, `all${form}`));

  await main(page).getByLabel("Periode", { exact: true }).selectOption("months12");
  await main(page).getByLabel("Enhet", { exact: true }).selectOption("elvebakken");
  await press(page, "Vis");
  await expect(main(page)).toContainText("Elvebakken overgangsbolig, ");
  const tables = main(page).locator("summary", { hasText: "Tallene som tabell" });
  await tables.first().click();
  await expect(main(page).getByRole("table", { name: "Dager fra søknad til vedtak" })).toBeVisible();
  await looked(page, "small");
  const file = await main(page).getByRole("link", { name: "Last ned som CSV" }).getAttribute("href");
  const csv = await page.request.get(file as string);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect((await csv.text()).split("\n")[0]).toContain("Tall,Enhet,Fra og med");

  await main(page).getByLabel("Periode", { exact: true }).selectOption("own");
  await press(page, "Vis");
  const summary = page.locator("#error-summary");
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Feil: /);
  await looked(page, "wrong");
  await summary.getByRole("link").first().click();
  await expect(page.locator("#from_day")).toBeFocused();

  if (withScript()) {
    await page.goto("/staff/insight?unit=lyngmo");
    await page.emulateMedia({ colorScheme: "dark" });
    await looked(page, "dark");
    await page.emulateMedia({ colorScheme: null, forcedColors: "active" });
    await looked(page, "forced");
    await page.emulateMedia({ forcedColors: null, media: "print" });
    await picture(page, "insight-print");
  }
});
