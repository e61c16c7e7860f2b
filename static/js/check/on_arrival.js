// In the session at last: the representatives are told what was found on this device. Somebody who was quicker than the
// check, or came by a page without one, is looked after here, by what needs nobody's leave.
import { browserOf } from "./browser.js";
import { devicesOf } from "./devices.js";
import { measureEcho } from "./echo.js";
import { findings, keepFindings, reportFindings } from "./findings.js";
import { reachRelayWith } from "./relay.js";

/** @param {{deviceUrl?: string, echo?: string, relayUrl?: string, relayPass?: string}} addresses */
export async function reportOnArrival({ deviceUrl = "", echo = "", relayUrl, relayPass }) {
  const known = findings();
  // Each by itself: who joins quickly leaves a check that had found the browser, and nothing else yet.
  if (!("system" in known)) keepFindings(browserOf());
  if (!("screen" in known)) keepFindings(await devicesOf());
  if (!("socket" in known)) keepFindings(await measureEcho(echo));
  await reportFindings(deviceUrl);
  // Last, as a network that lets nothing through says so late; and only who is in a session may try the relay.
  if (!relayUrl || "udp" in known || "tcp" in known) return;
  const reached = await reachRelayWith(relayUrl, relayPass ?? "").catch(() => ({}));
  keepFindings(reached);
  await reportFindings(deviceUrl);
}
