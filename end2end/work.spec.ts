// The first page of staff: one list, chosen by a form, taken, handed over and undone, with the desks behind one tab.
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, reach, signIn, test, withScript } from "./kit.ts";
import type { Locator, Page } from "@playwright/test";

// One after the other: they share the list.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");

async function look(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `work-${name}`);
}

/** A row that nobody has: its link, and the button that takes it. */
async function free(page: Page): Promise<{ row: Locator; path: string }> {
  const rows = main(page).getByRole("row").filter({ has: page.getByRole("button", { name: /^Ta oppgaven/ }) });
  const path = await rows.first().locator(".cell-link").getAttribute("href");
  return { row: main(page).getByRole("row").filter({ has: page.locator(`a[href="${path}"]`) }), path: path as string };
}

test("an officer lands on the list, takes what nobody has, hands it over and takes it back", async ({ page }) => {
  patience(90_000);
  await signIn(page, "petter", "staff");
  await expect(page).toHaveURL(/\/staff\/work$/);
  await expect(main(page).getByText(/er dine eller ingens\.|er din eller ingens\./)).toBeVisible();
  await inBothForms(page, (form) => look(page, `list${form}`));

  await page.getByLabel("Hos").selectOption({ label: "Ingen" });
  await page.getByRole("button", { name: "Vis", exact: true }).click();
  await expect(page).toHaveURL(/whose=nobody/);
  const { row, path } = await free(page);
  await row.getByRole("button", { name: /^Ta oppgaven/ }).click();
  await expect(main(page).getByRole("status")).toContainText("Du har oppgaven");
  await look(page, "taken");
  await page.getByRole("button", { name: "Angre" }).click();
  await expect(main(page).getByRole("status")).toContainText("Angret");
  await expect(main(page).locator(`a[href="${path}"]`)).toHaveCount(1);

  await page.goto("/staff/work");
  const mine = main(page).getByRole("row").filter({ has: page.locator(`a[href="${path}"]`) });
  await mine.getByRole("button", { name: /^Ta oppgaven/ }).click();
  await mine.getByRole("link", { name: /^Gi videre/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hvem skal ha oppgaven?");
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(main(page).getByRole("alert")).toContainText("Velg hvem som skal ha oppgaven");
  await look(page, "hand-over");
  await pick(page.getByLabel("Ingen", { exact: true }));
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(main(page).getByRole("status")).toContainText("Ingen har oppgaven nå");
});

test("somebody is away, and back", async ({ page }) => {
  await signIn(page, "nadia", "staff");
  await main(page).locator("summary", { hasText: "Skal du være borte?" }).click();
  await look(page, "away-asked");
  await page.getByRole("button", { name: "Sett meg som borte" }).click();
  await expect(main(page).getByText("Du er satt som borte siden")).toBeVisible();
  await look(page, "away");
  await page.getByRole("button", { name: "Jeg er tilbake" }).click();
  await expect(main(page).getByText("Du er satt som borte siden")).toHaveCount(0);
});

test("the desks stand behind one tab, and the tab says where one is", async ({ page }) => {
  await signIn(page, "henrik", "staff");
  const banner = page.getByRole("banner");
  await (await reach(page.locator('a[href="/staff/appeals"]'))).click();
  await expect(page).toHaveURL(/\/staff\/appeals/);
  const wide = (page.viewportSize()?.width ?? 0) >= 960;
  if (wide) await expect(banner.locator("summary", { hasText: "Områder: Klager" })).toBeVisible();
  const opener = wide ? banner.locator(".menu-more > summary") : banner.locator(".menu-small > summary");
  await opener.click();
  await look(page, "desks");
  await (await reach(page.locator('nav a[href="/staff/work"]'))).click();
  await expect(page).toHaveURL(/\/staff\/work$/);
});

test("who has no work on the list is led to her desks", async ({ page }) => {
  await signIn(page, "geir", "staff");
  await expect(main(page).getByText("Rollen din har ingen oppgaver i arbeidslisten")).toBeVisible();
  await look(page, "no-work");
  await main(page).getByRole("link", { name: "Porten" }).click();
  await expect(page).toHaveURL(/\/staff\/gate/);
});

test("the list is worked through from the keyboard alone", async ({ page }) => {
  test.skip(!withScript(), "the keys are the browser's own; one way is enough");
  await signIn(page, "henrik", "staff");
  await page.goto("/staff/work?whose=nobody");
  const { row, path } = await free(page);
  const button = row.getByRole("button", { name: /^Ta oppgaven/ });
  for (let stop = 0; stop < 300 && !(await button.evaluate((one) => one === document.activeElement)); stop++) {
    await page.keyboard.press("Tab");
  }
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(main(page).getByRole("status")).toContainText("Du har oppgaven");
  const undo = page.getByRole("button", { name: "Angre" });
  await undo.focus();
  await page.keyboard.press("Enter");
  await expect(main(page).locator(`a[href="${path}"]`)).toHaveCount(1);
});
