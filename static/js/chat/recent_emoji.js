// The emoji that this device used last, the latest first.
import { deviceStorage } from "../core/device_storage.js";

const NAME = "recent-emoji";
const MOST = 16;

export class RecentEmoji {
  #storage;

  /** @param {Pick<Storage, "getItem" | "setItem">} [storage] */
  constructor(storage = deviceStorage) {
    this.#storage = storage;
  }

  /** What stands there may be anything. */
  get signs() {
    return (this.#storage.getItem(NAME) ?? "").split(" ").filter(Boolean).slice(0, MOST);
  }

  /** @param {string} sign */
  add(sign) {
    const kept = [sign, ...this.signs.filter((one) => one !== sign)].slice(0, MOST);
    this.#storage.setItem(NAME, kept.join(" "));
  }
}
