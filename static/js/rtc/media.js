// What this browser can show and let hear: screen, camera, microphone; the devices chosen last time; and why not, in a
// word.

/** @type {PermissionName[]} */
const LEAVES = ["camera", "microphone"];

/** @typedef {"dismissed" | "denied" | "missing" | "busy" | "insecure" | "unsupported"} Failure */

const devices = () => globalThis.navigator?.mediaDevices;

/**
 * Opens the browser's own window, so it must be called in the handler of a press, before anything is awaited.
 * @param {"monitor" | "window"} surface what to offer first; the person may choose something else
 * @returns {Promise<MediaStream>}
 */
export function captureScreen(surface) {
  const can = devices();
  if (!can?.getDisplayMedia) {
    return Promise.reject(new DOMException("no screen", can ? "NotSupportedError" : "SecurityError"));
  }
  const video = {
    displaySurface: surface,
    frameRate: { ideal: 30, max: 30 },
    width: { max: 2560 },
    height: { max: 1600 },
  };
  // This page is never offered: a console that shows itself shows other customers' names.
  const options = {
    video,
    audio: false,
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
    monitorTypeSurfaces: "include",
  };
  return can.getDisplayMedia(options).then((stream) => {
    stream.getVideoTracks().forEach((track) => (track.contentHint = "detail"));
    return stream;
  });
}

/** @param {{facing?: string}} [wish] @returns {Promise<MediaStream>} */
export function captureCamera({ facing } = {}) {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 24, max: 30 } };
  return capture({ video: { ...size, ...(facing ? { facingMode: { ideal: facing } } : wished("videoinput")) } });
}

/** @returns {Promise<MediaStream>} */
export function captureMicrophone() {
  return capture({
    audio: { ...wished("audioinput"), echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
}

/** @param {MediaStreamConstraints} constraints */
function capture(constraints) {
  const can = devices();
  if (!can?.getUserMedia) return Promise.reject(new DOMException("no devices", "SecurityError"));
  return can.getUserMedia(constraints);
}

/** The surface that was really chosen, whatever was asked for. @param {MediaStream} stream */
export function surfaceOf(stream) {
  return stream.getVideoTracks()[0]?.getSettings().displaySurface ?? "";
}

/** @param {{name?: string}} error @param {{screen?: boolean}} [what] @returns {Failure} */
export function failureOf(error, { screen = false } = {}) {
  if (!globalThis.isSecureContext) return "insecure";
  /** @type {Record<string, Failure>} */
  const failures = {
    NotFoundError: "missing",
    OverconstrainedError: "missing",
    NotReadableError: "busy",
    AbortError: "busy",
  };
  if (error.name === "NotSupportedError" || error.name === "TypeError") return "unsupported";
  if (error.name === "NotAllowedError" || error.name === "InvalidStateError") return screen ? "dismissed" : "denied";
  if (error.name === "SecurityError") return "denied";
  return failures[error.name ?? ""] ?? "unsupported";
}

/** What this page reports of itself (E16, E36). */
export async function abilities() {
  const can = devices();
  const found = (await can?.enumerateDevices?.().catch(() => [])) ?? [];
  const has = (/** @type {string} */ kind) => found.some((device) => device.kind === kind);
  const connects = typeof RTCPeerConnection === "function" && Boolean(can?.getUserMedia);
  const phone = isPhone();
  return {
    voice: connects && has("audioinput") && (await isAllowed("microphone")),
    camera: connects && has("videoinput") && (await isAllowed("camera")),
    screen: connects && Boolean(can?.getDisplayMedia) && !phone,
    phone,
  };
}

function isPhone() {
  /** @type {Partial<Navigator> & {userAgentData?: {mobile: boolean}}} */
  const { userAgentData, userAgent = "", maxTouchPoints = 0 } = navigator;
  // An iPad says that it is a Mac.
  return (
    userAgentData?.mobile ??
    (/Android|iPhone|iPad|Mobile/i.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1))
  );
}

/** Whether the browser lends it without asking. One that does not say may ask. @param {PermissionName} name */
export async function isGranted(name) {
  const status = await navigator.permissions?.query({ name }).catch(() => null);
  return status?.state === "granted";
}

/** @param {PermissionName} name */
async function isAllowed(name) {
  // Firefox does not know these names: then only asking tells.
  const status = await navigator.permissions?.query({ name }).catch(() => null);
  return status?.state !== "denied";
}

/**
 * Call `act` when a device comes or goes, and where a browser tells it, when its leave to use one changes.
 * @param {() => void} act
 * @param {Partial<Pick<Navigator, "mediaDevices" | "permissions">>} [navigator]
 */
export function whenDevicesChange(act, { mediaDevices, permissions } = globalThis.navigator) {
  mediaDevices?.addEventListener?.("devicechange", act);
  for (const name of LEAVES) {
    permissions?.query({ name }).then(
      (status) => status.addEventListener("change", act),
      () => {}, // Firefox did not know these names before 131.
    );
  }
}

// ---- the devices chosen

/** @param {string} kind @returns {string} */
export function chosenDevice(kind) {
  return globalThis.localStorage?.getItem(`device.${kind}`) ?? "";
}

/** @param {string} kind @param {string} id */
export function chooseDevice(kind, id) {
  localStorage.setItem(`device.${kind}`, id);
}

/** @param {string} kind */
function wished(kind) {
  const id = chosenDevice(kind);
  // "ideal": a device that is no longer there is no reason to fail.
  return id ? { deviceId: { ideal: id } } : {};
}
