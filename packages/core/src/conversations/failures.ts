import { type CallFailure, callFailureCodes } from "@inlay/contract";
import type { Communication, DisconnectType } from "./communication.ts";

interface FailureFacts {
	disconnectType: DisconnectType;
	/** For people who read the document; panels have a translation for each code. */
	message: string;
	sip: { code: number; phrase: string };
}

/** What each failure looks like in a document. The platform has no disconnect type for busy: `notavailable` comes closest. */
const facts: Record<CallFailure, FailureFacts> = {
	busy: {
		disconnectType: "transfer.notavailable",
		message: "The line is busy.",
		sip: { code: 486, phrase: "Busy Here" },
	},
	noAnswer: {
		disconnectType: "transfer.noanswer",
		message: "Nobody answered.",
		sip: { code: 480, phrase: "Temporarily Unavailable" },
	},
	refused: {
		disconnectType: "endpoint.donotdisturb",
		message: "The call was refused.",
		sip: { code: 603, phrase: "Decline" },
	},
	unknownNumber: {
		disconnectType: "error",
		message: "The number is not in service.",
		sip: { code: 404, phrase: "Not Found" },
	},
	unreachable: {
		disconnectType: "error",
		message: "The call could not be set up.",
		sip: { code: 503, phrase: "Service Unavailable" },
	},
};

/** The disconnect type of the party that was not reached. */
export function disconnectTypeOf(failure: CallFailure): DisconnectType {
	return facts[failure].disconnectType;
}

/** Notes in a communication why it came to nothing. */
export function noteFailure(communication: Communication, failure: CallFailure): void {
	const { message, sip } = facts[failure];
	communication.errorInfo = { code: callFailureCodes[failure], message };
	communication.disconnectReasons = [{ type: "sip", ...sip }];
}

/** What a user's phone that rang in vain means to whoever called them. */
export function failureOfRinging(why: DisconnectType): CallFailure {
	if (why === "transfer.noanswer") return "noAnswer";
	if (why === "transfer.notavailable") return "busy";
	return why === "client" || why === "endpoint.donotdisturb" ? "refused" : "unreachable";
}
