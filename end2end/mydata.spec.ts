// What is held about somebody: she applies, sees it with why and for how long, sees who has looked once she may, prints it and
// takes it along as a file. She is nobody else's, for a person has one draft. Then somebody asks that it be put right, and reads
// what the prison answers.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, speak, test } from "./kit.ts";

const HER = "tarjei";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();

/** What every page here owes its reader. */
async function looked(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `mydata-${name}`);
}

/** Applies by posting what the pages post; gives the path of the case. */
async function applied(page: Page, baseURL: string): Promise<string> {
  const post = async (to: string, form: Record<string, string>) => {
    const headers = { origin: baseURL, "sec-fetch-site": "same-origin", accept: "text/html" };
    const answer = await page.request.post(`/api/visits/apply/${to}`, { form, headers });
    expect(answer.ok(), `${to}: ${answer.status()}`).toBe(true);
    return answer;
  };
  await post("whom", { name: "Even Fjellvik", birth_day: "1", birth_month: "1", birth_year: "1970", number: "" });
  await post("relation", { relation: "friend" });
  await page.goto("/visits/apply/contact");
  const email = await page.locator('input[name="email"]').inputValue();
  await post("contact", { email: email || "noen@eksempel.no", phone: "41234567" });
  await post("children", { name: "", birth_day: "", birth_month: "", birth_year: "", then: "on" });
  await post("needs", { language: "", note: "" });
  await post("police", { read: "yes" });
  const sent = await post("submit", {});
  return `/visits/clearances/${sent.url().split("/").pop()}`;
}

test("what is held about her, who has looked, and all of it as a file", async ({ page, baseURL }) => {
  patience(120_000);
  await page.goto("/my");
  await signIn(page, HER);
  await speak(page, "nb");
  const path = await applied(page, baseURL as string);

  await page.goto("/my");
  await main(page).getByRole("link", { name: "Dette vet Varde om deg" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dette vet Varde om deg");
  await inBothForms(page, (form) => looked(page, `page${form}`));
  const visits = page.locator("#visits");
  await expect(visits).toContainText("traffegjennomføringsloven");
  await expect(visits).toContainText("10 år");
  await visits.locator("summary").click();
  await expect(visits.getByText("Even Fjellvik").first()).toBeVisible();
  await looked(page, "open");
  await speak(page, "en");
  await looked(page, "page-english");
  await speak(page, "nb");

  // Before the inmate's yes nobody is told who has looked: the unit would say where he is.
  await page.goto("/my/data/looks");
  await inBothForms(page, (form) => looked(page, `looks-none${form}`));
  await signIn(page, "henrik", "staff");
  await page.goto(`/staff${path.replace("/visits", "")}?reason=handle_case`);
  await pick(page.getByLabel("Ja", { exact: true }));
  await main(page).getByRole("button", { name: "Registrer svaret", exact: true }).click();
  await page.goto("/my/data/looks");
  await expect(main(page).getByText("Behandler saken").first()).toBeVisible();
  await expect(main(page)).not.toContainText("Henrik");
  await inBothForms(page, (form) => looked(page, `looks${form}`));

  await page.goto("/my/data/print");
  await expect(main(page).getByText("Even Fjellvik").first()).toBeVisible();
  await looked(page, "print");

  await page.goto("/my/data");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    main(page).getByRole("link", { name: "Last ned alt som fil" }).click(),
  ]);
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(file.format).toBe("varde/my-data/1");
  const applications = file.parts.find((part: { part: string }) => part.part === "visits").things;
  expect(applications.some((thing: { whom?: string }) => thing.whom === "Even Fjellvik")).toBe(true);
  expect(file.looks.length).toBeGreaterThan(0);
});

test("what is wrong is asked to be put right, and answered by the unit", async ({ page }) => {
  patience(120_000);
  await page.goto("/my");
  await signIn(page, HER);
  await speak(page, "nb");
  await page.goto("/my/data");
  await main(page).getByRole("link", { name: "Be om å rette eller slette" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Det du har bedt oss rette eller slette");
  await main(page).getByRole("link", { name: "Ny forespørsel" }).click();
  await inBothForms(page, (form) => looked(page, `correct-new${form}`));

  // What is missing is said, and what was typed is kept.
  await pick(page.getByLabel("Rette noe"));
  await page.getByLabel("Hva gjelder det").selectOption({ label: "Søknader og besøk" });
  await page.getByLabel("Hva er feil, eller hva skal bort").fill("I søknaden min står det at jeg er en venn.");
  await page.getByLabel("Hvilket fengsel har saken").selectOption({ value: "lyngmo" });
  await press(page, "Send");
  await expect(page.getByLabel("Hva er feil, eller hva skal bort")).toHaveValue(/jeg er en venn/);
  await expect(page.getByLabel("Hvilket fengsel har saken")).toHaveValue("lyngmo");
  await expect(page.getByRole("link", { name: "Skriv hva som er riktig." })).toBeVisible();
  await looked(page, "correct-refused");
  await page.getByLabel("Hva er riktig").fill("Vi er søsken.");
  await press(page, "Send");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vi har fått forespørselen din");
  const reference = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await main(page).innerText())?.[0] as string;
  expect(reference).toBeTruthy();
  await expect(main(page)).toContainText("Svar innen");
  await inBothForms(page, (form) => looked(page, `correct-receipt${form}`));
  await main(page).getByRole("link", { name: "Se hvor den står" }).click();
  await expect(main(page)).toContainText("Ingen har sett på den ennå.");
  const path = new URL(page.url()).pathname;

  await signIn(page, "henrik", "staff");
  await page.goto("/staff/corrections");
  await inBothForms(page, (form) => looked(page, `correct-desk${form}`));
  await main(page).getByRole("link", { name: reference }).click();
  await press(page, "Ta saken");
  await expect(main(page).getByRole("button", { name: "Ta saken" })).toHaveCount(0);
  await pick(page.getByLabel("Delvis gjort"));
  await press(page, "Send svaret");
  await expect(page.getByRole("link", { name: "Skriv et svar." })).toBeVisible();
  await inBothForms(page, (form) => looked(page, `correct-case${form}`));
  await page.getByLabel("Svaret", { exact: true }).fill("Vi har rettet søknaden. Vedtaket beholder vi etter arkivloven.");
  await press(page, "Send svaret");
  await expect(main(page)).toContainText("Vi har rettet søknaden.");
  await looked(page, "correct-answered");

  await page.goto(path);
  await expect(main(page)).toContainText("Vedtaket beholder vi etter arkivloven.");
  await expect(main(page).getByRole("link", { name: "datatilsynet.no" })).toBeVisible();
  await expect(main(page)).not.toContainText("Henrik");
  await inBothForms(page, (form) => looked(page, `correct-show${form}`));
  await page.goto("/my/data/corrections");
  await expect(main(page).getByRole("link", { name: new RegExp(reference) })).toBeVisible();
  await inBothForms(page, (form) => looked(page, `correct-list${form}`));
  await page.goto("/my/data");
  await expect(page.locator("#corrections")).toContainText("Det du har bedt oss rette eller slette");
});

test("the victims' area has its own", async ({ page }) => {
  await page.goto("/message");
  await main(page).getByRole("button", { name: "Logg inn", exact: true }).click();
  await page.locator('button[name="persona"][value="solveig"]').click();
  await page.goto("/message/data");
  await expect(page).toHaveTitle(/^Melding/);
  await expect(main(page)).toContainText("Bare du ser denne siden.");
  await inBothForms(page, (form) => looked(page, `message${form}`));
});
