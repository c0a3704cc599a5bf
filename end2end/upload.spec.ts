// Files by tus, as somebody else's client speaks it: npm's tus-js-client sends, loses the line in the middle, and goes on
// where it was. It runs in Node with the cookies of a browser that has signed in; the islands that send files will use the
// same addresses.
import { createHash, randomBytes } from "node:crypto";
import * as tus from "tus-js-client";
import { expect, signIn, test } from "./kit.ts";
import type { Page } from "@playwright/test";

const KIND = { kind: "letter", filename: "bekreftelse.pdf", filetype: "application/pdf" };

function pdf(length: number): Buffer {
  const [head, tail] = [Buffer.from("%PDF-1.7\n"), Buffer.from("\ntrailer << /Root 1 0 R >>\n%%EOF\n")];
  return Buffer.concat([head, Buffer.from(randomBytes(length).toString("hex").slice(0, length)), tail]);
}

/** What a page of ours sends along by itself. */
async function asPage(page: Page, baseURL: string) {
  const cookies = await page.context().cookies(baseURL);
  return { Cookie: cookies.map((c) => `${c.name}=${c.value}`).join("; "), Origin: baseURL, "Sec-Fetch-Site": "same-origin" };
}

type Sent = { url: string; from: number[] };

/** Sends until the end; `cut` breaks the line off when so much is on its way, and a new client goes on at `url`. */
function send(file: Buffer, endpoint: string, headers: Record<string, string>, more: Partial<tus.UploadOptions> = {}, cut = 0) {
  return new Promise<Sent>((done, fail) => {
    const from: number[] = [];
    const upload = new tus.Upload(file, {
      endpoint,
      headers,
      metadata: KIND,
      chunkSize: 300_000,
      retryDelays: [0, 100, 500],
      onBeforeRequest: (request) => {
        const offset = request.getMethod() === "PATCH" ? request.getHeader("Upload-Offset") : undefined;
        if (offset !== undefined) from.push(Number(offset));
      },
      onProgress: (sent) => {
        if (cut > 0 && sent >= cut) void upload.abort(false).then(() => done({ url: upload.url ?? "", from }));
      },
      onError: fail,
      onSuccess: () => done({ url: upload.url ?? "", from }),
      ...more,
    });
    upload.start();
  });
}

test("an upload that lost its line goes on where it was, and comes back whole", async ({ page, baseURL }) => {
  const base = baseURL as string;
  await signIn(page, "maja", "citizen");
  const headers = await asPage(page, base);
  const file = pdf(2_000_000);
  const first = await send(file, `${base}/files`, headers, {}, 900_000);
  expect(first.url).toMatch(/\/files\/[0-9A-HJKMNP-TV-Z]{26}$/);
  const second = await send(file, `${base}/files`, headers, { uploadUrl: first.url });
  expect(second.url).toBe(first.url);
  expect(second.from[0], "it does not begin anew").toBeGreaterThan(0);
  // The worker scans it within seconds; until then it is not there.
  await expect(async () => expect((await page.request.get(first.url)).status()).toBe(200)).toPass({ timeout: 20_000 });
  const answer = await page.request.get(first.url);
  const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  expect(hash(await answer.body())).toBe(hash(file));
  expect(answer.headers()["content-disposition"]).toMatch(/^attachment; /);
});

test("a file that is refused says why, and one that is taken away is gone", async ({ page, baseURL }) => {
  const base = baseURL as string;
  await signIn(page, "maja", "citizen");
  const headers = await asPage(page, base);
  const bad = Buffer.concat([Buffer.from("%PDF-1.7\n<< /S /JavaScript /JS (x) >>\n"), pdf(100)]);
  await expect(send(bad, `${base}/files`, headers)).rejects.toThrow(/"code":"active"/);
  const good = await send(pdf(1_000), `${base}/files`, headers);
  await tus.Upload.terminate(good.url, { headers, retryDelays: [] } as tus.UploadOptions);
  expect((await page.request.get(good.url)).status()).toBe(404);
});
