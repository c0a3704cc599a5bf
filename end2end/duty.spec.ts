// The officer of the victims and the duty desk: somebody is registered, an interruption is found to be of significance to her,
// and she is rung by the script; what was forgotten is said and nothing typed is lost.
import { Feed } from "./feed.ts";
import { axe, expect, noSidewaysScroll, patience, pick, picture, signIn, signOut, test } from "./kit.ts";
import type { Page } from "@playwright/test";

async function look(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `duty-${name}`);
}

const told = (page: Page) => page.getByRole("main").getByRole("status");
const refused = (page: Page) => page.getByRole("main").getByRole("alert");

test("somebody is registered, asked about and rung", async ({ page, request, baseURL }) => {
  patience(120_000);
  const feed = Feed.open(request, baseURL as string);
  const inmate = await feed.inmate();
  const her = `Liv ${inmate.name.split(" ")[1]}`;
  await signIn(page, "sunniva", "staff");
  await page.goto("/staff");
  await page.getByRole("main").getByRole("link", { name: "Varsling" }).click();
  await page.getByRole("link", { name: "Registrer noen" }).click();
  await look(page, "register");

  await page.getByLabel("Navn", { exact: true }).fill(her);
  await pick(page.getByLabel("Ja", { exact: true }));
  await page.getByLabel("Telefon").fill("41234567");
  await page.getByRole("button", { name: "Registrer", exact: true }).click();
  await expect(refused(page)).toContainText("Skriv trygghetsordet");
  await expect(page.getByLabel("Navn", { exact: true })).toHaveValue(her);
  await look(page, "register-refused");

  await page.getByLabel("Trygghetsord").fill("blåklokke");
  await page.getByLabel("Postadresse").fill("Storgata 1\n0123 Lysby");
  await page.getByLabel("Saksnummer").fill(inmate.key);
  await page.getByLabel("Den innsattes fulle navn").fill(inmate.name);
  for (const [part, value] of Object.entries({ day: "4", month: "3", year: "1981" })) {
    await page.locator(`input[name="born_${part}"]`).fill(value);
  }
  await pick(page.getByLabel("Fornærmet"));
  await page.getByRole("button", { name: "Registrer", exact: true }).click();
  await expect(told(page)).toContainText("Registreringen er lagret");
  await told(page).getByRole("link").click();
  await page.getByLabel("Melding").fill("Ring meg når du vil.");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.locator(".thread")).toContainText("Ring meg når du vil.");
  await look(page, "party");
  const hers = page.url();

  const conditions = [{ kind: "contact", text: "Ikke ta kontakt med den fornærmede." }];
  const until = new Date(Date.now() + 4 * 86_400_000).toISOString();
  await feed.event(inmate, "interruption", 2, { conditions, until });
  await page.goto("/staff/notices");
  await look(page, "list");
  await page.getByRole("link", { name: /^Avbrudd/ }).first().click();
  await look(page, "question");
  await page.getByLabel("Hvorfor?").fill("De bor i samme by.");
  await page.getByRole("button", { name: "Lagre svaret" }).click();
  await expect(refused(page)).toContainText("Velg et svar");
  await expect(page.getByLabel("Hvorfor?")).toHaveValue("De bor i samme by.");
  await look(page, "question-refused");
  await pick(page.getByLabel("Ja, og vilkårene gjelder henne direkte"));
  await page.getByRole("button", { name: "Lagre svaret" }).click();
  await expect(told(page)).toContainText("Svaret er lagret");
  await signOut(page, "staff");

  await signIn(page, "duty1", "staff");
  await page.goto("/staff/duty");
  await look(page, "desk");
  await page.locator(".duty-row").filter({ hasText: "Avbrudd i soningen" }).filter({ hasText: "Ring henne" }).first().getByRole("button").click();
  await expect(page.getByText("«blåklokke»")).toBeVisible();
  await look(page, "call");
  await page.getByRole("link", { name: "Skriv ut brevet" }).click();
  await expect(page.getByRole("main")).toContainText("Storgata 1");
  await look(page, "letter");
  await page.getByRole("link", { name: "Oppgave på vaktbordet" }).click();
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(refused(page)).toContainText("Velg hvordan det gikk");
  await pick(page.getByLabel("Ikke svar"));
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(told(page)).toContainText("Forsøket er lagret");
  await look(page, "desk-mine");
  await page.getByRole("link", { name: /^Åpne/ }).first().click();
  await look(page, "call-again");
  await pick(page.getByLabel("Hun sa ordet og har fått vite det"));
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(told(page)).toContainText("Hun har fått vite det");
  await signOut(page, "staff");

  // Another officer opens the case in haste; whoever oversees sees it at once.
  await signIn(page, "vilde", "staff");
  await page.goto(hers);
  await expect(page.getByRole("main")).not.toContainText(her);
  await look(page, "haste");
  await page.getByRole("button", { name: "Åpne fordi det haster" }).click();
  await expect(page.getByLabel("Hvorfor haster det?")).toHaveAttribute("aria-invalid", "true");
  await look(page, "haste-refused");
  await page.getByLabel("Hvorfor haster det?").fill("Den som har saken er ikke på jobb.");
  await page.getByRole("button", { name: "Åpne fordi det haster" }).click();
  await expect(page.getByRole("main")).toContainText(her);
  await look(page, "haste-open");
  await signOut(page, "staff");
  await signIn(page, "auditor", "staff");
  await page.goto("/staff/break-ins");
  await expect(page.getByRole("main")).toContainText("Vilde Rognebær");
  await look(page, "haste-seen");
});
