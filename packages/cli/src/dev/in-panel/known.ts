/** What a script that takes over is told: what a panel that is loaded anew would tell it (framework-contract 8). */
import { isRecord, safeGet } from "@inlay/contract";

export interface ToldEvent {
	type: string;
	category: string;
	data: unknown;
}

export class Known {
	readonly #actions = new Map<string, unknown>();
	readonly #interactions = new Map<string, Record<string, unknown>>();

	/** An agent is signed in, and `initialSetup` has run. */
	get isSetUp(): boolean {
		return this.#actions.has("login");
	}

	follow({ type, category, data }: ToldEvent): void {
		if (type === "UserAction") this.#followAgent(category, data);
		else if (type === "Interaction") this.#followInteraction(category, data);
	}

	/** In the order of a page that opens: the agent, then the interactions, as having been there already. */
	events(): ToldEvent[] {
		const actions = [...this.#actions].map(([category, data]) => ({ type: "UserAction", category, data }));
		return [...actions, ...[...this.#interactions.values()].flatMap(arrival)];
	}

	#followAgent(category: string, data: unknown): void {
		if (category === "logout") {
			this.#actions.clear();
			this.#interactions.clear();
		} else if (["login", "status", "routingStatus", "station"].includes(category)) this.#actions.set(category, data);
	}

	#followInteraction(category: string, data: unknown): void {
		const now = category === "change" ? safeGet(data, "new") : data;
		const id = safeGet(now, "id");
		if (typeof id !== "string" || !isRecord(now)) return;
		if (category === "deallocate") this.#interactions.delete(id);
		else if (["add", "change", "connect", "disconnect", "acw"].includes(category)) this.#interactions.set(id, now);
	}
}

/** `add` without a start time, and a change that brings it, as the panel tells it after a reload. */
function arrival(now: Record<string, unknown>): ToldEvent[] {
	const { startTime, ...first } = now;
	const type = "Interaction";
	const added = { type, category: "add", data: first };
	return startTime === undefined ? [added] : [added, { type, category: "change", data: { old: first, new: now } }];
}
