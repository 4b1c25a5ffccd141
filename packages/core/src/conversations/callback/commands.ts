import type { Handlers, Outside } from "../medium.ts";
import { call } from "./transitions/call.ts";
import { type Plan, plan } from "./transitions/plan.ts";

/** What can happen to a callback only. */
export type CallbackCommand =
	/** Another time, number, queue or agent. */
	| { type: "callback.plan"; plan: Plan }
	/** The agent calls the customer. `provider` moves the far end's media. */
	| { type: "callback.call"; participantId: string; target: Outside; provider: string };

export const callbackCommands: Handlers<CallbackCommand> = {
	"callback.plan": (draft, { plan: wanted, life }) => plan(draft, wanted, life),
	"callback.call": (draft, { participant, target, provider, life }) => call(draft, participant, target, provider, life),
};
