// Marks that are made without a line stay in this browser, without a name, and are sent when there is one again. Each has the key of
// its form, so that it counts once however often it is sent.
const box = document.querySelector("[data-unsent]");
const { action, store, waits, again, sent, refused } = box.dataset;
const [said, list] = [box.querySelector("[role=status]"), box.querySelector("ul")];
const [retry, drop] = box.querySelectorAll("button");
const read = () => JSON.parse(localStorage.getItem(store) ?? "[]");
const write = (marks) => (marks.length ? localStorage.setItem(store, JSON.stringify(marks)) : localStorage.removeItem(store));
const clock = (at) => new Date(at).toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
/** What can be marked of one visit on this page. */
const of = (visit) => forms().filter((form) => form.elements.public.value === visit);
const forms = () => [...document.forms].filter((form) => form.getAttribute("action") === action);

const put = (form, mark) => {
  const words = document.createElement("p");
  words.className = "small";
  words.textContent = sent.replace("{what}", mark.what).replace("{clock}", clock(mark.at));
  form.replaceWith(words);
  words.tabIndex = -1;
  return words;
};
const show = (signIn) => {
  const [waiting, wrong] = [read().filter((mark) => !mark.wrong), read().filter((mark) => mark.wrong)];
  box.hidden = waiting.length + wrong.length === 0;
  said.textContent = waiting.length ? (signIn ? again : waits).replace("{n}", waiting.length) : wrong.length ? refused : "";
  [retry.hidden, drop.hidden] = [waiting.length === 0, wrong.length === 0];
  list.replaceChildren(
    ...wrong.map((mark) => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      link.href = `/staff/gate/${new URLSearchParams(mark.body).get("public")}`;
      link.textContent = `${mark.what}, ${clock(mark.at)}`;
      item.append(link);
      return item;
    }),
  );
};
const ask = (url, rest) => fetch(url, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8000), ...rest });

let busy = false;
const send = async () => {
  if (busy || !read().some((mark) => !mark.wrong)) return;
  busy = true;
  let [done, signIn] = [0, false];
  for (const mark of read().filter((one) => !one.wrong)) {
    const answer = await ask(action, { method: "POST", body: new URLSearchParams(mark.body) }).catch(() => null);
    signIn = answer?.type === "opaqueredirect";
    if (!answer || signIn || answer.status === 429 || answer.status >= 500) break;
    done += 1;
    // Another tab may have sent it meanwhile: the key makes it one.
    const left = read().filter((one) => one.body !== mark.body);
    write(answer.ok ? left : [...left, { ...mark, wrong: true }]);
  }
  busy = false;
  show(signIn);
  if (done && !read().length) location.reload();
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!forms().includes(form)) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const at = Date.now();
  // What was chosen, or the words of the button alone: what only a screen reader hears names people.
  const chosen = form.querySelector("input[name=kind]:checked")?.labels[0];
  const what = (chosen ?? event.submitter.querySelector("span").firstChild).textContent.trim();
  if (navigator.onLine && (await ask("/keep.js", { method: "HEAD", signal: AbortSignal.timeout(4000) }).catch(() => null))) return form.submit();
  body.set("at", at);
  const mark = { body: body.toString(), at, what };
  write([...read(), mark]);
  of(body.get("public")).map((one) => put(one, mark))[0].focus();
  show(false);
});
retry.addEventListener("click", send);
drop.addEventListener("click", () => {
  write(read().filter((mark) => !mark.wrong));
  show(false);
});
addEventListener("online", send);
setInterval(send, 20000);
for (const mark of read().filter((one) => !one.wrong)) of(new URLSearchParams(mark.body).get("public")).forEach((form) => put(form, mark));
show(false);
send();
