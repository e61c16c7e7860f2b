// Whether the site's relay can be reached from here, by each transport: a path is asked for and given back.
import { post } from "../core/http.js";

// Milliseconds. A firewall does not say no, it says nothing.
const PATIENCE = 8_000;
/** @type {("udp" | "tcp")[]} */
const TRANSPORTS = ["udp", "tcp"];

/** @typedef {"reached" | "unreached"} Reached */

/**
 * With credentials for one try, which the site gives to those who hold a pass.
 * @param {string} url @param {string} pass
 */
export async function reachRelayWith(url, pass) {
  /** @type {{ice_servers: RTCIceServer[]}} */
  const { ice_servers } = await post(url, { pass });
  return reachRelay(ice_servers);
}

/**
 * @param {RTCIceServer[]} servers
 * @param {{Connection?: typeof RTCPeerConnection, patience?: number}} [options]
 * @returns {Promise<{udp?: Reached, tcp?: Reached}>} only those by which the relay can be asked
 */
export async function reachRelay(servers, options) {
  /** @type {{udp?: Reached, tcp?: Reached}} */
  const reached = {};
  await Promise.all(
    TRANSPORTS.map(async (transport) => {
      const those = serversBy(transport, servers);
      if (those.length) reached[transport] = await reach(those, options);
    }),
  );
  return reached;
}

/**
 * Those addresses of the relay that go by a transport. TLS counts as TCP: it gets through where little else does.
 * @param {"udp" | "tcp"} transport @param {RTCIceServer[]} servers
 * @returns {RTCIceServer[]}
 */
export function serversBy(transport, servers) {
  return servers.flatMap(({ urls, ...secret }) => {
    const those = [urls].flat().filter((url) => transportOf(url) === transport);
    return those.length ? [{ urls: those, ...secret }] : [];
  });
}

/** @param {string} url */
function transportOf(url) {
  if (!/^turns?:/.test(url)) return null;
  return url.startsWith("turns:") || /[?&]transport=tcp\b/.test(url) ? "tcp" : "udp";
}

/**
 * @param {RTCIceServer[]} iceServers
 * @param {{Connection?: typeof RTCPeerConnection, patience?: number}} [options]
 * @returns {Promise<Reached>}
 */
function reach(iceServers, { Connection = RTCPeerConnection, patience = PATIENCE } = {}) {
  const connection = new Connection({ iceServers, iceTransportPolicy: "relay" });
  /** @type {Promise<Reached>} */
  const answer = new Promise((resolve) => {
    setTimeout(resolve, patience, "unreached");
    connection.addEventListener("icecandidate", ({ candidate }) => {
      // The last one is none: whatever there was to try has been tried.
      if (candidate?.candidate) resolve("reached");
      else if (!candidate) resolve("unreached");
    });
    connection.createDataChannel("check");
    connection.setLocalDescription().catch(() => resolve("unreached"));
  });
  return answer.finally(() => connection.close());
}
