/**
 * What scripts and pages may ask of the panel beyond the contract: `PureCloud.Inlay.request(name, data, options)`. Each has an
 * answer, a correlation id and a deadline. The agent's rights count as for their own click.
 */

import type { UiScriptPolicy } from "./ui-policy.ts";

/** Somebody to call into, or hand an interaction to. */
export interface PartyTarget {
	kind: "address" | "queue" | "user";
	/** Number or SIP address, queue id, or user id. */
	value: string;
}

/** What is given (`data`) and what comes back (`answer`), by name. Version 1. */
export interface InlayRequests {
	/** Finishes after-call work with a code: its id, or its name as the queue has it. Without `notes` those of the agent's go with it. */
	wrapUp: { data: { interactionId: string; code: string; notes?: string }; answer: undefined };
	/** Ends after-call work without a code, where the queue allows that. */
	endAfterCallWork: { data: { interactionId: string }; answer: undefined };
	/** Wants time after the call, or no longer, where the queue leaves that to the agent. */
	requestAfterCallWork: { data: { interactionId: string; wanted: boolean }; answer: undefined };
	/** Calls a number or colleague into the running call: a conference. */
	addParticipant: { data: { interactionId: string; target: PartyTarget }; answer: undefined };
	/** Puts somebody in the place of a party, by default of the agent. */
	replaceParticipant: {
		data: { interactionId: string; target: PartyTarget; participantId?: string };
		answer: undefined;
	};
	/** Begins or ends the agent's own recording. Nothing happens where it is so already. */
	record: { data: { interactionId: string; on: boolean }; answer: undefined };
	/** `at` is ISO 8601 with a zone. With `interactionId` the callback is made from that interaction. */
	scheduleCallback: {
		data: { queueId: string; number: string; at: string; name?: string; note?: string; interactionId?: string };
		answer: { callbackId: string | undefined };
	};
	cancelCallback: { data: { callbackId: string }; answer: undefined };
	/** Signs the agent out. `asks`: there are calls, so the agent is asked first what becomes of them. */
	logOut: { data: Record<never, never>; answer: { asks: boolean } };
	/** The agent's queues, and whether they take work of each just now. */
	queues: { data: Record<never, never>; answer: { id: string; name: string; joined: boolean }[] };
	/** Statuses that the agent can take: `status` is the system presence, `primary` the system's own. */
	statuses: { data: Record<never, never>; answer: { id: string; status: string; label: string; primary: boolean }[] };
	/** Takes the place of `settings.ui` until the page loads again: hides, renames, orders and adds, also at one interaction. */
	arrangeUi: { data: { ui: UiScriptPolicy }; answer: undefined };
	/** Codes that the interaction's queue offers. */
	wrapUpCodes: { data: { interactionId: string }; answer: { id: string; name: string }[] };
}

export type InlayRequestName = keyof InlayRequests;

export interface InlayRequestOptions {
	/** Correlation id, of the caller's choice; one is made where it is absent. */
	id?: string;
	/** Milliseconds until the caller is told that no answer came; 10,000 where it is absent. */
	timeoutMs?: number;
}

/** Why a request was not done. */
export interface InlayRequestFailure {
	id: string;
	/** `inlay.request.unknown`, `.invalid` (the text names the field), `.early`, `.deadline`, or the server's code. */
	code: string;
	message: string;
}
