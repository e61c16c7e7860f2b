// The WebACD inbox: composition only.
import "../ui/page.js";
import { find } from "../core/elements.js";
import { Board } from "../webacd/board.js";
import { sendForms } from "../webacd/forms.js";
import { hearOffers } from "../webacd/offers.js";

const root = find(document, "[data-inbox]");
const board = new Board(root);

hearOffers(root, board.stream);
sendForms(root, { dashboard: root.dataset.dashboard, onDone: () => board.look() });
board.open();
