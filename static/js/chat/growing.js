// A field that grows with what is written, up to what its style allows; where the browser does not do so by itself.

/** @param {HTMLTextAreaElement} field */
export function growing(field) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };
  field.addEventListener("input", fit);
  fit();
}
