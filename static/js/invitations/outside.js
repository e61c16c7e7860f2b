// A program outside the browser, opened by a link: mail, text messages.

/** @param {HTMLElement} place @param {string} href */
export function openOutside(place, href) {
  const link = document.createElement("a");
  link.href = href;
  link.hidden = true;
  // A click on a link and no change of location: the page does not take it for leaving (room/leaving.js).
  place.append(link);
  link.click();
  link.remove();
}
