// The count of what nobody has seen yet, on the sign of the installed page, where the device has such a sign. All pages
// have the one sign: only a page that has put a count there takes one away, and leaves none behind.

let isShown = false;

/** @param {number} count */
export function showBadge(count) {
  if (!count && !isShown) return;
  isShown = count > 0;
  const shown = count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  // Not installed, or not allowed.
  shown?.catch(() => {});
}

// Absent where tests run a module without a page.
globalThis.addEventListener?.("pagehide", () => showBadge(0));
