// The same page standing still: what Varde wrote and its stylesheet as plain files, without any script.
import { get } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { serve } from "../shelf.mjs";

/** A file as it comes over the wire, still compressed. */
const raw = (url, headers) =>
  new Promise((resolve, reject) => {
    const wishes = { "accept-encoding": "br", "accept-language": "nb", ...headers };
    const request = get(url, { headers: wishes }, (response) => {
      const { statusCode: status, headers: sent } = response;
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status, headers: sent, body: Buffer.concat(chunks) }));
    });
    request.on("error", reject);
  });

async function file(url, headers) {
  const { status, headers: sent, body } = await raw(url, headers);
  if (status !== 200) throw new Error(`${url} answers ${status}`);
  const kept = ["content-type", "content-encoding", "cache-control"].filter((name) => sent[name]);
  return { body, headers: Object.fromEntries(kept.map((name) => [name, sent[name]])) };
}

const text = ({ body, headers }) =>
  (headers["content-encoding"] === "br" ? brotliDecompressSync(body) : body).toString("utf8");

const found = (words, pattern) => [...words.matchAll(pattern)].map((match) => match[1]);

/** What the browser would fetch for the page: its stylesheet, what that names, its icons. */
async function furniture(base, html) {
  const shelf = new Map();
  const paths = [...found(html, /<link[^>]* href="(\/[^"]+)"/g), ...found(html, /<use href="(\/[^"#]+)/g)];
  while (paths.length > 0) {
    const path = paths.pop();
    if (shelf.has(path)) continue;
    const got = await file(base + path);
    shelf.set(path, got);
    if (path.endsWith(".css")) paths.push(...found(text(got), /url\("?(\/[^")]+)/g));
  }
  return shelf;
}

/** No script, nothing fetched for one. What the server wrote for people stays to the letter. */
const stripped = (html) =>
  html.replace(/<script\b[\s\S]*?<\/script>/g, "").replace(/<link rel="(?:module)?preload"[^>]*>/g, "");

/** Serves Varde's page at `path` once with its stylesheet and once without, compressed as Varde does it. */
export async function standStill(varde, path, { cookies }) {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const page = await file(varde + path, { cookie });
  const html = stripped(text(page));
  if (/<script|rel="modulepreload"/.test(html)) throw new Error("a script is left in the page that stands still");
  if (page.headers["content-encoding"]) throw new Error("Varde compresses its pages now: compress the copy alike");
  const shelf = await furniture(varde, html);
  const bare = html.replace(/<link rel="stylesheet"[^>]*>/g, "");
  const place = (words) => new Map(shelf).set(path, { ...page, body: Buffer.from(words) });
  const [styled, plain] = [await serve(place(html)), await serve(place(bare))];
  const close = () => [styled, plain].forEach(({ server }) => server.close());
  return { styled: styled.base, bare: plain.base, close };
}
