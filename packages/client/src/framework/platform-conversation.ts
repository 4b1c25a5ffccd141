import type { ShownScreenShare } from "@inlay/contract/screen-share";

/**
 * The generic conversation, as `v2.users.{id}.conversations` carries it and as far as the panel reads it
 * (platform-api Appendix A, ConversationEventTopicConversation). All fields may be missing.
 */

export interface PlatformAddress {
	name?: string;
	nameRaw?: string;
	addressNormalized?: string;
	addressRaw?: string;
	addressDisplayable?: string;
}

export interface PlatformWrapup {
	code?: string;
	name?: string;
	notes?: string;
	durationSeconds?: number;
	endTime?: string;
}

/** What calls, callbacks, chats, e-mails and messages have in common, and the fields of each that are read here. */
export interface PlatformCommunication {
	id?: string;
	state?: string;
	direction?: string;
	held?: boolean;
	/** ISO: since when the party hears music. */
	startHoldTime?: string;
	muted?: boolean;
	securePause?: boolean;
	/** ISO: since when somebody has the recording paused; Inlay's own. */
	inlayPausedTime?: string;
	/** It should be recorded, and cannot be written; Inlay's own. */
	inlayRecordingFailed?: boolean;
	/** Whether this party may be recorded, where a policy has them asked; Inlay's own. */
	inlayConsent?: "asked" | "given" | "refused";
	recording?: boolean;
	recordingState?: string;
	/** Which recorders run: an agent's own is the ad hoc one. */
	recordersState?: { adhocState?: string };
	disconnectType?: string;
	/** Participant who handed the conversation over to this one. */
	transferSource?: string;
	/** Why the call came to nothing. */
	errorInfo?: { code?: string; message?: string };
	connectedTime?: string;
	disconnectedTime?: string;
	self?: PlatformAddress;
	other?: PlatformAddress;
	wrapup?: PlatformWrapup;
	afterCallWork?: { state?: string; startTime?: string; endTime?: string };
	afterCallWorkRequired?: boolean;
	/** Who carries it: calls from pages have a name of their own. */
	provider?: string;
	/** Messages: kind of channel. */
	type?: string;
	toAddress?: PlatformAddress;
	fromAddress?: PlatformAddress;
	/** Messages: what the party wrote itself, the oldest first; what they say is read by their ids. */
	messages?: PlatformMessageEntry[];
	/** E-mails. */
	subject?: string;
	/** Callbacks. */
	callbackNumbers?: string[];
	callbackUserName?: string;
	voicemail?: { id?: string } | null;
	dialerPreview?: { campaignId?: string; contactId?: string; contactListId?: string };
}

/** A party's part in an email conversation. */
export interface PlatformEmail extends PlatformCommunication {
	/** Of the latest mail. */
	messageId?: string;
	/** How many the party has sent. */
	messagesSent?: number;
}

/** Events name the message as an object where REST gives its id. */
export interface PlatformMessageEntry {
	message?: { id?: string };
	messageId?: string;
	messageStatus?: string;
}

export interface PlatformParticipant {
	id?: string;
	connectedTime?: string;
	endTime?: string;
	userId?: string;
	/** REST gives references as objects where events give ids (platform-api 5.1). */
	user?: { id?: string; name?: string };
	name?: string;
	queueId?: string;
	queue?: { id?: string; name?: string };
	queueName?: string;
	/** Number that was dialled; only REST carries it. */
	dnis?: string;
	purpose?: string;
	address?: string;
	/** Whom this party consults, or is consulted, about. */
	consultParticipantId?: string;
	wrapupRequired?: boolean;
	wrapupExpected?: boolean;
	wrapup?: PlatformWrapup;
	wrapupSkipped?: boolean;
	startAcwTime?: string;
	endAcwTime?: string;
	flaggedReason?: string;
	attributes?: Record<string, string>;
	calls?: PlatformCommunication[];
	callbacks?: PlatformCommunication[];
	chats?: PlatformCommunication[];
	emails?: PlatformEmail[];
	messages?: PlatformCommunication[];
	/** Screens that are, or were, shown within the interaction; the oldest first. */
	screenshares?: ShownScreenShare[];
}

export interface PlatformConversation {
	id: string;
	/** Only REST carries it. */
	startTime?: string;
	address?: string;
	recordingState?: string;
	securePause?: boolean;
	maxParticipants?: number;
	/** Transfers and consults, the newest last. */
	recentTransfers?: PlatformTransfer[];
	participants?: PlatformParticipant[];
}

export interface PlatformTransfer {
	id?: string;
	/** `Pending`, `Active`, `Complete`, `Canceled`, `Failed`, `Timeout`. */
	state?: string;
	/** `Attended` is a consult. */
	transferType?: string;
	initiator?: { userId?: string };
	destination?: { userId?: string; address?: string };
}
