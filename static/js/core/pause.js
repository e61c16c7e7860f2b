/** @param {number} wait in milliseconds @returns {Promise<void>} */
export function pause(wait) {
  return new Promise((resolve) => setTimeout(resolve, wait));
}
