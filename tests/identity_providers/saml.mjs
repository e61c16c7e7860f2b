/**
 * A SAML provider for tests: the middleware of samlp behind a page that asks who one is. Arguments: the folder of
 * node_modules, the port, and a file of JSON that is read anew each time:
 * `{site, key, cert, people: {subject: attributes}}`. One browser uses it at a time.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const [modules, port, file] = process.argv.slice(2);
const samlp = createRequire(`${modules}/`)("samlp");

const origin = `http://127.0.0.1:${port}`;
const told = () => JSON.parse(readFileSync(file, "utf8"));
const { site, key, cert } = told();
const SAML = "urn:oasis:names:tc:SAML:2.0:";
const FORM = `<!doctype html><title>Who are you?</title>
  <form method="post"><label>Name <input name="name"></label><button>Sign in</button></form>`;

/** The sites that this provider has signed a person in to, as samlp's logout asks for them. */
const participants = {
  list: [],
  hasElements: () => participants.list.length > 0,
  getFirst: (done) => done(null, participants.list[0]),
  get: (_issuer, indexes, _name, done) => done(null, participants.list.find((each) => indexes.includes(each.sessionIndex))),
  remove: (_issuer, index, _name, done) => {
    participants.list = participants.list.filter((each) => each.sessionIndex !== index);
    done(null);
  },
};
const states = new Map();
const store = {
  save: (_request, state, done) => {
    const name = `state${states.size}`;
    states.set(name, state);
    done(null, name);
  },
  load: (_request, name, options, done) => done(null, states.get(name)),
  update: (_request, name, state, done) => done(null, states.set(name, state)),
};

function person(user) {
  return {
    getClaims: () => told().people[user.id],
    getNameIdentifier: () => ({ nameIdentifier: user.id, nameIdentifierFormat: `${SAML}nameid-format:persistent` }),
  };
}
person.prototype.metadata = [];

const answer = {
  issuer: `${origin}/metadata`,
  key,
  cert,
  profileMapper: person,
  lifetimeInSeconds: 300,
  authnContextClassRef: `${SAML}ac:classes:Password`,
  recipient: `${site}/accounts/sign-on/saml/acs/`,
  destination: `${site}/accounts/sign-on/saml/acs/`,
  getPostURL: (_audience, _request, _asked, done) => done(null, `${site}/accounts/sign-on/saml/acs/`),
  getUserFromRequest: (request) => request.user,
};
const logout = samlp.logout({
  issuer: `${origin}/metadata`,
  key,
  cert,
  deflate: true,
  signatureAlgorithm: "rsa-sha256",
  digestAlgorithm: "sha256",
  protocolBinding: `${SAML}bindings:HTTP-Redirect`,
  sessionParticipants: participants,
  store,
});
const metadata = samlp.metadata({
  issuer: `${origin}/metadata`,
  cert,
  profileMapper: person,
  redirectEndpointPath: "/sso",
  postEndpointPath: "/sso",
  logoutEndpointPaths: { redirect: "/logout" },
});

function signIn(request, response, failed) {
  if (request.method === "GET") return response.send(FORM);
  request.user = { id: request.body.name };
  const sessionIndex = `session-${Date.now()}`;
  participants.list.push({
    serviceProviderId: `${site}/accounts/sign-on/saml/metadata/`,
    serviceProviderLogoutURL: `${site}/accounts/sign-on/saml/logout/`,
    sessionIndex,
    nameId: request.body.name,
    nameIdFormat: `${SAML}nameid-format:persistent`,
  });
  return samlp.auth({ ...answer, sessionIndex })(request, response, failed);
}

const pages = { "/sso": signIn, "/logout": logout, "/metadata": metadata };

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, origin);
  const parts = await Array.fromAsync(request);
  Object.assign(request, {
    originalUrl: request.url,
    protocol: "http",
    query: Object.fromEntries(searchParams),
    body: Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString())),
  });
  Object.assign(response, {
    set: (name, value) => response.setHeader(name, value),
    redirect: (address) => response.writeHead(302, { Location: address }).end(),
    send: (said) => response.end(typeof said === "number" ? String(said) : said),
  });
  const failed = (error) => response.writeHead(500).end(String(error?.stack ?? "no page"));
  (pages[pathname] ?? ((_request, _response, next) => next()))(request, response, failed);
}).listen(Number(port), "127.0.0.1", () => console.log("Serving"));
