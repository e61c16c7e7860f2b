// The page's last words: a beacon when it goes (E1), and before that a question while this CSR is in control (E3).
import { CSRF_FIELD, csrfToken } from "../core/csrf.js";
import { closest } from "../core/elements.js";

export class Leaving {
  #url;
  #names;
  #isFinished = false;
  #comesBack = false;
  #isInControl;

  /**
   * @param {string} url where the beacon goes
   * @param {{page: string, secret: string}} names
   * @param {() => boolean} isInControl
   */
  constructor(url, names, isInControl) {
    this.#url = url;
    this.#names = names;
    this.#isInControl = isInControl;
    addEventListener("pagehide", () => this.#sayGoodbye());
    addEventListener("beforeunload", (event) => this.#ask(event));
    // Opening the mail program looks like leaving, to some browsers; another language is the same page again.
    document.addEventListener("click", (event) => this.#onClick(event), { capture: true });
  }

  /** Nothing holds this page any more: the session has ended, or its participant has left. */
  finish() {
    this.#isFinished = true;
  }

  #sayGoodbye() {
    if (this.#isFinished) return;
    const words = new FormData();
    words.set("page", this.#names.page);
    words.set("secret", this.#names.secret);
    // A beacon has no headers.
    words.set(CSRF_FIELD, csrfToken());
    navigator.sendBeacon(this.#url, words);
  }

  /** Leaving would end the session. */
  get #isHeld() {
    return this.#isInControl() && !this.#isFinished;
  }

  /** @param {BeforeUnloadEvent} event */
  #ask(event) {
    if (this.#isHeld && !this.#comesBack) event.preventDefault();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const link = closest(event.target, "a[href]");
    if (link && this.#isHeld && leads(link)) openBeside(link);
    // Who has read our own question is not asked once more.
    this.#comesBack = Boolean(closest(event.target, 'a[href^="mailto:"], [data-comes-back], [data-goes-knowingly]'));
    if (this.#comesBack) setTimeout(() => (this.#comesBack = false), 1000);
  }
}

/** Whether a link takes this page away. @param {HTMLAnchorElement} link */
function leads(link) {
  const isPage = /^https?:$/.test(link.protocol) && !link.target && !link.hasAttribute("download");
  return isPage && link.href.split("#")[0] !== location.href.split("#")[0];
}

/** @param {HTMLAnchorElement} link */
function openBeside(link) {
  link.target = "_blank";
  link.rel = "noopener";
}
