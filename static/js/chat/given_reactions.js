// Who has given which sign to which line. Hearing of one twice, or late, changes nothing.

/**
 * @typedef {{message: number, participant: number, reaction: string, name: string, on: boolean}} Given
 * @typedef {Map<number, string>} People by the number of the participant
 */

/** @type {ReadonlyMap<number, string>} */
const NONE = new Map();

export class GivenReactions {
  /** By line, then by sign. @type {Map<number, Map<string, People>>} */
  #given = new Map();

  /** @param {Given} given */
  note({ message, participant, reaction, name, on }) {
    const signs = this.#given.get(message) ?? new Map();
    const people = signs.get(reaction) ?? new Map();
    if (on) people.set(participant, name);
    else people.delete(participant);
    signs.set(reaction, people);
    this.#given.set(message, signs);
  }

  /** The line was deleted. @param {number} message */
  forget(message) {
    this.#given.delete(message);
  }

  /** Those who gave this sign, the first of them first. @param {number} message @param {string} sign */
  of(message, sign) {
    return this.#given.get(message)?.get(sign) ?? NONE;
  }
}
