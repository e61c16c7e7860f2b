// In the session at last: the representatives are told what was found on this device. Somebody who was quicker than the
// check, or came by a page without one, is looked after here, by what needs nobody's leave.
import { browserOf } from "./browser.js";
import { devicesOf } from "./devices.js";
import { measureEcho } from "./echo.js";
import { findings, keepFindings, reportFindings } from "./findings.js";

/** @param {{deviceUrl?: string, echo?: string}} addresses */
export async function reportOnArrival({ deviceUrl = "", echo = "" }) {
  if (!("system" in findings())) keepFindings({ ...browserOf(), ...(await devicesOf()), ...(await measureEcho(echo)) });
  await reportFindings(deviceUrl);
}
