// The case system, as the journeys need it: an inmate, and what is decided about him, told over the integration API with
// the key of the demo's own sender.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, type APIRequestContext } from "@playwright/test";

const root = join(import.meta.dirname, "..");

/** A token of the demo's own sender, with the settings of the server that is tried. */
export function token(): string {
  const program = process.env.VARDE_PROGRAM ?? join(root, "target/debug/varde");
  return execFileSync(program, ["token"], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

export type Inmate = { key: string; name: string };

export class Feed {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly base: string,
    private readonly headers: Record<string, string>,
  ) {}

  static open(request: APIRequestContext, base: string): Feed {
    return new Feed(request, base, { authorization: `Bearer ${token()}` });
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
