import type { SearchTarget } from "@inlay/contract";
import { bestFirst } from "@inlay/contract/words";
import { signal } from "@preact/signals";
import { isPassing } from "../session/api.ts";
import type { Colleague } from "../session/directory.ts";
import { Again } from "./again-when-back.ts";
import { externalContacts } from "./external-contacts.ts";
import { t as ofTargets } from "./target-strings.ts";
import type { Workspace } from "./workspace.ts";

/** Somebody or something that a call can go to. */
export type Target =
	| { kind: "person"; id: string; name: string; presence: string; isInCall?: boolean; forwards?: boolean }
	| { kind: "queue"; id: string; name: string; state?: QueueState }
	/** A number of a contact of the CRM, whose attributes go along (framework-contract 5.1), or of an external contact. */
	| {
			kind: "contact";
			name: string;
			number: string;
			label: string;
			attributes: Record<string, string>;
			externalContactId?: string;
	  };

/** How a queue's calls stand. */
export interface QueueState {
	waiting: number;
	/** Agents who would be rung now. */
	free: number;
	/** How long who comes now waits; null where that is not known. */
	waitSeconds: number | null;
}

export type SearchState = "off" | "searching" | "found" | "failed";

const sources: readonly SearchTarget[] = ["people", "queues", "frameworkContacts", "externalContacts"];
/** Any one of these is asked for; none where everybody may. */
const opening: Readonly<Record<SearchTarget, readonly string[]>> = {
	people: ["directory:user:view"],
	queues: ["routing:queue:view"],
	frameworkContacts: [],
	externalContacts: ["externalContacts:contact:view", "relate:contact:view"],
};

const searchAfterMs = 350;
const shortest = 2;
/** Of each source. */
const mostShown = 10;

/** Searches people, queues and the CRM's contacts at once, as far as settings and permissions go. */
export class TargetSearch {
	readonly state = signal<SearchState>("off");
	readonly found = signal<readonly Target[]>([]);
	/** Colleagues of that name are left out, as they are away, or no phone of theirs would ring. */
	readonly leavesOut = signal(false);
	readonly #workspace: Workspace;
	readonly #allowed: (source: SearchTarget) => boolean;
	readonly #fits: (target: Target) => boolean;
	readonly #again: Again;
	#cancel = () => {};
	#searches = 0;

	/**
	 * @param allowed what the agent may reach here, beyond finding it
	 * @param fits which of the found can be reached
	 */
	constructor(
		workspace: Workspace,
		allowed: (source: SearchTarget) => boolean = () => true,
		fits: (target: Target) => boolean = () => true,
	) {
		this.#workspace = workspace;
		this.#again = new Again(workspace.session);
		this.#allowed = allowed;
		this.#fits = fits;
	}

	/** True when there is anything to search. */
	get offers(): boolean {
		return sources.some((source) => this.#offers(source));
	}

	/** Searches once the typing pauses; a number is looked up among the CRM's contacts only. */
	input(text: string, isNumber: boolean): void {
		const value = text.trim();
		this.#cancel();
		this.#again.dispose();
		this.#searches += 1;
		const searches = this.#searchesFor(value, isNumber);
		if (value.length < shortest || searches.length === 0) {
			this.state.value = "off";
			this.found.value = [];
			return;
		}
		this.#cancel = this.#workspace.session.clock.after(searchAfterMs, () => void this.#find(searches));
	}

	dispose(): void {
		this.#cancel();
		this.#again.dispose();
		this.#searches += 1;
	}

	#offers(source: SearchTarget): boolean {
		const { config } = this.#workspace;
		const permissions = opening[source];
		const wanted = config.value.settings.searchTargets.includes(source);
		const may = permissions.length === 0 || permissions.some((one) => this.#workspace.can(one));
		return wanted && this.#allowed(source) && may;
	}

	#searchesFor(value: string, isNumber: boolean): (() => Promise<Target[]>)[] {
		const { session, ui } = this.#workspace;
		const people = async (): Promise<Target[]> =>
			this.#reachable(await session.directory.people(value)).map(({ id, name, presence, isInCall, forwards }) => ({
				kind: "person",
				id,
				name,
				presence,
				isInCall,
				forwards,
			}));
		const queues = async (): Promise<Target[]> => {
			// Only of those that are shown: the server tells of few at once.
			const found = bestFirst(ui.queues(await session.directory.queues(value)), value).slice(0, mostShown);
			const states = await this.#statesOf(found.map((one) => one.id));
			return found.map(({ id, name }) => {
				const state = states.get(id);
				return { kind: "queue", id, name: name ?? id, ...(state ? { state } : {}) };
			});
		};
		return [
			...(this.#offers("people") && !isNumber ? [people] : []),
			...(this.#offers("queues") && !isNumber ? [queues] : []),
			...(this.#offers("externalContacts") ? [() => externalContacts(this.#workspace.session.api, value)] : []),
			...(this.#offers("frameworkContacts") ? [() => this.#contacts(value)] : []),
		];
	}

	/** Who may observe queues is told how they stand (agent-features 2); that this cannot be said keeps no queue from being found. */
	async #statesOf(ids: readonly string[]): Promise<ReadonlyMap<string, QueueState>> {
		if (ids.length === 0 || !this.#workspace.can("analytics:queueObservation:view")) return new Map();
		const path = `/inlay/routing/queues/states?id=${ids.map(encodeURIComponent).join(",")}`;
		const asked = this.#workspace.session.api.get<{ entities: Array<QueueState & { id: string }> }>(path);
		const { entities } = await asked.catch(() => ({ entities: [] }));
		return new Map(entities.map((one) => [one.id, one]));
	}

	/** Whom a call would be refused to is not offered. */
	#reachable(people: readonly Colleague[]): Colleague[] {
		const reachable = people.filter(({ isReachable }) => isReachable);
		if (reachable.length < people.length) this.leavesOut.value = true;
		return reachable;
	}

	async #contacts(value: string): Promise<Target[]> {
		const { results, status } = await this.#workspace.runtime.searchContacts(value);
		if (status !== "found" && status !== "unavailable") throw new Error(ofTargets("searchFailed"));
		return results.flatMap(({ name, phone, attributes }) =>
			phone.map(({ number, label }): Target => ({ kind: "contact", name, number, label: label ?? "", attributes })),
		);
	}

	/**
	 * Shows what each source finds as it comes: a CRM that takes its time, or fails, does not hide colleagues and queues.
	 * Answers of an older search are dropped when a newer one has begun.
	 */
	async #find(searches: (() => Promise<Target[]>)[]): Promise<void> {
		const mine = this.#searches;
		const answers: Target[][] = searches.map(() => []);
		this.state.value = "searching";
		this.leavesOut.value = false;
		this.found.value = [];
		const asking = searches.map(async (search, place) => {
			const all = await search();
			if (mine !== this.#searches) return;
			const found = all.filter(this.#fits);
			if (found.length < all.length && all.some(({ kind }) => kind === "person")) this.leavesOut.value = true;
			answers[place] = found.slice(0, mostShown);
			this.found.value = answers.flat();
		});
		const outcomes = await Promise.allSettled(asking);
		if (mine !== this.#searches) return;
		const reasons = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
		this.state.value = reasons.length > 0 && this.found.value.length === 0 ? "failed" : "found";
		if (this.state.value === "failed") this.#again.after(reasons.find(isPassing), () => void this.#find(searches));
		else this.#again.dispose();
	}
}

/** Tells targets apart in a list. */
export function targetKey(target: Target): string {
	return target.kind === "contact" ? `${target.name} ${target.number}` : `${target.kind} ${target.id}`;
}
