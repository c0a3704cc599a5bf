// How a person is reached: she gives an address, gets a code there, and types it in. With script and without.
import { type Page } from "@playwright/test";
import { LOCALES, axe, expect, noSidewaysScroll, patience, pick, picture, signIn, speak, test } from "./kit.ts";

/** One who neither applies at the same time nor books, for whoever books there has confirmed no address. */
const PERSON = "tarjei";
const address = () => `${PERSON}.${Date.now()}@eksempel.no`;

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
  await page.locator(`button[name="persona"][value="${PERSON}"]`).click();
  await expect(page).toHaveURL(/\/my\/contact\?/);
}

const wrong = (code: string) => (code === "000000" ? "000001" : "000000");

test("an address is given, its code mistyped, and then it is open", async ({ page }) => {
  patience(120_000);
  await page.goto("/my/contact");
  await signIn(page, PERSON);
  await expect(page).toHaveURL(/\/my\/contact$/);
  await noSidewaysScroll(page);
  await axe(page);

  await page.getByLabel("E-postadresse").fill("navn.eksempel.no");
  await page.getByLabel("Mobilnummer").fill("412 34 567");
  const reminded = page.getByLabel("Vil du bli minnet på besøk?");
  await expect(reminded, "nobody is until she says so").toHaveValue("never");
  await reminded.selectOption("Tre dager før og dagen før");
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(reminded).toHaveValue("both");
  await expect(page.getByLabel("E-postadresse")).toHaveValue("navn.eksempel.no");
  await expect(page.getByLabel("E-postadresse")).toHaveAttribute("aria-invalid", "true");
  await axe(page);
  await picture(page, "contact-wrong");

  const to = address();
  await page.getByLabel("E-postadresse").fill(to);
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(page).toHaveURL(/\/my\/contact\/code$/);
  await expect(page.getByText(to)).toBeVisible();
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "contact-code");

  await page.goto("/my/contact");
  await expect(reminded, "kept").toHaveValue("both");
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

/** One who confirms no address in any journey: her address is not asked for here. */
const TEXTED = "gro";

test("whoever wants text messages confirms her number first", async ({ page }) => {
  patience(60_000);
  await page.goto("/my/contact");
  await signIn(page, TEXTED);
  const number = `4${String(Date.now()).slice(-7)}`;
  await page.getByLabel("E-postadresse").fill(`${TEXTED}.${Date.now()}@eksempel.no`);
  await page.getByLabel("Mobilnummer").fill(number);
  await pick(page.getByLabel("Send meg SMS også"));
  await axe(page);
  await picture(page, "contact-texts");
  await page.getByRole("button", { name: "Lagre" }).click();
  // Her address waits for its code too; the page of details tells of both.
  await expect(page).toHaveURL(/\/my\/contact\/code$/);
  await page.goto("/my/contact");
  await expect(page.getByText("Mobilnummeret ditt er ikke bekreftet")).toBeVisible();
  await axe(page);
  await page.goto("/my/contact/number");
  await expect(page.getByText(`+47${number}`)).toBeVisible();
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "contact-number");
  const code = await codeFor(page, `+47${number}`);
  await page.goto("/my/contact/number");
  await page.getByLabel("Kode").fill(code);
  await page.getByRole("button", { name: "Bekreft nummeret" }).click();
  await expect(page.getByText("Nummeret er bekreftet")).toBeVisible();
  await expect(page.getByLabel("Send meg SMS også")).toBeChecked();
  await axe(page);
  await page.getByLabel("Send meg SMS også").uncheck({ force: true });
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(page.getByText("Endringene er lagret")).toBeVisible();
  await expect(page.getByLabel("Send meg SMS også")).not.toBeChecked();
});
