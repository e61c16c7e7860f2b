// The CSR's page: composition only.
import { Workspace } from "../room/workspace.js";
import { Tray } from "../room/tray.js";
import "../invitations/panel.js";
import "../webacd/transfer.js";
import { showOffers } from "../webacd/console_offers.js";

const workspace = new Workspace(/** @type {HTMLElement} */ (document.querySelector("[data-console]")));
new Tray(workspace);
workspace.open();
showOffers(document.querySelector("[data-console-offers]"), workspace);
