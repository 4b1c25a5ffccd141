/** The interaction log and the contact search as scripts see them (framework-contract 5.1, 5.2 and 6). */

/** Ids come from somebody's CRM: text or number. */
export type ExternalId = string | number;

export type AssociationType = "contact" | "relation";

/** A choice for Name or Related To in the interaction log. */
export interface Association {
	id: ExternalId;
	text: string;
	type: AssociationType;
}

/** What `processCallLog` and `openCallLog` receive (framework-contract 5.2). */
export interface CallLog {
	/** The CRM's id of the log; absent until the script has reported one. */
	id?: ExternalId;
	/** Absent with `hideCallLogSubject`. */
	subject?: string;
	/** Absent until the agent has typed something. */
	notes?: string;
	selectedContact?: Association;
	selectedRelation?: Association;
	/** Keys in lower case. */
	attributes: Record<string, string>;
	contacts: Association[];
	relations: Association[];
}

/** One hit of the script's `contactSearch` (framework-contract 5.1). */
export interface ContactSearchResult {
	type: "external";
	name: string;
	phone: { number: string; label: string }[];
	/** Attached to the call or transfer when the agent picks this contact. */
	attributes: Record<string, string>;
}
