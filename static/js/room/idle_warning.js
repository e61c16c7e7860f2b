// E40: the warning that an idle session is about to end.
import { maybe } from "../core/elements.js";
import { Countdown } from "./countdown.js";

export class IdleWarning {
  /** @param {import("./room.js").Room} room */
  constructor(room) {
    const banner = maybe(room.root, "[data-quiet]");
    if (!banner) return;
    const countdown = new Countdown(banner);
    if (banner.dataset.until) countdown.start(banner.dataset.until, 0);
    room.stream.on("session.quiet", ({ data }) => countdown.start(data.ends_at, 0));
    room.stream.on("session.stirred", () => countdown.stop());
  }
}
