// A button that shows a part of the page on the whole screen, and back. Escape leads back, too.

/** @param {HTMLElement} part @param {HTMLElement} button hidden where the browser cannot */
export function offerFullScreen(part, button) {
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else part.requestFullscreen();
  });
}
