/**
 * An OpenID provider for tests: oidc-provider, with its own pages for signing in. Arguments: the folder of node_modules,
 * the port, and a file of JSON that is read anew each time: `{site, people: {subject: claims}}`.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, port, file] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(`${modules}/oidc-provider/lib/index.js`).href);

const told = () => JSON.parse(readFileSync(file, "utf8"));
const { site } = told();

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "support",
      client_secret: "a secret of the client that is long enough",
      redirect_uris: [`${site}/accounts/sign-on/oidc/callback/`],
      post_logout_redirect_uris: [`${site}/`],
      backchannel_logout_uri: `${site}/accounts/sign-on/oidc/logout/`,
      backchannel_logout_session_required: true,
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  cookies: { keys: ["a key of the provider for its cookies"] },
  claims: {
    profile: ["name", "given_name", "family_name", "preferred_username", "groups"],
    email: ["email", "email_verified"],
  },
  features: { backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  // Its own way to call applications leaves out private networks, and so this machine.
  fetch: (url, { dispatcher: _dispatcher, ...options }) => globalThis.fetch(url, options),
  findAccount: (_context, subject) => ({
    accountId: subject,
    claims: () => ({ sub: subject, ...told().people[subject] }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("Serving"));
