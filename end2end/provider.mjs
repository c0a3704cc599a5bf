// A provider that is not ours (npm oidc-provider, certified by the OpenID Foundation), for the tests of sign-in.
// Asked for through the environment: PORT, BASE (the portal), KEYS (the portal's public keys, a JWK set).
// One person a button; whoever is chosen signs in at the level asked for, or at LEVEL.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const { PORT, BASE, KEYS } = process.env;
const issuer = `http://localhost:${PORT}`;

const PEOPLE = {
  maja: { pid: "14839121866" },
  eirik: { pid: "02888933193" },
  henrik: { name: "Henrik Moengen", roles: ["case_officer"], units: ["lyngmo"] },
};

const back = (area, end) => `${BASE}/auth/${area}/${end}`;
const client = (area, more) => ({
  client_id: `varde-${area}`,
  redirect_uris: [back(area, "callback")],
  post_logout_redirect_uris: [`${BASE}/`],
  response_types: ["code"],
  grant_types: ["authorization_code"],
  id_token_signed_response_alg: "RS256",
  backchannel_logout_uri: back(area, "back-channel"),
  backchannel_logout_session_required: true,
  ...more,
});

const provider = new Provider(issuer, {
  clients: [
    client("citizen", {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "RS256",
      jwks: JSON.parse(KEYS),
    }),
    client("staff", { client_secret: "a secret with + and : in it, long enough" }),
  ],
  acrValues: ["idporten-loa-substantial", "idporten-loa-high", "substantial", "high"],
  claims: {
    openid: ["sub", "acr", "auth_time", "sid"],
    profile: ["pid", "name", "roles", "units"],
    acr: null,
    auth_time: null,
  },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
  // Nothing to consent to: both clients are the service's own.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
  interactions: { url: (_, interaction) => `/choose/${interaction.uid}` },
  // The portal of a test is on this machine, where the provider would not go by itself.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  ttl: { Session: 7200, Grant: 7200, Interaction: 600, AccessToken: 600, IdToken: 120 },
  cookies: { keys: ["only for tests"] },
});

provider.on("backchannel.error", (_, error) => console.error(`not told: ${error.message}`));
provider.on("server_error", (_, error) => console.error(error));

async function choose(request, response) {
  const { params, uid } = await provider.interactionDetails(request, response);
  if (request.method !== "POST") {
    const button = (name) => `<button name="person" value="${name}">${name}</button>`;
    const form = `<form method="post" action="/choose/${uid}">${Object.keys(PEOPLE).map(button).join("")}</form>`;
    response.setHeader("content-type", "text/html");
    response.end(`<!DOCTYPE html><title>Provider</title>${form}`);
    return;
  }
  let body = "";
  for await (const part of request) body += part;
  const form = new URLSearchParams(body);
  const asked = (params.acr_values ?? "").split(" ")[0];
  const login = { accountId: form.get("person"), acr: form.get("acr") ?? asked, remember: true };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

const handler = provider.callback();
createServer((request, response) => {
  const work = request.url.startsWith("/choose/") ? choose(request, response) : handler(request, response);
  Promise.resolve(work).catch((error) => {
    console.error(error);
    response.statusCode = 500;
    response.end();
  });
}).listen(Number(PORT), "localhost", () => console.log("ready"));
