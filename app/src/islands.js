// Loads the Wasm and hands each island its element, parents before children. A page with islands does so once it
// is quiet; every signed-in page does so when its session nears its end. Whoever comes first does it for all.
const own = document.querySelector("script[data-wasm]:not([data-read])");
own.dataset.read = "";
// When the page was asked for, on the clock on the wall: the session's seconds count from here.
const made = Math.round(Date.now() - performance.now());
document.body.dataset.made ??= made;
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
const start = async () => {
  if ("awake" in document.body.dataset) return;
  document.body.dataset.awake = "";
  const islands = await import(own.dataset.js);
  await islands.default({ module_or_path: own.dataset.wasm });
  islands.hydrate();
  await wake(document.body, islands);
};
// Looks again and again, for a long timer stands still while a laptop sleeps.
const wait = (seconds) => {
  const due = made + seconds * 1000;
  const look = setInterval(() => {
    if (Date.now() < due) return;
    clearInterval(look);
    start();
  }, 5000);
};
if (own.dataset.after) wait(own.dataset.after);
else if ("requestIdleCallback" in window) requestIdleCallback(start);
else start();
