import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";
import { badField } from "../kernel/http/api-error.ts";
import { defaultFirstCalls } from "../routing/queue-model.ts";
import type { Forwarding } from "./call/forwarding/model.ts";
import type { Mailboxes } from "./call/ports.ts";
import type { WrapupPrompt } from "./communication.ts";
import { refuseEmergency } from "./dial-rights.ts";
import { directAlertingMs, type QueueFacts, type UserParty } from "./model.ts";
import type { ConversationQueue, ConversationUser, Phones, QueueDirectory, UserDirectory } from "./ports.ts";
import type { TransferWish } from "./service.ts";
import type { TransferTarget } from "./transitions/transfer.ts";

const prompts: Record<string, WrapupPrompt> = {
	MANDATORY: "mandatory",
	OPTIONAL: "optional",
	MANDATORY_TIMEOUT: "timeout",
	MANDATORY_FORCED_TIMEOUT: "forcedTimeout",
	AGENT_REQUESTED: "agentRequested",
};

/** Used where a queue limits after-call work without saying how long, ms. */
const defaultAcwMs = 60_000;

function queueFacts(queue: ConversationQueue): QueueFacts {
	const wrapupPrompt = prompts[queue.acwSettings.wrapupPrompt] ?? "optional";
	const isTimed = wrapupPrompt === "timeout" || wrapupPrompt === "forcedTimeout";
	const wrapupTimeoutMs = queue.acwSettings.timeoutMs ?? (isTimed ? defaultAcwMs : undefined);
	return {
		id: queue.id,
		name: queue.name,
		wrapupPrompt,
		...(wrapupTimeoutMs === undefined ? {} : { wrapupTimeoutMs }),
		// Nothing is answered by itself yet.
		...ownedCallbacks(queue),
		...automaticCalls(queue),
		...(queue.settings?.inlayUtilizationLabel ? { labelId: queue.settings.inlayUtilizationLabel.id } : {}),
		...(queue.settings?.lastAgentRoutingMode === "Disabled" ? { asksNoLastAgent: true } : {}),
		...customerFirst(queue),
		callSettings: { alertingTimeoutSeconds: queue.alertingTimeoutSeconds, enableAutoAnswer: false },
	};
}

const hourMs = 3_600_000;

function ownedCallbacks({ settings }: ConversationQueue): Pick<QueueFacts, "callback"> {
	const owned = settings?.agentOwnedRouting;
	if (!owned?.enableAgentOwnedCallbacks) return {};
	const { maxOwnedCallbackHours, maxOwnedCallbackDelayHours, inlayAfterOwner } = owned;
	return {
		callback: {
			ownedMs: maxOwnedCallbackHours * hourMs,
			horizonMs: maxOwnedCallbackDelayHours * hourMs,
			afterOwner: inlayAfterOwner,
		},
	};
}

function automaticCalls({ settings }: ConversationQueue): Pick<QueueFacts, "automaticCalls"> {
	const {
		enableAutoDialAndEnd,
		autoDialDelaySeconds = 30,
		autoEndDelaySeconds = 30,
	} = settings?.mediaSettings.callback ?? {};
	if (!enableAutoDialAndEnd) return {};
	return { automaticCalls: { dialMs: autoDialDelaySeconds * 1000, endMs: autoEndDelaySeconds * 1000 } };
}

/** How long a customer's phone rings who is called before an agent is there. */
const firstRingMs = 30_000;

function customerFirst({ settings }: ConversationQueue): Pick<QueueFacts, "customerFirst"> {
	const {
		mode,
		retryDelaySeconds,
		maxRetryCount,
		inlayAfterRetries = "agentFirst",
	} = {
		...defaultFirstCalls,
		...settings?.mediaSettings.callback,
	};
	if (mode !== "CustomerFirst") return {};
	return {
		customerFirst: {
			ringMs: firstRingMs,
			retryMs: retryDelaySeconds * 1000,
			mostRetries: maxRetryCount,
			after: inlayAfterRetries,
		},
	};
}

const phones = createPhoneNumbers(phoneMetadata);

/** Whom to call, and what to send once they have answered. */
export interface Dialable {
	/** E.164 number, short code or SIP address. */
	address: string;
	/** Keys, a comma is a pause: the extension. */
	digitsAfter?: string;
}

/**
 * A number or address that can be called, as people write it.
 * @param country ISO 3166 code: numbers without a country code are of it
 * @throws ApiError 400 naming `fieldName`: none, or several of which somebody must choose
 */
export function readDialable(value: string, fieldName: string, country: string): Dialable {
	const read = phones.read(value, { country });
	if (read.kind === "sip") return { address: read.dial };
	if (read.kind === "number") return { address: read.dial, ...(read.after ? { digitsAfter: read.after } : {}) };
	if (read.kind === "choice") {
		const choices = read.numbers.map((one) => one.dial).join(", ");
		throw badField(fieldName, `${fieldName} holds several numbers. Send one of ${choices}.`, "several.numbers");
	}
	throw badField(fieldName, `${fieldName} must be a phone number, such as +3173123456, or a SIP address.`);
}

/** As far as it tells whether somebody would reach themselves. */
type Reached =
	| { kind: "user"; userId: string }
	| { kind: "outside"; address: string; digitsAfter?: string }
	| { kind: "queue" | "voicemail" };

const selfCode = "conversation.error.target.self";

/** Looks up what a call or transfer names, and refuses what cannot be reached. */
export function createTargets(deps: {
	users: UserDirectory;
	queues: QueueDirectory;
	phones: Phones;
	homeDivisionId(): Promise<string>;
	/** ISO 3166 code of the organization; numbers without a country code are of it. */
	country?(): Promise<string>;
	/** Whose number it is, if it is one of the organization's people. */
	userOfNumber?(number: string): Promise<string | undefined>;
	forwardingOf?(userId: string): Promise<Forwarding | undefined>;
	mailboxes?: Mailboxes;
	unknownAbilities?(ids: { skill: readonly string[]; language: readonly string[] }): Promise<readonly string[]>;
}) {
	async function isMember(queueId: string, userId: string): Promise<boolean> {
		return (await deps.queues.queuesOfUser(userId)).some((one) => one.id === queueId);
	}

	async function mailboxOf(userId: string): Promise<Extract<TransferTarget, { kind: "voicemail" }>> {
		const mailbox = await deps.mailboxes?.ofUser(userId);
		if (mailbox) return { kind: "voicemail", userId, mailbox };
		const text = "The user has no mailbox.";
		throw badField("voicemail", text, "conversations.error.transfer.usercall.voicemail");
	}

	return {
		async user(userId: string, fieldName: string): Promise<ConversationUser> {
			const [user] = await deps.users.find([userId]);
			if (user && user.state !== "deleted") return user;
			throw badField(fieldName, `No user with id ${userId}.`);
		},

		async activeUser(userId: string, fieldName: string): Promise<ConversationUser> {
			const user = await this.user(userId, fieldName);
			requireActive(user, fieldName);
			return user;
		},

		async reachableUser(userId: string, fieldName: string): Promise<ConversationUser> {
			const user = await this.activeUser(userId, fieldName);
			this.requireReachable(user, fieldName);
			return user;
		},

		requireReachable({ id, name }: ConversationUser, fieldName: string): void {
			if (!deps.phones.isReachable(id)) throw unreachable(fieldName, name);
		},

		/** An object of all divisions belongs to the home division where one has to be named. */
		async divisionOf({ divisionId }: { divisionId?: string }): Promise<string> {
			return divisionId !== undefined && divisionId !== "*" ? divisionId : deps.homeDivisionId();
		},

		/** What a conversation keeps of a queue. */
		async queueFacts(queue: ConversationQueue): Promise<QueueFacts & { divisionId: string }> {
			const divisionId = await this.divisionOf(queue);
			return { ...queueFacts(queue), divisionId };
		},

		/** A queue in which somebody is to wait, with the mailbox that it has for them. */
		async waitingQueue(queueId: string, fieldName: string): Promise<QueueFacts & { divisionId: string }> {
			const facts = await this.queueFacts(await this.queue(queueId, fieldName));
			const mailbox = await deps.mailboxes?.ofQueue(queueId);
			return mailbox ? { ...facts, mailbox } : facts;
		},

		async queue(queueId: string, fieldName: string): Promise<ConversationQueue> {
			const queue = await deps.queues.get(queueId);
			if (queue) return queue;
			throw badField(fieldName, `No queue with id ${queueId}.`);
		},

		/** Only members work on a queue's behalf. */
		async ownQueue(queueId: string, userId: string, fieldName: string): Promise<ConversationQueue> {
			const queue = await this.queue(queueId, fieldName);
			if (await isMember(queueId, userId)) return queue;
			throw badField(fieldName, `You are not a member of the queue ${queue.name}.`);
		},

		/** Refuses who is no member of the queue. */
		async member(queue: { id: string; name: string }, userId: string, fieldName: string): Promise<void> {
			if (await isMember(queue.id, userId)) return;
			throw badField(fieldName, `The user ${userId} is no member of the queue ${queue.name}.`);
		},

		/** What a conversation keeps of the queue with this id. */
		async factsOfQueue(queueId: string, fieldName: string): Promise<QueueFacts> {
			return this.queueFacts(await this.queue(queueId, fieldName));
		},

		/** A user who is handed something written: whatever their phone does. */
		async writer(userId: string, fieldName: string): Promise<UserParty> {
			const user = await this.activeUser(userId, fieldName);
			const divisionId = await this.divisionOf(user);
			return { kind: "user", userId, name: user.name, divisionId, alertingTimeoutMs: directAlertingMs };
		},

		/** A user whose phone can ring, or who has their calls forwarded. */
		async userParty(userId: string, fieldName: string): Promise<UserParty> {
			const user = await this.activeUser(userId, fieldName);
			const forwarding = await deps.forwardingOf?.(userId);
			if (!forwarding) this.requireReachable(user, fieldName);
			const divisionId = await this.divisionOf(user);
			const party = { kind: "user", userId, name: user.name, divisionId, alertingTimeoutMs: directAlertingMs } as const;
			return forwarding ? { ...party, forwarding } : party;
		},

		/** A user who is called directly: whose mailbox answers, or who has their calls forwarded, need have no phone. */
		async calledUser(userId: string, fieldName: string): Promise<UserParty> {
			const user = await this.activeUser(userId, fieldName);
			const mailbox = await deps.mailboxes?.ofUser(userId);
			if (!mailbox) return this.userParty(userId, fieldName);
			const forwarding = await deps.forwardingOf?.(userId);
			// What the last target's own mailbox, or nobody, is to answer is not for ours.
			const isOurs = !forwarding || forwarding.voicemail === "PURECLOUD" || mailbox.straight === "presence";
			const divisionId = await this.divisionOf(user);
			const { name } = user;
			return {
				...{ kind: "user", userId, name, divisionId, alertingTimeoutMs: mailbox.ringMs },
				...(forwarding ? { forwarding } : {}),
				...(isOurs ? { mailbox } : {}),
			};
		},

		/** @param names the fields in which they were sent @throws ApiError 400 naming the field of one that is not there */
		async requireAbilities(
			{ skillIds = [], languageId }: { skillIds?: readonly string[]; languageId?: string | null },
			names: { skillIds: string; languageId: string },
		): Promise<void> {
			const language = languageId ? [languageId] : [];
			const [unknown] = (await deps.unknownAbilities?.({ skill: skillIds, language })) ?? [];
			if (unknown === undefined) return;
			const isSkill = skillIds.includes(unknown);
			const text = `There is no ${isSkill ? "skill" : "language"} with the id ${unknown}.`;
			throw badField(isSkill ? names.skillIds : names.languageId, text);
		},

		/** A number or address outside, as people write it; nobody's emergency number. */
		async outside(text: string | undefined, fieldName: string): Promise<Dialable> {
			const country = (await deps.country?.()) ?? "";
			const dialable = readDialable(text ?? "", fieldName, country);
			refuseEmergency(dialable.address, fieldName, country);
			return dialable;
		},

		/**
		 * Nobody hands over to themselves, asks themselves or adds themselves, by their account or by a number of theirs.
		 * @param userId whose part it is; undefined for nobody's
		 * @throws ApiError 400 `conversation.error.target.self` naming the field
		 */
		async refuseSelf(target: Reached, userId: string | undefined): Promise<void> {
			if (userId === undefined) return;
			if (target.kind === "user" && target.userId === userId)
				throw badField("userId", "The user is the one whose part it is: name somebody else.", selfCode);
			// With an extension behind it a number is several people's.
			if (target.kind !== "outside" || target.digitsAfter) return;
			if ((await deps.userOfNumber?.(target.address)) === userId)
				throw badField("address", "The number is that of the one whose part it is: name somebody else.", selfCode);
		},

		/** @throws ApiError 400 naming the field: no or several targets, unknown or unreachable ones */
		async transferTarget(wish: TransferWish, isWritten = false): Promise<TransferTarget> {
			return wish.userId && wish.voicemail ? mailboxOf(wish.userId) : this.partyOf(wish, isWritten);
		},

		/** Whom a transfer, or a consult, reaches. @throws ApiError 400 naming the field: no or several, unknown or unreachable ones */
		async partyOf(wish: TransferWish, isWritten = false): Promise<Exclude<TransferTarget, { kind: "voicemail" }>> {
			onlyOne({ userId: wish.userId, queueId: wish.queueId, address: wish.address });
			if (wish.queueId) return { kind: "queue", queue: await this.waitingQueue(wish.queueId, "queueId") };
			if (wish.userId) return isWritten ? this.writer(wish.userId, "userId") : this.userParty(wish.userId, "userId");
			return { kind: "outside", ...(await this.outside(wish.address, "address")) };
		},
	};
}

/** Exactly one of the alternatives is to be given. */
export function onlyOne(alternatives: Record<string, string | undefined>): void {
	const given = Object.values(alternatives).filter((value) => value !== undefined && value !== "");
	if (given.length === 1) return;
	const names = Object.keys(alternatives);
	throw badField(names[0] ?? "body", `Give exactly one of ${names.join(", ")}.`);
}

/** @throws ApiError 400 naming the field, for somebody who was deactivated or deleted */
export function requireActive(user: ConversationUser, fieldName: string): void {
	if (user.state === undefined || user.state === "active") return;
	throw badField(fieldName, `${user.name} does not work here any more: the user is ${user.state}.`);
}

export function unreachable(fieldName: string, name: string) {
	return badField(
		fieldName,
		`The phone of ${name} cannot be reached. Sign the phone in (select a station) and try again.`,
		"conversation.error.phone.not.reachable",
	);
}
