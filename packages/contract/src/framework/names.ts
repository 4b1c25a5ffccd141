/**
 * The fixed words of the framework contract (framework-contract 4, 6 and 8): setting values, views, statuses, categories.
 * Customers spell them loosely, so every list is matched with {@link matchName}.
 */

/** Sources of the search for calls and transfers (framework-contract 4, `searchTargets`). */
export const SEARCH_TARGETS = ["people", "queues", "frameworkContacts", "externalContacts"] as const;
export type SearchTarget = (typeof SEARCH_TARGETS)[number];

/** Call-control buttons (framework-contract 4, `callControls`). */
export const CALL_CONTROLS = [
	"pickup",
	"hold",
	"mute",
	"transfer",
	"disconnect",
	"record",
	"securePause",
	"dtmf",
	"scheduleCallback",
	"flag",
	"requestAfterCallWork",
] as const;
export type CallControl = (typeof CALL_CONTROLS)[number];

/** As what messages from a page are told of (`settings.webMessagesAs`); there are no chats beside them. */
export const WEB_MESSAGES_AS = ["message", "chat"] as const;
export type WebMessagesAs = (typeof WEB_MESSAGES_AS)[number];

/** `state` of an email, message or callback that the agent has in hand (`settings.writtenInHandAs`): the second was captured, of what is not known. */
export const IN_HAND_AS = ["CONNECTED", "INTERACTING"] as const;
export type InHandAs = (typeof IN_HAND_AS)[number];

/** What `updateState` `secureSession` does (`settings.secureSessionAs`): there are no flows that take a secret from a caller. */
export const SECURE_SESSION_AS = ["refused", "securePause"] as const;
export type SecureSessionAs = (typeof SECURE_SESSION_AS)[number];

/** Views that `User.setView` can open (framework-contract 6). */
export const VIEW_NAMES = ["interactionList", "callLog", "newInteraction", "callback", "settings"] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** Media that ring (framework-contract 6, `setAudioConfiguration`). */
export const AUDIO_MEDIA = ["call", "chat", "email", "callback", "message", "voicemail"] as const;
export type AudioMedium = (typeof AUDIO_MEDIA)[number];

/** Kinds of toast (framework-contract 6, `notifyUser`). */
export const NOTICE_TYPES = ["INFO", "SUCCESS", "WARNING", "ERROR"] as const;
export type NoticeType = (typeof NOTICE_TYPES)[number];

/** System presences as scripts and events spell them (framework-contract 6 and 8.2). */
export const STATUS_NAMES = [
	"AVAILABLE",
	"AWAY",
	"BREAK",
	"BUSY",
	"MEAL",
	"MEETING",
	"OFFLINE",
	"IDLE",
	"OFF_QUEUE",
	"ON_QUEUE",
	"OUT_OF_OFFICE",
	"TRAINING",
] as const;
export type StatusName = (typeof STATUS_NAMES)[number];

/** Actions of `Interaction.updateState` (framework-contract 6). */
export const STATE_ACTIONS = [
	"pickup",
	"disconnect",
	"hold",
	"mute",
	"securePause",
	"blindTransfer",
	"consultTransfer",
	"concludeTransfer",
	"secureSession",
] as const;
export type StateAction = (typeof STATE_ACTIONS)[number];

export const SUBSCRIPTION_TYPES = ["Interaction", "UserAction", "Notification"] as const;
export type SubscriptionType = (typeof SUBSCRIPTION_TYPES)[number];

/** Categories of the `Interaction` subscription (framework-contract 8.1). */
export const INTERACTION_CATEGORIES = [
	"add",
	"change",
	"connect",
	"disconnect",
	"acw",
	"deallocate",
	"blindTransfer",
	"consultTransfer",
	"completeConsultTransfer",
	// Ours (agent-features 0.2): a callback was agreed upon, moved, cancelled, is due, or somebody was called.
	"inlay:callback",
] as const;
export type InteractionCategory = (typeof INTERACTION_CATEGORIES)[number];

/** Ours, of features that the contract does not know; sent only to subscribers that name them (`inlay:…`). */
export const INTERACTION_EXTENSIONS = [
	"inlay:callback",
	"inlay:change",
	"inlay:cobrowse",
	"inlay:consult",
	"inlay:recording",
	"inlay:screenShare",
	"inlay:scriptPop",
] as const;

/** Categories of the `UserAction` subscription (framework-contract 8.2). */
export const USER_ACTION_CATEGORIES = ["status", "routingStatus", "station", "login", "logout"] as const;
/** Ours, likewise sent only to who names them. */
const userActionExtensions = ["inlay:forwarding", "inlay:voicemail"] as const;
export type UserActionCategory = (typeof USER_ACTION_CATEGORIES)[number];

/** Categories of the `Notification` subscription (framework-contract 8.3). */
export const NOTIFICATION_CATEGORIES = [
	"interactionSelection",
	"interactionWindow",
	"messageUpdate",
	"chatUpdate",
	"conversationTranscription",
	// Ours: the agent has clicked on an entry that `settings.ui` added.
	"uiAction",
	// Ours: an action of the script or page was not done.
	"actionRefused",
	// Ours: an action of the script or page was done, and something stands in the way of what it is for.
	"actionWarning",
] as const;
export type NotificationCategory = (typeof NOTIFICATION_CATEGORIES)[number];

/**
 * Unconfirmed: seen in one consumer's list, or nowhere (framework-contract 8). Sent to subscribers that name them, and with
 * `settings.unconfirmedEvents` to all.
 */
export const UNCONFIRMED_CATEGORIES = ["ConsultCall", "CompleteConsultCall", "notes"] as const;

/** Ours, likewise sent only to who names them. */
const notificationExtensions = ["inlay:asked", "inlay:request"] as const;

/** Sent only to subscribers that name them: live transcript pieces are many (framework-contract 8.3), and refusals and warnings are ours. */
export const CATEGORIES_BY_NAME_ONLY: readonly string[] = [
	"conversationTranscription",
	"actionRefused",
	"actionWarning",
	...INTERACTION_EXTENSIONS,
	...userActionExtensions,
	...notificationExtensions,
	...UNCONFIRMED_CATEGORIES,
];

/** Whether who subscribes to these categories, or to none by name, is told of one: whatever the letters' case (framework-contract 8.3). */
export function hearsCategory(categories: readonly string[] | undefined, category: string): boolean {
	if (categories === undefined) return !CATEGORIES_BY_NAME_ONLY.includes(category);
	return categories.some((one) => foldName(one) === foldName(category));
}

/** Whatever scripts are told: a category of ours that stands in no list would reach scripts that know nothing of it. */
export type ToldCategory =
	| InteractionCategory
	| (typeof INTERACTION_EXTENSIONS)[number]
	| UserActionCategory
	| (typeof userActionExtensions)[number]
	| NotificationCategory
	| (typeof notificationExtensions)[number]
	| (typeof UNCONFIRMED_CATEGORIES)[number];

/** Event names of `processCallLog` that were captured; treat others as free text (framework-contract 5). */
export type CallLogEventName = "interactionChanged" | "interactionDisconnected" | "openCallLog";

/** Letters and digits only, lower case: `On Queue`, `ON_QUEUE` and `onqueue` become one. */
export function foldName(name: string): string {
	return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** The known name that `given` means, whatever its case, separators or a missing plural; undefined when none does. */
export function matchName<Name extends string>(known: readonly Name[], given: unknown): Name | undefined {
	if (typeof given !== "string") return undefined;
	const folded = foldName(given);
	if (folded === "") return undefined;
	return (
		known.find((name) => foldName(name) === folded) ?? known.find((name) => foldName(name).replace(/s$/, "") === folded)
	);
}
