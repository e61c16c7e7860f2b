// Whether a socket gets through to the site, and how long an answer takes: some proxies let pages alone through.

const ECHOES = 5;
// Milliseconds, for all of it.
const PATIENCE = 10_000;
// The site has too many who check at this moment: that says nothing about the way to it.
const TOO_MANY = 4429;
const PING = JSON.stringify({ frame: "ping" });

/**
 * Left in the middle, it ends with what is known by then: a page that the browser keeps for Back has no live socket.
 * @param {string} url
 * @param {{Socket?: typeof WebSocket, now?: () => number, patience?: number, page?: EventTarget}} [options]
 * @returns {Promise<{socket?: "ok" | "failed", rtt?: number}>} the median in milliseconds; nothing if it is not known
 */
export function measureEcho(
  url,
  { Socket = WebSocket, now = () => performance.now(), patience = PATIENCE, page = globalThis } = {},
) {
  return new Promise((resolve) => {
    const socket = new Socket(url);
    /** @type {number[]} */
    const times = [];
    let askedAt = 0;
    const ask = () => {
      askedAt = now();
      socket.send(PING);
    };
    const over = new AbortController();
    const end = (/** @type {number} */ code, isLeft = false) => {
      over.abort();
      clearTimeout(giveUp);
      socket.close();
      if (times.length) resolve({ socket: "ok", rtt: Math.max(1, Math.round(median(times))) });
      else resolve(code === TOO_MANY || isLeft ? {} : { socket: "failed" });
    };
    const giveUp = setTimeout(end, patience, 0);
    page.addEventListener("pagehide", () => end(0, true), { signal: over.signal });
    socket.addEventListener("open", ask, { signal: over.signal });
    const onAnswer = () => {
      times.push(now() - askedAt);
      if (times.length < ECHOES) ask();
      else end(0);
    };
    socket.addEventListener("message", onAnswer, { signal: over.signal });
    socket.addEventListener("close", ({ code }) => end(code), { signal: over.signal });
  });
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
