import type { CallQualityView, MeasuredCall } from "@inlay/contract";
import { type Conversation, isOutside } from "../../conversations/model.ts";
import type { Kernel } from "../../kernel/domain.ts";
import { ApiError, notFound } from "../../kernel/http/api-error.ts";
import { type FoundPart, type QualityPart, type QualitySearch, callQualityStore as store } from "./store.ts";

/** What the figures ask of conversations. */
export interface QualityPorts {
	/** Where conversations are and who of the organization takes or took part; unknown ids are left out. */
	whereabouts(conversationIds: readonly string[]): Promise<Map<string, { divisionIds: string[]; userIds: string[] }>>;
}

/** A phone connects anew at a reload, a restart or a move: more often than this is no call. */
const mostParts = 50;

/** How calls sounded, as agents' phones measured it; kept with the conversation. */
export function createCallQuality({ database, clock }: Pick<Kernel, "database" | "clock">, ports: QualityPorts) {
	return {
		/** Keeps what the user's phone has measured. @throws ApiError 404 for who takes no part, 409 for too many parts */
		async save(part: QualityPart): Promise<void> {
			const where = (await ports.whereabouts([part.conversationId])).get(part.conversationId);
			if (!where?.userIds.includes(part.userId)) throw notFound("conversation", part.conversationId);
			const divisionIds = where.divisionIds.toSorted();
			const isKept = await database.change((trx) => store.save(trx, part, divisionIds, clock.now(), mostParts));
			if (!isKept) throw tooMany();
		},

		/** Of all who took part, the oldest first. Whoever asks may read the conversation. */
		list(conversationId: string): Promise<CallQualityView[]> {
			return store.list(database.db, conversationId);
		},

		/** Parts of many conversations, the newest first, as far as the search's divisions reach. */
		async search(
			search: QualitySearch,
			slice: { limit: number; offset: number },
		): Promise<{ calls: MeasuredCall[]; total: number }> {
			const { parts, total } = await store.search(database.db, search, slice);
			return { calls: parts.map(measuredCall), total };
		},
	};
}

export type CallQuality = ReturnType<typeof createCallQuality>;

function measuredCall({ conversation, faults, ...part }: FoundPart): MeasuredCall {
	const own = conversation.participants.find((one) => one.userId === part.userId);
	const queue = conversation.participants.find((one) => one.queueName !== undefined);
	return {
		...part,
		conversationId: conversation.id,
		startTime: conversation.startTime,
		...(own?.name ? { userName: own.name } : {}),
		...remoteOf(conversation, part.userId),
		...(queue?.queueName ? { queueName: queue.queueName } : {}),
		faults,
	};
}

/** Who was outside, or the colleague in an internal call. */
function remoteOf({ participants }: Conversation, userId: string): Pick<MeasuredCall, "remote"> {
	const other =
		participants.find(isOutside) ?? participants.find((one) => one.userId !== undefined && one.userId !== userId);
	if (!other) return {};
	const { name, address } = other;
	return { remote: { ...(name ? { name } : {}), ...(address ? { address } : {}) } };
}

function tooMany(): ApiError {
	return new ApiError(409, "quality.too.many.parts", "A phone has at most {most} connections in a conversation.", {
		params: { most: String(mostParts) },
	});
}
