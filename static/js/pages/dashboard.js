// The CSR's page: composition only.
import "../ui/page.js";
import { find, maybe } from "../core/elements.js";
import { Commands } from "../room/commands.js";
import { Tooltips } from "../room/tooltips.js";
import { Tour } from "../room/tour.js";
import { tellOf, tellOfCustomer } from "../room/notices.js";
import { Workspace } from "../room/workspace.js";
import { Tray } from "../room/tray.js";
import "../invitations/panel.js";
import "../webacd/transfer.js";
import { Bell } from "../notifications/bell.js";
import { Notifier } from "../notifications/notifier.js";
import { followPerson } from "../notifications/person.js";
import { askOnce } from "../notifications/question.js";
import { showOffers } from "../webacd/console_offers.js";
import { showHelp } from "../webacd/help_standing.js";

const element = find(document, "[data-console]");
const workspace = new Workspace(element);
// Found before the tray leaves for a window of its own.
const inTray = maybe(document, "[data-tray-offers]");
new Tray(workspace);

const notifier = new Notifier(element.dataset.notifier ?? "");
const bell = new Bell(notifier);
const ways = { bell, texts: element.dataset, addressOf: (/** @type {string} */ key) => workspace.addressOf(key) };
workspace.on("added", (room) => tellOf(room, ways));
workspace.on("added", showHelp);
workspace.on("branched", (room) => tellOfCustomer(room, ways));
notifier.on("pressed", (address) => workspace.selectAt(address));
notifier.clearOnReturn();

workspace.open();
new Commands(find(document, "dialog[data-commands]"), workspace);
new Tooltips();
new Tour(find(document, "[data-tour]"), workspace).offer();
askOnce(maybe(document, "[data-notification-question]"), notifier);
const bar = maybe(document, "[data-console-offers]");
if (bar) showOffers(bar, workspace, inTray);
else followPerson(maybe(document, "[data-person-page]"));
