import type { ApiClient } from "./api.ts";
import type { WireGroup, WireList, WireQueue, WireUser } from "./wire.ts";

/** Somebody to call or to transfer to. */
export interface Colleague {
	id: string;
	name: string;
	/** System presence in capitals, e.g. `ON_QUEUE`; empty when unknown. */
	presence: string;
	/** They are talking to somebody, from a queue or on their own. */
	isInCall: boolean;
	/** A phone of theirs is connected: a call would ring. */
	isReachable: boolean;
	/** Their direct calls go elsewhere. */
	forwards: boolean;
}

/** Several of them may not be reachable, and are not shown. */
const most = 25;

/** Listed by name: what fits best may be further down. */
const mostQueues = 100;

/** Looks up people and queues of the organization by name. Rejects with ApiError. */
export class Directory {
	readonly #api: ApiClient;
	readonly #myId: string;

	constructor(api: ApiClient, myId: string) {
		this.#api = api;
		this.#myId = myId;
	}

	/** Needs `directory:user:view`; never finds the agent themselves. */
	async people(text: string): Promise<Colleague[]> {
		const found = await this.#api.post<{ results?: WireUser[] }>("/users/search", {
			pageSize: most + 1,
			sortOrder: "SCORE",
			expand: ["presence", "inlayReachable", "inlayForwards", "conversationSummary"],
			query: [
				{ type: "QUERY_STRING", fields: ["name", "email"], value: text },
				{ type: "EXACT", fields: ["state"], value: "active" },
			],
		});
		return (found.results ?? [])
			.filter(({ id }) => id !== this.#myId)
			.slice(0, most)
			.map(({ id, name, email, presence, inlayReachable, inlayForwards, conversationSummary }) => ({
				id,
				name: name || email || id,
				presence: (presence?.presenceDefinition?.systemPresence ?? "").toUpperCase().replaceAll(" ", "_"),
				isInCall: isInCall(conversationSummary),
				isReachable: inlayReachable !== false,
				forwards: inlayForwards === true,
			}));
	}

	/** Needs no permission. */
	async groups(text: string): Promise<Array<{ id: string; name: string }>> {
		const found = await this.#api.post<{ results?: WireGroup[] }>("/groups/search", {
			pageSize: most,
			sortOrder: "SCORE",
			query: [{ type: "QUERY_STRING", fields: ["name"], value: text }],
		});
		return (found.results ?? []).map(({ id, name }) => ({ id, name: name || id }));
	}

	/** In the order of their names. Needs `routing:queue:view`. */
	async queues(text: string): Promise<WireQueue[]> {
		const query = new URLSearchParams({
			name: `*${text.replaceAll("*", "")}*`,
			pageSize: String(mostQueues),
		});
		return (await this.#api.get<WireList<WireQueue>>(`/routing/queues?${query}`)).entities ?? [];
	}
}

function isInCall(summary: WireUser["conversationSummary"]): boolean {
	const { contactCenter, enterprise } = summary?.call ?? {};
	return (contactCenter?.active ?? 0) + (enterprise?.active ?? 0) > 0;
}
