// Whether a page is valid HTML, judged on the very bytes that the server sends.
import { expect, type Page } from "@playwright/test";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // A list may have a name (ARIA 1.2); the rule's default allows it on landmarks and controls alone.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // `for` and nesting together are valid, and the tie holds when the markup is moved.
    "no-redundant-for": "off",
    // A table that becomes a list on a phone is no table to a screen reader any more unless its roles are said.
    "no-redundant-role": "off",
  },
});

/** Leptos marks in the markup where its views begin and end; `<!>` is such a mark too and no HTML of ours. */
const withoutMarks = (html: string) => html.replace(/<!--.*?-->|<!>/gs, "");

/** No violation in the page as it is served. It is fetched again, with the same cookies. */
export async function valid(page: Page) {
  const response = await page.request.get(page.url(), { headers: { accept: "text/html" } });
  const report = await validator.validateString(withoutMarks(await response.text()));
  const messages = report.results.flatMap((result) => result.messages);
  const found = messages.map((m) => `${m.ruleId}: ${m.message} at ${m.selector ?? `column ${m.column}`}`);
  expect(found, `HTML of ${page.url()}`).toEqual([]);
}
