// The CSR's page: composition only.
import "../ui/page.js";
import { find, maybe } from "../core/elements.js";
import { Workspace } from "../room/workspace.js";
import { Tray } from "../room/tray.js";
import "../invitations/panel.js";
import "../webacd/transfer.js";
import { followPerson } from "../notifications/person.js";
import { showOffers } from "../webacd/console_offers.js";

const workspace = new Workspace(find(document, "[data-console]"));
// Found before the tray leaves for a window of its own.
const inTray = maybe(document, "[data-tray-offers]");
new Tray(workspace);
workspace.open();
const bar = maybe(document, "[data-console-offers]");
if (bar) showOffers(bar, workspace, inTray);
else followPerson(maybe(document, "[data-person-page]"));
