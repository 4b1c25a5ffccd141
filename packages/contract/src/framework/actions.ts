/**
 * Arguments of the `window.PureCloud` actions, as a careful author writes them (framework-contract 6).
 * The runtime accepts looser forms; these types are what tools and editors offer.
 */
import type { AssociationType, ExternalId } from "./call-log.ts";
import type { AudioMedium, NoticeType, StateAction, SubscriptionType, ViewName } from "./names.ts";

/** Participant data: names and values as text. */
export type AttributeMap = Record<string, string>;

export interface ClickToDialRequest {
	number?: string;
	/** The 2018 name of `number`. */
	address?: string;
	type?: "call" | "sms" | "email";
	/** True places it at once; otherwise the new-interaction view is only filled in. */
	autoPlace?: boolean;
	/** On behalf of this queue; empty means none. */
	queueId?: string;
	attributes?: AttributeMap;
}

export interface AddAssociationRequest {
	type: AssociationType;
	id: ExternalId;
	text: string;
	select?: boolean;
	/** Without it, the current interaction is meant. */
	interactionId?: string;
}

export interface TransferContextRequest {
	name: string;
	attributes?: AttributeMap;
}

export interface CustomAttributesRequest {
	interactionId: string;
	attributes: AttributeMap;
}

export interface UpdateStateRequest {
	action: StateAction;
	/** Interaction id. */
	id: string;
	participantContext?: { transferTarget: string; transferTargetType: "address" | "queueId" | "userId" };
}

export interface UpdateStatusRequest {
	/** Presence-definition id, or the name of a system presence in any case. */
	id: string;
}

export interface SetViewRequest {
	type: "main";
	view: { name: ViewName };
}

export interface NotifyUserRequest {
	message: string;
	type?: NoticeType | Lowercase<NoticeType>;
	/** Milliseconds; 0 keeps it until dismissed. Text is accepted. */
	timeout?: number | string;
	theme?: { primary?: string; text?: string };
}

export type AudioConfiguration = Partial<Record<AudioMedium, boolean>>;

export interface SubscriptionRequest {
	type: SubscriptionType;
	/** Without it, every ordinary category. */
	categories?: string[];
	callback: (category: string, data: unknown) => void;
}

/** Answer of `getTranscript` (framework-contract 6). */
export interface Transcript {
	messages: {
		id?: string;
		/** ISO 8601; `timestamp` is the same, as some scripts read it. */
		time?: string;
		timestamp?: string;
		from?: string;
		direction?: "inbound" | "outbound";
		text: string;
	}[];
}
