// The CSR's page: composition only.
import { Console } from "../room/workspace.js";
import { Tray } from "../room/tray.js";
import "../invitations/panel.js";
import "../webacd/transfer.js";
import { showOffers } from "../webacd/console_offers.js";

const desk = new Console(/** @type {HTMLElement} */ (document.querySelector("[data-console]")));
new Tray(desk);
desk.open();
showOffers(document.querySelector("[data-console-offers]"), desk);
