/** Why a call came to nothing, by what the trunk answered (RFC 3261, section 21; causes of Q.850 where the peer tells them). */

import type { CallFailure } from "@inlay/contract";
import { header, type SipMessage } from "../messages/message.ts";

const byStatus: Record<number, CallFailure> = {
	404: "unknownNumber",
	408: "noAnswer",
	410: "unknownNumber",
	480: "noAnswer",
	484: "unknownNumber",
	486: "busy",
	487: "noAnswer",
	600: "busy",
	603: "refused",
	604: "unknownNumber",
	607: "refused",
};

const byCause: Record<number, CallFailure> = {
	1: "unknownNumber",
	3: "unknownNumber",
	17: "busy",
	18: "noAnswer",
	19: "noAnswer",
	20: "noAnswer",
	21: "refused",
	22: "unknownNumber",
	28: "unknownNumber",
};

/** Network causes that a gateway tells say more than the status that it chose for them. */
export function failureOfAnswer(response: SipMessage & { status: number }): CallFailure | undefined {
	const cause = /\bQ\.850\b.*?\bcause\s*=\s*(\d{1,3})/i.exec(header(response, "reason") ?? "")?.[1];
	return (cause === undefined ? undefined : byCause[Number(cause)]) ?? byStatus[response.status];
}
