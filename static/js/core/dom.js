// The few things about the document that more than one module needs.
import { closest, isElement } from "./elements.js";

/**
 * Handle an event of every element that matches, now or later.
 * @template {keyof HTMLElementEventMap} Type
 * @template {string} Selector
 * @param {{addEventListener: (type: Type, hear: (event: HTMLElementEventMap[Type]) => void) => void}} root
 * @param {Type} type
 * @param {Selector} selector
 * @param {(element: import("./elements.js").Selected<Selector>, event: HTMLElementEventMap[Type]) => void} handle
 */
export function delegate(root, type, selector, handle) {
  const hear = (/** @type {HTMLElementEventMap[Type]} */ event) => {
    const element = closest(event.target, selector);
    if (element) handle(element, event);
  };
  root.addEventListener(type, hear);
}

/**
 * Mark an element as busy, and its buttons as not to be pressed again, until the work is done.
 * @template T
 * @param {Element} element
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileBusy(element, work) {
  const buttons = [...element.querySelectorAll("button:enabled")];
  element.setAttribute("aria-busy", "true");
  // aria-disabled and not disabled, which would take the focus away.
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  try {
    return await work;
  } finally {
    element.removeAttribute("aria-busy");
    buttons.forEach((button) => button.removeAttribute("aria-disabled"));
  }
}

/** @param {string} html */
export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/**
 * Make an element's content like that of another, keeping every element that is in both: with it stay focus, scroll
 * position, what has been typed, and whether a `<details>` is open. Elements are the same by `id` or `data-key`, else
 * by their place.
 * @param {Element} element
 * @param {ParentNode & Node} wanted
 */
export function morph(element, wanted) {
  keepingFocus(element, () => morphChildren(element, wanted));
}

/** Change what is in an element, and leave the focus in it if that is where it was. @param {Element} element */
export function keepingFocus(element, /** @type {() => void} */ change) {
  const focused = document.activeElement;
  const hadFocus = focused !== element && element.contains(focused);
  change();
  if (hadFocus && document.activeElement !== focused) restoreFocus(element, focused);
}

/** @param {Element} element @param {Element | null} focused */
function restoreFocus(element, focused) {
  // An element loses the focus when it is moved. One that is gone leaves it to its region, not to the whole page.
  const heir = focused?.isConnected ? focused : element;
  if (heir === element && !element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  closest(heir, "*")?.focus({ preventScroll: true });
}

/** @param {Element} element @param {ParentNode & Node} wanted */
function morphChildren(element, wanted) {
  const keyed = new Map([...element.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let place = element.firstChild;
  for (const want of [...wanted.childNodes]) {
    const have = match(place, want, keyed);
    if (have) {
      if (have === place) place = place.nextSibling;
      else element.insertBefore(have, place);
      morphNode(have, want);
    } else {
      element.insertBefore(want, place);
    }
  }
  while (place) {
    /** @type {ChildNode | null} */
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

/** @param {ChildNode | null} place @param {ChildNode} want @param {Map<string | null, Element>} keyed */
function match(place, want, keyed) {
  const key = keyOf(want);
  if (key) {
    const same = keyed.get(key);
    return same && same.nodeName === want.nodeName ? same : null;
  }
  return place && !keyOf(place) && place.nodeName === want.nodeName ? place : null;
}

/** @param {Node} node */
function keyOf(node) {
  return isElement(node) ? node.id || node.getAttribute("data-key") : null;
}

/** @param {Node} have @param {Node} want */
function morphNode(have, want) {
  if (isElement(have) && isElement(want)) {
    morphAttributes(have, want);
    morphChildren(have, want);
  } else if (have.nodeValue !== want.nodeValue) {
    have.nodeValue = want.nodeValue;
  }
}

/** @param {Element} have @param {Element} want */
function morphAttributes(have, want) {
  for (const { name } of [...have.attributes]) {
    if (!want.hasAttribute(name) && !isReaders(have, name)) have.removeAttribute(name);
  }
  for (const { name, value } of [...want.attributes]) {
    if (have.getAttribute(name) !== value && !isReaders(have, name)) have.setAttribute(name, value);
  }
}

/** Whether an attribute says what the reader did rather than what the server knows. */
function isReaders(/** @type {Element} */ element, /** @type {string} */ name) {
  return name === "open" && (element.nodeName === "DETAILS" || element.nodeName === "DIALOG");
}
