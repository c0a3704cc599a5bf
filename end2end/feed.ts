// The case system, as the journeys need it: an inmate, and what is decided about him, told over the integration API with
// the key of the demo's own sender.
import { createHash, createPrivateKey, createPublicKey, createSign, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type APIRequestContext } from "@playwright/test";

const KEY = process.env.VARDE_MASKINPORTEN__DEMO_KEY_FILE ?? join(import.meta.dirname, "../data/sender.pem");
const SCOPE = "kriminalomsorg:varde/custody";

const packed = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The JWT bearer grant, as Maskinporten wants it. */
async function token(request: APIRequestContext, base: string): Promise<string> {
  const key = createPrivateKey(wrapped(readFileSync(KEY, "utf8")));
  const { e, n } = createPublicKey(key).export({ format: "jwk" });
  const kid = createHash("sha256").update(`{"e":"${e}","kty":"RSA","n":"${n}"}`).digest("base64url");
  const metadata = await request.get(`${base}/testid/machine/.well-known/oauth-authorization-server`);
  const { issuer, token_endpoint } = await metadata.json();
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: "varde-sender", aud: issuer, scope: SCOPE, jti: randomUUID(), iat: now, exp: now + 100 };
  const unsigned = `${packed({ alg: "RS256", typ: "JWT", kid })}.${packed(claims)}`;
  const assertion = `${unsigned}.${createSign("RSA-SHA256").update(unsigned).sign(key, "base64url")}`;
  const form = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion };
  const answer = await request.post(token_endpoint, { form });
  expect(answer.ok(), `a token: ${answer.status()}`).toBe(true);
  return (await answer.json()).access_token;
}

/** The demo writes its key on one line; OpenSSL reads lines of sixty-four letters. */
function wrapped(pem: string): string {
  const letters = pem.replace(/-----[^-]+-----|\s/g, "");
  const lines = (letters.match(/.{1,64}/g) as string[]).join("\n");
  return `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`;
}

export type Inmate = { key: string; name: string };

export class Feed {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly base: string,
    private readonly headers: Record<string, string>,
  ) {}

  static async open(request: APIRequestContext, base: string): Promise<Feed> {
    const bearer = { authorization: `Bearer ${await token(request, base)}` };
    return new Feed(request, base, bearer);
  }

  /** Somebody new at Lyngmo, born 4 March 1981. No two have the same name. */
  async inmate(): Promise<Inmate> {
    const letters = [...randomUUID().replace(/[^a-f]/g, "")].join("");
    const name = `Aslak Sol${letters}`;
    const key = `E-${randomUUID()}`;
    const data = { name, birth_date: "1981-03-04", unit: "lyngmo", since: "2026-01-01T10:00:00+01:00" };
    const answer = await this.request.put(`${this.base}/api/v1/inmates/${key}`, { headers: this.headers, data });
    expect(answer.ok(), `an inmate: ${await answer.text()}`).toBe(true);
    return { key, name };
  }

  /** Something is decided about him, so many days ahead. */
  async event(inmate: Inmate, kind: string, days: number, more: object = {}) {
    const at = new Date(Date.now() + days * 86_400_000 - 60_000).toISOString();
    const event = { decision: randomUUID(), version: 1, inmate: inmate.key, kind, change: "decided", at, ...more };
    const data = { events: [event] };
    const answer = await this.request.post(`${this.base}/api/v1/custody-events`, { headers: this.headers, data });
    expect(answer.ok(), `an event: ${await answer.text()}`).toBe(true);
    expect((await answer.json()).results[0].outcome).toBe("accepted");
  }
}
