// One connection to one other browser, negotiated "perfectly": either side may change something at any time, and when
// both do at once the polite one gives way. The only module that touches SDP.
import { Emitter } from "../core/emitter.js";

/** @typedef {{polite: boolean, configuration: RTCConfiguration, Connection?: typeof RTCPeerConnection}} PeerOptions */

/**
 * description, candidate: to be signalled. state: see `state`. stuck: it will not offer again.
 * @typedef {{description: RTCSessionDescription, candidate: RTCIceCandidateInit, track: {track: MediaStreamTrack,
 *   stream: MediaStream}, channel: RTCDataChannel, state: void, stuck: void}} PeerEvents
 */

/** @extends {Emitter<PeerEvents>} */
export class Peer extends Emitter {
  #connection;
  #polite;
  #isOffering = false;
  #isTakingAnswer = false;
  #ignoresOffer = false;
  // By its origin: the offer taken last, and the one answered last. One that is told again is answered again, and not
  // taken again.
  #offered = "";
  #answered = "";
  // The answer taken last.
  #taken = "";
  /** @type {Map<MediaStreamTrack, RTCRtpTransceiver>} */
  #sent = new Map();
  /** @type {Set<RTCRtpTransceiver>} */
  #withheld = new Set();

  /** @param {PeerOptions} options */
  constructor({ polite, configuration, Connection = RTCPeerConnection }) {
    super();
    this.#polite = polite;
    this.#connection = new Connection(configuration);
    this.#listen(this.#connection);
  }

  /** "new", "connecting", "connected", "disconnected", "failed" or "closed" */
  get state() {
    return this.#connection.connectionState;
  }

  /**
   * Send a track. The same track may go to many peers: it is captured once.
   * @param {MediaStreamTrack} track @param {MediaStream} stream
   * @param {RTCRtpEncodingParameters} [limits]
   */
  send(track, stream, limits) {
    if (this.#sent.has(track)) return;
    /** @type {RTCRtpTransceiverInit} */
    const options = {
      direction: "sendonly",
      streams: [stream],
      ...(limits && { sendEncodings: [limits] }),
    };
    this.#sent.set(track, this.#connection.addTransceiver(track, options));
  }

  /** Stop sending it; at the other end its track ends. @param {MediaStreamTrack} track */
  withhold(track) {
    const transceiver = this.#sent.get(track);
    this.#sent.delete(track);
    if (transceiver) this.#withheld.add(transceiver);
    this.#stopWithheld();
  }

  /** A way for anything but media; the other side gets it as "channel". @param {string} label */
  openChannel(label) {
    return this.#connection.createDataChannel(label);
  }

  /** @param {MediaStreamTrack} track @param {RTCRtpEncodingParameters} limits */
  async limit(track, limits) {
    const sender = this.#sent.get(track)?.sender;
    const parameters = sender?.getParameters();
    if (!sender || !parameters?.encodings?.length) return;
    Object.assign(parameters.encodings[0], limits);
    await sender.setParameters(parameters).catch(() => {});
  }

  /** @param {{type: RTCSdpType, sdp: string}} description */
  async handleDescription(description) {
    if (description.type === "answer") await this.#take(description);
    else if (originOf(description) === this.#offered) this.#answerAgain();
    else await this.#answer(description);
  }

  /**
   * An answer told again, or to an offer that was taken back, answers nothing that is asked now.
   * @param {RTCSessionDescriptionInit} answer
   */
  async #take(answer) {
    if (!this.isUnanswered || this.#isTakingAnswer || originOf(answer) === this.#taken) return;
    this.#isTakingAnswer = true;
    this.#taken = originOf(answer);
    await this.#connection.setRemoteDescription(answer).finally(() => (this.#isTakingAnswer = false));
  }

  /** @param {RTCSessionDescriptionInit} offer */
  async #answer(offer) {
    // While an answer is taken, an offer right behind it collides with nothing: the connection does one after the
    // other.
    const isReady = !this.#isOffering && (this.#connection.signalingState === "stable" || this.#isTakingAnswer);
    this.#ignoresOffer = !isReady && !this.#polite;
    if (this.#ignoresOffer) return;
    this.#offered = originOf(offer);
    await this.#connection.setRemoteDescription(offer);
    await this.#describe();
    this.#answered = originOf(offer);
  }

  /** The offer was told again before our answer arrived, or because it was lost. */
  #answerAgain() {
    const answer = this.#connection.currentLocalDescription;
    // Not answered yet, or long settled: we have offered something since, and it was taken.
    if (this.#answered !== this.#offered || answer?.type !== "answer") return;
    this.emit("description", answer);
  }

  /** @param {RTCIceCandidateInit[]} candidates */
  async handleCandidates(candidates) {
    for (const candidate of candidates) {
      await this.#connection.addIceCandidate(candidate).catch((error) => {
        if (!this.#ignoresOffer) console.warn("candidate", error.name);
      });
    }
  }

  /**
   * The way between us may have changed: look for one again, with fresh credentials if there are any.
   * @param {RTCConfiguration} [configuration]
   */
  restart(configuration) {
    if (configuration) this.configure(configuration);
    this.#connection.restartIce();
  }

  /** @param {RTCConfiguration} configuration */
  configure(configuration) {
    this.#connection.setConfiguration(configuration);
  }

  /** Whether an offer of ours is on its way, or lost. */
  get isUnanswered() {
    return this.#connection.signalingState === "have-local-offer";
  }

  /** An offer that may not have arrived is told again. */
  repeat() {
    if (this.isUnanswered) this.#tellDescription();
  }

  stats() {
    return this.#connection.getStats();
  }

  /** How loud each received sound is now. @returns {Map<MediaStreamTrack, number>} */
  levels() {
    const levels = new Map();
    for (const receiver of this.#connection.getReceivers()) {
      if (receiver.track.kind !== "audio" || !receiver.getSynchronizationSources) continue;
      levels.set(receiver.track, receiver.getSynchronizationSources()[0]?.audioLevel ?? 0);
    }
    return levels;
  }

  close() {
    this.#sent.clear();
    this.#withheld.clear();
    this.#connection.close();
    // Closing it ourselves fires nothing.
    this.emit("state");
  }

  /** @param {RTCPeerConnection} connection */
  #listen(connection) {
    connection.addEventListener("negotiationneeded", () => this.#offer());
    connection.addEventListener("signalingstatechange", () => this.#stopWithheld());
    connection.addEventListener(
      "icecandidate",
      ({ candidate }) => candidate && this.emit("candidate", candidate.toJSON()),
    );
    connection.addEventListener("track", ({ track, streams }) => this.emit("track", { track, stream: streams[0] }));
    connection.addEventListener("datachannel", ({ channel }) => this.emit("channel", channel));
    connection.addEventListener("connectionstatechange", () => this.emit("state"));
  }

  /**
   * Chromium negotiates without end about a transceiver that is stopped before it was agreed on: until then it only
   * rests.
   */
  #stopWithheld() {
    for (const transceiver of this.#withheld) {
      if (transceiver.currentDirection === null) transceiver.direction = "inactive";
      else if (this.#withheld.delete(transceiver)) transceiver.stop();
    }
  }

  async #offer() {
    this.#isOffering = true;
    try {
      await this.#describe();
    } catch (error) {
      if (error.name !== "InvalidAccessError") throw error;
      this.emit("stuck");
    } finally {
      this.#isOffering = false;
    }
  }

  async #describe() {
    if (this.state === "closed") return;
    await this.#connection.setLocalDescription();
    this.#tellDescription();
  }

  #tellDescription() {
    const { localDescription } = this.#connection;
    if (localDescription) this.emit("description", localDescription);
  }
}

/**
 * What distinguishes a description from every other of its connection: the line with its version. The rest of the same
 * one grows while candidates are found.
 * @param {RTCSessionDescriptionInit} description
 */
function originOf({ sdp = "" }) {
  return sdp.match(/^o=.*$/m)?.[0] ?? sdp;
}
