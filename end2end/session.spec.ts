// The end of a session: the warning comes in time and extends in place, and what was typed too late is kept.
import { axe, expect, full, noSidewaysScroll, picture, signIn, test, withScript } from "./kit.ts";

const isWasm = (url: string) => url.endsWith(".wasm");

test("the session is extended in place, and no page pays for the warning before", async ({ page, watch }) => {
  test.skip(!withScript(), "needs script; without it the server keeps what is sent");
  await page.clock.install({ time: Date.now() });
  await page.goto("/sign-in?return_to=/my/contact");
  await signIn(page, "eirik");
  await page.locator('input[name="email"]').fill("even@eksempel.no");
  const warning = page.locator(".session-warning form");
  await page.clock.fastForward("27:00");
  await expect(warning).toBeHidden();
  expect(watch.requests.filter(isWasm), "Wasm before it is needed").toEqual([]);

  await page.clock.fastForward("01:10");
  await expect(warning).toBeVisible();
  expect(watch.requests.filter(isWasm)).toHaveLength(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "session-warning");

  await warning.getByRole("button").click();
  await expect(warning).toBeHidden();
  await expect(page.locator('input[name="email"]')).toHaveValue("even@eksempel.no");
  await page.clock.fastForward("31:00");
  await expect(page.locator(".session-warning > p").last()).toBeVisible();
});

test("what is sent after the end comes back after the sign-in", async ({ page }) => {
  test.skip(!full && !["noscript-1280", "script-360"].includes(test.info().project.name), "only with --full");
  const base = process.env.VARDE_SHORT_SESSION_URL;
  expect(base, "VARDE_SHORT_SESSION_URL: a server whose sessions run out after a minute").toBeTruthy();
  test.setTimeout(120_000);
  await page.goto(`${base}/sign-in?return_to=/visits/apply/whom`);
  await signIn(page, "eirik");
  const name = page.locator('input[name="name"]');
  await name.fill("Jonas <Fjellvik>");
  await page.waitForTimeout(61_000);

  await page.locator("main form").filter({ has: name }).getByRole("button").last().click();
  await expect(page).toHaveURL(/\/sign-in\b.*outcome=ended/);
  await signIn(page, "eirik");
  await expect(page).toHaveURL(/\/visits\/apply\/whom\?/);
  await expect(name).toHaveValue("Jonas <Fjellvik>");
  await expect(page.getByText("Det du skrev, er her ennå")).toBeVisible();
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "session-kept");
});
