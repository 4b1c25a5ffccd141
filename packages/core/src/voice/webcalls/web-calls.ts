import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { ConsentAnswer } from "../../conversations/call/consent.ts";
import type { Conversation } from "../../conversations/model.ts";
import { isLive, isOutside } from "../../conversations/model.ts";
import { saidAttributes } from "../../conversations/said-attributes.ts";
import type { Conversations } from "../../conversations/service.ts";
import { readDialable } from "../../conversations/targets.ts";
import { untilSaved } from "../../kernel/database/until-saved.ts";
import { ApiError, notFound } from "../../kernel/http/api-error.ts";
import { seenName } from "../../kernel/names.ts";
import type { EntryPoint, EntryPointStore } from "./store.ts";

/** Names, in conversations, calls whose outside party sits at a page. */
export const webProvider = "Inlay Web";

export interface WebCallRequest {
	/** Number of the organization to call. */
	to: string;
	/** Who calls, as they say themselves. */
	name?: string;
	phone?: string;
	attributes?: Record<string, string>;
}

export interface WebCall {
	id: string;
	/** Opens the call's socket; given once, kept only as a hash. */
	secret: string;
}

/** What calls need to know of the numbers that they go to. */
type KnownNumbers = Pick<EntryPointStore, "find" | "all">;

/** Calls that people place from a page of the organization. */
export class WebCalls {
	readonly #conversations: Conversations;
	readonly #entryPoints: KnownNumbers;
	readonly #country: () => Promise<string>;

	/** @param country ISO 3166 code of the organization; callers' numbers without a country code are of it */
	constructor(conversations: Conversations, entryPoints: KnownNumbers, country: () => Promise<string>) {
		this.#conversations = conversations;
		this.#entryPoints = entryPoints;
		this.#country = country;
	}

	/**
	 * Starts a call; it waits for the page's media before it enters the queue.
	 * @param origin of the page, as the browser says
	 * @throws ApiError 400 for what is no number, 403 `origin.not.allowed`, 404 for an unknown number, also one whose queue is
	 * deleted at this moment; 409 `number.nobody.there`
	 */
	async start(request: WebCallRequest, origin: string | undefined): Promise<WebCall> {
		const country = await this.#country();
		const entryPoint = await this.#entryPoints.find(readDialable(request.to, "to", country).address);
		if (!entryPoint) throw notFound("number", request.to);
		if (!origin || !entryPoint.origins.includes(origin)) {
			throw new ApiError(
				403,
				"origin.not.allowed",
				"Pages of {origin} may not call {number}. An administrator can allow them.",
				{
					params: { origin: origin ?? "an unknown origin", number: entryPoint.number },
				},
			);
		}
		const phone = request.phone ? readDialable(request.phone, "phone", country).address : undefined;
		const secret = randomBytes(24).toString("base64url");
		const starting = this.#conversations.calls.startInboundCall({
			customer: {
				name: seenName(request.name ?? "") || undefined,
				...(phone ? { address: phone.startsWith("sip") ? phone : `tel:${phone}` } : {}),
			},
			dnis: `tel:${entryPoint.number}`,
			...targetOf(entryPoint),
			attributes: saidAttributes(request.attributes ?? {}),
			provider: webProvider,
			providerData: { secretHash: hash(secret) },
		});
		const conversation = await starting.catch((error: unknown) => {
			if (isNobodyThere(error) || (entryPoint.userId && isWithoutTarget(error)))
				throw new ApiError(409, "number.nobody.there", "Nobody takes calls to this number just now. Try again later.");
			throw isWithoutTarget(error) ? notFound("number", request.to) : error;
		});
		return { id: conversation.id, secret };
	}

	/** The running call that a page's secret opens; undefined when the secret is wrong or the call is over. */
	async open(callId: string, secret: string): Promise<Conversation | undefined> {
		const conversation = await this.#conversations.get(callId);
		const wanted = conversation?.internal.providerData?.secretHash;
		if (!conversation || !wanted || !sameHash(wanted, hash(secret))) return undefined;
		const caller = conversation.participants.find(isOutside);
		return caller && isLive(caller) ? conversation : undefined;
	}

	/** Whether a page may place calls at all, to whichever number (CORS). */
	async allowsOrigin(origin: string): Promise<boolean> {
		return (await this.#entryPoints.all()).some((entryPoint) => entryPoint.origins.includes(origin));
	}

	/** Whether such pages may place calls to the number by which this one came. */
	async isPageOf({ participants }: Conversation, origin: string): Promise<boolean> {
		const number = participants.find(isOutside)?.dnis?.replace(/^tel:/, "");
		const entryPoint = number === undefined ? undefined : await this.#entryPoints.find(number);
		return entryPoint?.origins.includes(origin) ?? false;
	}

	/** The caller is called back instead of waiting, and keeps their place. @throws ApiError 400 for a number that cannot be called */
	async callBack({ id }: Conversation, phone: string): Promise<void> {
		await this.#conversations.callbacks.keepPlace(id, phone || undefined);
	}

	/** The caller leaves a message instead of waiting. @throws ApiError 400 where none can be left */
	async leaveMessage({ id }: Conversation): Promise<void> {
		await this.#conversations.calls.leaveMessage(id);
	}

	/** What comes when nothing is asked any more says nothing. */
	async answerConsent({ id, participants }: Conversation, answer: ConsentAnswer): Promise<void> {
		const caller = participants.find(isOutside);
		if (caller) await untilSaved(() => this.#conversations.calls.consentAnswered(id, caller.id, answer));
	}

	async hangUp(conversation: Conversation): Promise<void> {
		const caller = conversation.participants.find(isOutside);
		// A page says it once, often just before it closes.
		if (caller) await untilSaved(() => this.#conversations.calls.partyLeft(conversation.id, caller.id, "peer"));
	}
}

function targetOf({ queueId, userId, groupId }: EntryPoint) {
	return { ...(queueId ? { queueId } : {}), ...(userId ? { userId } : {}), ...(groupId ? { groupId } : {}) };
}

/** Where the number leads was deleted since it was looked up, or nobody is there. A stranger's page hears of neither. */
function isWithoutTarget(error: unknown): boolean {
	if (!(error instanceof ApiError)) return false;
	return error.options.details?.some(({ fieldName = "" }) => targetFields.includes(fieldName)) ?? false;
}

/** A person without a phone or a mailbox, or who was deactivated (a mailbox ends with that); a group that rings nobody and has none. */
function isNobodyThere(error: unknown): boolean {
	return error instanceof ApiError && nobodyThere.includes(error.code);
}

const nobodyThere = ["conversation.error.phone.not.reachable", "voicemail.disabled"];
const targetFields = ["queueId", "userId", "groupId"];

function hash(secret: string): string {
	return createHash("sha256").update(secret).digest("hex");
}

function sameHash(a: string, b: string): boolean {
	return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
