// Signing in as a citizen and out again, from a page that asks for it.
import { axe, expect, noSidewaysScroll, picture, reach, signIn, signOut, test } from "./kit.ts";

test("Maja signs in on the way to her page, and out again", async ({ page }) => {
  await page.goto("/my");
  await expect(page).toHaveURL(/\/sign-in\b/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "sign-in");

  await signIn(page, "maja");
  await expect(page).toHaveURL(/\/my$/);
  const name = page.getByText(/Maja/);
  await expect(await reach(name)).toBeVisible();
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "my");

  await signOut(page);
  await page.goto("/my");
  await expect(page).toHaveURL(/\/sign-in\b/);
});

test("the provider's page can be used by everyone", async ({ page }) => {
  await page.goto("/sign-in");
  await page.locator('form[action="/auth/citizen/start"]').getByRole("button").first().click();
  await expect(page.locator('button[name="persona"]').first()).toBeVisible();
  await noSidewaysScroll(page);
  await axe(page);
});

test("a way back to another site is not followed", async ({ page, baseURL }) => {
  await page.goto("/sign-in?return_to=https%3A%2F%2Fevil.example%2F");
  await signIn(page, "maja");
  expect(new URL(page.url()).origin).toBe(new URL(baseURL as string).origin);
});
