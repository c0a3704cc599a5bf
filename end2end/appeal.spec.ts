// A refused relative appeals: from the decision to the receipt, to the desk where it was decided, to the region, and back to where
// it is decided anew. She is nobody else's, for a person has one draft.
import type { Page } from "@playwright/test";
import { axe, expect, inBothForms, noSidewaysScroll, patience, pick, picture, signIn, signOut, speak, test } from "./kit.ts";

const APPELLANT = "ingrid";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();

/** What every page here owes its reader. */
async function looked(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await noSidewaysScroll(page);
  await axe(page);
  await picture(page, `appeal-${name}`);
}

/** Applies by posting what the pages post; gives the path of the case and the reference of the receipt. */
async function applied(page: Page, baseURL: string): Promise<{ path: string; reference: string }> {
  await page.goto("/my");
  await signIn(page, APPELLANT);
  await speak(page, "nb");
  const post = async (to: string, form: Record<string, string>) => {
    const headers = { origin: baseURL, "sec-fetch-site": "same-origin", accept: "text/html" };
    const answer = await page.request.post(`/api/visits/apply/${to}`, { form, headers });
    expect(answer.ok(), `${to}: ${answer.status()}`).toBe(true);
    return answer;
  };
  await post("whom", { name: "Even Fjellvik", birth_day: "1", birth_month: "1", birth_year: "1970", number: "" });
  await post("relation", { relation: "friend" });
  await page.goto("/visits/apply/contact");
  const email = await page.locator('input[name="email"]').inputValue();
  await post("contact", { email: email || "noen@eksempel.no", phone: "41234567" });
  await post("children", { name: "", birth_day: "", birth_month: "", birth_year: "", then: "on" });
  await post("needs", { language: "", note: "" });
  await post("police", { read: "yes" });
  const sent = await post("submit", {});
  const receipt = await sent.text();
  const reference = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(receipt);
  expect(reference, "the receipt names the reference").not.toBeNull();
  const id = sent.url().split("/").pop() as string;
  return { path: `/visits/clearances/${id}`, reference: (reference as RegExpExecArray)[0] };
}

/** The officer answers for the inmate and the police, and refuses. */
async function refused(page: Page, path: string) {
  await signIn(page, "henrik", "staff");
  await page.goto(`/staff${path.replace("/visits", "")}?reason=handle_case`);
  await pick(page.getByLabel("Ja", { exact: true }));
  await press(page, "Registrer svaret");
  await pick(page.getByLabel("Ingen merknad"));
  await press(page, "Registrer svaret");
  await pick(page.getByLabel("Avslått"));
  await page.getByLabel("Hvilket mildere tiltak har du vurdert?").fill("Glassvegg ble vurdert og er ikke nok.");
  await page.getByLabel("Hvorfor er det nødvendig?").fill("Det er grunn til å tro at besøket vil bli misbrukt.");
  await press(page, "Se brevet og fatt vedtak");
  await press(page, "Fatt vedtak");
}

test("an appeal from the decision to the region and back", async ({ page, baseURL }) => {
  patience(150_000);
  const { path } = await applied(page, baseURL as string);
  await refused(page, path);

  // She appeals.
  await page.goto(path);
  await expect(main(page)).toContainText("Det er grunn til å tro at besøket vil bli misbrukt.");
  await looked(page, "decision");
  await main(page).getByRole("link", { name: /^Klag på vedtaket/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Klag på et vedtak");
  await inBothForms(page, (form) => looked(page, `write${form}`));
  await page.getByLabel("Hva vil du at vi skal bestemme i stedet?").fill("At jeg får komme på besøk.");
  await press(page, "Send klagen");
  await expect(page.locator("#error-summary")).toBeFocused();
  await expect(page.getByLabel("Hva vil du at vi skal bestemme i stedet?")).toHaveValue("At jeg får komme på besøk.");
  await expect(page).toHaveTitle(/^Feil: /);
  await looked(page, "write-wrong");
  await page.getByLabel("Hva er du uenig i, og hvorfor?").fill("Jeg har aldri gjort noe galt på besøk.");
  await press(page, "Lagre utkast");
  await expect(main(page).getByText("Utkastet ble lagret")).toBeVisible();
  await looked(page, "write-saved");
  await page.getByLabel(/Jeg ber om at vedtaket ikke settes i verk/).check({ force: true });
  await press(page, "Send klagen");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Klagen er sendt");
  await inBothForms(page, (form) => looked(page, `receipt${form}`));
  await main(page).getByRole("link", { name: "Følg klagen" }).click();
  const appeal = new URL(page.url()).pathname;
  await inBothForms(page, (form) => looked(page, `sent${form}`));
  await main(page).getByRole("link", { name: "Trekk klagen" }).click();
  await inBothForms(page, (form) => looked(page, `withdraw${form}`));
  await main(page).getByRole("link", { name: "Nei, behold den" }).click();
  await page.goto("/my/appeals");
  await inBothForms(page, (form) => looked(page, `list${form}`));

  // Where it was decided.
  const desk = `/staff/appeals/${appeal.split("/").pop()}`;
  await page.goto("/staff/appeals");
  await looked(page, "desk");
  await page.goto(desk);
  await looked(page, "desk-one");
  await press(page, "Send til regionen");
  await expect(page.locator("#error-summary")).toBeFocused();
  await looked(page, "desk-wrong");
  await page.getByLabel("Uttalelse til regionen").fill("Vi står på vedtaket.");
  await press(page, "Send til regionen");
  await expect(main(page).getByText("Regionen har klagen.")).toBeVisible();
  await page.goto(appeal);
  await expect(main(page).getByText("Vi står på vedtaket.")).toBeVisible();
  await looked(page, "forwarded");

  // The level above.
  await page.goto("/staff");
  await signOut(page, "staff");
  await signIn(page, "ragnhild", "staff");
  await page.goto(desk);
  await looked(page, "region");
  await pick(page.getByLabel("Vedtaket er endret"));
  await page.getByLabel("Begrunnelse", { exact: true }).fill("Påsyn er nok.");
  await press(page, "Avgjør klagen");
  await expect(main(page).getByText("Påsyn er nok.")).toBeVisible();
  await looked(page, "region-decided");

  await page.goto(appeal);
  await expect(main(page).getByText("Fengselet skal bestemme på nytt.", { exact: false })).toBeVisible();
  await inBothForms(page, (form) => looked(page, `decided${form}`));
  await page.goto(`${appeal}/print`);
  await looked(page, "print");
  for (const locale of ["nn", "en"] as const) {
    await speak(page, locale);
    await looked(page, `print-${locale}`);
  }
});
