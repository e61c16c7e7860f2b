// What the events and signals of the site carry, by name: as sessions_app/events, webacd/events.py and
// invitations/events.py record the events, and as docs/protocol.md lists the signals. Types alone.

/**
 * @typedef {{participant: number, name: string, role: string}} Who
 * @typedef {{activity: number, kind: string, owner: number, requested_by: number}} What
 * @typedef {{surface?: string, recording?: number, declined?: number[], failure?: string}} Details of an activity
 * @typedef {{consent: number, customer: number, csr: number}} Consent
 * @typedef {{recording: number, activity: number}} OfRecording
 * @typedef {{file: number, activity: number, name: string, sender: number, receiver: number}} OfFile
 * @typedef {{file: number, name: string, size: number, content_type: string, way: string, receiver: number}} FileFacts
 * @typedef {{invitation: number}} Invitation
 */

/**
 * @typedef {{
 *   "session.started": {mode: string},
 *   "session.ended": {reason: string},
 *   "session.quiet": {ends_at: string},
 *   "session.stirred": {},
 *   "session.branched": {session: string, number: string, participant: number},
 *   "participant.joined": Who,
 *   "participant.waiting": Who,
 *   "participant.lost": Who & {until: string},
 *   "participant.expected": Who & {until: string},
 *   "participant.returned": Who,
 *   "participant.left": Who & {reason: string},
 *   "participant.equipped": {participant: number, can: Record<string, boolean>},
 *   "participant.checked": {participant: number, device: Record<string, string | number>},
 *   "lobby.left": {},
 *   "customer.switched": {participant: number | null},
 *   "customer.erased": {participant: number},
 *   "lobby.switched": {on: boolean},
 *   "join.refused": {name: string, reason: string, count: number},
 *   "number.renewed": {number: string, renewed: string},
 *   "link.renewed": {},
 *   "link.switched": {on: boolean},
 *   "note.added": {note: number, participant: number},
 *   "details.changed": {},
 *   "closing.completed": {reason: number | null},
 *   "transcript.posted": {participant: number, by_customer: boolean},
 *   "chat.said": {message: number, participant: number, text: string, client_id: string, conversation: number,
 *     file?: FileFacts},
 *   "chat.edited": {message: number, participant: number, text: string},
 *   "chat.deleted": {message: number, participant: number},
 *   "chat.reacted": {message: number, participant: number, reaction: string, on: boolean},
 *   "chat.closed": {conversation: number},
 *   "control.transferred": {from: number | null, from_name: string, to: number, to_name: string, why: string},
 *   "control.released": {from: number, from_name: string},
 *   "assistant.asked": {name: string},
 *   "assist.asked": {session: string, number: string, name: string},
 *   "notifications.changed": {},
 *   "help.asked": {help: number, queue: string, queue_ar: string, agents: number},
 *   "help.answered": {help: number, name: string},
 *   "help.ended": {help: number, outcome: string},
 *   "control.asked_back": {participant: number, name: string},
 *   "control.refused": {action: string, code: string},
 *   "activity.requested": What & {until: string},
 *   "activity.allowed": What,
 *   "activity.started": What & {details: Details},
 *   "activity.stopped": What & {reason: string, failure?: string},
 *   "activity.moved": What,
 *   "call.declined": {activity: number, participant: number, name: string},
 *   "recording.paused": OfRecording,
 *   "recording.resumed": OfRecording,
 *   "recording.saved": OfRecording & {duration: number | null, size: number | null},
 *   "consent.answered": Consent & {activity: number, answer: string},
 *   "consent.explained": Consent & {activity: number, reason: string},
 *   "consent.standing": Consent,
 *   "consent.withdrawn": Consent,
 *   "file.offered": What & {files: FileFacts[]},
 *   "file.started": OfFile & {way: string},
 *   "file.paused": OfFile,
 *   "file.resumed": OfFile,
 *   "file.finished": OfFile & {size: number, digest: string, way: string},
 *   "file.stopped": OfFile & {reason: string}
 * }} SessionEventData
 * @typedef {{
 *   "offer.made": {offer: number, request: number, expires_at: string},
 *   "offer.over": {offer: number, request: number, state: string, taken_by: string},
 *   "offer.accepted": {offer: number, request: number, session: string},
 *   "agent.status": {agent: number, status: string, cause: string},
 *   "transfer.over": {request: number, outcome: string, taken_by: string},
 *   "message.left": {message: number, queue: number},
 *   "message.answered": {message: number},
 *   "help.wanted": {question: number, name: string},
 *   "help.over": {question: number, state: string, taken_by: string},
 *   "request.entered": {queue: number},
 *   "request.moved": {queue: number},
 *   "request.answered": {},
 *   "request.over": {outcome: string}
 * }} DistributionEventData
 * @typedef {{
 *   "invitation.created": Invitation & {recipient: string, channel: string},
 *   "invitation.resent": Invitation,
 *   "invitation.corrected": Invitation,
 *   "invitation.sent": Invitation,
 *   "invitation.delivered": Invitation,
 *   "invitation.deferred": Invitation & {why: string},
 *   "invitation.bounced": Invitation & {why: string},
 *   "invitation.rejected": Invitation & {why: string},
 *   "invitation.complained": Invitation & {why: string},
 *   "invitation.failed": Invitation & {why: string},
 *   "invitation.opened": Invitation,
 *   "invitation.joined": Invitation & {participant: number},
 *   "invitation.revoked": Invitation
 * }} InvitationEventData
 * @typedef {SessionEventData & DistributionEventData & InvitationEventData} EventData
 */

/**
 * A page of a participant names itself, and the page it speaks to if it means one.
 * @typedef {{page: string, for?: string}} Paged
 * @typedef {[number, number]} Point in parts of a picture's width and height
 * @typedef {{stream: string, kind: string, activity: number, muted: boolean, gone?: boolean}} TrackInfo
 * @typedef {{
 *   "typing": {typing: boolean},
 *   "marks.told": {participant: number, after: number, delivered: number, seen: number},
 *   "rtc.hello": Paged,
 *   "rtc.bye": Paged,
 *   "rtc.description": Paged & {type: RTCSdpType, sdp: string},
 *   "rtc.candidate": Paged & {candidates: RTCIceCandidateInit[]},
 *   "rtc.track-info": Paged & {tracks: TrackInfo[]},
 *   "pointer.moved": {activity: number, at: Point | null},
 *   "draw.stroke": {activity: number, stroke: string, points: Point[]},
 *   "draw.cleared": {activity: number},
 *   "file.progress": {file: number, at: number},
 *   "board.changed": {},
 *   "position.told": {position: number, minutes: [number, number] | null},
 *   "sessions.changed": {session: string, event: string}
 * }} SignalData
 */

export {};
