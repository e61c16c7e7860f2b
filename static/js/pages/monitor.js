// The managers' monitor: composition only.
import "./site.js";
import { find } from "../core/elements.js";
import { Board } from "../webacd/board.js";
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
