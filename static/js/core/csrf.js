// The CSRF token of this moment. Signing in replaces it, in every tab of the browser: the cookie has it, a form that
// was drawn earlier has not. The page says the cookie's name, which a mounted site does not share with its neighbours.
import { maybe } from "./elements.js";

export const CSRF_FIELD = "csrfmiddlewaretoken";

export function csrfToken() {
  const name = maybe(document, 'meta[name="csrf-cookie"]')?.getAttribute("content");
  const cookies = document.cookie.split(/;\s*/);
  return cookies.find((each) => each.startsWith(`${name}=`))?.slice(`${name}=`.length) ?? "";
}
