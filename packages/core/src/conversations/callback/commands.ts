import type { NotDialed } from "@inlay/contract";
import type { Handlers, Outside } from "../medium.ts";
import { endByItself, leaveDialing } from "./transitions/automatic.ts";
import { call } from "./transitions/call.ts";
import { machineAnswered } from "./transitions/customer-first.ts";
import { type Plan, plan } from "./transitions/plan.ts";
import { release } from "./transitions/release.ts";

/** What can happen to a callback only. */
export type CallbackCommand =
	/** Another time, number, queue or agent. */
	| { type: "callback.plan"; plan: Plan }
	/** The owner cannot be offered it any more. */
	| { type: "callback.release"; userId: string }
	/** Its number could not be called by itself. */
	| { type: "callback.notDialed"; why: NotDialed }
	/** An answering machine has answered before anybody was there. */
	| { type: "callback.machine" }
	/** Its call is over long enough. */
	| { type: "callback.end" }
	/** The agent calls the customer, or a time that is over does for them. `provider` moves the far end's media. */
	| { type: "callback.call"; participantId: string; target: Outside; provider: string; by?: "timer" };

export const callbackCommands: Handlers<CallbackCommand> = {
	"callback.plan": (draft, { plan: wanted, life }) => plan(draft, wanted, life),
	"callback.release": (draft, { userId }) => release(draft, userId),
	"callback.notDialed": (draft, { why }) => leaveDialing(draft, why),
	"callback.machine": (draft, { life }) => machineAnswered(draft, life),
	"callback.end": (draft, { life }) => endByItself(draft, life),
	"callback.call": (draft, { participant, target, provider, by, life }) =>
		call(draft, participant, { target, provider, by }, life),
};
