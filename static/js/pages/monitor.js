// The managers' monitor: composition only.
import "../ui/page.js";
import { find, maybe } from "../core/elements.js";
import { Board } from "../webacd/board.js";
import { showOffers } from "../webacd/console_offers.js";
import { sendForms } from "../webacd/forms.js";
import { askForQueue, closeAround } from "../webacd/move.js";

const root = find(document, "[data-monitor]");
const board = new Board(root, "section[data-region-url]");
sendForms(root, {
  dashboard: root.dataset.dashboard,
  onDone(form) {
    closeAround(form);
    board.look();
  },
});
askForQueue(root);
board.open();
// A manager who is an agent hears of offers here too; a session opens in a page of its own.
showOffers(maybe(document, "[data-console-offers]"), { show: async () => false });
