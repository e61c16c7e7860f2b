// A long list of which little changes: the rows that did are fetched, not the list. Tells what regions tell.
// <div data-list-url="…" data-rows-url="…?" data-rest="1000"><table data-order="…"><tbody data-rows><tr data-key="…">…
import { keepingFocus, morph, parse } from "./dom.js";
import { find, maybe } from "./elements.js";
import { Errand } from "./errand.js";
import { getHtml, getJson } from "./http.js";
import { tell } from "./regions.js";

// As many rows as the server answers at once.
const MOST = 50;
/** Asked for instead of rows. */
const THE_LIST = null;

/** @typedef {{rows: Record<string, string>, order?: string, keys?: string[], pages?: string}} Changes */

export class ChangingList {
  #place;
  /** @type {Errand<string | null>} */
  #errand;

  // What is asked for and not shown yet: what changes it meanwhile has it asked for again.
  /** @type {Set<string | null>} */
  #awaited = new Set();

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
    // Milliseconds between one reading and the next, where all of a list is read each time.
    this.#errand = new Errand((wanted) => this.#fetch(wanted), { rest: Number(place.dataset.rest ?? 0) });
  }

  /** Whether the list shows a row with this key, or may do so in a moment. @param {string} key */
  has(key) {
    return this.#rows.has(key) || this.#awaited.has(key) || this.#awaited.has(THE_LIST);
  }

  /** Read the row with this key again and, should other rows be in the list now, which. @param {string} key */
  refresh(key) {
    this.#ask(key);
  }

  /** Read the list again: nobody knows what has changed in it. */
  refreshAll() {
    this.#ask(THE_LIST);
  }

  /** @param {string | null} wanted */
  #ask(wanted) {
    this.#awaited.add(wanted);
    this.#errand.ask(wanted);
  }

  /** @param {(string | null)[]} wanted */
  async #fetch(wanted) {
    try {
      const keys = wanted.filter((key) => key !== THE_LIST);
      const isLittle = keys.length === wanted.length && keys.length <= MOST && this.#body;
      await (isLittle ? this.#fetchRows(keys) : this.#fetchAll());
      tell(this.#place, "region:refreshed");
      return null;
    } catch (error) {
      /** @type {import("./http.js").Refusal} */
      const refusal = error;
      tell(this.#place, "region:failed", refusal);
      return refusal;
    } finally {
      wanted.forEach((one) => this.#awaited.delete(one));
    }
  }

  async #fetchAll() {
    morph(this.#place, parse(await getHtml(this.#place.dataset.listUrl ?? "")));
  }

  /** @param {string[]} keys */
  async #fetchRows(keys) {
    const asked = new URLSearchParams({ keys: keys.join(","), order: this.#table?.dataset.order ?? "" });
    /** @type {Changes} */
    const changes = await getJson(`${this.#place.dataset.rowsUrl}&${asked}`);
    // The first row brings the table with it, and the last takes it along.
    if (changes.keys?.length === 0) return this.#fetchAll();
    keepingFocus(this.#place, () => this.#show(changes));
  }

  /** @param {Changes} changes */
  #show({ rows, order, keys, pages = "" }) {
    const drawn = new Map(Object.entries(rows).map(([key, html]) => [key, find(parse(html), "tr")]));
    drawn.forEach((row, key) => this.#morphRow(key, row));
    if (!order || !keys) return;
    this.#arrange(keys, drawn);
    morph(find(this.#place, "[data-pages]"), parse(pages));
    const missing = keys.filter((key) => !this.#rows.has(key));
    missing.forEach((key) => this.refresh(key));
    // Until all are here, their order is still to be told.
    if (this.#table && !missing.length) this.#table.dataset.order = order;
  }

  /** @param {string} key @param {HTMLElement} drawn */
  #morphRow(key, drawn) {
    const row = this.#rows.get(key);
    if (row) morph(row, drawn);
  }

  /** @param {string[]} keys @param {Map<string, HTMLElement>} drawn */
  #arrange(keys, drawn) {
    const shown = this.#rows;
    shown.forEach((row, key) => keys.includes(key) || row.remove());
    // Rows that stay never change places.
    let place = this.#body?.firstElementChild ?? null;
    for (const key of keys) {
      const row = shown.get(key);
      const fresh = drawn.get(key);
      if (row) place = row.nextElementSibling;
      else if (fresh) this.#body?.insertBefore(fresh, place);
    }
  }

  get #table() {
    return maybe(this.#place, "[data-order]");
  }

  get #body() {
    return maybe(this.#place, "[data-rows]");
  }

  get #rows() {
    const rows = [...this.#place.querySelectorAll("[data-rows] > tr[data-key]")];
    return new Map(rows.map((row) => [row.getAttribute("data-key") ?? "", row]));
  }
}
