/** Interactions by their medium (framework-contract 7): the flags of all but one are false, and a plain call has none. */
import type { Interaction } from "@inlay/contract";

export type InteractionMedium = "call" | "callback" | "chat" | "email" | "message";

interface Flags {
	isCallback: boolean;
	isChat: boolean;
	isEmail: boolean;
	isMessage: boolean;
}
type Flagged<Flag extends keyof Flags> = { [Key in keyof Flags]: Key extends Flag ? true : false };

/** A call, also of a campaign (`isDialer`); `phone` begins with `tel:` or `sip:`. */
export type CallInteraction = Interaction & Flagged<never>;
/** A callback before somebody is called, with the numbers that were agreed upon; with `isVoicemail` one that a voicemail asks for. */
export type CallbackInteraction = Interaction & Flagged<"isCallback"> & { callbackNumbers: string[] };
export type ChatInteraction = Interaction & Flagged<"isChat">;
/** `displayAddress` is the customer's address. */
export type EmailInteraction = Interaction & Flagged<"isEmail">;
/** `messageType` is the channel: `sms`, `webmessaging`, `whatsapp`, … */
export type MessageInteraction = Interaction & Flagged<"isMessage"> & { messageType: string };

/** What `interaction` may be, to be told apart by its flags. */
export type MediumInteraction =
	| CallInteraction
	| CallbackInteraction
	| ChatInteraction
	| EmailInteraction
	| MessageInteraction;

/** The medium of an interaction. */
export function mediumOf({ isCallback, isChat, isEmail, isMessage }: Interaction): InteractionMedium {
	if (isMessage) return "message";
	if (isEmail) return "email";
	if (isChat) return "chat";
	return isCallback ? "callback" : "call";
}
