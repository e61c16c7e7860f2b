// What is pressed before the page's modules are there, as on a slow line, is kept and done as soon as they are. A
// classic script, since it has to be there first. Links, popovers and buttons with a command need no module and are
// left alone.
(() => {
  // Forms here are sent by a module, and the page stays; elsewhere the browser sends them.
  const LIVE = "[data-socket], [data-console], [data-confirm], [data-agent-bar]";
  // A browser shows its own windows, for choosing a screen or a file, only right after a press.
  const NEEDS_A_PRESS =
    '[data-share-mine], [data-deliver], [data-resume], [data-kind^="view_"] [data-allow], ' +
    "[data-send-files], [data-choose-again], [data-share]";
  const HAS_COMMANDS = "command" in HTMLButtonElement.prototype;

  /** One press each, however often somebody pressed. @type {Map<HTMLElement, () => void>} */
  const kept = new Map();
  const there = new AbortController();

  /**
   * @template {keyof DocumentEventMap} Type
   * @param {Type} type @param {(event: DocumentEventMap[Type]) => void} handle
   */
  const on = (type, handle) => document.addEventListener(type, handle, { capture: true, signal: there.signal });

  /** @param {Event} event @param {HTMLElement} element @param {() => void} act */
  function keep(event, element, act) {
    event.preventDefault();
    event.stopImmediatePropagation();
    kept.set(element, act);
    element.dataset.waits = "";
  }

  /** @param {HTMLElement} button */
  function press(button) {
    if (button.matches(NEEDS_A_PRESS) && navigator.userActivation?.isActive === false) button.focus();
    else button.click();
  }

  on("click", (event) => {
    /** @type {HTMLButtonElement | null | false} */
    const button = event.target instanceof Element && event.target.closest("button[type=button]");
    if (!button || button.hasAttribute("popovertarget") || (HAS_COMMANDS && button.hasAttribute("commandfor"))) return;
    keep(event, button, () => press(button));
  });

  on("submit", (event) => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || !form.closest(LIVE)) return;
    keep(event, form, () => (submitter ? press(submitter) : form.requestSubmit()));
  });

  // A choice shows already; what acts on it hears of it again.
  on("change", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    kept.set(target, () => target.dispatchEvent(new Event("change", { bubbles: true })));
    target.dataset.waits = "";
  });

  // Enter in the chat. As core/keys.js has it: 229 is Safari's Enter that ends a composition.
  on("keydown", (event) => {
    const isEnter = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
    const field = isEnter && event.target instanceof HTMLTextAreaElement ? event.target : null;
    /** @type {HTMLFormElement | null | undefined} */
    const form = field?.closest("form[data-chat-form]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });

  // The modules have run by then, or will not come.
  document.addEventListener("DOMContentLoaded", () => {
    there.abort();
    for (const [element, act] of kept) {
      delete element.dataset.waits;
      if (element.isConnected) act();
    }
    kept.clear();
  });

  // Where ui/dialog.js has not come at all, the browser asks the question itself: nothing ends without one.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement)) return;
      const { confirm: question = "", confirmed } = form.dataset;
      const isAsked = confirmed !== undefined || "asks" in document.documentElement.dataset;
      if (event.defaultPrevented || !question || isAsked) {
        return;
      }
      if (confirm(document.getElementById(question)?.querySelector("h2")?.textContent ?? "")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
})();
