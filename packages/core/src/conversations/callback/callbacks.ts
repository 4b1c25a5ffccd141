import type { ExpectedCallback } from "@inlay/contract";
import type { Trx } from "../../kernel/database/database.ts";
import { ApiError, badField, notFound } from "../../kernel/http/api-error.ts";
import { requireSource } from "../authority.ts";
import { callOf } from "../call/model.ts";
import { requireDial } from "../dial-rights.ts";
import type { Frame } from "../frame.ts";
import {
	type Conversation,
	isConnected,
	isOutside,
	isStaff,
	livePartOf,
	mediumOfWhole,
	type QueueFacts,
	waitingAcd,
} from "../model.ts";
import { illegalState, notInvolved } from "../refusals.ts";
import type { Controller } from "../service.ts";
import { type Command, transition } from "../transitions/transition.ts";
import { mayAgree, requireChange, requireCreate, requireMove, requireNumbers } from "./authority.ts";
import { agentOf, callbackOf, callbackParts, customerOf, factsOf } from "./model.ts";
import type { CallbackChange, Callbacks, CallbackWish } from "./service.ts";
import { callbackStore } from "./store.ts";
import { callbackConversation, type NewCallback } from "./transitions/create.ts";
import { calledFirst } from "./transitions/customer-first.ts";
import type { Plan } from "./transitions/plan.ts";
import { callbackView } from "./view.ts";
import { horizonMs, readCallerId, readNumbers, readScheduled, readZone, requireCallable } from "./wishes.ts";

/** How long after its end a callback can be made from a conversation, in ms (agent-features 3). */
const afterEndMs = 15 * 60_000;

/** Callbacks: what is agreed upon, when it is due and who gets it, and the calls that are made within. */
export function createCallbacks(frame: Frame): Callbacks {
	const { kernel, deps, store, changes, targets } = frame;
	const own = deps.callbackStore ?? callbackStore(kernel.database.db);
	const provider = deps.outboundProvider ?? "Inlay Voice";

	async function countryOf({ countryCode }: { countryCode?: string }): Promise<string> {
		return countryCode?.toUpperCase() ?? (await deps.country?.()) ?? "";
	}

	async function userOf(agentId: string | undefined): Promise<string | undefined> {
		return agentId === undefined ? undefined : (await targets.activeUser(agentId, "agentId")).id;
	}

	async function newCallback(wish: CallbackWish, by: Controller, source?: Conversation): Promise<NewCallback> {
		const queueId = wish.queueId ?? source?.participants.findLast((one) => one.queueId)?.queueId;
		if (!queueId) throw badField("queueId", "queueId must name the queue whose agents call back.");
		const queue = await targets.factsOfQueue(queueId, "queueId");
		requireCreate(queue, by);
		const agentId = await userOf(wish.agentId);
		if (wish.owned && !agentId)
			throw badField("routingData", "An owned callback needs its owner in preferredAgentIds.");
		if (wish.owned && agentId) await requireOwned(queue, agentId, "routingData");
		await targets.requireAbilities(wish, { skillIds: "routingData", languageId: "routingData" });
		const at = readScheduled(
			wish.callbackScheduledTime,
			kernel.clock.now(),
			wish.owned ? queue.callback?.horizonMs : horizonMs,
		);
		const country = await countryOf(wish);
		const numbers = readNumbers(wish.callbackNumbers, country);
		requireCallable(at, { zone: wish.zone, number: numbers[0] }, await deps.callingRules?.());
		const { callbackUserName: name, scriptId, callerIdName, data } = wish;
		const callerId = readCallerId(wish.callerId, country);
		return {
			numbers,
			...(name ? { name } : {}),
			...(scriptId ? { scriptId } : {}),
			...(callerId ? { callerId } : {}),
			...(callerIdName ? { callerIdName } : {}),
			...(data ? { data } : {}),
			divisionId: queue.divisionId ?? "",
			provider,
			priority: wish.priority ?? 0,
			...(wish.skillIds ? { skillIds: wish.skillIds } : {}),
			...(wish.languageId ? { languageId: wish.languageId } : {}),
			facts: {
				queue,
				scheduledAt: at.toISOString(),
				...readZone(wish, at),
				...(agentId ? { [wish.owned ? "ownerId" : "preferredId"]: agentId } : {}),
				...(by.userId ? { createdBy: by.userId } : {}),
				users: [...new Set([agentId, by.userId].filter((id): id is string => id !== undefined))],
				...(source ? { source: source.id } : {}),
				attempts: [],
			},
		};
	}

	/** One that is due at once is due already when it is told of. */
	function made(wish: NewCallback): Conversation {
		const conversation = callbackConversation(wish, changes.context());
		if (Date.parse(wish.facts.scheduledAt) > kernel.clock.now().getTime()) return conversation;
		return transition(conversation, { type: "due", participantId: customerOf(conversation).id }, changes.context());
	}

	/** Holds the conversation from which it is made, so that of two at once one finds the other. */
	async function requireFirst(trx: Trx, source: string): Promise<void> {
		await store.lock(trx, [source]);
		const other = await own.madeFrom(trx, source);
		if (!other) return;
		throw new ApiError(409, "callback.limit.perInteraction", "This interaction has a callback at {time} already.", {
			params: { time: factsOf(other).scheduledAt, callbackId: other.id },
			entityId: other.id,
			entityName: "conversation",
		});
	}

	async function sourceOf(conversationId: string, by: Controller): Promise<Conversation> {
		const conversation = await frame.require(conversationId);
		requireSource(conversation, by);
		const endedMs = conversation.endTime ? kernel.clock.now().getTime() - Date.parse(conversation.endTime) : 0;
		if (endedMs <= afterEndMs) return conversation;
		throw illegalState("A callback can be made from an interaction until 15 minutes after its end.");
	}

	/** A callback is owned where the queue has such, by somebody who works there: nobody else is ever offered it. */
	async function requireOwned(queue: QueueFacts, ownerId: string, fieldName: string): Promise<void> {
		if (!queue.callback) throw badField(fieldName, `The queue ${queue.name} has no callbacks that agents own.`);
		await targets.member(queue, ownerId, fieldName);
	}

	async function planOf(wanted: CallbackChange, now: Conversation, by: Controller): Promise<Plan> {
		const { queueId, agentId, callbackScheduledTime, callbackNumbers } = wanted;
		const queue = queueId ? await targets.factsOfQueue(queueId, "queueId") : undefined;
		const { ownerId, queue: before } = factsOf(now);
		if (queue) requireMove(before, queue, by);
		const isMoved = queue !== undefined && queue.id !== before.id;
		if (ownerId && (isMoved || agentId))
			await requireOwned(queue ?? before, agentId ?? ownerId, agentId ? "agentId" : "queueId");
		const horizon = ownerId ? (queue ?? before).callback?.horizonMs : horizonMs;
		const at = callbackScheduledTime && readScheduled(callbackScheduledTime, kernel.clock.now(), horizon);
		const numbers = callbackNumbers && readNumbers(callbackNumbers, await countryOf(wanted));
		if (at) {
			const [number] = numbers ?? callbackOf(customerOf(now)).callbackNumbers;
			requireCallable(at, { zone: wanted.zone ?? factsOf(now).zone, number }, await deps.callingRules?.());
		}
		return {
			...(queue ? { queue } : {}),
			...(agentId ? { agentId: (await userOf(agentId)) ?? agentId } : {}),
			...(numbers ? { numbers } : {}),
			...(at ? { scheduledAt: at.toISOString(), ...readZone(wanted, at) } : {}),
		};
	}

	/** Nobody could ever have what is not there. */
	async function holdAbilities(trx: Trx, { skillIds = [], languageId }: CallbackWish): Promise<void> {
		for (const [kind, ids] of [["skill", skillIds] as const, ["language", languageId ? [languageId] : []] as const]) {
			const standing = ids.length > 0 ? await deps.abilities?.[kind].hold(trx, ids) : undefined;
			const unknown = ids.find((id) => standing?.has(id) === false);
			if (unknown !== undefined) throw badField("routingData", `There is no ${kind} with the id ${unknown}.`);
		}
	}

	return {
		async create(wish, by, sourceId) {
			const source = sourceId === undefined ? undefined : await sourceOf(sourceId, by);
			const conversation = made(await newCallback(wish, by, source));
			return kernel.database.change(async (trx) => {
				await holdAbilities(trx, wish);
				if (sourceId !== undefined) await requireFirst(trx, sourceId);
				return changes.add(trx, conversation, "callback.create", by);
			});
		},

		async keepPlace(conversationId, number) {
			const call = await frame.require(conversationId);
			const caller = call.participants.find((one) => one.purpose === "customer");
			const text = number ?? caller?.ani?.replace(/^tel:/, "") ?? "";
			const [dial = ""] = readNumbers([text], await countryOf({}));
			return kernel.database.change(async (trx) => {
				const waits = (await store.hold(trx, [conversationId], { everybody: true })).held.get(conversationId);
				const acd = waits && waitingAcd(waits);
				const isTaken = waits?.participants.some((one) => isStaff(one) && isConnected(one));
				if (!waits || !caller || !acd?.internal.fallbackQueue || isTaken)
					throw illegalState("Nobody waits in a queue there.");
				await requireFirst(trx, conversationId);
				const now = kernel.clock.now().toISOString();
				const callback = made({
					numbers: [dial],
					...(caller.name ? { name: caller.name } : {}),
					data: caller.attributes,
					divisionId: waits.divisionId,
					provider,
					priority: waits.internal.priority,
					placeSince: acd.internal.waitingSince ?? now,
					facts: {
						queue: acd.internal.fallbackQueue,
						scheduledAt: now,
						users: [],
						source: conversationId,
						attempts: [],
					},
				});
				const commands = () => [{ type: "end" as const, why: "peer" as const }];
				await changes.apply(trx, { conversationId, commands, lines: { everybody: true } });
				return changes.add(trx, callback, "callback.create");
			});
		},

		async ofMessage({ id, queueId, name, address, attributes, priority = 0 }) {
			const queue = await targets.factsOfQueue(queueId, "queueId").catch(() => undefined);
			if (!queue) return undefined;
			const numbers = callable(address, await countryOf({}));
			const conversation = made({
				numbers,
				...(name ? { name } : {}),
				...(attributes ? { data: attributes } : {}),
				divisionId: queue.divisionId ?? "",
				provider,
				priority,
				voicemailId: id,
				facts: { queue, scheduledAt: kernel.clock.now().toISOString(), users: [], attempts: [] },
			});
			return (trx) => changes.add(trx, conversation, "callback.create");
		},

		async change(conversationId, wanted, by) {
			const now = await frame.require(conversationId);
			requireChange(now, by);
			const plan = await planOf(wanted, now, by);
			return frame.change(
				conversationId,
				(held) => {
					requireChange(held, by);
					requireNumbers(held, plan.numbers ?? [], by);
					return [{ type: "callback.plan", plan }];
				},
				by,
			);
		},

		async call(conversationId, number, by) {
			kernel.room.require();
			const conversation = await frame.require(conversationId);
			const part = by.userId ? livePartOf(conversation, by.userId) : undefined;
			if (!part || !isConnected(part)) throw illegalState("Accept the callback before you call.");
			await targets.reachableUser(by.userId ?? "", "userId");
			const dialable = await targets.outside(number, "callNumber");
			if (conversation.internal.campaign) await deps.campaigns?.requireCallable(conversation, dialable.address);
			const { name } = customerOf(conversation);
			const target = { kind: "outside" as const, purpose: "customer" as const, ...(name ? { name } : {}), ...dialable };
			const participantId = part.id;
			return frame.change(
				conversationId,
				(held) => {
					requireDial(by, dialable.address, callbackOf(customerOf(held)).callbackNumbers);
					return [{ type: "callback.call", participantId, target, provider }];
				},
				by,
				{ participantId },
			);
		},

		async machine(conversationId) {
			const held = await frame.store.get(conversationId);
			const isCallback = held && mediumOfWhole(held) === callbackParts.list;
			const far = isCallback ? calledFirst(held) : undefined;
			if (!far || callOf(far).state !== "dialing") return false;
			const commands = (): Command[] => [{ type: "callback.machine", within: callbackParts.list }];
			await changes.run({ conversationId, commands, lines: { everybody: true } });
			return true;
		},

		async expected(conversationId, by) {
			const conversation = await frame.require(conversationId);
			requireSource(conversation, by);
			const found = await own.expected(numberOf(conversation));
			return found.filter((one) => one.id !== conversationId && mayAgree(one, by)).map(expectedView);
		},

		async cancelExpected(conversationId, callbackId, by) {
			const conversation = await frame.require(conversationId);
			const part = by.userId ? livePartOf(conversation, by.userId) : undefined;
			if (!part || !isConnected(part)) throw notInvolved(conversationId);
			requireSource(conversation, by);
			const number = numberOf(conversation);
			await frame.change(
				callbackId,
				(held) => {
					const isTheirs =
						mediumOfWhole(held) === callbackParts.list && number !== undefined && held.address === number;
					if (!isTheirs || agentOf(held) || !mayAgree(held, by)) throw notFound("callback", callbackId);
					return held.endTime ? [] : [{ type: "end", why: "client" }];
				},
				by,
			);
		},

		async listOf(userId, page) {
			const { conversations, total } = await own.ofUser(userId, page);
			return { callbacks: conversations.map(callbackView), total };
		},
	};
}

/** Whoever calls from nowhere that could be called leaves a message all the same. */
function callable(address: string | undefined, country: string): string[] {
	if (!address) return [];
	try {
		return readNumbers([address.replace(/^tel:/, "")], country);
	} catch {
		return [];
	}
}

/** By which the customer of a call calls. */
function numberOf({ participants }: Conversation): string | undefined {
	const customer = participants.find(isOutside);
	return (customer?.ani ?? customer?.address)?.replace(/^tel:/, "");
}

function expectedView(conversation: Conversation): ExpectedCallback {
	const { scheduledAt, queue } = factsOf(conversation);
	return { id: conversation.id, scheduledAt, queueName: queue.name };
}
