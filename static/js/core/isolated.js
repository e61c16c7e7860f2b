// Text within text that runs the other way, where there is no element to say so: canvas, title, notification.

/** A name keeps its own direction and does not change that of its neighbours. @param {string} text */
export function isolated(text) {
  return `\u2068${text}\u2069`;
}
