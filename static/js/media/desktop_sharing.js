// "Share my desktop", and "View customer's desktop" at the customer's side.
import { Sharing } from "./sharing.js";

export class DesktopSharing extends Sharing {
  mine = "share_desktop";
  theirs = "view_desktop";
  /** @type {"monitor"} */
  surface = "monitor";
}
