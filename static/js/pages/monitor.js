// The managers' monitor: composition only.
import { Board } from "../webacd/board.js";
import { showOffers } from "../webacd/console_offers.js";
import { sendForms } from "../webacd/forms.js";

const root = /** @type {HTMLElement} */ (document.querySelector("[data-monitor]"));
const board = new Board(root, "section[data-region-url]");
sendForms(root, { onDone: () => board.look() });
board.open();
// A manager who is an agent hears of offers here too; a session opens in a page of its own.
showOffers(document.querySelector("[data-console-offers]"), { show: async () => false });
