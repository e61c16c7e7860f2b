// How a module tells what happened without knowing who listens. A type names its events and what each carries, so that
// a misspelt event or a wrong detail does not pass the type check.

/**
 * @template {object} Events
 * @template {keyof Events} Type
 * @typedef {Events[Type] extends void ? [] : [detail: Events[Type]]} Carried
 */

/** @template {object} Events by name: what the event carries, or void */
export class Emitter {
  // The platform's own: a listener that throws does not keep the others from hearing.
  #target = new EventTarget();

  /**
   * @template {keyof Events & string} Type
   * @param {Type} type @param {(detail: Events[Type]) => void} listener
   * @param {{once?: boolean}} [options]
   * @returns {() => void} to hear it no more
   */
  on(type, listener, { once = false } = {}) {
    const hear = (/** @type {Event} */ event) => event instanceof CustomEvent && listener(event.detail);
    this.#target.addEventListener(type, hear, { once });
    return () => this.#target.removeEventListener(type, hear);
  }

  /**
   * Several events alike.
   * @template {keyof Events & string} Type
   * @param {Type[]} types @param {(detail: Events[Type], type: Type) => void} listener
   */
  onAny(types, listener) {
    for (const type of types) this.on(type, (detail) => listener(detail, type));
  }

  /**
   * @template {keyof Events & string} Type
   * @param {Type} type @param {Carried<Events, Type>} carried
   */
  emit(type, ...carried) {
    this.#target.dispatchEvent(new CustomEvent(type, { detail: carried[0] }));
  }
}
