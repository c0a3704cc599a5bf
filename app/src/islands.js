// Loads the Wasm once the page is quiet and hands each island its element, parents before children.
const href = (id) => document.getElementById(id).href;
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
  const islands = await import(href("varde-js"));
  await islands.default({ module_or_path: href("varde-wasm") });
  islands.hydrate();
  await wake(document.body, islands);
};
"requestIdleCallback" in window ? requestIdleCallback(start) : start();
