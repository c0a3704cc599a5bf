// Files as a person sends them, on the page of all parts: chosen, sent over a bad line that is lost on the way, gone on with
// after the page was loaded anew, refused in words, taken away. With script and without, wide and on a phone.
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CDPSession, Page } from "@playwright/test";
import { axe, expect, noSidewaysScroll, patience, picture, signIn, test, withScript } from "./kit.ts";

const PERSON = "eirik";
const FOLDER = mkdtempSync(join(tmpdir(), "varde-files-"));

// One after the other: a person has one list.
test.describe.configure({ mode: "default" });

const section = (page: Page) => page.getByRole("region", { name: "Files", exact: true });
const row = (page: Page, name: string) => section(page).getByRole("listitem").filter({ hasText: name });

/** On a disk, so that it is the same file when it is chosen again. */
function pdf(name: string, length: number): string {
  const filler = randomBytes(length).toString("hex").slice(0, length);
  writeFileSync(join(FOLDER, name), `%PDF-1.7\n${filler}\ntrailer << /Root 1 0 R >>\n%%EOF\n`);
  return join(FOLDER, name);
}

const choose = (page: Page, ...files: string[]) => section(page).getByLabel("Choose files").setInputFiles(files);

/** A line of so many bytes a second, or none. */
async function line(session: CDPSession, bytes: number) {
  const offline = bytes === 0;
  await session.send("Network.emulateNetworkConditions", {
    offline,
    latency: 50,
    downloadThroughput: offline ? 0 : 1_000_000,
    uploadThroughput: bytes,
  });
}

async function slow(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await line(session, 100_000);
  return session;
}

/** From where each request sent, in their order. */
function offsets(page: Page): number[] {
  const from: number[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") from.push(Number(request.headers()["upload-offset"]));
  });
  return from;
}

/** The line dies under the first request that sends bytes, when so many of this file have come: the browser's own switch would
 * let what is on its way arrive. */
async function cut(page: Page, session: CDPSession, file: string, bytes: number) {
  let done = false;
  await page.route("**/files/*", async (route) => {
    const request = route.request();
    if (done || request.method() !== "PATCH") return route.continue();
    done = true;
    const headers = { ...request.headers(), "sec-fetch-site": "same-origin", origin: new URL(request.url()).origin };
    const answer = await page.request.patch(request.url(), { headers, data: readFileSync(file).subarray(0, bytes) });
    expect(answer.status()).toBe(204);
    await line(session, 0);
    await route.abort("connectionreset");
  });
}

const begun = (page: Page, name: string) =>
  expect(async () => {
    const value = await row(page, name).getByRole("progressbar").getAttribute("value");
    expect(Number(value)).toBeGreaterThan(15);
  }).toPass();

async function removed(page: Page, name: string) {
  await row(page, name).getByRole("button", { name: `Remove ${name}` }).click();
  await expect(row(page, name)).toHaveCount(0);
}

async function opened(page: Page) {
  await signIn(page, PERSON);
  await page.goto("/styleguide");
}

test("every state of a file can be seen by anybody", async ({ page }) => {
  await page.goto("/styleguide");
  for (const words of ["Not finished", "Received, being checked", "Received and checked", "Not accepted"]) {
    await expect(section(page).getByText(words, { exact: true }).first()).toBeVisible();
  }
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, "files-states");
});

test("without script a form sends it, and says what is wrong", async ({ page }) => {
  test.skip(withScript(), "with script it begins when it is chosen");
  await opened(page);
  await choose(page, pdf("skjema.pdf", 90_000));
  await section(page).getByRole("button", { name: "Upload" }).click();
  await expect(page).toHaveURL(/\/styleguide$/);
  await expect(row(page, "skjema.pdf")).toContainText("Received");
  await axe(page);
  await section(page).getByRole("button", { name: "Upload" }).click();
  await expect(section(page).getByText("Choose a file.")).toBeVisible();
  await removed(page, "skjema.pdf");
  await expect(section(page).getByText("None yet.")).toBeVisible();
});

test("a file that was chosen before the script came is sent when it is there", async ({ page }) => {
  test.skip(!withScript(), "without script a form sends it");
  let come = () => {};
  const held = new Promise<void>((go) => (come = go));
  await page.route(/\/upload[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await signIn(page, PERSON);
  await page.goto("/styleguide", { waitUntil: "commit" });
  await choose(page, pdf("tidlig.pdf", 60_000));
  await expect(section(page).getByRole("listitem").filter({ hasText: "tidlig.pdf" })).toHaveCount(0);
  come();
  await expect(row(page, "tidlig.pdf")).toContainText("Received");
  await removed(page, "tidlig.pdf");
});

test("a file whose line is lost goes on by itself where it was", async ({ page, watch }) => {
  test.skip(!withScript(), "a form is sent whole or again");
  patience(90_000);
  await opened(page);
  const [session, from, file] = [await slow(page), offsets(page), pdf("samtykke.pdf", 2_400_000)];
  await cut(page, session, file, 900_000);
  await choose(page, file, pdf("vedlegg.pdf", 20_000));
  await expect(row(page, "samtykke.pdf")).toContainText("Waiting for a connection");
  await expect(section(page).getByRole("status")).toContainText("The connection is gone.");
  await expect(row(page, "vedlegg.pdf")).toContainText("Waiting its turn");
  await axe(page);
  await picture(page, "files-lost");
  await line(session, 10_000_000);
  await expect(row(page, "samtykke.pdf")).toContainText("Received", { timeout: 60_000 });
  await expect(row(page, "vedlegg.pdf")).toContainText("Received", { timeout: 30_000 });
  expect(from, "it goes on where it was").toContain(900_000);
  // A browser says so of each request that finds no line.
  expect(watch.errors.splice(0).filter((error) => !error.includes("net::ERR_"))).toEqual([]);
  for (const name of ["samtykke.pdf", "vedlegg.pdf"]) await removed(page, name);
});

test("stopped, resumed, and after a new page chosen again", async ({ page, watch }) => {
  test.skip(!withScript(), "nothing is under way without script");
  patience(90_000);
  await opened(page);
  page.on("dialog", (dialog) => void dialog.accept());
  const [session, from, file] = [await slow(page), offsets(page), pdf("fullmakt.pdf", 1_200_000)];
  await choose(page, file);
  await begun(page, "fullmakt.pdf");
  const pause = row(page, "fullmakt.pdf").getByRole("button", { name: "Pause fullmakt.pdf" });
  await pause.focus();
  await page.keyboard.press("Enter");
  const resume = row(page, "fullmakt.pdf").getByRole("button", { name: "Go on fullmakt.pdf" });
  await expect(resume, "who pressed one has the other under her finger").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row(page, "fullmakt.pdf")).toContainText("Sending");
  await page.waitForTimeout(1_500);
  await page.reload();
  await expect(row(page, "fullmakt.pdf")).toContainText("Choose the same file again and it goes on.");
  await line(session, 10_000_000);
  await choose(page, file);
  await expect(row(page, "fullmakt.pdf")).toHaveCount(1);
  await expect(row(page, "fullmakt.pdf")).toContainText("Received", { timeout: 30_000 });
  expect(from.at(-1), "it does not begin anew").toBeGreaterThan(0);
  watch.errors.splice(0);
  await removed(page, "fullmakt.pdf");
});

test("what cannot be taken is told at once, and the rest goes on", async ({ page, watch }) => {
  test.skip(!withScript(), "the form says so one page later");
  await opened(page);
  writeFileSync(join(FOLDER, "brev.docx"), "PK\u0003\u0004");
  writeFileSync(join(FOLDER, "tom.pdf"), "");
  writeFileSync(join(FOLDER, "skript.pdf"), "%PDF-1.7\n<< /S /JavaScript /JS (x) >>\n%%EOF\n");
  const names = ["brev.docx", "tom.pdf", "skript.pdf"];
  await choose(page, ...names.map((name) => join(FOLDER, name)), pdf("god.pdf", 9_000));
  const words = ["Save it as PDF", "The file is empty.", "a program or a form that runs"];
  for (const [at, name] of names.entries()) await expect(row(page, name)).toContainText(words[at]);
  await expect(row(page, "god.pdf")).toContainText("Received");
  await axe(page);
  await picture(page, "files-refused");
  watch.errors.splice(0);
  for (const name of [...names, "god.pdf"]) await removed(page, name);
  await expect(section(page).getByText("None yet.")).toBeVisible();
});
