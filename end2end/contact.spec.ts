// How a person is reached: she gives an address, gets a code there, and types it in. With script and without.
import { type Page } from "@playwright/test";
import { LOCALES, axe, expect, noSidewaysScroll, picture, signIn, speak, test } from "./kit.ts";

/**
 * Each project has a person and an address of its own: one who neither applies at the same
 * time nor books, for whoever books there has confirmed no address.
 */
const WHO: Record<string, string> = {
  "script-1280": "tarjei",
  "script-360": "solveig",
  "noscript-1280": "luca",
  "noscript-360": "tarjei",
};
const who = () => WHO[test.info().project.name] ?? "tarjei";
const address = () => `${who()}.${Date.now()}@eksempel.no`;

/** The code in the newest letter to this address: the box shows it as anybody's mail program would. */
async function codeFor(page: Page, to: string) {
  await expect(async () => {
    await page.goto("/demo/mail");
    await page.getByRole("row").filter({ hasText: to }).first().getByRole("link").click({ timeout: 1000 });
  }).toPass();
  await expect(page.getByText(to)).toBeVisible();
  const text = await page.getByRole("main").innerText();
  const code = /\b\d{6}\b/.exec(text)?.[0];
  expect(code, text).toBeDefined();
  return code as string;
}

/** Signs in anew, from the page that asks for it, and is back at the form. */
async function prove(page: Page) {
  await page.getByRole("button", { name: "Logg inn igjen" }).click();
  await page.locator(`button[name="persona"][value="${who()}"]`).click();
  await expect(page).toHaveURL(/\/my\/contact\?/);
}

/** Saves an address; who has confirmed one in another project's run proves first who she is. */
async function save(page: Page, to: string) {
  await page.getByLabel("E-postadresse").fill(to);
  await page.getByRole("button", { name: "Lagre" }).click();
  if (new URL(page.url()).pathname !== "/sign-in") return false;
  await prove(page);
  await expect(page.getByLabel("E-postadresse")).toHaveValue(to);
  await page.getByRole("button", { name: "Lagre" }).click();
  return true;
}

const wrong = (code: string) => (code === "000000" ? "000001" : "000000");

test("an address is given, its code mistyped, and then it is open", async ({ page }) => {
  await page.goto("/my/contact");
  await signIn(page, who());
  await expect(page).toHaveURL(/\/my\/contact$/);
  await noSidewaysScroll(page);
  await axe(page);

  await page.getByLabel("E-postadresse").fill("navn.eksempel.no");
  await page.getByLabel("Mobilnummer").fill("412 34 567");
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.getByLabel("E-postadresse")).toHaveValue("navn.eksempel.no");
  await expect(page.getByLabel("E-postadresse")).toHaveAttribute("aria-invalid", "true");
  await axe(page);
  await picture(page, "contact-wrong");

  const to = address();
  const proved = await save(page, to);
  await expect(page).toHaveURL(/\/my\/contact\/code$/);
  await expect(page.getByText(to)).toBeVisible();
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "contact-code");

  await page.goto("/my");
  await expect(page.getByText("E-postadressen din er ikke bekreftet")).toBeVisible();
  await axe(page);

  const code = await codeFor(page, to);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "demo-mail-one");
  await page.goto("/demo/mail");
  for (const locale of LOCALES) {
    await speak(page, locale);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await noSidewaysScroll(page);
    await axe(page);
  }
  await speak(page, "nb");
  await picture(page, "demo-mail");
  await page.goto("/my/contact/code");
  await page.getByLabel("Kode").fill(wrong(code));
  await page.getByRole("button", { name: "Bekreft adressen" }).click();
  await expect(page.getByLabel("Kode")).toHaveAttribute("aria-invalid", "true");
  await axe(page);
  await page.getByLabel("Kode").fill(code);
  await page.getByRole("button", { name: "Bekreft adressen" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("Adressen er bekreftet");
  await expect(page.getByLabel("E-postadresse")).toHaveValue(to);
  await axe(page);
  await picture(page, "contact-confirmed");

  if (proved) {
    // Another sign-in, which proves nothing anew.
    await page.context().clearCookies();
    await page.goto("/my/contact");
    await signIn(page, who());
    await speak(page, "nb");
  }
  const next = address();
  await page.getByLabel("E-postadresse").fill(next);
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bekreft at det er deg");
  expect(page.url(), "nothing typed stands in an address").not.toContain("eksempel");
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "contact-prove");
  await prove(page);
  await expect(page.getByLabel("E-postadresse")).toHaveValue(next);
  await axe(page);
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(page).toHaveURL(/\/my\/contact\/code$/);
});
