// The managers' monitor: composition only.
import "../ui/page.js";
import { find, maybe } from "../core/elements.js";
import { Board } from "../webacd/board.js";
import { showOffers } from "../webacd/console_offers.js";
import { sendForms } from "../webacd/forms.js";

const root = find(document, "[data-monitor]");
const board = new Board(root, "section[data-region-url]");
sendForms(root, { dashboard: root.dataset.dashboard, onDone: () => board.look() });
board.open();
// A manager who is an agent hears of offers here too; a session opens in a page of its own.
showOffers(maybe(document, "[data-console-offers]"), { show: async () => false });
