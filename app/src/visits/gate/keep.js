// "Keep on this phone": the pass as it stands here, without the rest of the page, is put where /keep.js finds it.
for (const box of document.querySelectorAll("[data-keep]")) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) break;
  const [keep, drop] = box.querySelectorAll("button");
  const said = box.querySelector("[role=status]");
  const main = document.querySelector("main");
  const show = (is) => {
    [keep.hidden, drop.hidden] = [is, !is];
    said.textContent = is ? box.dataset.kept : "";
  };
  const copy = () => {
    const body = main.cloneNode(true);
    for (const link of body.querySelectorAll("a")) (link.closest("p, nav") ?? link).remove();
    for (const part of body.querySelectorAll("script, button, form, nav, [data-keep]")) part.remove();
    const styles = [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.outerHTML).join("");
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Varde</title>${styles}`;
    const html = `<!DOCTYPE html><html lang="${document.documentElement.lang}"><head>${head}</head><body class="public">${body.outerHTML}</body></html>`;
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'",
      "x-kept-until": box.dataset.until,
    };
    return new Response(html, { headers });
  };
  const put = async () => {
    const store = await caches.open("passes");
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) await store.add(link.href);
    await store.put(location.pathname, copy());
  };
  const start = async () => {
    const has = await caches.has("passes");
    const is = has && (await (await caches.open("passes")).match(location.pathname)) !== undefined;
    // It may have been moved since it was kept.
    if (is) await put();
    box.hidden = false;
    show(is);
  };
  keep.addEventListener("click", async () => {
    await navigator.serviceWorker.register("/keep.js");
    await put();
    await navigator.serviceWorker.ready;
    show(true);
    drop.focus();
  });
  drop.addEventListener("click", async () => {
    const store = await caches.open("passes");
    await store.delete(location.pathname);
    const left = (await store.keys()).some((request) => new URL(request.url).pathname.endsWith("/pass"));
    if (!left) {
      await caches.delete("passes");
      await (await navigator.serviceWorker.getRegistration())?.unregister();
    }
    show(false);
    keep.focus();
  });
  start();
}
