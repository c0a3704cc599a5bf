// The browser suite: each journey with script and without, on a wide screen and on a phone.
// `cargo xtask test` starts a server for each of these ways, so that the people of the journeys are found as they
// were at first, and names it in VARDE_BASE_URL; VARDE_FULL=1 adds what multiplies.
import { defineConfig } from "@playwright/test";

const wide = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };
/** 1280 pixels at 400 %. */
const zoomed = { width: 320, height: 256 };

const projects = [
  { name: "script-1280", use: { viewport: wide } },
  { name: "script-360", use: { viewport: phone } },
  { name: "noscript-1280", use: { viewport: wide, javaScriptEnabled: false } },
  { name: "noscript-360", use: { viewport: phone, javaScriptEnabled: false } },
];

/** Each journey in each of these ways too: `cargo xtask test --full`. */
const matrix = [
  { name: "script-nowasm", timeout: 120_000, use: { viewport: phone } },
  { name: "script-keyboard", timeout: 240_000, use: { viewport: wide } },
  { name: "script-slow", timeout: 300_000, expect: { timeout: 60_000 }, use: { viewport: phone } },
  { name: "script-zoom", timeout: 120_000, use: { viewport: zoomed } },
  { name: "script-forced", timeout: 120_000, use: { viewport: wide, forcedColors: "active" as const } },
  { name: "script-still", timeout: 120_000, use: { viewport: phone, reducedMotion: "reduce" as const } },
  { name: "script-dark", timeout: 120_000, use: { viewport: wide, colorScheme: "dark" as const } },
];

export default defineConfig({
  testDir: ".",
  outputDir: "results/run",
  reporter: [["list"]],
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: process.env.VARDE_BASE_URL ?? "http://localhost:3000",
    locale: "nb-NO",
    timezoneId: "Europe/Oslo",
    screenshot: "only-on-failure",
    trace: "off",
    launchOptions: {
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
    },
  },
  projects: [...projects, ...matrix],
});
