// Hands that have no mouse: every click, every word and every choice of a journey is made from the keyboard alone, by
// Tab and what a browser does with Enter, Space, arrows and letters. What Tab does not reach cannot be used.
import { expect, type Locator, type Page } from "@playwright/test";

/** More stops than any page of ours has. */
const MOST_STOPS = 400;

const isFocused = (target: Locator) =>
  target.evaluate((element) => {
    const active = document.activeElement;
    return active === element || (element instanceof HTMLLabelElement && element.control === active);
  });

/** Goes on by Tab until this has the focus; the focus can be seen there. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  // Of two windows the one in front has the focus.
  await page.bringToFront();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await isFocused(target)) return seen(target);
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not come to ${target}`);
}

/** A ring, an underline or a frame: something tells where one is. The control itself or what draws it. */
async function seen(target: Locator) {
  const visible = await target.evaluate((element) => {
    const around = [element, element.parentElement, element.nextElementSibling, element.closest("label")];
    return around.some((one) => {
      if (!one) return false;
      const style = getComputedStyle(one);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    });
  });
  expect(visible, `the focus at ${target} can be seen`).toBe(true);
}

/** Radio buttons are one stop; arrows go from one to the next and choose it. */
let marked = 0;

/** The element that is meant now: "the first that is not checked" is another one as soon as it is checked. */
async function meant(page: Page, target: Locator) {
  marked += 1;
  await target.evaluate((element, mark) => element.setAttribute("data-hand", mark), `${marked}`);
  return page.locator(`[data-hand="${marked}"]`);
}

async function chooseRadio(page: Page, target: Locator) {
  const name = await target.getAttribute("name");
  const group = page.locator(`input[type="radio"][name="${name}"]`);
  const count = await group.count();
  const inGroup = () => page.evaluate((n) => (document.activeElement as HTMLInputElement | null)?.name === n, name);
  for (let stop = 0; stop < MOST_STOPS && !(await inGroup()); stop++) await page.keyboard.press("Tab");
  if (!(await target.isChecked()) && (await isFocused(target))) await page.keyboard.press("Space");
  for (let step = 0; step <= count && !(await target.isChecked()); step++) await page.keyboard.press("ArrowDown");
  await expect(target).toBeChecked();
}

async function press(page: Page, target: Locator) {
  // Whoever clicks a label means what it labels.
  const control = await target.evaluate((element) => element.closest("label")?.control?.id);
  if (control) return check(page, page.locator(`[id="${control}"]`));
  await tabTo(page, target);
  const leads = await target.evaluate(
    (element) => (element instanceof HTMLAnchorElement && !element.download) || (element as HTMLButtonElement).type === "submit",
  );
  // A click waits for the page it leads to; a key does not, and the next address would cut it short.
  const led = leads ? page.waitForEvent("framenavigated", { timeout: 3_000 }).catch(() => null) : null;
  await page.keyboard.press("Enter");
  await led;
}

async function check(page: Page, target: Locator, checked = true) {
  const one = await meant(page, target);
  if ((await one.getAttribute("type")) === "radio") return chooseRadio(page, one);
  if ((await one.isChecked()) === checked) return;
  await tabTo(page, one);
  await page.keyboard.press("Space");
  await expect(one).toBeChecked({ checked });
}

async function fill(page: Page, target: Locator, text: string) {
  await tabTo(page, target);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.type(text);
}

/** An option by its value, by what it says, or by its place; a bare word is either of the first two. */
type Wanted = string | { value: string } | { label: string } | { index: number };

async function select(page: Page, target: Locator, wanted: Wanted) {
  await tabTo(page, target);
  const by: { word?: string; value?: string; label?: string; index?: number } =
    typeof wanted === "string" ? { word: wanted } : wanted;
  const options = await target.locator("option").count();
  const there = () =>
    target.evaluate((element, { word, value, label, index }) => {
      const list = element as HTMLSelectElement;
      const chosen = list.selectedOptions[0];
      if (index !== undefined) return list.selectedIndex === index;
      if (word !== undefined) return chosen?.value === word || chosen?.label === word;
      return value === undefined ? chosen?.label === label : chosen?.value === value;
    }, by);
  await page.keyboard.press("Home");
  for (let step = 0; step < options && !(await there()); step++) await page.keyboard.press("ArrowDown");
  expect(await there(), `${JSON.stringify(wanted)} is chosen`).toBe(true);
}

/** From now on locators are used by hand, each on its own page: a journey may have two windows. */
export function byKeyboard(page: Page) {
  const locators = Object.getPrototypeOf(page.locator("body"));
  const hands = {
    click(this: Locator) {
      return press(this.page(), this);
    },
    check(this: Locator) {
      return check(this.page(), this);
    },
    uncheck(this: Locator) {
      return check(this.page(), this, false);
    },
    fill(this: Locator, text: string) {
      return fill(this.page(), this, text);
    },
    selectOption(this: Locator, wanted: Wanted) {
      return select(this.page(), this, wanted);
    },
  };
  Object.assign(locators, hands);
}
