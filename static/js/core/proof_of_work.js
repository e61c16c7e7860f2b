// Work that a server can check at once (supportcenter/accounts/challenges.py): for each puzzle, the first number with
// which the digest of "seed.place.number" begins with so many zero bits.

const AT_ONCE = 256;

/**
 * The numbers, joined by dots. Some tens of thousands of digests: a second of a browser.
 *
 * @param {string} seed @param {number} puzzles @param {number} zeroBits at most 32
 */
export async function solve(seed, puzzles, zeroBits) {
  const numbers = [];
  for (let place = 0; place < puzzles; place += 1) numbers.push(await solveOne(`${seed}.${place}.`, zeroBits));
  return numbers.join(".");
}

/** @param {string} prefix @param {number} zeroBits @returns {Promise<number>} */
async function solveOne(prefix, zeroBits) {
  for (let first = 0; ; first += AT_ONCE) {
    const found = await Promise.all(Array.from({ length: AT_ONCE }, (_, next) => digest(prefix + (first + next))));
    const place = found.findIndex((value) => value < 2 ** (32 - zeroBits));
    if (place >= 0) return first + place;
  }
}

/** The first 32 bits. @param {string} text */
async function digest(text) {
  return new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).getUint32(0);
}
