// Camera, microphone and screen: what is there and what is allowed, without asking for anything; and the test of both
// on the visitor's press.
import { abilities, captureCamera, captureMicrophone, failureOf } from "../rtc/media.js";

/** @typedef {"present" | "missing" | "denied" | "busy" | "works"} Found */
/** @typedef {{camera: Found, microphone: Found, screen: "yes" | "no", phone: "yes" | "no"}} Devices */

/**
 * @param {Pick<Navigator, "mediaDevices" | "permissions">} [navigator]
 * @returns {Promise<Devices>}
 */
export async function devicesOf({ mediaDevices, permissions } = globalThis.navigator) {
  const listed = (await mediaDevices?.enumerateDevices?.().catch(() => [])) ?? [];
  const find = async (/** @type {MediaDeviceKind} */ kind, /** @type {PermissionName} */ name) => {
    if (!listed.some((device) => device.kind === kind)) return "missing";
    // Firefox does not know these names: then only asking tells.
    const permission = await permissions?.query({ name }).catch(() => null);
    return permission?.state === "denied" ? "denied" : "present";
  };
  const { screen, phone } = await abilities();
  return {
    camera: await find("videoinput", "camera"),
    microphone: await find("audioinput", "microphone"),
    screen: yesNo(screen),
    phone: yesNo(phone),
  };
}

/**
 * What a look tells after a test: of a device that is still there and allowed, only another test can tell more.
 * @param {Devices} look @param {{camera?: unknown, microphone?: unknown}} tested
 * @returns {Devices}
 */
export function afterTest(look, tested) {
  const still = (/** @type {"camera" | "microphone"} */ name) => {
    const word = tested[name];
    return look[name] === "present" && (word === "works" || word === "busy") ? word : look[name];
  };
  return { ...look, camera: still("camera"), microphone: still("microphone") };
}

/**
 * Ask the browser for both, in the press itself: one that is missing does not keep the other from being tested.
 * @param {{camera?: () => Promise<MediaStream>, microphone?: () => Promise<MediaStream>}} [capture]
 */
export async function tryDevices({ camera = captureCamera, microphone = captureMicrophone } = {}) {
  const picture = await attempt(camera);
  const sound = await attempt(microphone);
  const streams = { picture: picture.stream, sound: sound.stream };
  return { found: { camera: picture.found, microphone: sound.found }, ...streams };
}

/**
 * @param {() => Promise<MediaStream>} capture
 * @returns {Promise<{found: Found, stream?: MediaStream}>}
 */
async function attempt(capture) {
  try {
    return { found: "works", stream: await capture() };
  } catch (error) {
    const failure = failureOf(error);
    return { found: failure === "missing" || failure === "busy" ? failure : "denied" };
  }
}

/** @param {boolean} is */
function yesNo(is) {
  return is ? "yes" : "no";
}
