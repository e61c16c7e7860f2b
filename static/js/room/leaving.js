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

  /** @param {BeforeUnloadEvent} event */
  #ask(event) {
    if (this.#isInControl() && !this.#isFinished && !this.#comesBack) event.preventDefault();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    this.#comesBack = Boolean(closest(event.target, 'a[href^="mailto:"], [data-comes-back]'));
    if (this.#comesBack) setTimeout(() => (this.#comesBack = false), 1000);
  }
}
