// A relative writes to an inmate; at the control desk a part of her letter is held back; she sees the decision and how to appeal.
// What was forgotten is said and nothing typed is lost. With script and without, wide and on a phone.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, signOut, speak, test, withIslands } from "./kit.ts";

// One after the other: a person has one draft to an inmate, and the unit takes few letters a week.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const told = (page: Page) => main(page).getByRole("status").first();

async function look(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `letters-${name}`);
}

/** Opens her letters with the first one she may write to. */
async function opened(page: Page) {
  await page.goto("/my");
  await main(page).getByRole("link", { name: "Brev", exact: true }).click();
  await inBothForms(page, (form) => look(page, `list${form}`));
  await main(page).locator(".link-row-title").first().click();
  await expect(page).toHaveURL(/\/my\/letters\/\w+/);
}

/** The letter with these words, of all that wait. */
async function found(page: Page, words: string) {
  await page.goto("/staff/letters");
  const links = await main(page).locator(".cell-link").evaluateAll((all) => all.map((a) => a.getAttribute("href") as string));
  for (const href of links) {
    await page.goto(href);
    if (await main(page).locator(".letter-words").filter({ hasText: words }).count()) return;
  }
  throw new Error("the letter is not in the queue");
}

test("a letter is written, a part of it is held back, and she sees why", async ({ page }) => {
  patience(120_000);
  const stamp = `brev ${Date.now()}`;
  const passage = "Møt meg ved porten klokka åtte.";
  await page.goto("/my");
  await signIn(page, "maja");
  await speak(page, "nb");
  await opened(page);
  await inBothForms(page, (form) => look(page, `exchange${form}`));

  await main(page).getByRole("link", { name: /^(Skriv brev|Fortsett på utkastet)$/ }).click();
  await expect(main(page)).toContainText("Brevet blir lest av ansatte før det gis videre");
  await inBothForms(page, (form) => look(page, `write${form}`));
  await page.getByLabel("Brevet", { exact: true }).fill("");
  await press(page, "Send brevet");
  const summary = page.locator("#error-summary");
  await expect(summary).toContainText("Skriv noe først");
  await look(page, "write-wrong");

  await page.getByLabel("Brevet", { exact: true }).fill(`Hei, ${stamp}`);
  if (withIslands()) await expect(main(page).locator(".count")).toContainText("tegn igjen");
  await press(page, "Lagre utkast");
  await expect(told(page)).toContainText("Utkastet er lagret");
  await expect(page.getByLabel("Brevet", { exact: true })).toHaveValue(`Hei, ${stamp}`);
  await page.getByLabel("Brevet", { exact: true }).fill(`Hei, ${stamp}\n${passage}\nHilsen Maja`);
  await press(page, "Send brevet");
  await expect(told(page)).toContainText("Brevet er sendt");
  await expect(main(page).locator(".thread-mine").last()).toContainText("I kontroll");
  await look(page, "sent");
  await signOut(page);

  await signIn(page, "mari", "staff");
  await page.goto("/staff/letters");
  await inBothForms(page, (form) => look(page, `queue${form}`));
  await found(page, stamp);
  await inBothForms(page, (form) => look(page, `control${form}`));
  const letter = page.url();
  await main(page).getByRole("link", { name: /^Endre/ }).click();
  await inBothForms(page, (form) => look(page, `order${form}`));
  await press(page, "Gjør vedtaket");
  await expect(summary).toContainText("Skriv en begrunnelse");
  await look(page, "order-wrong");
  await page.goto(letter);
  await main(page).getByText("Hold tilbake en del eller hele brevet").click();
  await press(page, "Hold tilbake");
  await expect(page.locator("#error-summary")).toContainText("Velg om en del eller hele brevet holdes tilbake");
  await look(page, "control-wrong");
  await pick(page.getByLabel("En del", { exact: true }));
  await page.getByLabel("Det som skal ut, når det er en del").fill(passage);
  await pick(page.getByLabel("Unndragelse av straffen"));
  await page.getByLabel("Hvorfor er ikke noe mildere nok?").fill("Resten går videre.");
  await page.getByLabel("Begrunnelse").fill("Setningen avtaler et møte utenfor.");
  await press(page, "Hold tilbake");
  await expect(told(page)).toContainText("En del er holdt tilbake");
  for (const list of ["reports", "numbers", "paper", "answer", "orders", "words", "rules"]) {
    await page.goto(`/staff/letters/${list}`);
    await inBothForms(page, (form) => look(page, `${list}${form}`));
  }
  await page.goto("/staff/letters/answer");
  await page.getByLabel("Nummeret på arket").fill("0000-0000");
  await press(page, "Finn brevet");
  await expect(summary).toContainText("Vi finner ikke et utlevert brev");
  await page.goto("/staff/letters/words");
  await press(page, "Legg til");
  await expect(summary).toContainText("Skriv et ord");
  await look(page, "words-wrong");
  await signOut(page, "staff");

  await page.goto("/my");
  await signIn(page, "maja");
  await opened(page);
  await main(page).locator("summary", { hasText: "Hvem som har sett" }).click();
  await expect(main(page)).toContainText("Brevkontrollør");
  const mine = main(page).locator(".thread-mine").filter({ hasText: stamp });
  await expect(mine).toContainText("En del av brevet ble holdt tilbake");
  await mine.getByText("Se hvorfor, og hvordan du klager").click();
  await expect(mine).toContainText("Setningen avtaler et møte utenfor.");
  await inBothForms(page, (form) => look(page, `decision${form}`));
  const { pathname } = new URL(page.url());
  for (const [link, name] of [["Ta en pause", "pause"], ["Stopp brevene", "block"], ["Meld fra om noe", "report"], ["Skriv ut eller lagre brevene", "paper-own"]]) {
    await page.goto(pathname);
    await main(page).getByRole("link", { name: link }).click();
    await inBothForms(page, (form) => look(page, `${name}${form}`));
  }
});

test("a unit's bounds are seen, and what is wrong stands at its field", async ({ page }) => {
  patience(60_000);
  await page.goto("/staff");
  await signIn(page, "astrid", "staff");
  await page.goto("/staff/letters/rules");
  await inBothForms(page, (form) => look(page, `bounds${form}`));
  await main(page).getByRole("link", { name: "Nye regler" }).click();
  await inBothForms(page, (form) => look(page, `bounds-form${form}`));
  await page.getByLabel("Tegn i et brev, høyst").fill("1");
  await press(page, "Lagre reglene");
  await expect(page.locator("#error-summary")).toContainText("Skriv et tall fra 100 til 20 000");
  await look(page, "bounds-wrong");
});

test("what is open says that there is something new, and shows it when she wants", async ({ browser, page }) => {
  test.skip(!withIslands(), "without script a page is loaded anew");
  patience(90_000);
  await page.goto("/my");
  await signIn(page, "maja");
  await opened(page);
  const other = await (await browser.newContext()).newPage();
  await other.goto("/my");
  await signIn(other, "maja");
  await other.goto(page.url().replace(/[?#].*$/, ""));
  await main(other).getByRole("link", { name: /^(Skriv brev|Fortsett på utkastet)$/ }).click();
  await other.getByLabel("Brevet", { exact: true }).fill(`Nytt ${Date.now()}`);
  await press(other, "Send brevet");
  await expect(main(page).getByText("Det er noe nytt her")).toBeVisible({ timeout: 30_000 });
  await look(page, "live");
  await main(page).getByRole("link", { name: "Vis det" }).click();
  await expect(main(page).getByText("Det er noe nytt her")).toHaveCount(0);
});
