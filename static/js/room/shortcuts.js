// Single keys for the console's commands. Whatever can be pressed names its key, data-shortcut="I", in its template; by
// the key's place, so that it is the same on an Arabic keyboard. The switch is kept on this device (WCAG 2.1.4).
import { deviceStorage } from "../core/device_storage.js";
import { byId, closest, findAll, isElement, maybe } from "../core/elements.js";

const SWITCH = "shortcuts";
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=combobox]";

/**
 * Of a keyboard event.
 * @typedef {Pick<KeyboardEvent, "code" | "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "getModifierState"
 *   >} Keys
 */

/**
 * The key as templates name it: a letter, a digit, a question mark. Null with what is the browser's, such as Ctrl.
 * @param {Keys} event
 */
export function shortcutOf(event) {
  const { code, key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (ctrlKey || metaKey || altKey || event.getModifierState("AltGraph")) return null;
  // The Arabic question mark is another character.
  if (key === "?" || key === "؟") return "?";
  if (shiftKey) return null;
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  // Another alphabet: the key that has this letter where letters are Latin. Not what moves, such as End on the numbers.
  return key.length === 1 ? (/^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? null) : null;
}

/**
 * Ctrl and K, or ⌘ and K where K with Ctrl deletes the rest of a line.
 * @param {Keys} event @param {string} [platform]
 */
export function opensList(event, platform = navigator.platform) {
  const { code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const [held, other] = isApple(platform) ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  return code === "KeyK" && held && !other && !altKey && !shiftKey;
}

/** @param {string} platform */
function isApple(platform) {
  return /^(Mac|iP)/.test(platform);
}

export class Shortcuts {
  #storage;

  /** @param {Pick<Storage, "getItem" | "setItem">} [storage] */
  constructor(storage = deviceStorage) {
    this.#storage = storage;
  }

  get areOn() {
    return this.#storage.getItem(SWITCH) !== "off";
  }

  set areOn(on) {
    this.#storage.setItem(SWITCH, on ? "on" : "off");
  }
}

/** Whether a key pressed here is text, or another part's own. @param {EventTarget | null} target */
export function isTyping(target) {
  return isElement(target) && (target.matches(TYPING) || closest(target, "dialog[open], [role=listbox]") !== null);
}

/**
 * What can be pressed now, in the order of the page; a command that stands twice is the one in sight.
 * @param {HTMLElement} root
 */
export function commandsIn(root) {
  /** @type {Map<string, HTMLElement>} */
  const found = new Map();
  for (const each of findAll(root, "[data-shortcut]:not(:disabled)")) {
    const label = labelOf(each);
    // Two colleagues may have one name.
    const same = `${label} ${closest(each, "form")?.action ?? ""}`;
    const known = found.get(same);
    const isBetter = !known || (!known.checkVisibility() && each.checkVisibility());
    if (label && !each.hidden && isBetter) found.set(same, each);
  }
  return [...found.values()].map((target) => ({ label: labelOf(target), key: target.dataset.shortcut ?? "", target }));
}

/** Its name as readers hear it. @param {HTMLElement} target */
export function labelOf(target) {
  if (target.matches("[data-session]")) return sessionLabel(target);
  const named = target.getAttribute("aria-label") ?? maybe(target, ".tool__word, .visually-hidden")?.textContent;
  // A tab may have a count behind its word.
  const own = target.role === "tab" ? target.firstChild?.textContent : target.textContent;
  return (named || own?.trim() || target.title).trim().replace(/\s+/g, " ");
}

/** Whom it is about and its number, not how its connection stands. @param {HTMLElement} tab */
function sessionLabel(tab) {
  const words = findAll(tab, "[data-tab-who], .digits").map(({ textContent }) => textContent?.trim() ?? "");
  return words.join(" ").replace(/\s+/g, " ");
}

/** As its button does; a part of the drawer leads to where one writes. @param {HTMLElement} target */
export function press(target) {
  target.click();
  if (target.role !== "tab") return;
  const panel = byId(target.getAttribute("aria-controls"));
  // Not the tab of a session: the next key would be written to its customer.
  const field = target.dataset.shortcut === undefined ? null : panel?.querySelector("textarea");
  (field ?? target).focus();
}

/**
 * Say which keys there are, to readers and beside the words of the rail and of the tray, whose tools press those of the
 * page (data-same-key).
 * @param {HTMLElement} root @param {boolean} areOn
 */
export function showKeys(root, areOn) {
  for (const target of findAll(root, "[data-shortcut], [data-same-key]")) {
    const { shortcut, sameKey } = target.dataset;
    const key = areOn ? shortcut || sameKey : "";
    const word = maybe(target, ".tool__word, .tray__label");
    tellKey(target, key);
    if (word) word.dataset.key = key ?? "";
  }
  // It is no single key, and stays.
  const held = isApple(navigator.platform) ? "Meta" : "Control";
  for (const list of findAll(root, "[data-lists-commands]")) tellKey(list, `${held}+K`);
}

/** @param {HTMLElement} target @param {string} [key] */
export function tellKey(target, key) {
  if (key) target.setAttribute("aria-keyshortcuts", key);
  else target.removeAttribute("aria-keyshortcuts");
}
