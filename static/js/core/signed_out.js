// A page whose sign-in has ended leads to the sign-in page, which says why, and from there back.
import { maybe } from "./elements.js";

let isSigningOut = false;

// Who signs out here goes where the form leads. On the window, so that a question before it has been asked by then.
globalThis.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (target instanceof HTMLElement && target.dataset.signsOut !== undefined) isSigningOut = !defaultPrevented;
});

export function leadToSignIn() {
  const signIn = maybe(document, "[data-sign-in]")?.dataset.signIn;
  // A console lets go of its sessions first, which hear the same, so that it is not asked whether it may be left.
  if (!signIn || isSigningOut || maybe(document, "[data-console]")) return;
  const back = new URLSearchParams({ next: location.pathname + location.search });
  location.assign(`${signIn}?${back}`);
}
