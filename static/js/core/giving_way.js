// Of too many tabs of one person the oldest gives way. It comes back when the person turns to it, never by itself: two
// tabs that both came back would send each other away for ever.

/**
 * @param {HTMLElement} root whose data-connection says how it stands
 * @param {import("./event_stream.js").EventStream} stream
 * @param {{surroundings?: EventTarget, page?: Document}} [surroundings]
 */
export function giveWay(root, stream, { surroundings = globalThis, page = document } = {}) {
  const comeBack = () => {
    if (root.dataset.connection === "elsewhere" && page.visibilityState === "visible") stream.open();
  };
  stream.on("opened-elsewhere", () => (root.dataset.connection = "elsewhere"));
  stream.on("following", () => (root.dataset.connection = "live"));
  ["focus", "visibilitychange"].forEach((type) => surroundings.addEventListener(type, comeBack));
}
