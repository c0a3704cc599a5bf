// The pictures of docs/TOUR.md, from those that the browser tests have made: node end2end/tour.mjs
import { copyFileSync, existsSync } from "node:fs";

const PICTURES = {
  "booking-when": "booking-when-script-360",
  "child-asked": "home-child-asked-script-360",
  "work-list": "work-list-script-1280",
  "desk-case": "home-child-case-script-1280",
  "letters-queue": "letters-queue-script-1280",
  "counsel-list": "counsel-list-script-1280",
  "told-notice": "told-notice-script-360",
  "duty-list": "duty-desk-script-1280",
  "trail-alerts": "trail-alerts-script-1280",
};

for (const [name, made] of Object.entries(PICTURES)) {
  const from = `end2end/results/pictures/${made}.png`;
  if (!existsSync(from)) throw new Error(`${from} is not there: run the browser tests first`);
  copyFileSync(from, `docs/tour/${name}.png`);
}
