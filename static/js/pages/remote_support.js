// The customer's page (S16): one room, and what to see when the representative is away for a moment.
import "../ui/page.js";
import { checkWhenIdle } from "../check/check.js";
import { DeviceReport } from "../check/device_report.js";
import { findings } from "../check/findings.js";
import { reportOnArrival } from "../check/on_arrival.js";
import { find, maybe } from "../core/elements.js";
import { Room } from "../room/room.js";
import { Countdown } from "../room/countdown.js";
import { Handover } from "../room/handover.js";
import { showInTitle } from "../chat/unread.js";
import { goOnCalling, leaveToNextPage } from "../webacd/my_turn.js";

const root = find(document, "[data-room]");
const room = new Room(root);
room.unread.on("changed", showInTitle);
// The page of somebody who is no longer in the session says so, and thanks.
room.onAny(["over", "stale"], () => location.reload());
// From the lobby one comes to the room, as from a queue.
if ("lobby" in root.dataset) room.stream.on("lobby.left", () => leaveToNextPage(root.dataset.textTurn ?? "", false));
else goOnCalling();

// While the session waits for the next representative, its place in the queue is told by a signal.
const place = root.querySelector("[data-in-transfer]");
// It is told once, so who was away meanwhile looks again.
if (place) room.stream.onAny(["signal:position.told", "following"], () => room.regions.refresh(place));

const banner = maybe(root, "[data-representative-lost]");
if (banner) {
  const countdown = new Countdown(banner);
  if (banner.dataset.until) countdown.start(banner.dataset.until, 0);
  room.stream.on("participant.lost", ({ data: { role, until } }) => {
    if (role === "primary") countdown.start(until);
  });
  room.stream.on("participant.expected", ({ data: { role, until } }) => {
    if (role === "primary") countdown.move(until);
  });
  room.stream.onAny(["participant.returned", "control.transferred"], () => countdown.stop());
}

const handover = maybe(root, "[data-handover]");
if (handover && room.media) new Handover(handover, room.stream, room.media.activities);

room.open();

// In the lobby the page shows the check, and tells what it finds.
const check = checkWhenIdle();
if (check) {
  const report = new DeviceReport(root.dataset.deviceUrl ?? "");
  check.onDone = () => report.add(findings());
} else {
  reportOnArrival(root.dataset);
}
