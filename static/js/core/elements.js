// Elements by selector. One that begins with a tag, "input[data-name]", finds an element of that class, any other an
// HTML element. The selector says so and not `instanceof`, which fails for an element of another window, such as the
// tray's.

/**
 * What a selector finds, as far as it can be read off it.
 * @template {string} Selector
 * @typedef {Selector extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Selector]
 *   : Selector extends `${string}${" " | "," | ">"}${string}` ? HTMLElement
 *   : Selector extends `${infer Tag extends keyof HTMLElementTagNameMap}[${string}` ? HTMLElementTagNameMap[Tag]
 *   : HTMLElement} Selected
 */

const ELEMENT_NODE = 1;

/**
 * @param {EventTarget | null | undefined} thing
 * @returns {thing is Element}
 */
export function isElement(thing) {
  return Boolean(thing && "nodeType" in thing && thing.nodeType === ELEMENT_NODE);
}

/**
 * An element that every page of this kind has.
 * @template {string} Selector
 * @param {ParentNode} root @param {Selector} selector
 */
export function find(root, selector) {
  const found = maybe(root, selector);
  if (!found) throw new TypeError(`There is no ${selector} here.`);
  return found;
}

/**
 * One that some pages have.
 * @template {string} Selector
 * @param {ParentNode} root @param {Selector} selector
 * @returns {Selected<Selector> | null}
 */
export function maybe(root, selector) {
  return root.querySelector(selector);
}

/**
 * @template {string} Selector
 * @param {ParentNode} root @param {Selector} selector
 * @returns {Selected<Selector>[]}
 */
export function findAll(root, selector) {
  /** @type {NodeListOf<Selected<Selector>>} */
  const found = root.querySelectorAll(selector);
  return [...found];
}

/**
 * The nearest one around the target of an event, or around another element; null for a target that is none, such as the
 * document.
 * @template {string} Selector
 * @param {EventTarget | null | undefined} from @param {Selector} selector
 * @returns {Selected<Selector> | null}
 */
export function closest(from, selector) {
  return isElement(from) ? from.closest(selector) : null;
}

/**
 * One that an element always stands in.
 * @template {string} Selector
 * @param {Element} element @param {Selector} selector
 */
export function findAround(element, selector) {
  const found = closest(element, selector);
  if (!found) throw new TypeError(`There is no ${selector} around this.`);
  return found;
}

/** One that another names, if it names any. @param {string | null | undefined} id */
export function byId(id) {
  return id ? document.getElementById(id) : null;
}

/** What a template holds: one element, again and again. @param {HTMLTemplateElement} template */
export function copyOf(template) {
  return document.importNode(find(template.content, "*"), true);
}
