import type { Handlers } from "../../medium.ts";
import { mediaConnected } from "../transitions/connect.ts";
import { isAskedToTake, takingDigit } from "./model.ts";

/** Somebody who is called for another one, and is asked whether they take the call, presses a key. */
export type ForwardingCommand = { type: "forward.pressed"; participantId: string; digit: string };

export const forwardingCommands: Handlers<ForwardingCommand> = {
	"forward.pressed": (draft, { participant, digit, life }) => {
		const leg = participant.internal.forwardLeg;
		if (!leg || !isAskedToTake(participant) || digit !== takingDigit) return;
		leg.confirm = undefined;
		mediaConnected(draft, participant, life);
	},
};
