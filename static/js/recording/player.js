// The film of a session: a press on a chapter jumps there and plays.
import { delegate } from "../core/dom.js";

delegate(document, "click", "[data-seek]", (button) => {
  const film = /** @type {HTMLVideoElement | null} */ (button.closest("[data-film]")?.querySelector("[data-picture]"));
  if (!film) return;
  film.currentTime = Number(button.dataset.seek);
  film.play().catch(() => {});
  film.focus({ preventScroll: true });
});
