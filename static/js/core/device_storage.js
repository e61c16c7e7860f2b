// What this device keeps for the site. Where the browser keeps nothing, reading or even naming its storage may fail;
// then a page keeps it for itself, for as long as it is open.

/** @returns {Pick<Storage, "getItem" | "setItem">} */
function found() {
  try {
    globalThis.localStorage.getItem("");
    return globalThis.localStorage;
  } catch {
    /** @type {Map<string, string>} */
    const kept = new Map();
    return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
  }
}

export const deviceStorage = found();
