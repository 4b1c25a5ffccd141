/** Why a call was not connected, and the `errorInfo.code` under which documents and events tell it. */
export const callFailureCodes = {
	busy: "call.failure.busy",
	noAnswer: "call.failure.noanswer",
	refused: "call.failure.refused",
	unknownNumber: "call.failure.unknownnumber",
	unreachable: "call.failure.unreachable",
} as const;

export type CallFailure = keyof typeof callFailureCodes;

/**
 * Why somebody who talks is not heard just now, and the `errorInfo.code` under which their part tells it as long as that
 * lasts; where they did not come back, their part ended with it.
 */
export const interruptionCodes = {
	connection: "call.interrupted.connection",
	pageClosed: "call.interrupted.pageclosed",
} as const;

export type Interruption = keyof typeof interruptionCodes;

/** One party's call, as documents, events and REST have it. */
export interface EndedCall {
	direction?: string;
	/** ISO 8601; absent: the party was never connected. */
	connectedTime?: string;
	disconnectType?: string;
	errorInfo?: { code?: string };
	/** ISO 8601, where it is known. */
	endTime?: string | undefined;
}

/**
 * How a user's own part in a call ended.
 *
 * Never connected, inbound: `missed` (rang out), `declined`, `abandoned` (the caller gave up first),
 * `withdrawn` (a colleague asked about a call, and asks no more), `forwarded` (taken where the user's calls go),
 * `taken` (it rang for several, and a colleague answered first).
 * Never connected, outbound: `cancelled` by the user, or the failure.
 * Connected: `hungUp` by the user, `otherHungUp`, `letGo` by a colleague (the other side stayed), `transferred`, `ended` by the
 * system or a supervisor, `away`: nothing of the user's reached the server any more, or their session was over.
 * Either: `interrupted`, when a connection broke or could not be made.
 * `leftPage`: the other side closed the page by which they called.
 */
export type CallOutcome =
	| "missed"
	| "declined"
	| "abandoned"
	| "withdrawn"
	| "forwarded"
	| "taken"
	| "cancelled"
	| CallFailure
	| "hungUp"
	| "otherHungUp"
	| "letGo"
	| "transferred"
	| "ended"
	| "interrupted"
	| "leftPage"
	| "away";

/**
 * Reads the outcome off a user's own call; undefined while it goes on.
 * @param far the other side's: one whose connection broke, or who stayed, did not hang up, though the user's part ends the same
 */
export function outcomeOf(call: EndedCall, far?: EndedCall): CallOutcome | undefined {
	if (!call.disconnectType) return undefined;
	if (call.connectedTime) {
		const outcome = outcomeOfTalk(call.disconnectType);
		if (outcome !== "otherHungUp" || !far) return outcome;
		if (outlasts(far, call)) return "letGo";
		return isBroken(far.disconnectType ?? "") ? outcomeOfBroken(far) : outcome;
	}
	return call.direction === "outbound" ? outcomeOfDialling(call) : outcomeOfRinging(call.disconnectType);
}

/** Both parts of a call that somebody hangs up end with that, to the second. */
function outlasts(far: EndedCall, call: EndedCall): boolean {
	if (far.endTime === undefined) return far.disconnectType === undefined;
	return call.endTime !== undefined && Date.parse(far.endTime) - Date.parse(call.endTime) > 1000;
}

function outcomeOfTalk(disconnectType: string): CallOutcome {
	if (disconnectType === "client") return "hungUp";
	if (disconnectType === "peer" || disconnectType === "endpoint") return "otherHungUp";
	if (disconnectType.startsWith("transfer")) return "transferred";
	if (disconnectType === "session.expired") return "away";
	return isBroken(disconnectType) ? "interrupted" : "ended";
}

function outcomeOfRinging(disconnectType: string): CallOutcome {
	if (disconnectType === "transfer.noanswer" || disconnectType === "transfer.notavailable") return "missed";
	if (disconnectType === "client" || disconnectType === "endpoint.donotdisturb") return "declined";
	if (disconnectType === "transfer.consult") return "withdrawn";
	if (disconnectType === "transfer.forward") return "forwarded";
	if (disconnectType === "other") return "taken";
	return isBroken(disconnectType) ? "interrupted" : "abandoned";
}

function outcomeOfDialling({ disconnectType = "", errorInfo }: EndedCall): CallOutcome {
	const failure = failureOf(errorInfo?.code);
	if (failure) return failure;
	if (disconnectType === "client") return "cancelled";
	return isBroken(disconnectType) ? "interrupted" : "ended";
}

/** The failure with this `errorInfo.code`, if it is one. */
export function failureOf(code: string | undefined): CallFailure | undefined {
	const names = Object.keys(callFailureCodes) as CallFailure[];
	return names.find((name) => callFailureCodes[name] === code);
}

function outcomeOfBroken({ errorInfo }: EndedCall): CallOutcome {
	return interruptionOf(errorInfo?.code) === "pageClosed" ? "leftPage" : "interrupted";
}

/** The interruption with this `errorInfo.code`, if it is one. */
export function interruptionOf(code: string | undefined): Interruption | undefined {
	const names = Object.keys(interruptionCodes) as Interruption[];
	return names.find((name) => interruptionCodes[name] === code);
}

function isBroken(disconnectType: string): boolean {
	return disconnectType === "transport.failure" || disconnectType === "error";
}
