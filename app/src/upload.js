// Sends files by tus 1.0 in place of the plain form: one after the other, with a bar, a pause, and so that a lost line costs
// nothing. It goes on by itself when the line is back, and asks first where it was. Nothing of a file is kept in the browser
// but, until its window closes, the mark by which it is known when it is chosen again after the page was loaded anew.
const box = document.querySelector("[data-upload]");
const words = JSON.parse(box.dataset.words);
const form = box.querySelector("form");
const list = box.querySelector("ul");
const picker = form.querySelector('input[type="file"]');
const part = (name, within = box) => within.querySelector(`[data-${name}]`);
// Nothing moved for so long: the line is dead, although nobody said so.
const SILENCE = 30_000;
const VERSION = { "Tus-Resumable": "1.0.0" };
const rows = [];
let busy;

const say = (what, row) => (part("said").textContent = words[what].replace("{name}", row.file.name));
const megabytes = (bytes) => String(Math.ceil((bytes * 10) / 1_048_576) / 10).replace(".", words.decimal);
const size = (bytes) => (bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} kB` : `${megabytes(bytes)} MB`);
const mark = (file) => `${file.name}|${file.size}|${file.lastModified}`;
const key = (url) => `file:${url.split("/").pop()}`;

const show = (row, state, fault = "") => {
  const [pause, resume, bar, wrong] = ["pause", "resume", "bar", "fault"].map((name) => part(name, row.li));
  const focused = [pause, resume].includes(document.activeElement);
  const going = ["waiting", "sending", "lost"].includes(state);
  const tag = box.querySelector(`template[data-state-of="${state === "checking" ? "received" : state}"]`);
  row.state = row.li.dataset.state = state;
  if (tag) part("tag", row.li).replaceChildren(tag.content.cloneNode(true));
  pause.hidden = !going;
  resume.hidden = state !== "paused";
  bar.hidden = pause.hidden && resume.hidden;
  wrong.hidden = !fault;
  wrong.lastElementChild.textContent = fault;
  part("note", row.li)?.remove();
  if (focused) (row.li.querySelector("button:not([hidden])") ?? picker).focus();
};

const progress = (row, sent) => {
  const [bar, text, all] = [part("bar", row.li), part("size", row.li), size(row.file.size)];
  const percent = Math.floor((sent / row.file.size) * 100);
  if (bar.value < 50 && percent >= 50 && percent < 100) say("half", row);
  bar.value = percent;
  text.textContent = percent < 100 ? words.part.replace("{sent}", size(sent)).replace("{size}", all) : all;
};

/** What is thrown: a refusal has a code; with `stop` its sender can go on herself. Without a code the same again may work. */
const meaning = (status, text = "") => {
  if (status === 401 || status === 403) return { code: "signed_out", stop: true };
  if (status === 423) return { code: "elsewhere", stop: true };
  if (status < 400 || [408, 409, 429].includes(status) || status >= 500) return {};
  return { code: /"code":"(\w+)"/.exec(text)?.[1] ?? "other" };
};

const ask = (method, url, said = {}, signal = AbortSignal.timeout(SILENCE)) =>
  fetch(url, { method, headers: { ...VERSION, ...said }, cache: "no-store", signal });
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

const begin = async (row) => {
  const { kind, draft, upload } = box.dataset;
  const said = Object.entries({ filename: row.file.name, filetype: row.file.type, kind, draft }).filter(([, value]) => value);
  const metadata = said.map(([name, value]) => `${name} ${base64(value)}`).join(",");
  const answer = await ask("POST", upload, { "Upload-Length": row.file.size, "Upload-Metadata": metadata });
  if (answer.status !== 201) throw meaning(answer.status, await answer.text());
  row.url = answer.headers.get("Location");
  row.sent = 0;
  sessionStorage.setItem(key(row.url), mark(row.file));
};

/** Where it stands, before anything is sent; the state, if all of it has come. What is no more there begins anew. */
const stand = async (row) => {
  const answer = await ask("HEAD", row.url);
  if ([404, 410].includes(answer.status)) row.url = "";
  else if (!answer.ok) throw meaning(answer.status);
  row.sent = Number(answer.headers.get("Upload-Offset"));
  const state = answer.headers.get("Upload-State");
  return state === "uploading" ? undefined : state;
};

/** The rest in one request: however far it gets, what came is kept. The state it ends in. */
const pour = (row) =>
  new Promise((done, fail) => {
    const [line, from] = [new XMLHttpRequest(), row.sent];
    let silence;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => line.abort(), SILENCE);
    };
    alive();
    row.line = line;
    line.open("PATCH", row.url);
    const said = { ...VERSION, "Upload-Offset": from, "Content-Type": "application/offset+octet-stream" };
    for (const [name, value] of Object.entries(said)) line.setRequestHeader(name, value);
    line.upload.onprogress = (event) => {
      alive();
      progress(row, from + event.loaded);
    };
    line.onloadend = () => {
      clearTimeout(silence);
      if (line.status === 204) done(line.getResponseHeader("Upload-State"));
      else fail(meaning(line.status, line.responseText));
    };
    line.send(row.file.slice(from));
  });

const attempt = async (row) => {
  // What was moved or changed cannot be read any more, and no line would ever carry it.
  await row.file.slice(0, 1).arrayBuffer().catch(() => Promise.reject({ code: "changed" }));
  const state = row.url && (await stand(row));
  if (state) return state;
  if (!row.url) await begin(row);
  if (row.state !== "sending") throw {};
  return pour(row);
};

/** Until the line is back, or for so many seconds. */
const later = (row, seconds) =>
  new Promise((go) => {
    row.wake = go;
    setTimeout(go, seconds * 1000 * (0.75 + Math.random() / 2));
    addEventListener("online", go, { once: true });
  });

/**
 * Asks a few times what the check found; on a page that is open longer its reader asks, by loading it. A row that is taken
 * away is asked for no more, and a question under way is dropped: it would find nothing.
 */
const settle = async (row, wait = 2) => {
  const waits = () => ["received", "checking"].includes(row.state);
  if (wait > 64 || !waits()) return;
  await new Promise((go) => setTimeout(go, wait * 1000));
  if (!waits()) return;
  const line = (row.line = new AbortController());
  setTimeout(() => line.abort(), SILENCE);
  const answer = await ask("HEAD", row.url, {}, line.signal).catch(() => undefined);
  const state = answer?.ok && answer.headers.get("Upload-State");
  if (state && state !== row.state) show(row, state, state === "infected" ? words.infected : "");
  settle(row, wait * 2);
};

const refused = (row, { code, stop }) => {
  show(row, stop ? "paused" : "rejected", words[code] ?? words.other);
  say(stop ? "paused" : "failed", row);
};

const run = async (row) => {
  let wait = 1;
  for (let said = "begun"; ["waiting", "lost"].includes(row.state); said = "back") {
    const before = row.sent;
    show(row, "sending");
    say(said, row);
    try {
      const state = await attempt(row);
      sessionStorage.removeItem(key(row.url));
      progress(row, row.file.size);
      show(row, state);
      say("done", row);
      return settle(row);
    } catch (why) {
      if (row.state !== "sending") return;
      if (why.code) return refused(row, why);
    }
    wait = row.sent > before ? 1 : Math.min(wait * 2, 30);
    show(row, "lost");
    say("lost", row);
    await later(row, wait);
  }
};

const next = async () => {
  while (!busy && (busy = rows.find(({ state }) => state === "waiting"))) {
    await run(busy);
    busy = undefined;
  }
};

const stop = (row, state) => {
  row.state = state;
  row.line?.abort();
  row.wake?.();
};

const remove = async (row) => {
  const was = busy === row ? "paused" : row.state;
  stop(row, "gone");
  const answer = row.url ? await ask("DELETE", row.url).catch(() => undefined) : { ok: true };
  if (!answer?.ok && ![404, 410].includes(answer?.status)) {
    show(row, was, words.other);
    return settle(row);
  }
  const beside = row.li.nextElementSibling ?? row.li.previousElementSibling;
  row.li.remove();
  (beside?.querySelector("button:not([hidden])") ?? picker).focus();
  part("none").hidden = list.children.length > 0;
  say("removed", row);
};

/** A row of the list: the server's, or a new one. */
const adopt = (li, file, url = "") => rows[rows.push({ li, file, url, sent: 0, state: li.dataset.state }) - 1];
/** A file that was chosen, at the end of the list. */
const fresh = (file) => {
  const li = part("row").content.firstElementChild.cloneNode(true);
  for (const name of li.querySelectorAll("[data-name]")) name.textContent = file.name;
  part("bar", li).ariaLabel += file.name;
  list.append(li);
  return adopt(li, file);
};
const rowOf = ({ target }) => rows.find(({ li }) => li.contains(target));
/** What is wrong with it before a byte is sent; the server judges all the same. */
const wrong = (file) => {
  const ending = /\.[^.]+$/.exec(file.name.toLowerCase())?.[0];
  if ([".heic", ".heif"].includes(ending)) return "heic";
  if ([".doc", ".docx", ".odt", ".pages"].includes(ending)) return "office";
  if (!picker.accept.split(",").includes(ending)) return "name";
  if (file.size === 0) return "empty";
  return file.size > Number(box.dataset.most) ? "too_large" : undefined;
};

const add = (files) => {
  for (const file of files) {
    const half = ({ state, url }) => state === "uploading" && sessionStorage.getItem(key(url)) === mark(file);
    const [row, code] = [rows.find(half) ?? fresh(file), wrong(file)];
    row.file = file;
    part("size", row.li).textContent = size(file.size);
    if (code) refused(row, { code });
    else show(row, "waiting");
  }
  part("none").hidden = list.children.length > 0;
  next();
};

for (const li of list.children) {
  settle(adopt(li, { name: part("name", li).textContent }, `${box.dataset.upload}/${li.dataset.file}`));
}
list.addEventListener("click", (event) => {
  const [row, button] = [rowOf(event), event.target.closest("[type=button]")];
  if (!button) return;
  const to = "pause" in button.dataset ? "paused" : "waiting";
  if (to === "paused") stop(row, to);
  show(row, to);
  if (to === "paused") say(to, row);
  next();
});
list.addEventListener("submit", (event) => (event.preventDefault(), remove(rowOf(event))));
part("send").hidden = true;
part("drop").hidden = !matchMedia("(pointer: fine)").matches;
part("camera").hidden = !matchMedia("(pointer: coarse)").matches;
const take = (input) => {
  add(input.files);
  input.value = "";
};
form.addEventListener("change", ({ target }) => take(target));
// On a slow line she may have chosen before this script came.
form.querySelectorAll('input[type="file"]').forEach(take);
for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  box.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.toggle("files--over", over);
    if (name === "drop") add(event.dataTransfer.files);
  });
}
addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});
