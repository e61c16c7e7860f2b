// The button that starts one more session beside those that are open.
import { closest, find } from "../core/elements.js";
import { post } from "../core/http.js";
import { randomName } from "../core/random_name.js";
import { toast } from "../ui/toast.js";

/** @param {HTMLElement} element @param {(session: string) => Promise<unknown>} show opens its tab */
export function startAnother(element, show) {
  element.addEventListener("submit", (event) => {
    const form = closest(event.target, "form");
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    start(form, show).catch((refusal) => toast(refusal.message));
  });
}

/** @param {HTMLFormElement} form @param {(session: string) => Promise<unknown>} show */
async function start(form, show) {
  /** @type {{session: string}} */
  const { session } = await post(form.action, new FormData(form));
  // The next press is for another session; one that failed is sent as the same once more.
  find(form, "input[name=once]").value = randomName();
  await show(session);
}
