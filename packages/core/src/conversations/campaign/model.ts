import { type Conversation, isOutside } from "../model.ts";

/** What the server keeps of an interaction that a campaign began (agent-features 18). */
export interface CampaignFacts {
	campaignId: string;
	name: string;
	contactListId: string;
	contactId: string;
	/** An agent looks first; or the number is dialled and an agent is looked for when somebody answers. */
	mode: "preview" | "progressive" | "power";
	/** The contact's numbers that may be called, the first is called first; E.164. */
	numbers: Array<{ column: string; number: string; type: string }>;
	/** Of a preview: after this time the first number is called; 0: nothing is called by itself. */
	timeoutSeconds: number;
	/** Of a preview: the agent may give it back. */
	skipEnabled: boolean;
	/** Of a preview: nobody has to accept it. */
	autoAnswer: boolean;
	/** Of a preview: the agent whose contact it is; nobody else is offered it. */
	ownerId?: string;
	/** Of a preview: what an agent who passes it over says, one of these; they need not where there are none. */
	skipReasons?: string[];
	/** Why it was passed over. */
	skipReason?: string;
	/** What is being said to somebody who has answered and met nobody. */
	apology?: string;
	/** How the server ended it, where no person did. */
	outcome?: CampaignOutcome;
}

/** `returned`: untouched, as if it had never been offered. `abandoned`: somebody answered and met nobody. */
export type CampaignOutcome = "returned" | "abandoned" | "machine" | "interrupted" | "notCallable" | "dnc" | "noTime";

/** A contact that an agent looks at before anybody is called. */
export function isPreview({ internal }: Conversation): boolean {
	return internal.campaign?.mode === "preview";
}

/** Somebody has been called for it. */
export function hasCalled({ internal, participants }: Conversation): boolean {
	return (internal.facts?.attempts.length ?? 0) > 0 || participants.some((one) => isOutside(one) && one.calls);
}

/** A call that is to be with the next agent at once: whoever is rung has said so by being on queue. */
export function isAnsweredAtOnce({ internal }: Conversation): boolean {
	return internal.campaign !== undefined && internal.campaign.mode !== "preview";
}

/** As participants' attributes name it for scripts (framework-contract 7). */
export function dialerAttributes({ campaignId, contactId, contactListId }: CampaignFacts): Record<string, string> {
	return { dialerCampaignId: campaignId, dialerContactId: contactId, dialerContactListId: contactListId };
}
