// Loads the Wasm and hands each island its element, parents before children. A page with islands does so once it
// is quiet; every signed-in page does so when its session nears its end. Each marks a script with what is to be
// fetched and when; this file is run once for all of them.
const marks = [...document.querySelectorAll("script[data-wasm]")];
const { js, wasm } = marks[0].dataset;
// When the page was asked for, on the clock on the wall: the session's seconds count from here.
const made = Math.round(Date.now() - performance.now());
document.body.dataset.made = made;
const children = [];
const wake = async (node, islands) => {
  const tag = node.tagName.toLowerCase();
  if (tag === "leptos-children") children.push(node.$$on_hydrate);
  if (tag === "leptos-island") {
    const ready = children[children.length - 1];
    if (ready) ready();
    await islands[node.dataset.component]?.(node);
  }
  for (const child of node.children) await wake(child, islands);
  if (tag === "leptos-children") children.pop();
};
// Without its Wasm a page is what it was: whole, and slower to say what is wrong.
const load = async () => {
  const islands = await import(js);
  await islands.default({ module_or_path: wasm });
  return islands;
};
let awake = false;
const start = async () => {
  if (awake) return true;
  awake = true;
  const islands = await load().catch(() => undefined);
  awake = islands !== undefined;
  if (!awake) return false;
  islands.hydrate();
  await wake(document.body, islands);
  return true;
};
// Looks again and again, for a long timer stands still while a laptop sleeps, and a line may come back.
const wait = (seconds) => {
  const due = made + seconds * 1000;
  const look = setInterval(async () => {
    if (Date.now() >= due && (await start())) clearInterval(look);
  }, 5000);
};
for (const { dataset } of marks) {
  if (dataset.after) wait(dataset.after);
  else if ("requestIdleCallback" in window) requestIdleCallback(start);
  else start();
}
