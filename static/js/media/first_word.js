// A browser asks for camera and microphone in words of its own: what they are for stands on the page before it does.
import { maybe } from "../core/elements.js";
import { pause } from "../core/pause.js";
import { textOf } from "../core/texts.js";
import { isGranted } from "../rtc/media.js";

// Milliseconds, in which the page is drawn.
const MOMENT = 60;

/** @typedef {(name: "camera" | "microphone", capture: () => Promise<MediaStream>) => Promise<MediaStream>} FirstWord */

/**
 * @param {HTMLElement} root a room's @param {DOMStringMap} texts
 * @returns {FirstWord} captures, after a sentence wherever the browser may ask
 */
export function firstWord(root, texts, { granted = isGranted, moment = () => pause(MOMENT) } = {}) {
  return async (name, capture) => {
    const place = maybe(root, "[data-first-word]");
    if (!place || (await granted(name))) return capture();
    place.textContent = textOf(texts, name, "textBefore");
    place.hidden = false;
    await moment();
    return capture().finally(() => (place.hidden = true));
  };
}
