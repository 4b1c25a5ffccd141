import type { CallQualityView } from "@inlay/contract";
import type { Kernel } from "../../kernel/domain.ts";
import { ApiError, notFound } from "../../kernel/http/api-error.ts";
import { type QualityPart, callQualityStore as store } from "./store.ts";

/** What the figures ask of conversations. */
export interface QualityPorts {
	/** Whether the user has or had a part in the conversation. */
	takesPart(userId: string, conversationId: string): Promise<boolean>;
}

/** A phone connects anew at a reload, a restart or a move: more often than this is no call. */
const mostParts = 50;

/** How calls sounded, as agents' phones measured it; kept with the conversation. */
export function createCallQuality({ database, clock }: Pick<Kernel, "database" | "clock">, ports: QualityPorts) {
	return {
		/** Keeps what the user's phone has measured. @throws ApiError 404 for who takes no part, 409 for too many parts */
		async save(part: QualityPart): Promise<void> {
			if (!(await ports.takesPart(part.userId, part.conversationId)))
				throw notFound("conversation", part.conversationId);
			const isKept = await database.change((trx) => store.save(trx, part, clock.now(), mostParts));
			if (!isKept) throw tooMany();
		},

		/** Of all who took part, the oldest first. Whoever asks may read the conversation. */
		list(conversationId: string): Promise<CallQualityView[]> {
			return store.list(database.db, conversationId);
		},
	};
}

export type CallQuality = ReturnType<typeof createCallQuality>;

function tooMany(): ApiError {
	return new ApiError(409, "quality.too.many.parts", "A phone has at most {most} connections in a conversation.", {
		params: { most: String(mostParts) },
	});
}
