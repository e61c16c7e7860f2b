// One's own picture: cut and made small here, so that a photo of a phone, which is larger than the site takes, can be
// chosen as it is. What this browser cannot read is sent as it is, and the site says what is wrong with it.
import "./site.js";
import { find } from "../core/elements.js";

// Pixels a side: twice as many as the site keeps.
const SIDE = 384;

const input = find(document, "input[name=picture]");
const face = find(document, "[data-own-face] .letter");
const button = find(document, "[data-save-picture]");

let latest = 0;

input.addEventListener("change", async () => {
  // Not sent before it is small.
  const chosen = ++latest;
  button.toggleAttribute("disabled", true);
  await shrink();
  if (chosen === latest) button.removeAttribute("disabled");
});

async function shrink() {
  const [file] = input.files ?? [];
  const canvas = file && (await cut(file).catch(() => null));
  const blob = canvas && (await new Promise((made) => canvas.toBlob(made, "image/png")));
  // Another one may have been chosen meanwhile.
  if (!canvas || !(blob instanceof Blob) || input.files?.[0] !== file) return;
  const small = new DataTransfer();
  small.items.add(new File([blob], "picture.png", { type: blob.type }));
  input.files = small.files;
  face.replaceChildren(canvas);
}

/** The square in its middle, as it is seen: turned as the camera was. @param {File} file */
async function cut(file) {
  const picture = await createImageBitmap(file);
  const from = Math.min(picture.width, picture.height);
  const side = Math.min(from, SIDE);
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const context = canvas.getContext("2d");
  if (!context) throw new TypeError("This browser draws nothing.");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, (picture.width - from) / 2, (picture.height - from) / 2, from, from, 0, 0, side, side);
  picture.close();
  return canvas;
}
