// The feed's health: what a case system has told and what was refused; for those alone whose duty it is. How it looks
// before anything has come is tried over HTTP, for here the journeys of others tell it things.
import { token } from "./feed.ts";
import { axe, expect, noSidewaysScroll, picture, reach, signIn, test } from "./kit.ts";
import type { Page } from "@playwright/test";

async function look(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hendelser fra fagsystemet");
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `feed-${name}`);
}

/** Tells the portal what a case system tells, with a token of the demo's own sender. */
async function told(page: Page, baseURL: string) {
  const headers = { authorization: `Bearer ${token()}` };
  // Nobody whom another walk applies to see: two of one name and day would be an application that finds no prison by itself.
  const inmate = { name: "Sigvart Strømvik", birth_date: "1971-02-03", unit: "lyngmo", since: "2026-01-01T10:00:00+01:00" };
  const put = await page.request.put(`${baseURL}/api/v1/inmates/K-1`, { headers, data: inmate });
  expect(put.ok(), await put.text()).toBe(true);
  const leave = { decision: "2026/17", version: 1, inmate: "K-1", kind: "leave", change: "decided", at: "2027-01-10T08:00:00+01:00" };
  const long = "PERM-2026-000000000000000000000000000000000000000000000000000018";
  const events = [leave, { ...leave, version: 2, change: "moved", at: "2027-01-11T08:00:00+01:00" },
    { ...leave, version: 3, kind: "parole" }, { ...leave, decision: long, inmate: "K-9" }];
  const sent = await page.request.post(`${baseURL}/api/v1/custody-events`, { headers, data: { events } });
  expect(sent.status(), await sent.text()).toBe(202);
}

test("who looks after the feed finds it in the menu", async ({ page }) => {
  await signIn(page, "auditor", "staff");
  await (await reach(page.locator('a[href="/staff/feed"]', { hasText: "Fagsystem" }))).click();
  await expect(page).toHaveURL(/\/staff\/feed$/);
  await look(page, "menu");
});

test("she sees what came and what was refused", async ({ page, baseURL }) => {
  await told(page, baseURL as string);
  await signIn(page, "duty1", "staff");
  await page.goto("/staff/feed");
  await expect(page.getByRole("table")).toHaveCount(3);
  await expect(page.getByRole("row", { name: /koda.*Melder seg/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /PERM-2026/ }).first()).toContainText("ikke meldt inn en innsatt");
  await expect(page.getByText("Feltet kunne ikke leses").first()).toBeVisible();
  await expect(page.getByText("Fjellvik")).toHaveCount(0);
  await look(page, "told");
});

test("to the gate it is not there", async ({ page }) => {
  await signIn(page, "geir", "staff");
  await expect(page.locator('a[href="/staff/feed"]')).toHaveCount(0);
  const answer = await page.goto("/staff/feed");
  expect(answer?.status()).toBe(404);
});
