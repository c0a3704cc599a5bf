// What the notices are for, from end to end: she asks, is found in a case, says where she is reached; something is decided, her
// officer finds it of significance, a neutral text goes out, she reads and confirms. And a mass, which two people release.
import { type Page } from "@playwright/test";
import { Feed } from "./feed.ts";
import { axe, expect, noSidewaysScroll, patience, pick, picture, signIn, signOut, test, withScript } from "./kit.ts";

const HER = "ingrid";
const TEXTS = /^(Du har en ny beskjed|Det ligger en ny beskjed|En ny beskjed til deg)/;

test.describe.configure({ mode: "serial" });

async function look(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `told-${name}`);
}

const told = (page: Page) => page.getByRole("main").getByRole("status");

async function enter(page: Page) {
  await page.goto("/message");
  await page.getByRole("button", { name: "Logg inn" }).click();
  await page.locator(`button[name="persona"][value="${HER}"]`).click();
  await expect(page).toHaveURL(/\/message$/);
}

async function leave(page: Page) {
  await page.locator('form[action="/auth/message/sign-out"] button').click();
}

/** The demo's telephone: the newest that went there. */
async function newest(page: Page, to: string): Promise<string> {
  const row = page.getByRole("row").filter({ hasText: to }).first();
  await expect(async () => {
    await page.goto("/demo/texts");
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass();
  return row.innerText();
}

/** The list names nobody: the officer opens one after the other until it is the one she looks for. */
async function openRequest(page: Page, about: string) {
  const links = page.getByRole("link", { name: "Forespørsel om varsling" });
  for (const href of await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""))) {
    await page.goto(href);
    if ((await page.getByRole("main").innerText()).includes(about)) return;
  }
  throw new Error(`no request about ${about}`);
}

/** Nothing of hers is kept in this browser, and no title or address says what it is about. */
async function leavesNoTrace(page: Page) {
  expect(page.url()).not.toMatch(/notice|varsel|victim|fornarm|release|leave/i);
  expect(await page.title()).toMatch(/^Melding – /);
  if (!withScript()) return;
  const kept = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((one) => one.name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(kept).toEqual({ local: [], session: [], databases: [], caches: [], workers: 0 });
}

test("she asks, is told by a neutral text, reads and confirms", async ({ page, request, baseURL }, info) => {
  patience(150_000);
  const feed = Feed.open(request, baseURL as string);
  const inmate = await feed.inmate();
  const mail = `hun-${info.project.name}@eksempel.no`;

  await enter(page);
  await page.getByRole("link", { name: "Be om beskjed" }).click();
  await page.getByLabel("Hvem ble dømt?").fill(inmate.name);
  await pick(page.getByLabel("Jeg er den det gikk ut over"));
  await page.getByLabel("Telefonnummer").fill("412 34 599");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("link", { name: "Velg hvordan vi når deg" }).click();
  await pick(page.getByLabel("E-post", { exact: true }));
  await page.getByLabel("E-postadresse eller mobilnummer").fill(mail);
  await page.getByRole("button", { name: "Legg til" }).click();
  await expect(page).toHaveURL(/\/message\/channels\/[^/?]+$/);
  const place = page.url();
  const code = /Kode: (\d{6})/.exec(await newest(page, mail))?.[1] ?? "";
  await look(page, "texts");
  await page.goto(place);
  await page.getByLabel("Kode").fill(code);
  await page.getByRole("button", { name: "Bekreft" }).click();
  await expect(page.getByRole("main")).toContainText("Det er bekreftet");
  await leave(page);

  await signIn(page, "sunniva", "staff");
  await page.goto("/staff/notices");
  await openRequest(page, inmate.name);
  await look(page, "request");
  await page.getByLabel("Saksnummer").fill(inmate.key);
  await page.getByLabel("Den innsattes fulle navn").fill(inmate.name);
  for (const [part, value] of Object.entries({ day: "4", month: "3", year: "1981" })) {
    await page.locator(`input[name="born_${part}"]`).fill(value);
  }
  await pick(page.getByLabel("Fornærmet"));
  await page.locator('form[action="/api/staff/notices/verify"] button').click();
  await expect(told(page)).toContainText("Hun er registrert");
  await feed.event(inmate, "preventive_conditional_release", 30);
  await page.goto("/staff/notices");
  await page.getByRole("link", { name: /^Løslatelse på prøve fra forvaring/ }).first().click();
  await pick(page.getByLabel("Ja", { exact: true }));
  await page.getByLabel("Hvorfor?").fill("Hun bor i samme by.");
  await page.getByRole("button", { name: "Lagre svaret" }).click();
  await expect(told(page)).toContainText("Svaret er lagret");
  await signOut(page, "staff");

  await expect(async () => expect(await newest(page, mail)).toMatch(/beskjed/)).toPass();
  const text = (await page.getByRole("row").filter({ hasText: mail }).first().getByRole("cell").last().innerText()).trim();
  expect(text).toMatch(TEXTS);
  expect(text).not.toMatch(/varde|fengsel|kriminal|løslat|permisjon|Aslak|Ingrid/i);

  await enter(page);
  await look(page, "home");
  await leavesNoTrace(page);
  await page.getByRole("link", { name: "Ny melding" }).first().click();
  await expect(page.getByRole("main")).toContainText("Den domfelte blir løslatt på prøve fra forvaring");
  await look(page, "notice");
  await leavesNoTrace(page);
  await page.getByRole("button", { name: "Jeg har lest dette" }).click();
  await expect(page.getByRole("main")).toContainText("Du bekreftet");
  await look(page, "confirmed");
  if (withScript()) await goesUnseen(page);
});

/** The way out replaces the page and ends her session: whoever goes back finds the entrance, as on any machine. */
async function goesUnseen(page: Page) {
  const elsewhere = await page.getByRole("link", { name: "Forlat siden" }).getAttribute("href");
  await page.route(elsewhere as string, (route) => route.fulfill({ body: "<title>News</title>", contentType: "text/html" }));
  await page.getByRole("link", { name: "Forlat siden" }).click();
  await expect(page).toHaveTitle("News");
  const home = async () => (await page.request.get("/message")).text();
  await expect.poll(home, "her session has ended").toContain("/auth/message/start");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Logg inn" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("domfelte");
}

test("a mass is held until two different people have said the same", async ({ page, request, baseURL }) => {
  patience(150_000);
  const feed = Feed.open(request, baseURL as string);
  const inmate = await feed.inmate();
  const origin = baseURL as string;
  const post = async (path: string, form: Record<string, string>) => {
    const answer = await page.request.post(`/api/staff/${path}`, { form, headers: { origin }, maxRedirects: 0 });
    // What is refused leads back to the page of the form.
    expect(answer.headers()["location"], path).toMatch(/^\/staff\/notices(\?|$)/);
  };
  await signIn(page, "sunniva", "staff");
  const born = { born_day: "4", born_month: "3", born_year: "1981" };
  for (let n = 0; n < 51; n += 1) {
    const person = { name: `Nummer ${n}`, telephone: `412340${n + 10}`, address: "", safe_word: "vinterlys", number: "" };
    await post("notices/register", { ...person, wish: "wants", reference: inmate.key, inmate: inmate.name, ...born, role: "victim" });
  }
  await feed.event(inmate, "residence_change", 30);
  await page.goto("/staff/notices");
  const asked = page.getByRole("link", { name: /^Nytt bosted i prøvetiden/ });
  const all = await asked.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(all).toHaveLength(51);
  for (const href of all) {
    const id = href.split("/").pop() as string;
    await post("notices/answer", { id, answer: "yes", reason: "De bor i samme by.", standing: "" });
  }
  await signOut(page, "staff");

  await signIn(page, "duty1", "staff");
  await page.goto("/staff/duty");
  await expect(page.getByRole("heading", { name: "Mange varsler holdes tilbake" })).toBeVisible();
  await look(page, "mass");
  await page.getByRole("button", { name: "Det er riktig. Send alt" }).click();
  await expect(page.getByRole("main")).toContainText("Du har sagt: send alt. En annen må si det samme.");
  await page.getByRole("button", { name: "Det er riktig. Send alt" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await look(page, "mass-once");
  await signOut(page, "staff");

  await signIn(page, "duty2", "staff");
  await page.goto("/staff/duty");
  await expect(page.getByRole("main")).toContainText("En annen har sagt: send alt.");
  await page.getByRole("button", { name: "Det er riktig. Send alt" }).click();
  await expect(told(page)).toContainText("Dere er to som har sagt det");
  await expect(page.getByRole("heading", { name: "Mange varsler holdes tilbake" })).toHaveCount(0);
  await look(page, "mass-released");
});
