// In the session at last: the representatives are told what was found on this device, and what changes. Somebody who
// was quicker than the check, came by a page without one or loads this page again is looked after here, by what needs
// nobody's leave.
import { Errand } from "../core/errand.js";
import { whenDevicesChange } from "../rtc/media.js";
import { browserOf, zoneOf } from "./browser.js";
import { DeviceReport } from "./device_report.js";
import { afterTest, devicesOf } from "./devices.js";
import { measureEcho } from "./echo.js";
import { keepUsed, useFindings } from "./findings.js";
import { reachRelayWith } from "./relay.js";

/** @param {{deviceUrl?: string, echo?: string, relayUrl?: string, relayPass?: string}} addresses */
export async function reportOnArrival({ deviceUrl = "", echo = "", relayUrl, relayPass = "" }) {
  const { known, isNew } = useFindings();
  const report = new DeviceReport(deviceUrl);
  const add = (/** @type {import("./findings.js").Findings} */ found) => {
    keepUsed(found);
    report.add(found);
  };
  // Each by itself: who joins quickly leaves a check that had found the browser, and nothing else yet.
  const isMissing = (/** @type {string[]} */ ...names) => !isNew || !names.some((name) => name in known);

  const looks = new Errand(async () => {
    add(afterTest(await devicesOf(), { ...known, ...report.found }));
    return null;
  });
  // Before the first wait: on a bad network the round trip takes its ten seconds.
  whenDevicesChange(() => looks.ask("devices"));
  const browser = isMissing("system") ? browserOf() : {};
  const devices = isMissing("screen") ? await devicesOf() : {};
  const line = isMissing("socket") ? await measureEcho(echo) : {};
  add({ ...known, ...zoneOf(), ...browser, ...devices, ...report.found, ...line });
  // Last, as a network that lets nothing through says so late; and only who is in a session may try the relay.
  if (relayUrl && isMissing("udp", "tcp")) add(await reachRelayWith(relayUrl, relayPass).catch(() => ({})));
}
