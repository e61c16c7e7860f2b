// From what getStats counts to what a person wants to know: is it connected, does it go through the relay, is it weak?
// Pure.

// Seconds, and parts of 1. Beyond these a call is felt to be bad.
const SLOW = 0.5;
const LOSSY = 0.08;

/**
 * What is read of a connection's statistics; each report has some of it.
 * @typedef {{id: string, type: string, selectedCandidatePairId?: string, selected?: boolean, nominated?: boolean,
 *   state?: string, localCandidateId?: string, remoteCandidateId?: string, candidateType?: string,
 *   packetsLost?: number, packetsReceived?: number, fractionLost?: number, currentRoundTripTime?: number}} Report
 * @typedef {{word: "connecting" | "direct" | "relayed" | "weak" | "lost", relayed: boolean, lost: number,
 *   received: number}} Quality
 * @param {string} state of the connection
 * @param {Iterable<Report>} reports
 * @param {Quality | null} [before] the last judgement, to tell what was lost since
 * @returns {Quality}
 */
export function judge(state, reports, before = null) {
  const all = [...reports];
  const relayed = isRelayed(all);
  const { lost, received } = countPackets(all);
  const facts = { relayed, lost, received };
  if (state === "disconnected" || state === "failed" || state === "closed") return { word: "lost", ...facts };
  if (state !== "connected") return { word: "connecting", ...facts };
  return { word: isWeak(all, facts, before) ? "weak" : relayed ? "relayed" : "direct", ...facts };
}

/** @param {Report[]} reports */
export function chosenPair(reports) {
  const transport = reports.find(({ type }) => type === "transport");
  const chosen = reports.find(({ id }) => id === transport?.selectedCandidatePairId);
  // Firefox has no transport report, and marks the pair itself.
  return (
    chosen ??
    reports.find(
      ({ type, selected, nominated, state }) =>
        type === "candidate-pair" && (selected || (nominated && state === "succeeded")),
    )
  );
}

/** @param {Report[]} reports */
function isRelayed(reports) {
  const pair = chosenPair(reports);
  const ends = reports.filter(({ id }) => pair && (id === pair.localCandidateId || id === pair.remoteCandidateId));
  return ends.some(({ candidateType }) => candidateType === "relay");
}

/** @param {Report[]} reports */
function countPackets(reports) {
  let lost = 0;
  let received = 0;
  for (const report of reports) {
    if (report.type !== "inbound-rtp") continue;
    lost += Math.max(0, report.packetsLost ?? 0);
    received += report.packetsReceived ?? 0;
  }
  return { lost, received };
}

/** @param {Report[]} reports @param {{lost: number, received: number}} now @param {Quality | null} before */
function isWeak(reports, now, before) {
  const lost = now.lost - (before?.lost ?? 0);
  const arrived = now.received - (before?.received ?? 0);
  const told = reports.find(({ type }) => type === "remote-inbound-rtp");
  const share = lost + arrived > 0 ? lost / (lost + arrived) : (told?.fractionLost ?? 0);
  return share > LOSSY || (chosenPair(reports)?.currentRoundTripTime ?? 0) > SLOW;
}
