/** What outbound dialing is set up with and remembers (agent-features 18); fields are named as the SDK's types name them. */

/** Kinds of things that administrators set up; each has a name, a version and a place in the audit. */
export type ThingKind = "contactList" | "dncList" | "callableTimeSet" | "attemptLimits" | "ruleSet" | "campaign";

export interface Thing<V> {
	id: string;
	name: string;
	/** Undefined for what is the whole organization's. */
	divisionId?: string | undefined;
	version: number;
	dateCreated: Date;
	dateModified: Date;
	value: V;
}

/** A column of a contact list that holds numbers to call. */
export interface PhoneColumn {
	columnName: string;
	/** `cell`, `home`, …; as the administrator calls it. */
	type: string;
	/** The column in which the contact's time zone stands (IANA name). */
	callableTimeColumn?: string;
}

export interface ContactListValue {
	columnNames: string[];
	phoneColumns: PhoneColumn[];
	/** The column by which contacts are told apart in an upload. */
	keyColumn?: string | undefined;
	attemptLimitsId?: string | undefined;
	importStatus?: ImportStatus | undefined;
}

export interface ImportStatus {
	state: "IN_PROGRESS" | "COMPLETE" | "FAILED";
	totalRecords: number;
	completedRecords: number;
	percentComplete: number;
	failureReason?: string;
	/** Of ours: rows that were refused; the first thousand of them. */
	inlayErrors?: RowError[];
	inlayRefusedRecords?: number;
}

/** What was wrong with a row of an upload. */
export interface RowError {
	/** As a text editor numbers them: the header is row 1. */
	row: number;
	field: string;
	code: "number.invalid" | "columns.wrong" | "key.missing" | "key.twice" | "value.long" | "zone.unknown";
	value: string;
}

export type DncListValue = Record<string, never>;

export interface CallableTimeSetValue {
	callableTimes: Array<{
		timeZoneId: string;
		timeSlots: Array<{ day: number; startTime: string; stopTime: string }>;
	}>;
}

/** The results after which a number may be called again, as `recallEntries` spells them. */
export const recallResults = ["busy", "noAnswer", "answeringMachine"] as const;
export type RecallResult = (typeof recallResults)[number];

export interface AttemptLimitsValue {
	maxAttemptsPerContact?: number | undefined;
	maxAttemptsPerNumber?: number | undefined;
	/** `TODAY`: attempts count for one day of the zone (UTC where it names none), `NEVER`: for the whole run. */
	resetPeriod?: "NEVER" | "TODAY" | undefined;
	/** IANA. */
	timeZoneId?: string | undefined;
	recallEntries: { [Result in RecallResult]?: { nbrAttempts: number; minutesBetweenAttempts: number } };
}

export const dialingModes = ["preview", "progressive", "power"] as const;
export type DialingMode = (typeof dialingModes)[number];

export interface CampaignValue {
	contactListId: string;
	queueId?: string | undefined;
	/** Which agents follow in its interactions; the queue's where it names none. */
	scriptId?: string | undefined;
	dialingMode: DialingMode;
	/** Columns to call, the first is called first. */
	phoneColumns: Array<{ columnName: string }>;
	dncListIds: string[];
	callableTimeSetId?: string | undefined;
	/** Rules that are followed one set after the other. */
	ruleSetIds?: string[] | undefined;
	callerName: string;
	callerAddress: string;
	/** Share of live answers that may be abandoned, in percent. */
	abandonRate: number;
	outboundLineCount?: number | undefined;
	maxCallsPerAgent: number;
	skipPreviewDisabled: boolean;
	/** 0: nothing is called by itself. */
	previewTimeOutSeconds: number;
	callbackAutoAnswer: boolean;
	alwaysRunning: boolean;
	noAnswerTimeout: number;
	/** Among the campaigns of a queue: 1 is called for first, 5 last; 5 where it says none. */
	priority?: number | undefined;
	/** Of ours: columns that the agent's card shows; all of them where it says none. */
	shownColumns: string[];
	/** Of ours: whether scripts find the contact's columns as attributes. */
	columnsAsAttributes: boolean;
	/** Of ours: what is said to who has answered and met nobody; empty: nothing. The standard text where absent. */
	abandonMessage?: string | undefined;
	/** Of ours, of a preview: the column in which the email address of the contact's agent stands. */
	ownerColumn?: string | undefined;
	/** Of ours, of a preview: what agents say who pass a contact over; nothing where there are none. */
	skipReasons?: string[] | undefined;
}

/** `invalid`: something that it needs has gone. */
export type CampaignStatus = "on" | "stopping" | "off" | "complete" | "invalid";

/** How a campaign goes on, beside how it is set up. */
export interface CampaignRun {
	status: CampaignStatus;
	/** Grows with each start that begins anew. */
	run: number;
	/** Contacts before this one of the list have been looked at in this run. */
	position: number;
	/** As last reckoned. */
	callsPerAgent: number;
}

/** What a system wrap-up code says of an attempt, as the platform names them. */
export const systemCodes = {
	talked: "ININ-OUTBOUND-LIVE-VOICE",
	busy: "ININ-OUTBOUND-BUSY",
	noAnswer: "ININ-OUTBOUND-NO-ANSWER",
	machine: "ININ-OUTBOUND-MACHINE",
	refused: "ININ-OUTBOUND-DISCONNECT",
	unknownNumber: "ININ-OUTBOUND-SIT-UNCALLABLE",
	unreachable: "ININ-OUTBOUND-SIT-CALLABLE",
	abandoned: "ININ-OUTBOUND-FAILED-TO-REACH-AGENT",
	interrupted: "ININ-OUTBOUND-AMBIGUOUS",
	skipped: "ININ-OUTBOUND-PREVIEW-SKIPPED",
	dnc: "ININ-OUTBOUND-DNC-SKIPPED",
	wrongNumber: "ININ-OUTBOUND-PREVIEW-ERROR-PHONE-NUMBER",
	notCallable: "ININ-OUTBOUND-CONTACT-UNCALLABLE-SKIPPED",
	noTime: "ININ-OUTBOUND-CALLABLE-TIME-SKIPPED",
	attempts: "ININ-OUTBOUND-CONTACT-ATTEMPT-LIMIT-SKIPPED",
	/** Their agent is none of this organization's. */
	noOwner: "ININ-OUTBOUND-AGENT-OWNED-SKIPPED",
	/** A rule said so before the call. */
	ruled: "ININ-OUTBOUND-RULE-SKIPPED",
} as const;
export type SystemResult = keyof typeof systemCodes;

/** A contact's number in one column, as it stands with the contact for good. */
export interface ContactNumber {
	/** E.164. */
	number: string;
	callable: boolean;
	lastAttempt?: string;
	lastResult?: string;
}

export interface Contact {
	id: string;
	contactListId: string;
	position: number;
	key?: string | undefined;
	data: Record<string, string>;
	callable: boolean;
	/** By column. */
	numbers: Record<string, ContactNumber>;
	dateCreated: Date;
}

/** How far a contact has come in a campaign's run. */
export interface Tries {
	attempts: number;
	/** Of the last attempt, where attempts are counted by the day. */
	day?: string;
	/** By column: attempts, and when the number may be called again; null: not in this run. */
	columns: Record<string, { count: number; again?: string | null }>;
	/** A rule wants it called again, once its interaction is over. */
	recall?: { column: string; at: string };
	/** Whose number a rule wants called next. */
	asked?: string;
}

/** What a wrap-up code means for the contact (`WrapUpCodeMapping`). */
export const mappingFlags = [
	"Contact_UnCallable",
	"Number_UnCallable",
	"Right_Party_Contact",
	"Business_Success",
] as const;
export type MappingFlag = (typeof mappingFlags)[number];

export interface WrapupMapping {
	defaultSet: MappingFlag[];
	/** By wrap-up code. */
	mapping: Record<string, MappingFlag[]>;
}

export interface OutboundSettings {
	/** How long a live answer waits for an agent before it counts as abandoned. */
	abandonSeconds: number;
	maxCallsPerAgent: number;
	/** Zone of contacts that name none, IANA. */
	timeZone: string;
	/** Of ours: a number is not dialled again within this time, whichever contact it stands with; 0: it is. */
	sameNumberMinutes: number;
}

export const defaultSettings: OutboundSettings = {
	abandonSeconds: 2,
	maxCallsPerAgent: 15,
	timeZone: "UTC",
	sameNumberMinutes: 60,
};
