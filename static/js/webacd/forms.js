// The forms of a page of distribution: sent by a script, answered by an event or a new page, a refusal told in words.
import { closest, findAll } from "../core/elements.js";
import { post } from "../core/http.js";
import { showServerValue, underWay } from "../ui/server_values.js";
import { toast } from "../ui/toast.js";

/**
 * @param {HTMLElement} root
 * @param {{dashboard: string | undefined, onSession?: (session: string) => Promise<boolean>,
 *   onDone?: (form: HTMLFormElement) => void, onRefused?: (message: string) => void,
 *   onBeside?: (address: string) => void}} options `dashboard`: where sessions open, unless `onSession` has opened one
 *   in this page, or the form says that this page goes on (data-beside)
 */
export function sendForms(root, { dashboard, onSession, onDone = () => {}, onRefused = toast, ...ways }) {
  /**
   * Chosen again while a choice was on its way; what is drawn meanwhile may change the field.
   * @type {Map<HTMLFormElement, () => void>}
   */
  const again = new Map();
  root.addEventListener("submit", async (event) => {
    const form = closest(event.target, "form");
    if (!form || event.defaultPrevented || form.method !== "post") return;
    event.preventDefault();
    if (underWay.has(form)) return;
    underWay.add(form);
    form.ariaBusy = "true";
    try {
      /** @type {{session?: string} | null} */
      const answer = await post(form.action, new FormData(form, event.submitter));
      if (answer?.session && !(await onSession?.(answer.session))) {
        const address = `${dashboard}${answer.session}/`;
        if ("beside" in form.dataset) ways.onBeside?.(address);
        else location.assign(address + (form.dataset.accept ?? ""));
      }
      onDone(form);
    } catch (refusal) {
      onRefused(refusal.message);
      if (!again.has(form)) findAll(form, "select[data-sends]").forEach(showServerValue);
      onDone(form);
    } finally {
      form.ariaBusy = null;
      underWay.delete(form);
      const choose = again.get(form);
      again.delete(form);
      choose?.();
    }
  });
  // A choice that needs no button.
  root.addEventListener("change", (event) => {
    const field = closest(event.target, "select[data-sends]");
    if (!field?.form) return;
    const { form, value } = field;
    const choose = () => {
      field.value = value;
      form.requestSubmit();
    };
    if (underWay.has(form)) again.set(form, choose);
    else choose();
  });
}
