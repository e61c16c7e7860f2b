// "Share my application", and "View customer's application" at the customer's side.
import { Sharing } from "./sharing.js";

export class ApplicationSharing extends Sharing {
  mine = "share_application";
  theirs = "view_application";
  /** @type {"window"} */
  surface = "window";
}
