// A relative sends a paper with two files and has her receipt at once; an officer reads it and asks for more; she says that
// somebody else sends it, and it is noted when it comes. What was forgotten is said where it can be put right, and nothing typed
// is lost. With script and without, wide and on a phone.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, signOut, speak, test, withScript } from "./kit.ts";

// One after the other: a person has one draft of a kind.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const summary = (page: Page) => page.locator("#error-summary");

async function look(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `documents-${name}`);
}

function pdf(name: string, length = 20_000) {
  const [head, tail] = [Buffer.from("%PDF-1.7\n"), Buffer.from("\ntrailer << /Root 1 0 R >>\n%%EOF\n")];
  const buffer = Buffer.concat([head, Buffer.from(randomBytes(length).toString("hex").slice(0, length)), tail]);
  return { name, mimeType: "application/pdf", buffer };
}

test("a paper is sent, read, and more is asked for", async ({ page }) => {
  patience(180_000);
  const stamp = `papir ${Date.now()}`;
  await page.goto("/my");
  await signIn(page, "maja");
  await speak(page, "nb");
  await main(page).getByRole("link", { name: "Dokumenter", exact: true }).click();
  await inBothForms(page, (form) => look(page, `list${form}`));

  // Which kind, where to, and her words.
  await main(page).getByRole("link", { name: "Send et dokument" }).click();
  await inBothForms(page, (form) => look(page, `send${form}`));
  await press(page, "Neste");
  await expect(summary(page)).toContainText("Velg hva slags dokument det er.");
  await look(page, "send-wrong");
  await pick(page.getByLabel("Annet brev eller dokument"));
  await press(page, "Neste");
  await inBothForms(page, (form) => look(page, `draft${form}`));
  const words = page.getByLabel(/^Vil du si noe om dokumentet/);
  await page.getByLabel("Hvilket fengsel skal ha det?").selectOption("");
  await words.fill(stamp);
  await press(page, "Videre til filer");
  await expect(summary(page)).toContainText("Velg hvor det skal.");
  await expect(words).toHaveValue(stamp);
  await look(page, "draft-wrong");
  await page.getByLabel("Hvilket fengsel skal ha det?").selectOption("lyngmo");
  await press(page, "Videre til filer");

  // Files.
  await inBothForms(page, (form) => look(page, `files${form}`));
  if (!withScript()) {
    await press(page, "Last opp");
    await expect(summary(page)).toContainText("Velg en fil.");
    await look(page, "files-wrong");
  }
  await page.locator("#file").setInputFiles([pdf("Bekreftelse.pdf"), pdf("Feil.pdf")]);
  // With script it begins when they are chosen.
  if (!withScript()) await press(page, "Last opp");
  const rows = main(page).locator(".file-list .file");
  await expect(rows.filter({ hasText: "Mottatt" })).toHaveCount(2, { timeout: 20_000 });
  await look(page, "files-two");
  await main(page).getByRole("button", { name: "Fjern Feil.pdf" }).click();
  await expect(rows.filter({ hasText: "Feil.pdf" })).toHaveCount(0);
  await main(page).getByRole("link", { name: "Se over før du sender" }).click();
  await inBothForms(page, (form) => look(page, `check${form}`));
  await press(page, "Send inn");

  // The receipt at once.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dokumentet er mottatt");
  await expect(main(page)).toContainText("Bekreftelse.pdf");
  await inBothForms(page, (form) => look(page, `receipt${form}`));
  await main(page).getByRole("link", { name: "Se hvor det står" }).click();
  await inBothForms(page, (form) => look(page, `shown${form}`));
  const hers = new URL(page.url()).pathname;
  await main(page).getByRole("link", { name: "Trekk tilbake" }).click();
  await inBothForms(page, (form) => look(page, `withdraw${form}`));
  await main(page).getByRole("link", { name: "Nei, la det stå" }).click();
  const reference = (await main(page).locator(".page-note").innerText()).replace(/^Referanse /, "");
  await signOut(page);

  // The desk.
  await page.goto("/staff");
  await signIn(page, "henrik", "staff");
  await page.goto("/staff/documents");
  await inBothForms(page, (form) => look(page, `desk${form}`));
  await main(page).getByRole("link", { name: reference }).click();
  await expect(main(page)).toContainText(stamp);
  await inBothForms(page, (form) => look(page, `one${form}`));
  // The worker scans it within seconds; then it can be fetched.
  await expect(async () => {
    await page.reload();
    await expect(main(page).getByRole("link", { name: "Bekreftelse.pdf" })).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  const href = await main(page).getByRole("link", { name: "Bekreftelse.pdf" }).getAttribute("href");
  expect((await page.request.get(href as string)).headers()["content-disposition"]).toContain("attachment");
  await main(page).locator("summary", { hasText: "Be om mer" }).click();
  await main(page).locator('form[action$="/more"]').getByRole("button").click();
  await expect(summary(page)).toContainText("Skriv hvorfor dokumentet trengs.");
  await look(page, "more-wrong");
  await page.getByLabel("Hvorfor", { exact: true }).fill("Det mangler en underskrift.");
  await main(page).locator('form[action$="/more"]').getByRole("button").click();
  await expect(main(page)).toContainText("Vi trenger mer");
  for (const show of ["waiting", "late", "done"]) {
    await page.goto(`/staff/documents?show=${show}`);
    await inBothForms(page, (form) => look(page, `desk-${show}${form}`));
  }
  await signOut(page, "staff");

  // Somebody else sends it.
  await page.goto("/my");
  await signIn(page, "maja");
  await page.goto(hers);
  await main(page).getByRole("link", { name: "Se hva vi trenger" }).click();
  await expect(main(page)).toContainText("Det mangler en underskrift.");
  const asked = new URL(page.url()).pathname;
  await main(page).locator("summary", { hasText: "Jeg sender det ikke nå" }).click();
  await look(page, "asked");
  await press(page, "Si fra");
  await expect(summary(page)).toContainText("Velg det som passer.");
  await look(page, "asked-wrong");
  await pick(page.getByLabel("Noen andre sender det"));
  await page.getByLabel("Fortell oss litt mer").fill("Skolen sender det i posten.");
  await press(page, "Si fra");
  await expect(main(page)).toContainText("Skolen sender det i posten.");
  await inBothForms(page, (form) => look(page, `told${form}`));
  await signOut(page);

  // It comes on paper.
  await page.goto("/staff");
  await signIn(page, "henrik", "staff");
  await page.goto(`/staff${asked}`);
  await expect(main(page)).toContainText("Skolen sender det i posten.");
  await inBothForms(page, (form) => look(page, `request${form}`));
  await press(page, "Noter at det har kommet");
  await expect(main(page)).toContainText("Kommet på papir");
  await look(page, "paper");
});

test("an officer asks for a document on the page of a case", async ({ page }) => {
  patience(60_000);
  await page.goto("/staff");
  await signIn(page, "henrik", "staff");
  await page.goto("/staff");
  await main(page).locator('a[href^="/staff/clearances/"]').first().click();
  const { pathname } = new URL(page.url());
  await page.goto(`${pathname}?reason=handle_case`);
  await expect(main(page).getByRole("heading", { name: "Dokumenter" })).toBeVisible();
  await look(page, "case");
  await main(page).getByRole("link", { name: "Be om et dokument" }).click();
  await inBothForms(page, (form) => look(page, `ask${form}`));
  await press(page, "Be om dokumentet");
  await expect(summary(page)).toContainText("Velg hva slags dokument det er.");
  await look(page, "ask-wrong");
});
