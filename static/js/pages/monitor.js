// The managers' monitor: composition only.
import { Board } from "../webacd/board.js";
import { sendForms } from "../webacd/forms.js";

const root = /** @type {HTMLElement} */ (document.querySelector("[data-monitor]"));
const board = new Board(root);
sendForms(root, { onDone: () => board.look() });
board.open();
