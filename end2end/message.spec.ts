// The victims' own area: in through its own entrance, asking to be told, how she is reached and what she wants. With
// script and without. No title and no address says what it is about.
import { type Page } from "@playwright/test";
import { LOCALES, axe, expect, noSidewaysScroll, patience, pick, picture, speak, test } from "./kit.ts";

const PERSON = "runa";

/** Every page here: readable, under the same title, a way out at hand, and no menu. */
async function look(page: Page, name: string) {
  await expect(page).toHaveTitle(/^(Feil: )?Melding – Varde$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Melding");
  await expect(page.getByRole("link", { name: "Forlat siden" })).toBeVisible();
  await expect(page.locator(".menu-nav")).toHaveCount(0);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `message-${name}`);
}

async function choosePerson(page: Page) {
  await page.locator(`button[name="persona"][value="${PERSON}"]`).click();
  await expect(page).not.toHaveURL(/\/(testid|auth)\//);
}

test("the entrance says no more than that there may be messages", async ({ page }) => {
  await page.goto("/message/wishes");
  await expect(page).toHaveURL(/\/message\?return_to=/);
  await look(page, "entrance");
  for (const locale of LOCALES) {
    await speak(page, locale);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await noSidewaysScroll(page);
    await axe(page);
  }
  await page.goto("/message?outcome=failed&problem=cancelled");
  await expect(page.getByRole("main")).toContainText("Innloggingen ble avbrutt");
  await axe(page);
});

test("she asks to be told, says where she is reached, and sets her hours", async ({ page }) => {
  patience(120_000);
  await page.goto("/help");
  await page.getByRole("link", { name: "Logg inn på meldinger" }).click();
  await page.getByRole("button", { name: "Logg inn" }).click();
  await choosePerson(page);
  await expect(page).toHaveURL(/\/message$/);
  await look(page, "home-nothing");

  await page.getByRole("link", { name: "Be om beskjed" }).click();
  await look(page, "ask");
  await page.getByLabel("Telefonnummer").fill("12");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.getByLabel("Telefonnummer")).toHaveValue("12");
  await look(page, "ask-wrong");
  await page.getByLabel("Hvem ble dømt?").fill("Odd Tyttebærmo");
  await pick(page.getByLabel("Jeg er den det gikk ut over"));
  await page.getByLabel("Telefonnummer").fill("412 34 567");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("main")).toContainText("Vi har fått det du sendte");
  await look(page, "ask-sent");

  await page.getByRole("link", { name: "Velg hvordan vi når deg" }).click();
  await look(page, "channels-none");
  await pick(page.getByLabel("E-post", { exact: true }));
  await page.getByLabel("E-postadresse eller mobilnummer").fill("runa@eksempel.no");
  await page.getByRole("button", { name: "Legg til" }).click();
  expect(page.url(), "nothing typed stands in an address").not.toContain("eksempel");
  await expect(page).toHaveURL(/\/message\/channels\/[^/?]+$/);
  await page.getByLabel("Kode").fill("12");
  await page.getByRole("button", { name: "Bekreft" }).click();
  await expect(page.getByLabel("Kode")).toHaveAttribute("aria-invalid", "true");
  await look(page, "channel-wrong");
  await page.goto("/message/channels");
  await expect(page.getByRole("link", { name: "runa@eksempel.no" })).toBeVisible();
  await look(page, "channels");

  await page.goto("/message/wishes");
  await look(page, "wishes");
  await page.getByLabel("Trygghetsord").fill("blåklokke");
  await page.getByLabel("Mandag fra").fill("20:00");
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(page.getByRole("alert")).toContainText("Mandag");
  await look(page, "wishes-wrong");
  await page.getByLabel("Mandag fra").fill("08:00");
  await page.getByLabel("Mandag til").fill("20:00");
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("Lagret");
  await look(page, "wishes-saved");

  await page.goto("/message/write");
  await page.getByLabel("Det du vil si").fill("Hvem har saken min?");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("button", { name: "Ring meg" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("Vi ringer deg");
  await look(page, "write");
  await page.goto("/message/looks");
  await look(page, "looks");
  await page.goto("/message?confirm=yes&return_to=/message/wishes");
  await look(page, "prove");
  await page.getByRole("button", { name: "Logg inn igjen" }).click();
  await choosePerson(page);
  await expect(page).toHaveURL(/\/message\/wishes$/);
  await page.goto("/message");
  await look(page, "home");
  await page.locator('form[action="/auth/message/sign-out"] button').click();
  await page.goto("/message/channels");
  await expect(page).toHaveURL(/\/message\?return_to=/);
});
