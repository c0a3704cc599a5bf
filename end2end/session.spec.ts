// The end of a session: the warning comes in time and extends in place, and what was typed too late is kept.
import { axe, expect, full, noSidewaysScroll, picture, signIn, signOut, test, withScript } from "./kit.ts";

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

test("her own area warns as well, and says no more than that", async ({ page }) => {
  test.skip(!withScript(), "needs script");
  await page.clock.install({ time: Date.now() });
  await page.goto("/message");
  await page.getByRole("button", { name: "Logg inn" }).click();
  await page.locator('button[name="persona"][value="runa"]').click();
  await expect(page).toHaveURL(/\/message$/);
  const warning = page.locator(".session-warning form");
  await page.clock.fastForward("28:10");
  await expect(warning).toBeVisible();
  await expect(page).toHaveTitle("Melding – Varde");
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "session-warning-message");
  await warning.getByRole("button").click();
  await expect(warning).toBeHidden();
  await page.clock.fastForward("31:00");
  await expect(page.locator(".session-warning > p").last()).toBeVisible();
});

test("what is sent after the end comes back after the sign-in", async ({ page }) => {
  test.skip(!full && !["noscript-360", "script-360"].includes(test.info().project.name), "only with --full");
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

/** T4: whoever sits down at the machine next goes back and forward through what the browser has kept. */
test("after the sign-out neither back nor forward shows a page of hers", async ({ page, watch }) => {
  await page.goto("/sign-in?return_to=/visits/apply/whom");
  await signIn(page, "maja");
  await expect(page.locator('input[name="name"]')).toBeVisible();
  const name = page.getByText("Maja Fjellvik");
  for (const path of ["/my", "/my/contact", "/visits"]) {
    const answer = await page.goto(path);
    expect(answer?.headers()["cache-control"], path).toContain("no-store");
  }
  await page.goto("/my");
  await expect(name.first()).toBeAttached();
  const hers = /\/(my|visits)(\/|$)/;
  const length = await page.evaluate(() => history.length);
  await signOut(page);
  await expect(page).not.toHaveURL(hers);

  for (const way of ["back", "forward"] as const) {
    for (let step = 1; step < length + 2; step += 1) {
      const before = page.url();
      const answer = await (way === "back" ? page.goBack() : page.goForward());
      // The end of what the browser has kept.
      if (answer === null && page.url() === before) break;
      expect(new URL(page.url(), "http://localhost").pathname, `${step} steps ${way}`).not.toMatch(hers);
      await expect(name, `${step} steps ${way}`).toHaveCount(0);
    }
  }
  // On the way lies the provider's page, which is good for one sign-in and says so.
  const others = watch.errors.filter((error) => !error.includes("status of 400"));
  expect(others).toEqual([]);
  watch.errors.length = 0;
});
