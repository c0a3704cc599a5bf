// Shows a visit pass that its owner has kept on this phone when there is no line; keeps nothing by itself and touches no other
// page. A pass whose visit is over, or that is not hers any more, is thrown away; signing out throws all away.
const STORE = "passes";
const UNTIL = "x-kept-until";
const PASS = /^\/visits\/bookings\/[0-9A-Z]{26}\/pass$/;

const path = (request) => new URL(request.url).pathname;

// What is left, the one that is used first on top.
const kept = async () => {
  const store = await caches.open(STORE);
  const left = [];
  let over = false;
  for (const request of await store.keys()) {
    if (!PASS.test(path(request))) continue;
    const until = Number((await store.match(request)).headers.get(UNTIL));
    if (until > Date.now()) left.push([until, path(request)]);
    else over = await store.delete(request);
  }
  // A store that is only just being filled is left alone.
  if (over && left.length === 0) await caches.delete(STORE);
  return left.sort((a, b) => a[0] - b[0]).map(([, pass]) => pass);
};

const offline = async (asked) => {
  const passes = await kept();
  const store = await caches.open(STORE);
  if (passes.includes(asked)) return store.match(asked);
  return passes.length > 0 ? Response.redirect(passes[0]) : Response.error();
};

const page = async (request) => {
  const asked = path(request);
  try {
    const answer = await fetch(request);
    if (PASS.test(asked) && [404, 410].includes(answer.status)) await (await caches.open(STORE)).delete(asked);
    return answer;
  } catch {
    return offline(asked);
  }
};

// The style is kept beside the pass, for a browser may have thrown its own copy away.
const style = (request) => fetch(request).catch(async () => (await caches.match(request)) ?? Response.error());

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([kept(), self.clients.claim()])));
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") event.respondWith(page(event.request));
  else if (event.request.destination === "style") event.respondWith(style(event.request));
});
