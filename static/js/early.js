// Enter in the chat before the page's modules have run, as on a slow line: the words stay, and the chat sends them as soon
// as it is there. A classic script, since it has to be there first.
document.addEventListener("keydown", (event) => {
  // As core/keys.js has it: 229 is Safari's Enter that ends a composition.
  const isEnter = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
  const field = isEnter && !event.defaultPrevented && event.target instanceof HTMLTextAreaElement ? event.target : null;
  const form = field?.closest("[data-chat-form]");
  if (form instanceof HTMLFormElement) form.requestSubmit();
  if (form) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.matches("[data-chat-form]")) return;
  event.preventDefault();
  form.dataset.waits = "";
});
