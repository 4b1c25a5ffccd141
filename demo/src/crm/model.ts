/** A phone number as somebody has typed it, and what it is. */
export interface ContactPhone {
	number: string;
	/** E.g. "Mobile". */
	label: string;
}

export interface Contact {
	id: string;
	name: string;
	company: string;
	title: string;
	email: string;
	city: string;
	phones: ContactPhone[];
	/** ISO time. */
	createdAt: string;
}

/** Something that has happened with a contact. Calls carry their interaction, so that one call is one activity of each agent. */
export interface Activity {
	id: string;
	/** Absent while nobody has said whose call it was. */
	contactId?: string;
	kind: "call" | "email" | "note" | "order";
	subject: string;
	notes: string;
	/** ISO time. */
	at: string;
	call?: CallFacts;
}

export const media = ["call", "message", "email", "callback"] as const;
export type Medium = (typeof media)[number];

export interface CallFacts {
	interactionId: string;
	/** Whose work it was: each agent of a call writes a record of their own. */
	agentId?: string;
	/** Absent in records of before: a call. */
	medium?: Medium;
	direction: "Inbound" | "Outbound";
	phone: string;
	durationSeconds?: number;
	queueName?: string;
	disposition?: string;
}

/** Everything the demo CRM keeps. */
export interface CrmData {
	contacts: Contact[];
	activities: Activity[];
}
