// The CSRF token of this moment. Signing in replaces it, in every tab of the browser: the cookie has it, a form that
// was drawn earlier has not.

export const CSRF_FIELD = "csrfmiddlewaretoken";

export function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? "";
}
