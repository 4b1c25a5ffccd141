import type { Static } from "typebox";
import { analyse } from "../../conversations/analysis/analyse.ts";
import type { AnalysedConversation } from "../../conversations/analysis/model.ts";
import type { SharedConversations } from "../../conversations/service.ts";
import type { Kernel } from "../../kernel/domain.ts";
import { ApiError, badField, notFound } from "../../kernel/http/api-error.ts";
import type { Principal } from "../../kernel/principal.ts";
import { findPage } from "./find-store.ts";
import { type detailQueryBody, longestQueryMs, readDetailQuery } from "./query.ts";
import { detailPermissions, isWithinReach, reachOf } from "./reach.ts";

/** As far as pages lead; more is a job's. */
const deepest = 100_000;

/** What became of conversations, as the caller may be told of them. */
export class ConversationDetails {
	readonly #database: Kernel["database"];
	readonly #conversations: Pick<SharedConversations, "get" | "all">;

	constructor({ database }: Pick<Kernel, "database">, conversations: Pick<SharedConversations, "get" | "all">) {
		this.#database = database;
		this.#conversations = conversations;
	}

	/** @throws ApiError 404 `not.found`; 403 `missing.any.division.permission`, `conversation.error.not.conversation.participant` */
	async get(conversationId: string, principal: Principal): Promise<AnalysedConversation> {
		const conversation = await this.#conversations.get(conversationId);
		if (!conversation) throw notFound("conversation", conversationId);
		const analysed = analyse(conversation);
		if (isWithinReach(analysed, principal)) return analysed;
		const { divisions, userId } = reachOf(principal);
		if (userId !== undefined && divisions.length === 0) throw notOwn(conversationId);
		throw new ApiError(
			403,
			"missing.any.division.permission",
			"This needs one of the permissions {permissions} in a division of the conversation.",
			{ params: { permissions: detailPermissions.join(", ") } },
		);
	}

	/** In the order of the ids; those that there are not, or that the caller may not be told of, are left out. */
	async all(conversationIds: readonly string[], principal: Principal): Promise<AnalysedConversation[]> {
		return (await this.read(conversationIds)).filter((one) => isWithinReach(one, principal));
	}

	/** @throws ApiError 400 naming what is wrong with the query, or not served of it */
	async page(
		query: Static<typeof detailQueryBody>,
		principal: Principal,
	): Promise<{ conversations: AnalysedConversation[]; total: number }> {
		const { pageSize = 25, pageNumber = 1 } = query.paging ?? {};
		if (pageSize * pageNumber > deepest)
			throw badField("paging.pageNumber", `Pages lead to ${deepest} conversations. For more, make a job of the query.`);
		const filter = { ...readDetailQuery(query, longestQueryMs), reach: reachOf(principal) };
		const { ids, total } = await findPage(this.#database.db, filter, {
			limit: pageSize,
			offset: (pageNumber - 1) * pageSize,
			newestFirst: query.order === "desc",
		});
		return { conversations: await this.read(ids), total };
	}

	/** In the order of the ids. */
	async read(conversationIds: readonly string[]): Promise<AnalysedConversation[]> {
		const found = new Map((await this.#conversations.all([...new Set(conversationIds)])).map((one) => [one.id, one]));
		return conversationIds.flatMap((id) => {
			const conversation = found.get(id);
			return conversation ? [analyse(conversation)] : [];
		});
	}
}

/** 403: no permission is missing to somebody who sees what they took part in. */
function notOwn(conversationId: string): ApiError {
	return new ApiError(
		403,
		"conversation.error.not.conversation.participant",
		"You did not take part in the conversation {conversationId}, and lack the permission to see those of others.",
		{ params: { conversationId } },
	);
}
