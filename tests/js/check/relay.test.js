import assert from "node:assert/strict";
import { test } from "node:test";

import { reachRelay, serversBy } from "../../../static/js/check/relay.js";

const UDP = "turn:relay.test:3478?transport=udp";
const TCP = "turn:relay.test:3478?transport=tcp";
const TLS = "turns:relay.test:5349";
const SERVERS = [{ urls: ["stun:relay.test"] }, { urls: [UDP, TCP, TLS], username: "1:check", credential: "x" }];

/** A network that lets through what `reached` says, and says nothing of the rest if it is silent. */
function network({ reached, isSilent = false }) {
  return class extends EventTarget {
    static closed = 0;
    #urls;
    constructor({ iceServers, iceTransportPolicy }) {
      super();
      assert.equal(iceTransportPolicy, "relay");
      this.#urls = iceServers.flatMap(({ urls }) => urls);
    }
    createDataChannel() {}
    async setLocalDescription() {
      const tell = (candidate) => this.dispatchEvent(Object.assign(new Event("icecandidate"), { candidate }));
      if (this.#urls.some((url) => reached.includes(url))) tell({ candidate: "candidate:1 1 udp …" });
      else if (!isSilent) tell(null);
    }
    close() {
      this.constructor.closed += 1;
    }
  };
}

test("each transport has its addresses, and TLS goes by TCP", () => {
  const secret = { username: "1:check", credential: "x" };
  assert.deepEqual(serversBy("udp", SERVERS), [{ urls: [UDP], ...secret }]);
  assert.deepEqual(serversBy("tcp", SERVERS), [{ urls: [TCP, TLS], ...secret }]);
  assert.deepEqual(serversBy("udp", [{ urls: "turn:relay.test" }]), [{ urls: ["turn:relay.test"] }]);
});

test("what lets only TCP through is told apart, and every connection is closed", async () => {
  const Connection = network({ reached: [TLS] });
  assert.deepEqual(await reachRelay(SERVERS, { Connection }), { udp: "unreached", tcp: "reached" });
  assert.equal(Connection.closed, 2);
});

test("a firewall says nothing: then patience ends", async () => {
  const Connection = network({ reached: [UDP], isSilent: true });
  assert.deepEqual(await reachRelay(SERVERS, { Connection, patience: 1 }), { udp: "reached", tcp: "unreached" });
  assert.equal(Connection.closed, 2);
});

test("nothing is said of a relay that there is not", async () => {
  assert.deepEqual(await reachRelay([]), {});
});
