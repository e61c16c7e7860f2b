// Ask until there is an answer: what fails in passing is asked again, each time a little later.
import { Backoff } from "./backoff.js";
import { Refusal } from "./http.js";
import { pause } from "./pause.js";

// Milliseconds. Somebody may be waiting at the other end.
const MOST = 8_000;
const PATIENCE = 30_000;
/** The server has looked, and there is nothing for us. */
const FINAL = [403, 404, 410];

/**
 * @template T
 * @param {() => Promise<T>} ask
 * @param {{isWanted?: () => boolean, onTrouble?: (refusal: Refusal) => void, backoff?: Backoff}} [options]
 * @returns {Promise<T>} rejected by a refusal that is final, or by any once the answer is not wanted any more
 */
export async function persist(
  ask,
  { isWanted = () => true, onTrouble = () => {}, backoff = new Backoff({ most: MOST }) } = {},
) {
  for (;;) {
    try {
      return await inTime(ask());
    } catch (error) {
      if (!(error instanceof Refusal) || FINAL.includes(error.status) || !isWanted()) throw error;
      onTrouble(error);
      await pause(backoff.next());
    }
  }
}

/**
 * A request may be neither answered nor refused.
 * @template T
 * @param {Promise<T>} answer
 */
function inTime(answer) {
  return new Promise((/** @type {(answer: T) => void} */ resolve, reject) => {
    const timer = setTimeout(() => reject(Refusal.unreachable()), PATIENCE);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
