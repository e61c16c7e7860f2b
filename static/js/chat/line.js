// One line of the chat as an element, drawn from the page's template for it.
import { copyOf, find } from "../core/elements.js";
import { sizeWords } from "../core/formats.js";
import { linkify } from "./links.js";

// What a browser shows small; the server knows the same (`FileTransfer.PICTURES`).
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
// Lines of one author within this time stand together.
const TOGETHER_MS = 120_000;

/** @typedef {{text: string, at: string, author: string, name: string}} LineFacts */

/**
 * @param {HTMLTemplateElement} template @param {HTMLElement | null} before the line that it follows
 * @param {LineFacts} line @param {string} me
 */
export function drawLine(template, before, { text, at, author, name }, me) {
  const line = copyOf(template);
  line.dataset.author = author;
  line.toggleAttribute("data-mine", author === me);
  line.toggleAttribute("data-continued", isContinued(before, author, at));
  find(line, "[data-author-name]").textContent = name;
  find(line, "time").dateTime = at;
  write(line, text);
  return line;
}

/** @param {HTMLElement} line @param {string} text */
export function write(line, text) {
  const words = find(line, "[data-text]");
  words.textContent = text;
  linkify(words);
}

/** @param {HTMLElement | null} before @param {string} author @param {string} at */
function isContinued(before, author, at) {
  const then = before?.querySelector("time")?.dateTime;
  return before?.dataset.author === author && !!then && Date.parse(at) - Date.parse(then) < TOGETHER_MS;
}

/**
 * A line about a file that has arrived; one that went directly is dressed by the two browsers that have it.
 * @param {HTMLElement} line @param {{file: number, name: string, size: number, content_type: string, way: string,
 *   receiver: number}} file @param {string} base
 */
export function fillFile(line, { file, name, size, content_type, way, receiver }, base) {
  const card = find(line, "[data-chat-file]");
  const picture = find(card, "img[data-picture]");
  const save = find(card, "a[data-save]");
  const isPicture = PICTURES.includes(content_type);
  Object.assign(card.dataset, { chatFile: String(file), way, receiver: String(receiver) });
  card.toggleAttribute("data-is-picture", isPicture);
  find(card, "[data-file-name]").textContent = name;
  find(card, "[data-file-size]").textContent = sizeWords(size);
  picture.alt = save.download = name;
  if (way === "server") {
    save.href = `${base}${file}/`;
    save.hidden = false;
    if (isPicture) picture.src = `${base}${file}/picture/`;
    picture.hidden = !isPicture;
  }
  card.hidden = false;
  find(line, "[data-text]").hidden = true;
}
