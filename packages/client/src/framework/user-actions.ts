/** What the agent's own doings are announced as (framework-contract 8.2). */
import type { Subscriptions } from "./subscriptions.ts";

export interface AgentStatus {
	/** System presence, `ON_QUEUE` and so on. */
	status: string;
	/** Label of the organization's secondary presence. */
	sub_status: string;
	/** Presence-definition id. */
	id?: string;
}

/** Keeps the latest of each kind until the script is ready, then passes on what differs. */
export class UserActions {
	readonly #subscriptions: Subscriptions;
	#ready = false;
	readonly #latest = new Map<"status" | "routingStatus" | "station", unknown>();

	constructor(subscriptions: Subscriptions) {
		this.#subscriptions = subscriptions;
	}

	/** From now on announcements go out; what has come before goes out first. */
	open(userId: string): void {
		this.#ready = true;
		this.#subscriptions.emit("UserAction", "login", { userId });
		for (const [category, data] of this.#latest) this.#subscriptions.emit("UserAction", category, data);
	}

	/** Announces the logout when a login has been announced. */
	close(userId: string): void {
		if (this.#ready) this.#subscriptions.emit("UserAction", "logout", { userId });
		this.#ready = false;
		this.#latest.clear();
	}

	set(category: "status" | "routingStatus" | "station", data: unknown): void {
		if (JSON.stringify(this.#latest.get(category)) === JSON.stringify(data)) return;
		this.#latest.set(category, data);
		if (this.#ready) this.#subscriptions.emit("UserAction", category, data);
	}
}
