// The gate, on both sides of it: whoever stands there finds a visit, and she who comes has a pass to show. What can be marked
// depends on the hour, so the marks themselves are tried over HTTP with a clock of their own.
import { axe, expect, inBothForms, noSidewaysScroll, pick, picture, signIn, signOut, test, withScript } from "./kit.ts";
import type { Page } from "@playwright/test";

async function look(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `gate-${name}`);
}

test("the gate finds a visit, and asks why somebody is not let in", async ({ page }) => {
  await signIn(page, "geir", "staff");
  await page.goto("/staff/gate");
  await inBothForms(page, (form) => look(page, `day${form}`));
  await page.getByLabel("Skann besøkspasset").fill("tull");
  await page.getByRole("button", { name: "Finn besøket" }).click();
  await expect(page).toHaveTitle(/^Feil: /);
  await expect(page.getByLabel("Skann besøkspasset")).toHaveValue("tull");
  await look(page, "not-found");
  const visit = page.getByRole("main").locator('a[href^="/staff/gate/"]').first();
  await visit.click();
  await expect(page.getByRole("main")).toContainText("Slippes inn til");
  await look(page, "visit");
  const reference = await page.locator("dd", { hasText: /^[0-9A-Z]{4}-[0-9A-Z]{4}$/ }).first().innerText();
  const undo = page.getByRole("button", { name: "Angre siste" });
  if (!(await undo.isVisible())) {
    await pick(page.getByLabel("Ikke sluppet inn"));
    await page.getByRole("button", { name: "Registrer", exact: true }).click();
    await expect(page.getByRole("main").getByRole("alert").first()).toContainText("Velg hvorfor");
    await look(page, "visit-why");
  }
  await page.goto("/staff/gate");
  await page.getByLabel("Skann besøkspasset").fill(reference.toLowerCase());
  await page.getByRole("button", { name: "Finn besøket" }).click();
  await expect(page.getByRole("main")).toContainText(reference);
});

test("a pass is ready before the visit and names nobody", async ({ page }) => {
  await signIn(page, "eirik");
  await page.goto("/visits");
  const visit = await page.locator('main a[href^="/visits/bookings/"]').first().getAttribute("href");
  await page.goto(`${visit}/pass`);
  await expect(page.getByRole("img", { name: /QR-kode/ })).toBeVisible();
  await inBothForms(page, (form) => look(page, `pass${form}`));
  await expect(page.getByRole("main")).not.toContainText("Fjellvik");
});

test("a pass that is kept on the phone is there without a line, until she signs out", async ({ page, context, watch }) => {
  test.skip(!withScript(), "only a script keeps anything");
  await signIn(page, "eirik");
  await page.goto("/visits");
  const visit = await page.locator('main a[href^="/visits/bookings/"]').first().getAttribute("href");
  const main = page.getByRole("main");
  await page.goto(`${visit}/pass`);
  await page.getByRole("button", { name: "Behold på denne telefonen" }).click();
  await expect(main.getByRole("status")).toContainText("kan vises uten nett");
  await look(page, "pass-kept");
  const reference = (await main.locator(".pass-reference").textContent()) as string;
  await page.reload();
  await expect(main.getByRole("status")).toContainText("kan vises uten nett");
  await context.setOffline(true);
  // Wherever she begins, the pass is what she finds; nothing else of hers is kept.
  for (const path of [`${visit}/pass`, "/my", "/visits"]) {
    await page.goto(path);
    await expect(page.getByRole("img", { name: /QR-kode/ })).toBeVisible();
    await expect(main).toContainText(reference);
    expect(await page.content(), path).not.toContain("Fjellvik");
  }
  await axe(page);
  await picture(page, "gate-pass-offline");
  await context.setOffline(false);
  // That there is no line is the browser's complaint, and nothing else was.
  expect(watch.errors.splice(0).filter((error) => !error.includes("net::ERR_INTERNET_DISCONNECTED"))).toEqual([]);
  await page.goto(`${visit}/pass`);
  await page.getByRole("button", { name: "Fjern fra denne telefonen" }).click();
  await expect(page.getByRole("button", { name: "Behold på denne telefonen" })).toBeFocused();
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  await page.getByRole("button", { name: "Behold på denne telefonen" }).click();
  await expect(main.getByRole("status")).toContainText("kan vises uten nett");
  await signOut(page);
  await page.goto("/");
  expect(await page.evaluate(async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length])).toEqual([[], 0]);
});

test("what is marked without a line is kept without a name, and sent once when there is one", async ({ page, context, watch }) => {
  test.skip(!withScript(), "only a script keeps anything");
  await signIn(page, "geir", "staff");
  await page.goto("/staff/gate");
  const main = page.getByRole("main");
  await main.locator('a[href^="/staff/gate/"]').last().click();
  await expect(main).toContainText("Slippes inn til");
  const names = (await main.locator("dd").first().innerText()).split(" ");
  const undo = page.getByRole("button", { name: "Angre siste" });
  if (await undo.isVisible()) await undo.click();
  await pick(page.getByLabel("Ikke sluppet inn"));
  await pick(page.getByLabel("Ingen gyldig legitimasjon"));
  await context.setOffline(true);
  await page.getByRole("button", { name: "Registrer", exact: true }).click();
  await expect(main).toContainText(/Ikke sluppet inn kl\. \d\d\.\d\d, ikke sendt ennå/);
  await expect(main.getByRole("status").first()).toContainText("Ikke sendt: 1.");
  await axe(page);
  await picture(page, "gate-offline");
  await main.getByRole("button", { name: "Prøv å sende nå" }).click();
  await expect(main.getByRole("status").first()).toContainText("Ikke sendt: 1.");
  const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith("varde-gate-"))));
  expect(kept).toContain("no_identity");
  for (const name of names) expect(kept).not.toContain(name);

  let sent = 0;
  page.on("request", (request) => (sent += request.method() === "POST" && request.url().endsWith("/api/staff/gate/mark") ? 1 : 0));
  // The page is read anew when all is sent.
  const anew = page.waitForEvent("load");
  await context.setOffline(false);
  await anew;
  // By the hour it is taken, or too early for it: then it says so, with the way to the visit.
  const unsent = page.locator("[data-unsent]");
  const taken = main.getByText(/^\d\d\.\d\d: Ikke sluppet inn/);
  const refused = unsent.getByRole("link", { name: /^Ikke sluppet inn, / });
  await expect(taken.or(refused).first()).toBeVisible();
  expect(sent, "once").toBe(1);
  if (await refused.isVisible()) {
    await expect(unsent).toContainText("Dette ble ikke tatt imot");
    await axe(page);
    await unsent.getByRole("button", { name: "Fjern fra listen" }).click();
  }
  await expect(unsent).toBeHidden();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("varde-gate-")))).toEqual([]);
  expect(watch.errors.splice(0).filter((error) => !/net::ERR_INTERNET_DISCONNECTED|409/.test(error))).toEqual([]);
});
