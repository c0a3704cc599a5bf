// The browser and who sits before it.
import { chromium } from "@playwright/test";

/** The system's own browser, found and started as the browser suite does. */
export const launch = () =>
  chromium.launch({
    executablePath: "/usr/bin/chromium-headless-shell",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** A first visit: nothing in the cache, no open connection; of what was before only the cookies in `state`. */
export async function visitor(browser, viewport, state) {
  const context = await browser.newContext({ locale: "nb-NO", timezoneId: "Europe/Oslo", viewport, storageState: state });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  return { context, page, line };
}

/** Signs in at the provider's page as one of its people; the cookies carry the session to later visits. */
export async function signedIn(browser, varde, persona) {
  const context = await browser.newContext({ locale: "nb-NO" });
  const page = await context.newPage();
  await page.goto(`${varde}/sign-in`);
  await page.locator('form[action="/auth/citizen/start"]').getByRole("button").first().click();
  await page.locator(`button[name="persona"][value="${persona}"]`).click();
  await page.waitForURL((url) => !/^\/(testid|auth)\//.test(url.pathname));
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Opens a page and makes sure it is that page, not a way round it. */
export async function open(page, url) {
  const response = await page.goto(url);
  if (response?.status() !== 200 || page.url() !== url) {
    throw new Error(`asked for ${url}, came to ${page.url()} with ${response?.status()}`);
  }
}
