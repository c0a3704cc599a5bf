// What a browser measures: the bytes of a first visit (P10) and the time to a usable form (P11).
//
//   node bench/peers/browser.mjs --varde http://127.0.0.1:4100 --govuk http://127.0.0.1:4204 [--rounds 7] [--only P10]
//
// Prints one JSON array; `a` is Varde, `b` the peer, one number a round.
import { parseArgs } from "node:util";
import { bytes } from "./browser/bytes.mjs";
import { launch, signedIn } from "./browser/chrome.mjs";
import { form } from "./browser/form.mjs";

const { varde, govuk, rounds, only } = parseArgs({
  options: {
    varde: { type: "string" },
    govuk: { type: "string" },
    rounds: { type: "string", default: "7" },
    only: { type: "string" },
  },
}).values;
const wanted = (id) => !only || only === id;
if (!varde || (wanted("P10") && !govuk)) throw new Error("say --varde and --govuk, each the address of a server");

const browser = await launch();
try {
  const state = await signedIn(browser, varde, "maja");
  const entries = [];
  if (wanted("P10")) entries.push(...(await bytes(browser, { varde, govuk, state })));
  if (wanted("P11")) entries.push(...(await form(browser, { varde, state }, Number(rounds))));
  console.log(JSON.stringify(entries, null, 1));
} finally {
  await browser.close();
}
