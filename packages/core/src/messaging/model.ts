import type { MessageChannel, MessageStatus } from "../conversations/message/model.ts";
import { type CobrowseSettings, defaultCobrowse } from "./cobrowse-settings.ts";

/** Who carries the messages of an address: somebody simulated, a carrier of texts by HTTP, a program of somebody else, or our messenger. */
export const providerNames = ["simulator", "http", "open", "web"] as const;
export type ProviderName = (typeof providerNames)[number];

/** An address of the organization by which customers write and are written to, and the queue that answers. */
export interface MessageAddress {
	id: string;
	name: string;
	channel: MessageChannel;
	/** E.164 for `sms`; for `open` what the program calls it; for `webmessaging` its id. */
	address: string;
	queueId: string;
	provider: ProviderName;
	settings: AddressSettings;
	/** Grows with every change. */
	version: number;
}

export interface AddressSettings {
	/** For so long after its end a customer's message takes the conversation up again, hours; 0: never. */
	threadingHours: number;
	/** Of `open` and `http`: where what is sent to the customer is posted. */
	webhookUrl?: string;
	/**
	 * Signs what is posted; never told. Of `http` what comes in is signed with it as well; to `open` it is brought with a token.
	 */
	secret?: string;
	/** Of `http`: the form of what is posted and told. */
	carrier?: CarrierSettings;
	/** Of `sms`: the number takes and sends pictures and other files (MMS), one with each message. */
	mms?: boolean;
	/** Of `sms`: what is answered to the words by which people take themselves out and in again. */
	optOutText: string;
	optInText: string;
	helpText: string;
	/** Of `webmessaging`. */
	messenger?: MessengerSettings;
	/** What is done about a customer who does not answer; nothing where it is absent. */
	silence?: SilenceRule;
}

/** How a carrier wants to be told, and tells (agent-features 10: templates for the request, paths for answers). */
export interface CarrierSettings {
	/** JSON with `{{id}}`, `{{from}}`, `{{to}}`, `{{text}}` and `{{media}}` in its texts. */
	request: string;
	/** Where its answer has what it calls the message; where nothing is there, that is our id. */
	idPath: string;
	/** Where what it tells has these. `id` is that of a receipt as well. */
	inbound: { id: string; from: string; text: string; media: string; status: string; error: string };
	/** `bare`: phones are digits alone, their country code first, both ways; `written` where it is absent. */
	numbers?: CarrierNumbers;
	/** Sent along as `Authorization`. Never told. */
	authorization?: string;
}

/** How a carrier writes numbers of phones. */
export const carrierNumbers = ["written", "bare"] as const;
export type CarrierNumbers = (typeof carrierNumbers)[number];

/** Both steps count from the agent's last message, for as long as the customer leaves it unanswered (agent-features 10). */
export interface SilenceRule {
	/** Minutes; absent: nobody is warned. */
	warnAfterMinutes?: number;
	/** Minutes, later than the warning; absent: the conversation goes on. */
	endAfterMinutes?: number;
	/** Sent to the customer at either step. */
	warnText: string;
	endText: string;
}

/** How a messenger looks and behaves in the pages that embed it (agent-features 11, "Deployment"). */
export interface MessengerSettings {
	/** Of pages that may embed it; where there is none, no page may. */
	origins: string[];
	/** Stands above the messages; the messenger's own words in the customer's language where it is empty. */
	title: string;
	welcome: string;
	/** Of what customers press: `#rrggbb`. */
	color: string;
	/** Asked before the first message. */
	form: FormField[];
	/** Whether each side sees that the other is writing. */
	typing: boolean;
	/** Whether both sides may send files. */
	files: boolean;
	/** Customers may have the conversation sent to them by mail, from this address; empty: they may not. */
	transcriptFrom: string;
	/** What a customer may do once the agent has ended: write on, or begin anew. */
	afterEnd: "goOn" | "startAnew";
	/** So long after its last message a session is over, minutes. */
	sessionMinutes: number;
	/** What customers may share of its pages. */
	cobrowse: CobrowseSettings;
	/** Whose word pages may bring for who their visitor is; absent: everybody is a guest. */
	signIn?: MessengerSignIn;
}

/** A page's own sign-in: it gives visitors a JWT, by which they have one exchange on every device (agent-features 11). */
export interface MessengerSignIn {
	/** `iss` and `aud` of its tokens. */
	issuer: string;
	audience: string;
	/** The JWK set that signs them, as JSON, or the address where it is. */
	keys: string;
}

/** What is asked becomes an attribute of the customer by its `key`; `name` is their name as well. */
export interface FormField {
	key: string;
	label: string;
	isRequired: boolean;
}

export const defaultMessenger: MessengerSettings = {
	origins: [],
	title: "",
	welcome: "",
	color: "#14463f",
	form: [],
	typing: true,
	files: true,
	transcriptFrom: "",
	afterEnd: "goOn",
	sessionMinutes: 72 * 60,
	cobrowse: defaultCobrowse,
};

export const defaultThreadingHours = 72;

/** One message as it is kept. */
export interface Message {
	id: string;
	addressId: string;
	threadId: string;
	/** Absent for what a machine said while nobody had the exchange in hand. */
	conversationId?: string;
	direction: "inbound" | "outbound";
	/** Whoever of the organization wrote it; absent for customers and machines. */
	userId?: string;
	/** Nobody wrote it: an answer to STOP, and the like. */
	isAutomatic: boolean;
	our: string;
	their: string;
	channel: MessageChannel;
	text: string;
	status: MessageStatus;
	providerId?: string;
	segments?: number;
	error?: MessageError;
	/** It is a file, and its text the file's name. */
	file?: MessageFile;
	/** The one that had failed, and is sent again by this. */
	againOf?: string;
	/** How often it was tried to send it. */
	attempts: number;
	/** Of one that failed: when it is tried again. */
	tryAt?: Date;
	at: Date;
}

/** A file as it is kept (`kernel/storage`). */
export interface MessageFile {
	name: string;
	/** RFC 6838, as its bytes say. */
	type: string;
	/** Bytes. */
	size: number;
	key: string;
}

export interface MessageError {
	code: string;
	message: string;
}

/** The exchange with one customer by one address, over all conversations. */
export interface Thread {
	id: string;
	addressId: string;
	their: string;
	/** The conversation that it had last. */
	conversationId?: string;
	lastAt?: Date;
	/** The customer's name, as far as it was told. */
	name?: string;
}
