// The Node baseline: the same table from Node's own server and plain template strings, with nothing between.
//
//   PORT=4202 ROWS=rows.json node bench/peers/node.mjs
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const rows = JSON.parse(readFileSync(process.env.ROWS, "utf8"));
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

// Most words hold nothing to escape: asking first is the quick way, and how the fast libraries do it.
const escaped = (text) => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]) : text);

function body() {
  let html = "";
  for (const [one, other] of rows) html += `<tr><td>${escaped(one)}</td><td>${escaped(other)}</td></tr>`;
  return html;
}

const page = () => `<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tusen rader</title>
</head>
<body>
<h1>Tusen rader</h1>
<table>
<thead><tr><th scope="col">Sak</th><th scope="col">Person</th></tr></thead>
<tbody>${body()}</tbody>
</table>
</body>
</html>
`;

function answer(request, response) {
  if (request.url !== "/table") return response.writeHead(404).end();
  const bytes = Buffer.from(page());
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-length": bytes.length }).end(bytes);
}

const server = createServer(answer).listen(Number(process.env.PORT), "127.0.0.1", () => {
  console.log(`listening on 127.0.0.1:${server.address().port}`);
});
