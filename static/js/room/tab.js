// What this tab and this load of the page are called (E1). The secret survives a reload and dies with the tab; the
// page's name is new with every load, so that the server can tell an old page's last words from a new page's first.
import { randomName } from "../core/random_name.js";

/** @param {string} key the session's */
export function tabSecret(key) {
  const name = `tab-secret.${key}`;
  const secret = sessionStorage.getItem(name) ?? randomName();
  sessionStorage.setItem(name, secret);
  return secret;
}
