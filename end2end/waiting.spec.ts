// Whoever finds no fitting time waits for one: what she is offered she books by one press, or says no to; she puts herself on
// the list and takes herself off it. With script and without, wide and on a phone.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, picture, signIn, speak, test } from "./kit.ts";

/** The demo has offered her a time. */
const PERSON = "ingrid";
/** He waits for a weekend of a week in which he has his visit. */
const WAITS = "eirik";

// One after the other: what is offered is offered once.
test.describe.configure({ mode: "default" });

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true }).first().click();
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

async function looked(page: Page, name: string) {
  await expect(h1(page)).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `waiting-${name}`);
}

test("what is offered is told first, and is booked by one press", async ({ page }) => {
  patience(90_000);
  await page.goto("/visits");
  await signIn(page, PERSON);
  await speak(page, "nb");
  await page.goto("/my");
  await expect(main(page).getByRole("link", { name: /Tilbud om en ledig tid/ })).toBeVisible();
  await page.goto("/visits");
  await expect(main(page).getByText(/^Svar innen .+ kl\. \d\d\.\d\d$/)).toBeVisible();
  await inBothForms(page, (form) => looked(page, `list${form}`));
  await follow(page, "Se tilbudet og svar");
  await inBothForms(page, (form) => looked(page, `offer${form}`));
  await follow(page, "Nei takk");
  await inBothForms(page, (form) => looked(page, `decline${form}`));
  await follow(page, "Tilbud om en ledig tid");
  await press(page, "Ja, bestill dette besøket");
  await expect(h1(page)).toHaveText("Besøket er bestilt");
  await looked(page, "receipt");
  const visit = new URL(page.url()).pathname;
  await page.goBack();
  await expect(page, "the way back leads to no second answer").toHaveURL(new RegExp(visit));
  await page.goto(`${visit}/cancel`);
  await press(page, "Avlys besøket");
  await expect(main(page).getByText("Besøket er avlyst").first()).toBeVisible();
});

test("she puts herself on the list, changes what she waits for, and takes it back", async ({ page }) => {
  patience(90_000);
  await page.goto("/visits");
  await signIn(page, PERSON);
  await speak(page, "nb");
  await page.goto("/visits/book");
  await press(page, "Gå videre");
  await expect(main(page).getByRole("heading", { name: "Finner du ingen tid som passer?" })).toBeVisible();
  await looked(page, "way-in");
  await follow(page, "Sett deg på venteliste");
  await inBothForms(page, (form) => looked(page, `ask${form}`));
  const day = main(page).getByRole("group", { name: "Siste dag som passer" }).getByLabel("Dag");
  const good = await day.inputValue();
  await day.fill("99");
  await press(page, "Sett meg på ventelisten");
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.locator("#error-summary")).toBeFocused();
  await expect(day).toHaveValue("99");
  await looked(page, "ask-wrong");
  await day.fill(good);
  await press(page, "Sett meg på ventelisten");
  await expect(main(page).getByText("Du står på ventelisten")).toBeVisible();
  await inBothForms(page, (form) => looked(page, `wait${form}`));

  await page.goto("/visits/book/wait");
  await expect(main(page).getByText("Du står allerede på venteliste")).toBeVisible();
  await main(page).getByText("Bare lørdag og søndag", { exact: true }).click();
  await press(page, "Sett meg på ventelisten");
  await expect(main(page).getByText("Du står på ventelisten på nytt")).toBeVisible();
  await follow(page, "Ta meg av ventelisten");
  await inBothForms(page, (form) => looked(page, `end${form}`));
  await press(page, "Ja, ta meg av");
  await expect(main(page).getByText("Du står ikke lenger på venteliste", { exact: true })).toBeVisible();
  await looked(page, "ended");
  await page.goto("/visits");
  await expect(main(page).getByRole("heading", { name: "Venteliste" })).toHaveCount(0);
});

test("who has a visit that week waits on, and the unit is told how many wait", async ({ page }) => {
  await page.goto("/visits");
  await signIn(page, WAITS);
  await speak(page, "nb");
  await page.goto("/visits");
  await expect(main(page).getByRole("heading", { name: "Venteliste" })).toBeVisible();
  await looked(page, "list-without-offer");
  await signIn(page, "nadia", "staff");
  await page.goto("/staff/visiting?unit=storaasen");
  await expect(main(page).getByText(/^\d venter på en ledig tid\.$/)).toBeVisible();
  await expect(main(page)).not.toContainText("Fjellvik");
  await looked(page, "plan");
});
