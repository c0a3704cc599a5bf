// Two adults come together: he asks, she types the code with an eID of her own, answers, and changes her mind; each sees their part
// alone. With script and without, wide and on a phone.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, picture, signIn, speak, test } from "./kit.ts";

/** He has booked; the demo has asked her. */
const BOOKER = "odd";
const GUEST = "gro";

// One after the other: what is asked is answered once.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string | RegExp) =>
  main(page).getByRole("link", typeof name === "string" ? { name, exact: true } : { name }).first().click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `joining-${name}`);
}

async function others(page: Page) {
  await page.goto("/visits");
  await signIn(page, BOOKER);
  await speak(page, "nb");
  await page.goto("/visits");
  await follow(page, / kl\. /);
  await follow(page, "Inviter en voksen til");
  await expect(h1(page)).toHaveText("Andre voksne på besøket");
}

test("she is asked, says yes, and cannot come after all", async ({ page, browser }) => {
  patience(120_000);
  await page.goto("/my");
  await signIn(page, GUEST);
  await speak(page, "nb");
  await page.goto("/my");
  await expect(main(page).getByText(/^Odd Rosefink har invitert deg/)).toBeVisible();
  await page.goto("/visits");
  await inBothForms(page, (form) => looked(page, `list${form}`));
  await follow(page, / kl\. /);
  await expect(h1(page)).toHaveText("Vil du være med på besøket?");
  await inBothForms(page, (form) => looked(page, `question${form}`));
  await press(page, "Ja, jeg blir med");
  await expect(main(page).getByText("Du er med på besøket.")).toBeVisible();
  await inBothForms(page, (form) => looked(page, `coming${form}`));

  const his = await browser.newPage();
  await others(his);
  await expect(main(his).getByText("Kan komme", { exact: true })).toBeVisible();
  await expect(main(his).getByText("Gro")).toHaveCount(0);
  await his.close();

  await main(page).getByText("Jeg kan ikke komme likevel", { exact: true }).click();
  await press(page, "Meld fra at jeg ikke kommer");
  await expect(main(page).getByText("Du har sagt at du ikke kan komme.")).toBeVisible();
  await looked(page, "left");
});

test("he passes a code on, and takes it back", async ({ page, browser }) => {
  patience(120_000);
  await others(page);
  await expect(main(page).getByText("Kan ikke komme", { exact: true })).toBeVisible();
  await press(page, "Lag en kode");
  await expect(main(page).getByText(/^Koden er laget/)).toBeVisible();
  await inBothForms(page, (form) => looked(page, `others${form}`));
  const code = (await main(page).locator("strong.wire").first().innerText()).trim();

  const hers = await browser.newPage();
  await hers.goto("/visits/join");
  await signIn(hers, GUEST);
  await speak(hers, "nb");
  await hers.goto("/visits/join");
  await looked(hers, "code");
  await hers.getByLabel("Kode").fill("1234");
  await press(hers, "Vis besøket");
  await expect(hers).toHaveTitle(/^Feil: /);
  await expect(hers.locator("#error-summary")).toBeFocused();
  await expect(hers.getByLabel("Kode")).toHaveValue("1234");
  await looked(hers, "code-wrong");
  await hers.getByLabel("Kode").fill(code);
  await press(hers, "Vis besøket");
  await press(hers, "Nei");
  await expect(main(hers).getByText("Du har svart nei.")).toBeVisible();
  await looked(hers, "declined");

  await page.reload();
  await expect(main(page).getByText("Kan ikke komme", { exact: true })).toHaveCount(2);
  await press(page, "Lag en kode");
  await press(page, "Ta tilbake invitasjon 3");
  await expect(main(page).getByText("Invitasjonen er tatt tilbake.")).toBeVisible();
  await hers.goto("/visits/join");
  await hers.getByLabel("Kode").fill(code);
  await press(hers, "Vis besøket");
  await expect(main(hers).getByText("Du har svart nei."), "an old code leads to what came of it").toBeVisible();
  await hers.close();
});
