import type { Handlers } from "../../medium.ts";
import { isStaff } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import { callOf } from "../model.ts";
import { mediaConnected } from "../transitions/connect.ts";
import { type Forwarding, isAskedToTake, takingDigit } from "./model.ts";

export type ForwardingCommand =
	/** Somebody who is called for another one, and is asked whether they take the call, presses a key. */
	| { type: "forward.pressed"; participantId: string; digit: string }
	/** Whom a direct call rings has it go elsewhere, this once. */
	| { type: "forward.once"; participantId: string; forwarding: Forwarding };

export const forwardingCommands: Handlers<ForwardingCommand> = {
	"forward.pressed": (draft, { participant, digit, life }) => {
		const leg = participant.internal.forwardLeg;
		if (!leg || !isAskedToTake(participant) || digit !== takingDigit) return;
		leg.confirm = undefined;
		mediaConnected(draft, participant, life);
	},
	// What a call of a queue does is the queue's, and one that is forwarded already rings elsewhere as well.
	"forward.once": (_draft, { participant, forwarding }) => {
		const { acd, forwardRun, forwardLeg } = participant.internal;
		const rings = isStaff(participant) && callOf(participant).state === "alerting";
		if (!rings || acd || forwardRun || forwardLeg)
			throw illegalState("Only a direct call that rings at you can be forwarded.");
		participant.internal.forwardRun = { forwarding, step: -1 };
	},
};
