import type { KeyValue } from "../../boot/storage.ts";
import type { Target } from "../../shell/target-search.ts";

/** What the sheet looks among. */
export const amongs = ["all", "people", "queues"] as const;
export type Among = (typeof amongs)[number];

/** A number of a contact is the CRM's to remember, with all that goes along with it. */
export type Recent = Extract<Target, { kind: "person" | "queue" }>;

const most = 5;

/**
 * To whom an agent has handed calls last, and what they look among, on this machine (agent-features 2): a convenience, so
 * that nothing is missing where the browser keeps nothing.
 */
export class RecentTargets {
	readonly #storage: KeyValue;
	readonly #recentKey: string;
	readonly #amongKey: string;

	constructor(storage: KeyValue, userId: string) {
		this.#storage = storage;
		this.#recentKey = `inlay.transfer.recent.${userId}`;
		this.#amongKey = `inlay.transfer.among.${userId}`;
	}

	get among(): Among {
		const kept = this.#storage.getItem(this.#amongKey);
		return amongs.find((one) => one === kept) ?? "all";
	}

	set among(among: Among) {
		this.#storage.setItem(this.#amongKey, among);
	}

	/** The latest first. */
	get list(): Recent[] {
		try {
			const kept: unknown = JSON.parse(this.#storage.getItem(this.#recentKey) ?? "[]");
			return Array.isArray(kept) ? kept.flatMap(readRecent).slice(0, most) : [];
		} catch {
			return [];
		}
	}

	note(target: Target): void {
		if (target.kind === "contact") return;
		const { kind, id, name } = target;
		const others = this.list.filter((one) => one.kind !== kind || one.id !== id);
		const kept = [{ kind, id, name }, ...others.map((one) => ({ kind: one.kind, id: one.id, name: one.name }))];
		this.#storage.setItem(this.#recentKey, JSON.stringify(kept.slice(0, most)));
	}
}

/** How somebody is just now is no longer known. */
function readRecent(kept: unknown): Recent[] {
	const { kind, id, name } = (kept ?? {}) as { kind?: unknown; id?: unknown; name?: unknown };
	if (typeof id !== "string" || typeof name !== "string") return [];
	if (kind === "queue") return [{ kind, id, name }];
	return kind === "person" ? [{ kind, id, name, presence: "" }] : [];
}
