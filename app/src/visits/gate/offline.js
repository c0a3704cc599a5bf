// A mark is kept in this browser, without a name, until the server has taken it: where there is no line it is sent later. Each has the
// key of its form, so that it counts once however often it is sent. The server asks whose it is.
const box = document.querySelector("[data-unsent]");
const { action, store, waits, again, sent, refused, choose } = box.dataset;
const [said, list] = [box.querySelector("[role=status]"), box.querySelector("ul")];
const [retry, drop] = box.querySelectorAll("button");
const read = () => JSON.parse(localStorage.getItem(store) ?? "[]");
const write = (marks) => (marks.length ? localStorage.setItem(store, JSON.stringify(marks)) : localStorage.removeItem(store));
const waiting = () => read().filter((mark) => !mark.wrong);
const clock = (at) => new Date(at).toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
const forms = () => [...document.forms].filter((form) => form.getAttribute("action") === action);
const page = (mark) => `/staff/gate/${mark.visit}?refused=${mark.wrong}`;
const ask = (url, rest) => fetch(url, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8000), ...rest });

/** In place of all that could be marked of its visit. */
const put = (mark) =>
  forms()
    .filter((form) => form.elements.public.value === mark.visit)
    .map((form) => {
      const words = document.createElement("p");
      [words.className, words.tabIndex] = ["small", -1];
      words.textContent = sent.replace("{what}", mark.what).replace("{clock}", clock(mark.at));
      form.replaceWith(words);
      return words;
    });
/** What has not changed is not written anew: it would be read out again. */
const show = (signIn, told) => {
  const [n, wrong] = [waiting().length, read().filter((mark) => mark.wrong)];
  const words = told ?? (n ? (signIn ? again : waits).replace("{n}", n) : wrong.length ? refused : "");
  box.hidden = !words;
  if (said.textContent !== words) said.textContent = words;
  [retry.hidden, drop.hidden] = [n === 0, wrong.length === 0];
  const items = wrong.map((mark) => {
    const [item, link] = [document.createElement("li"), document.createElement("a")];
    [link.href, link.textContent] = [page(mark), `${mark.what}, ${clock(mark.at)}`];
    item.append(link);
    return item;
  });
  if (items.map((item) => item.outerHTML).join("") !== list.innerHTML) list.replaceChildren(...items);
};

/** Tells what came of it: taken, refused for a reason, nobody or another is signed in, or nothing. The server's clock counts for a fresh one. */
const deliver = async (mark, isFresh) => {
  const body = new URLSearchParams(mark.body);
  body.set("whose", store);
  if (!isFresh) body.set("at", mark.at);
  const answer = await ask(action, { method: "POST", body }).catch(() => null);
  if (answer?.type === "opaqueredirect" || answer?.status === 401) return "sign-in";
  if (!answer || answer.status === 429 || answer.status >= 500) return "nothing";
  const others = read().filter((other) => other.key !== mark.key);
  const wrong = answer.ok ? undefined : (answer.headers.get("x-refused") ?? "gate_order");
  write(wrong && !isFresh ? [...others, { ...mark, wrong }] : others);
  return wrong ? { wrong } : "taken";
};

let [isBusy, askedAgain, pressing, signedOut] = [false, false, 0, false];
/** Asked while it is at it, it tries once more: the line may have come back in the middle of a try that fails. */
const send = async () => {
  if (isBusy) askedAgain = true;
  if (isBusy || !waiting().length) return;
  [isBusy, askedAgain, signedOut] = [true, false, false];
  let done = 0;
  for (const mark of waiting()) {
    const told = await deliver(mark, false);
    signedOut = told === "sign-in";
    if (signedOut || told === "nothing") break;
    done += 1;
  }
  isBusy = false;
  if (askedAgain && !signedOut && waiting().length) return send();
  show(signedOut);
  if (done && !pressing && !waiting().length) location.reload();
};

/** Online the page of the answer says at its field what is missing; otherwise it is said here, and nothing is kept. */
const incomplete = async (form, field) => {
  if (navigator.onLine && (await ask("/keep.js", { method: "HEAD", signal: AbortSignal.timeout(4000) }).catch(() => null))?.ok) return form.submit();
  show(false, choose);
  form.elements[field][0].focus();
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!forms().includes(form)) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const [visit, key, unit] = ["public", "key", "unit"].map((name) => body.get(name));
  if (!body.get("kind")) return incomplete(form, "kind");
  if (body.get("kind") === "denied" && !body.get("reason")) return incomplete(form, "reason");
  // What was chosen, or the words of the button alone: what only a screen reader hears names people.
  const chosen = form.querySelector("input[name=kind]:checked")?.labels[0];
  const what = (chosen ?? event.submitter.querySelector("span").firstChild).textContent.trim();
  const mark = { visit, key, what, body: body.toString(), at: Date.now() };
  write([...read(), mark]);
  const [words] = put(mark);
  pressing += 1;
  const told = await deliver(mark, true);
  pressing -= 1;
  if (told === "taken") return location.assign(unit ? `/staff/gate?unit=${encodeURIComponent(unit)}&done=marked` : `${location.pathname}?done=marked`);
  if (told.wrong) return location.assign(page({ visit, wrong: told.wrong }));
  words.focus();
  show(told === "sign-in");
});
retry.addEventListener("click", send);
drop.addEventListener("click", () => {
  write(waiting());
  const title = document.querySelector("h1");
  title.tabIndex = -1;
  title.focus();
  show(signedOut);
});
addEventListener("online", send);
setInterval(() => signedOut || send(), 20000);
waiting().forEach(put);
show(false);
send();
