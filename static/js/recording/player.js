// The film of a session: a press on a chapter jumps there and plays.
import { delegate } from "../core/dom.js";
import { closest, maybe } from "../core/elements.js";

delegate(document, "click", "[data-seek]", (button) => {
  const place = closest(button, "[data-film]");
  const film = place && maybe(place, "video[data-picture]");
  if (!film) return;
  film.currentTime = Number(button.dataset.seek);
  film.play().catch(() => {});
  film.focus({ preventScroll: true });
});
