// Says something to people who listen to the page instead of looking at it (E45).

/**
 * @param {string} text
 * @param {{urgent?: boolean}} [options] urgent: interrupts what is being read; for lost connections and the like
 */
export function announce(text, { urgent = false } = {}) {
  const region = document.querySelector(`[data-announcer="${urgent ? "assertive" : "polite"}"]`);
  if (!region) return;
  // A line of its own each time, so that the same words twice are heard twice; old ones make room.
  const line = document.createElement("p");
  line.textContent = text;
  region.append(line);
  while (region.childElementCount > 5) region.firstElementChild?.remove();
}
