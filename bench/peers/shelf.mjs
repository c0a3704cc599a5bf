// A shelf of finished files in memory and the small server that hands them out. What is text lies there compressed
// as well as brotli can, once and beforehand: nobody waits for a compressor while being measured.
import { createServer } from "node:http";
import { extname } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};
const TEXT = new Set([".css", ".html", ".js", ".json", ".svg"]);

export function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}

/** A file as it is sent: pages are asked for anew each time, all else is kept for a year. */
export function item(name, bytes) {
  const extension = extname(name);
  const headers = {
    "content-type": TYPES[extension] ?? "application/octet-stream",
    "cache-control": extension === ".html" ? "no-store" : "public, max-age=31536000, immutable",
  };
  if (!TEXT.has(extension)) return { body: bytes, headers };
  return { body: brotli(bytes), headers: { ...headers, "content-encoding": "br" } };
}

/** Serves `shelf`, a map from path to `{ body, headers }`; port 0 takes any free one. */
export function serve(shelf, port = 0) {
  const server = createServer((request, response) => {
    const found = shelf.get(request.url.split("?")[0]);
    if (!found) return response.writeHead(404, { "content-length": 0 }).end();
    response.writeHead(200, { ...found.headers, "content-length": found.body.length }).end(found.body);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve({ server, base: `http://127.0.0.1:${server.address().port}` }));
  });
}
