// The WebACD inbox: composition only.
import "../ui/page.js";
import { find, maybe } from "../core/elements.js";
import { keepStatus, sendStatus } from "../webacd/agent_status.js";
import { Board } from "../webacd/board.js";
import { sendForms } from "../webacd/forms.js";
import { openBeside } from "../webacd/help_questions.js";
import { hearOffers } from "../webacd/offers.js";

const root = find(document, "[data-inbox]");
const board = new Board(root);

hearOffers(root, board.stream);
sendForms(root, {
  dashboard: root.dataset.dashboard,
  onBeside: (address) => openBeside(address, root.dataset),
  onDone: () => board.look(),
});
const bar = maybe(document, "[data-agent-bar]");
if (bar) sendStatus(bar, keepStatus(bar, board.regions));
board.open();
