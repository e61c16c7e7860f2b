// The rooms of a window, one of which is shown; a placeholder stands for one that is still on its way.
import { copyOf, find, findAll } from "../core/elements.js";

export class Panels {
  #element;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  get #all() {
    return findAll(this.#element, ":scope > [data-room], :scope > [data-room-to-come]");
  }

  /** @param {string} key the session's */
  find(key) {
    return this.#all.find((panel) => panel.id === `room-${key}`);
  }

  /** Show one and no other. @param {HTMLElement} panel */
  show(panel) {
    for (const each of this.#all) {
      if (each !== panel) closeDialogs(each);
      each.hidden = each !== panel;
    }
  }

  /** @param {HTMLElement} root a room's @param {HTMLElement | null} placeholder in whose place it comes */
  bring(root, placeholder) {
    root.hidden = true;
    if (placeholder) placeholder.replaceWith(root);
    else this.#element.append(root);
  }

  /** @param {string} key @param {boolean} isHidden */
  hold(key, isHidden) {
    const panel = copyOf(find(this.#element, "template[data-room-waits]"));
    panel.id = `room-${key}`;
    panel.hidden = isHidden;
    panel.dataset.roomToCome = "";
    this.#element.append(panel);
    return panel;
  }
}

/** A modal one that is hidden with its room would keep the whole page from being pressed. @param {HTMLElement} panel */
function closeDialogs(panel) {
  for (const dialog of findAll(panel, "dialog[open]")) dialog.close();
}
