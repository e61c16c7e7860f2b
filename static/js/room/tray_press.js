// How the tray's commands press what stands in the page, so that there is one way for everything.
import { byId, maybe } from "../core/elements.js";
import { reveal } from "../ui/reveal.js";

/**
 * A browser shows its window for choosing a screen only where somebody has pressed, and a press in a popup is none in
 * the page: then the page's button is pointed out. @param {string} name
 */
export function pointOut(name) {
  const button = byId(name);
  if (!button?.matches("[data-share-mine]")) return false;
  reveal(button).focus();
  return true;
}

/** The button, or the form that it sends. @param {string} name */
export function press(name) {
  const form = maybe(document, `form[data-leave-by="${name}"]`);
  if (form) form.requestSubmit();
  else byId(name)?.click();
}
