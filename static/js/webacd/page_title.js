// A page's title in a row of tabs: while a customer is offered, it begins with that. Others change it too.

/** @param {string} title as it is now @param {string} beginning @param {boolean} isOffered */
export function titleWith(title, beginning, isOffered) {
  const own = title.startsWith(beginning) ? title.slice(beginning.length) : title;
  return isOffered ? beginning + own : own;
}
