import type { CallingRules } from "@inlay/contract";
import type { Db } from "../kernel/database/database.ts";
import type { Referable } from "../kernel/database/references.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { notFound } from "../kernel/http/api-error.ts";
import type { MayTake } from "../routing/capacity.ts";
import type { LineWish } from "./call/lines.ts";
import { createChanges } from "./changes.ts";
import { allMedia, contextOf, type MediumDeps } from "./media.ts";
import type { Conversation } from "./model.ts";
import type {
	Abilities,
	CampaignBook,
	ContactDirectory,
	MetricFacts,
	Phones,
	QueueDirectory,
	RoutingStatuses,
	UserDirectory,
	WorkDone,
} from "./ports.ts";
import { type ConversationStore, conversationStore } from "./store.ts";
import { createTargets } from "./targets.ts";
import type { Command } from "./transitions/transition.ts";

/** What one medium alone needs stands in its folder (`MediumDeps`). */
export interface ConversationDeps extends MediumDeps {
	users: UserDirectory;
	queues: QueueDirectory;
	routingStatus: RoutingStatuses;
	phones: Phones;
	homeDivisionId(): Promise<string>;
	/** Where measurements are kept; nowhere unless told. */
	facts?: MetricFacts;
	/** Where the documents are kept; the database unless told. */
	store?: ConversationStore;
	/** ISO 3166 code of the organization; numbers without a country code are of it. */
	country?(): Promise<string>;
	/** Whose number it is, if it is one of the organization's people; nobody's unless told. */
	userOfNumber?(number: string): Promise<string | undefined>;
	/** What can be asked of who answers, held while it is kept; anything is taken unless told. */
	abilities?: Record<"skill" | "language", Abilities>;
	/** Where it is noted what becomes of campaigns' contacts; nowhere unless told. */
	campaigns?: CampaignBook;
	/** How often an agent may put off the end of timed after-call work; twice unless told. */
	afterCallWorkExtensions?(): Promise<number>;
	/** What a user takes at a time, read before a change begins; one thing at a time unless told. */
	capacityOf?(userId: string): Promise<MayTake>;
	/** Utilization labels; whatever is given is one unless told. */
	labels?: Pick<Referable, "hold">;
	/** When people are called back, and how far the call history goes; without bounds unless told. */
	callingRules?(): Promise<CallingRules>;
	/** Who is known outside; nobody unless told. */
	contacts?: ContactDirectory;
	/** Whoever waits for agents' after-call work to be done; nobody unless told. */
	workDone?: WorkDone;
	/** Those of the skills and languages that are not there; all are unless told. */
	unknownAbilities?(ids: { skill: readonly string[]; language: readonly string[] }): Promise<readonly string[]>;
}

/** What the service that all media share, and that of each medium, are made of. */
export interface Frame {
	kernel: Kernel;
	deps: ConversationDeps;
	store: ConversationStore;
	changes: ReturnType<typeof createChanges>;
	targets: ReturnType<typeof createTargets>;
	/** One change of one conversation in a transaction of its own. @throws ApiError 404 `not.found`, and what the rules refuse */
	change(
		conversationId: string,
		commands: (held: Conversation) => Command[],
		by?: Actor,
		lines?: LineWish,
	): Promise<Conversation>;
	/** @throws ApiError 404 `not.found` */
	require(conversationId: string, db?: Db): Promise<Conversation>;
}

export function createFrame(kernel: Kernel, deps: ConversationDeps): Frame {
	const store = deps.store ?? conversationStore(kernel.database.db);
	const changes = createChanges(kernel, {
		store,
		queues: deps.queues,
		...(deps.labels ? { labels: deps.labels } : {}),
		routingStatus: deps.routingStatus,
		...(deps.facts ? { facts: deps.facts } : {}),
		...(deps.contacts ? { contacts: deps.contacts } : {}),
		...(deps.workDone ? { workDone: deps.workDone } : {}),
		isReachable: (userId) => deps.phones.isReachable(userId),
		appearances: deps.appearances ?? (async () => new Map()),
		mediumContext: () => contextOf(deps),
		books: [...allMedia().flatMap(({ books }) => books?.(deps) ?? []), ...(deps.campaigns ? [deps.campaigns] : [])],
	});
	return {
		kernel,
		deps,
		store,
		changes,
		targets: createTargets(deps),

		change(conversationId, commands, by, lines) {
			const actor = by?.userId || by?.clientId ? { userId: by.userId, clientId: by.clientId } : undefined;
			return changes.run({ conversationId, commands, ...(lines ? { lines } : {}) }, actor);
		},

		async require(conversationId, db) {
			const conversation = await store.get(conversationId, db);
			if (!conversation) throw notFound("conversation", conversationId);
			return conversation;
		},
	};
}
