// The preview of a wording, in Django's administration, follows what is typed. Without scripts, its button shows it.
import { find } from "../core/elements.js";

const button = find(document, "input[data-preview]");

function show() {
  // A frame of its own for each, so that Back leads to the page before, not to an earlier preview.
  const frame = find(document, "[data-preview-frame]");
  frame.replaceWith(frame.cloneNode());
  button.form?.requestSubmit(button);
}

button.form?.addEventListener("change", show);
if (button.form?.checkValidity()) show();
