// The officer's side: search, one case on one page, answers registered, a refusal sent back, a letter read
// before the decision is made; and the intake that finds the inmate.
import { axe, expect, noSidewaysScroll, patience, pick, picture, signIn, test } from "./kit.ts";
import type { Page } from "@playwright/test";

const APPLICANT = "luca";

// One after the other: they share the applicant's draft.
test.describe.configure({ mode: "default" });

async function look(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `desk-${name}`);
}

/** Applies by posting what the pages post; gives the reference of the receipt. */
async function applied(page: Page, baseURL: string, inmate: string): Promise<string> {
  await signIn(page, APPLICANT);
  const post = async (to: string, form: Record<string, string>) => {
    const headers = { origin: baseURL, "sec-fetch-site": "same-origin", accept: "text/html" };
    const answer = await page.request.post(`/api/visits/apply/${to}`, { form, headers });
    expect(answer.ok(), `${to}: ${answer.status()}`).toBe(true);
    return answer;
  };
  await post("whom", { name: inmate, birth_day: "1", birth_month: "1", birth_year: "1970", number: "" });
  await post("relation", { relation: "sibling" });
  // What is known of her stays: changing a confirmed address asks for a fresh sign-in.
  await page.goto("/visits/apply/contact");
  const email = await page.locator('input[name="email"]').inputValue();
  await post("contact", { email: email || "noen@eksempel.no", phone: "41234567" });
  await post("children", { name: "Ask Lilleby", birth_day: "3", birth_month: "4", birth_year: "2020", then: "on" });
  await post("needs", { "needs[]": "wheelchair", language: "", note: "Vi kommer med buss." });
  await post("police", { read: "yes" });
  const receipt = await (await post("submit", {})).text();
  const reference = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(receipt);
  expect(reference, "the receipt names the reference").not.toBeNull();
  return (reference as RegExpExecArray)[0];
}

async function found(page: Page, reference: string) {
  await page.goto("/staff");
  await page.getByLabel("Navn, fødselsnummer eller referanse").fill(reference);
  await page.getByLabel("Hvorfor søker du?").selectOption({ label: "Behandle søknaden" });
  await page.getByRole("button", { name: "Søk", exact: true }).click();
  await expect(page.getByRole("heading", { name: "1 treff" })).toBeVisible();
  expect(page.url(), "what was searched for stands in no address").not.toContain(reference);
}

test("an officer takes a case from the search to the decision", async ({ page, baseURL }) => {
  patience(90_000);
  const reference = await applied(page, baseURL as string, "Even Fjellvik");
  await signIn(page, "henrik", "staff");
  await page.goto("/staff");
  await look(page, "list");
  await page.getByRole("button", { name: "Søk", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Velg hvorfor du søker");
  await found(page, reference);
  await look(page, "search");

  await page.locator(".cell-link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("vil besøke Even Fjellvik");
  await look(page, "case-answer");
  await pick(page.getByLabel("Ja", { exact: true }));
  await page.getByRole("button", { name: "Registrer svaret" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("Nå venter saken på politiet");
  await pick(page.getByLabel("Ingen merknad"));
  await page.getByRole("button", { name: "Registrer svaret" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("klar for vedtak");
  await look(page, "case-decision");
  // Luca has no Norwegian number: somebody checks by hand who he is.
  const check = page.getByRole("button", { name: "Jeg har kontrollert identiteten" });
  if (await check.count()) {
    await check.click();
    await expect(page.getByRole("main").getByRole("status")).toContainText("registrert som kontrollert");
    await look(page, "case-identity");
  }

  await pick(page.getByLabel("Avslått"));
  await page.getByLabel("Hvorfor er det nødvendig?").fill("Ny innsettelse. Vurderes på nytt etter tre besøk.");
  await page.getByRole("button", { name: "Se brevet og fatt vedtak" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("mildere tiltak");
  await expect(page.getByLabel("Hvorfor er det nødvendig?")).toHaveValue(/tre besøk\.$/);
  await look(page, "case-refused");

  await pick(page.getByLabel("Innvilget med kontrolltiltak"));
  await pick(page.getByLabel("Påsyn"));
  await expect(page.getByLabel("Hvilket mildere tiltak har du vurdert?")).toBeHidden();
  await page.getByRole("button", { name: "Se brevet og fatt vedtak" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Se brevet");
  await expect(page.getByText("Vurderes på nytt etter tre besøk.")).toBeVisible();
  await look(page, "letter");
  await page.getByRole("button", { name: "Fatt vedtak" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("Vedtaket er fattet");
  await look(page, "case-decided");
});

test("a case is opened for a reason, and answers are taken many on one page", async ({ page, baseURL }) => {
  const reference = await applied(page, baseURL as string, "Even Fjellvik");
  await signIn(page, "henrik", "staff");
  await found(page, reference);
  const href = (await page.locator(".cell-link").first().getAttribute("href")) as string;
  await page.goto(href.split("?")[0] as string);
  await look(page, "reason");
  await pick(page.getByLabel("Svare på et spørsmål"));
  await page.getByRole("button", { name: "Åpne saken" }).click();
  await expect(page.getByText("Grunn: svare på et spørsmål")).toBeVisible();

  await page.goto("/staff/answers");
  const row = page.locator(".answer-row").filter({ hasText: reference });
  await pick(row.getByLabel("Nei"));
  await look(page, "answers");
  await page.getByRole("button", { name: "Registrer svarene" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("Nei er registrert");
  await expect(row).toHaveCount(0);
  await look(page, "answers-told");
});

test("the intake finds the inmate whom an application is about", async ({ page, baseURL }) => {
  const reference = await applied(page, baseURL as string, "Odd Ingensteds");
  await signIn(page, "petter", "staff");
  await page.goto("/staff");
  await expect(page.getByRole("heading", { name: "Passer ingen innsatt" })).toBeVisible();
  await look(page, "list-intake");
  await found(page, reference);
  await page.locator(".cell-link").first().click();
  await look(page, "case-unmatched");
  await page.getByRole("link", { name: "Finn den innsatte" }).click();
  await page.getByLabel("Navn på innsatt").fill("even fj");
  await page.getByRole("button", { name: "Søk", exact: true }).click();
  await look(page, "match");
  await pick(page.getByLabel("Even Fjellvik").first());
  await page.getByRole("button", { name: "Koble saken til den innsatte" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("koblet til den innsatte");
});

test("a leave that came with an inmate who was moved is looked at, and decided anew", async ({ page }) => {
  const main = page.getByRole("main");
  await signIn(page, "henrik", "staff");
  await page.goto("/staff/work");
  const row = main.getByRole("row").filter({ hasText: "Se på tillatelse etter flytting" }).first();
  await expect(row).toContainText("Gjelder ikke her før noen har sett på den");
  await row.locator(".cell-link").click();
  await expect(main.getByRole("heading", { name: "Flyttet hit fra Havvik fengsel" })).toBeVisible();
  await look(page, "carried");
  await page.getByRole("button", { name: "Tillatelsen gjelder her" }).click();
  await expect(main.getByRole("status")).toContainText("Tillatelsen gjelder her.");
  await main.getByText("Vurder på nytt", { exact: true }).click();
  await main.getByText("Den innsatte trekker samtykket", { exact: true }).click();
  await look(page, "anew");
  await page.getByRole("button", { name: "Åpne saken på nytt" }).click();
  await expect(main.getByRole("alert")).toContainText("Velg hvorfor det vurderes på nytt");
  await look(page, "anew-wrong");
  const box = main.locator('input[type="checkbox"][name="who[]"]');
  if (await box.count()) await pick(box.first());
  await pick(page.getByLabel("Noe som skjedde på besøk"));
  await page.getByRole("button", { name: "Åpne saken på nytt" }).click();
  await expect(main.getByRole("status").filter({ hasText: "Saken er åpnet på nytt" })).toHaveCount(1);
  await expect(page.getByText("Vurderes på nytt: noe som skjedde på besøk")).toBeVisible();
  await look(page, "anew-open");
});
