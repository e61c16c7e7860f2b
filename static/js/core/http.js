// Requests to our own site: with the CSRF token, marked as coming from a script, and a refusal as a typed error.
import { CSRF_FIELD, csrfToken } from "./csrf.js";
import { maybe } from "./elements.js";

/** @typedef {FormData | URLSearchParams | object} Fields */

// Milliseconds. A request that is neither answered nor refused is as good as one that did not arrive: who sent it asks
// again, and the server knows a repeat by its one-time name. As long as a server may need when it is busy.
const PATIENCE = 30_000;
const NOT_MODIFIED = 304;
// Bytes a second of the slowest line that the server waits for (serving/channel.py).
const SLOWEST_LINE = 16 * 1024;

/**
 * The server said no, or could not: `code` is for programs, `message` is a translated sentence for people, never empty.
 */
export class Refusal extends Error {
  name = "Refusal";

  /** @param {{code: string, message?: string, status?: number, facts?: Record<string, unknown>}} refusal */
  constructor({ code, message = "", status = 0, facts = {} }) {
    super(message || sentence(code));
    this.code = code;
    this.status = status;
    this.facts = facts;
  }

  /** The server could not be asked at all. */
  static unreachable() {
    return new Refusal({ code: "unreachable" });
  }

  /** The server wanted to show another page instead, such as the one to sign in. */
  static redirected(/** @type {string} */ url) {
    return new Refusal({ code: "redirected", facts: { url } });
  }

  /** Something answered that is not our site, such as the page of a proxy or of a hotel's network. */
  static unreadable(/** @type {number} */ status) {
    return new Refusal({ code: "unreadable", status });
  }

  get isPassing() {
    return ["unreachable", "unreadable"].includes(this.code) || this.status >= 500;
  }
}

/** What the page says by itself when an answer brought no sentence: see _refusal_texts.html. @param {string} code */
function sentence(code) {
  const texts = (globalThis.document && maybe(document, "template[data-refusal-texts]"))?.dataset ?? {};
  return texts[code] ?? texts.failed ?? "";
}

/**
 * The HTML of a part of the page.
 * @param {string} url
 * @returns {Promise<string>}
 */
export async function getHtml(url) {
  const response = await request(url, { headers: { Accept: "text/html" } });
  return response.text().catch(() => {
    // The connection broke, or the time was over, while the body was on its way.
    throw Refusal.unreachable();
  });
}

/**
 * The answer is our own site's: its shape is what the caller says.
 * @template [Answer=unknown]
 * @param {string} url
 * @returns {Promise<Answer>}
 */
export async function getJson(url) {
  const response = await request(url, { headers: { Accept: "application/json" } });
  return read(response);
}

/**
 * As `getJson`, but null if the answer is still the one that the server named by this tag.
 * @template [Answer=unknown]
 * @param {string} url
 * @param {string} tag quoted, as in ETag; "" if none is known
 * @returns {Promise<Answer | null>}
 */
export async function getJsonIfChanged(url, tag) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", Prefer: "return=minimal" };
  if (tag) headers["If-None-Match"] = tag;
  const response = await request(url, { headers });
  return response.status === NOT_MODIFIED ? null : read(response);
}

/**
 * Change something. An object is sent as the fields of a form, a list in it as a field that occurs several times.
 * @template [Answer=unknown]
 * @param {string} url
 * @param {Fields} [fields]
 * @returns {Promise<Answer>} the answer's JSON, or null if it has none
 */
export async function post(url, fields = {}) {
  const response = await request(url, {
    method: "POST",
    body: asForm(fields),
    headers: { "X-CSRFToken": csrfToken() },
  });
  return read(response);
}

/**
 * Send bytes as they are.
 * @template [Answer=unknown]
 * @param {string} url
 * @param {BodyInit} body
 * @param {Record<string, string>} headers what they are
 * @returns {Promise<Answer>}
 */
export async function postBytes(url, body, headers) {
  const type = { "Content-Type": "application/octet-stream", "X-CSRFToken": csrfToken() };
  const patience = PATIENCE + (sizeOf(body) / SLOWEST_LINE) * 1_000;
  return read(await request(url, { method: "POST", body, headers: { ...type, ...headers } }, patience));
}

/**
 * While one call is under way, a further one gets the same promise instead of sending again.
 * @template {unknown[]} A
 * @template R
 * @param {(...args: A) => Promise<R>} send
 * @returns {(...args: A) => Promise<R>}
 */
export function once(send) {
  /** @type {Promise<R> | null} */
  let underWay = null;
  return (...args) => {
    underWay ??= send(...args).finally(() => (underWay = null));
    return underWay;
  };
}

/** @param {string} url @param {RequestInit} options @param {number} patience milliseconds, for the whole answer */
async function request(url, options, patience = PATIENCE) {
  const headers = { "X-Requested-With": "fetch", ...options.headers };
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(url, { credentials: "same-origin", ...options, headers, signal }).catch(() => {
    throw Refusal.unreachable();
  });
  if (!response.ok && response.status !== NOT_MODIFIED) throw await refusalIn(response);
  if (response.redirected) throw Refusal.redirected(response.url);
  return response;
}

/** @param {Response} response */
async function refusalIn(response) {
  const body = isJson(response) ? await response.json().catch(() => null) : null;
  const { code = "failed", message, ...facts } = body?.error ?? {};
  return new Refusal({ code, message, status: response.status, facts });
}

/** @param {BodyInit} body */
function sizeOf(body) {
  if (body instanceof Blob) return body.size;
  return body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? body.byteLength : 0;
}

/** @param {Response} response */
async function read(response) {
  if (response.status === 204) return null;
  const answer = isJson(response) ? await response.json().catch(unreadOrLate) : undefined;
  if (answer === undefined) throw Refusal.unreadable(response.status);
  return answer;
}

/** No JSON, which is not our site's; or it did not come in time, or not to its end. @param {Error} error */
function unreadOrLate(error) {
  if (error instanceof SyntaxError) return undefined;
  throw Refusal.unreachable();
}

/** @param {Response} response */
function isJson(response) {
  return (response.headers.get("Content-Type") ?? "").startsWith("application/json");
}

/**
 * Without the token that a form was drawn with: the server prefers it to the header's, and it is stale once its reader
 * has signed in again in another tab. What is sent so has no files, and so needs no multipart form, which may not be
 * empty.
 * @param {Fields} fields
 */
function asForm(fields) {
  const isForm = fields instanceof FormData || fields instanceof URLSearchParams;
  const entries = isForm
    ? [...fields]
    : Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return new URLSearchParams(
    entries.filter(([name]) => name !== CSRF_FIELD).map(([name, value]) => [name, String(value)]),
  );
}
