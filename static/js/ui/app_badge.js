// The count of what nobody has seen yet, on the sign of the installed page, where the device has such a sign.

/** @param {number} count */
export function showBadge(count) {
  const shown = count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  // Not installed, or not allowed.
  shown?.catch(() => {});
}
