// To which queue a waiting customer is moved: asked in one dialog, with the form of the page that each link leads to.
import { delegate, parse } from "../core/dom.js";
import { find } from "../core/elements.js";
import { getHtml } from "../core/http.js";
import { openDialog } from "../ui/dialog.js";
import { toast } from "../ui/toast.js";

/** @param {HTMLElement} root with the links and the dialog */
export function askForQueue(root) {
  const dialog = find(root, "dialog[data-move-dialog]");
  delegate(root, "click", "a[data-move]", async (link, event) => {
    if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    try {
      const form = await getHtml(link.getAttribute("href") ?? "");
      find(dialog, "[data-move-form]").replaceChildren(parse(form));
      openDialog(dialog.id);
    } catch (refusal) {
      toast(refusal.message);
    }
  });
}

/** A dialog whose form was answered has nothing more to ask. @param {HTMLFormElement} form */
export function closeAround(form) {
  form.closest("dialog")?.close();
}
