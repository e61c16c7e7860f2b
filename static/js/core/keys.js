// What a key means while letters are composed, as in Japanese, Chinese or Korean.

const COMPOSING = 229;

/**
 * Enter that sends: not the one that ends a composition (Safari says so by the code alone, after the composition is
 * over), nor Shift and Enter, which begins a line.
 * @param {{key: string, shiftKey: boolean, isComposing: boolean, keyCode: number}} event
 */
export function isSendingEnter({ key, shiftKey, isComposing, keyCode }) {
  return key === "Enter" && !shiftKey && !isComposing && keyCode !== COMPOSING;
}
