import { computed, signal } from "@preact/signals";
import { type Api, ApiError } from "../../../session/api.ts";
import { Task } from "../../../session/load.ts";
import { needs } from "../../../session/needs.ts";
import type { Paged } from "../../../session/paged.ts";
import { peopleQuery } from "../../../session/people-search.ts";
import type { Self } from "../../../session/self.ts";
import type { User } from "../../../session/wire.ts";
import { openedBy } from "../emptied-group.ts";
import { needOf, type Singly, singly, type Together, together, viewOf } from "./bulk-model.ts";
import type { Selection } from "./selection.ts";

/** What the server does with many in one request; one-time passwords are made for people one has looked at alone. */
export const withMany = [...together, ...singly].filter((action) => action !== "oneTime");
export type WithMany = Together | Exclude<Singly, "oneTime">;

export interface RefusedPerson {
	id: string;
	name: string;
	code: string;
	message: string;
	messageParams: Record<string, string>;
}

/** What became of them, as the server tells it. */
export interface Outcome {
	total: number;
	seen: string;
	done: number;
	/** With whom it was done: an undo is about exactly these. */
	doneIds: string[];
	/** As wanted already. */
	unchanged: number;
	refused: RefusedPerson[];
	refusedCount: number;
	/** Whose turn has not come yet: a request ends before it takes minutes. */
	leftIds: string[];
	/** Of those who were named, how many are not there any more. */
	gone?: number;
	/** It is of what took another deed back. */
	isUndo?: true;
}

/** Whom it would affect. */
export interface Preview extends Outcome {
	/** Names of those with whom it would be done, the first of them. */
	affected: string[];
	inCall: string[];
	/** The person at the screen is among them. */
	self: boolean;
	/** Nobody is left in the group. */
	emptied: boolean;
}

/** What it is about, beside the people. */
export interface About {
	action: WithMany;
	/** A role, group or queue; empty where it is about none. */
	thing: string;
	/** The division in which a role is given. */
	place: string;
}

/**
 * Those who were chosen by hand, or everybody whom the list's search finds on all of its pages: shown first, then done with by the
 * server in one request, and undone (decision 86).
 */
export class AtOnceModel {
	readonly looking = new Task();
	readonly doing = new Task();
	readonly preview = signal<Preview | undefined>(undefined);
	readonly outcome = signal<Outcome | undefined>(undefined);
	readonly undoing = new Task();
	/** Deployments that close with a group that is left empty. */
	readonly closes = signal<readonly string[]>([]);
	/** How many were found when all who are found were chosen; another search is about others. Undefined: those chosen by hand. */
	readonly chosen = computed(() => {
		const chosen = this.#chosen.value;
		return chosen !== undefined && chosen.text === this.#list.text.value.trim() ? chosen.total : undefined;
	});
	readonly #chosen = signal<{ text: string; total: number } | undefined>(undefined);
	readonly #api: Api;
	readonly #self: Self;
	readonly #list: Paged<User>;
	readonly #selection: Selection;
	readonly #states: readonly string[];
	#turn = 0;

	constructor(
		api: Api,
		self: Self,
		{ list, selection, states }: { list: Paged<User>; selection: Selection; states: readonly string[] },
	) {
		this.#api = api;
		this.#self = self;
		this.#list = list;
		this.#selection = selection;
		this.#states = states;
	}

	choose(total: number): void {
		this.#chosen.value = { text: this.#list.text.peek().trim(), total };
	}

	clear(): void {
		this.#chosen.value = undefined;
	}

	/** What may be done with anybody at all; with whom, the server judges one by one. */
	get offered(): WithMany[] {
		const rights = this.#self.rights.value;
		return withMany.filter((action) => {
			const seeing = viewOf[action];
			return rights.may(needOf[action]) && (!seeing || rights.may(seeing)) && rights.may(needs.viewPeople);
		}) as WithMany[];
	}

	/** What was looked at is another question's, or was done. */
	forget(): void {
		this.#turn++;
		this.preview.value = undefined;
		this.outcome.value = undefined;
		this.closes.value = [];
		this.looking.forget();
		this.doing.forget();
		this.undoing.forget();
	}

	/** Whether it can be taken back with exactly those with whom it was done. */
	mayUndo({ action }: About): boolean {
		const opposite = opposites[action];
		return opposite !== undefined && this.offered.includes(opposite) && (this.outcome.value?.doneIds.length ?? 0) > 0;
	}

	/**
	 * Takes it back with exactly those with whom it was done; what became of them stands in `outcome`, where it is not all of them.
	 * @returns with how many it was, where it was all of them
	 */
	async undo(about: About): Promise<number | undefined> {
		const opposite = opposites[about.action];
		const ids = this.outcome.peek()?.doneIds ?? [];
		if (opposite === undefined) return undefined;
		let undone: Outcome | undefined;
		await this.undoing.run(async () => {
			await this.#toTheEnd({ ...about, action: opposite }, { ids }, (outcome) => {
				undone = outcome;
			});
		});
		if (undone?.done === ids.length) return ids.length;
		const { total = 0, gone = 0 } = undone ?? {};
		if (undone) this.outcome.value = { ...undone, doneIds: [], gone: gone + ids.length - total, isUndo: true };
		return undefined;
	}

	/** Reads who is affected. Nothing is changed. */
	async look(about: About): Promise<void> {
		this.forget();
		const turn = this.#turn;
		await this.looking.run(async () => {
			const whom = this.#whom();
			const shown = await this.#ask<Preview>(about, { ...whom, preview: true });
			const preview = { ...shown, gone: "ids" in whom ? whom.ids.length - shown.total : 0 };
			const closes = preview.emptied ? await this.#closedWith(about.thing) : [];
			if (turn !== this.#turn) return;
			this.closes.value = closes;
			this.preview.value = preview;
		});
	}

	/** Does it with those who were shown. @returns whether it was done with all of them */
	async run(about: About): Promise<boolean> {
		const { seen, self } = this.preview.peek() ?? {};
		if (seen === undefined) return false;
		const done = await this.doing.run(async () => {
			await this.#toTheEnd(about, { ...this.#whom(), seen }, (outcome) => {
				this.outcome.value = outcome;
			});
		});
		// Who was shown is not who it is about any more: it is looked at anew.
		if (this.doing.error.peek()?.code === "people.changed") this.preview.value = undefined;
		if (self) await this.#self.refresh();
		return done && this.outcome.peek()?.refusedCount === 0;
	}

	async #closedWith(groupId: string): Promise<string[]> {
		if (!this.#self.rights.peek().may(needs.viewDeployments)) return [];
		return (await openedBy(this.#api, groupId)).map(({ name }) => name);
	}

	#ask<T>(about: About, body: object): Promise<T> {
		return this.#api.request<T>("POST", `/api/inlay/v1/people/${pathOf(about)}`, body);
	}

	/** Request by request, until everybody has had their turn. @param tell hears after each how far it is by now */
	async #toTheEnd(about: About, body: object, tell: (outcome: Outcome) => void): Promise<void> {
		let outcome = await this.#ask<Outcome>(about, body);
		tell(outcome);
		while (outcome.leftIds.length > 0) {
			outcome = both(outcome, await this.#ask<Outcome>(about, { ids: outcome.leftIds }));
			tell(outcome);
		}
	}

	#whom(): { ids: string[] } | { query: object[] } {
		if (this.chosen.peek() === undefined) return { ids: this.#selection.people.peek().map(({ id }) => id) };
		return { query: peopleQuery(this.#chosen.peek()?.text ?? "", this.#states) };
	}
}

/** What became of all of them: of some before, and then of those who were left. */
function both(before: Outcome, then: Outcome): Outcome {
	return {
		...before,
		done: before.done + then.done,
		doneIds: [...before.doneIds, ...then.doneIds],
		unchanged: before.unchanged + then.unchanged,
		refused: [...before.refused, ...then.refused],
		refusedCount: before.refusedCount + then.refusedCount,
		leftIds: then.leftIds,
		gone: (before.gone ?? 0) + before.leftIds.length - then.total,
	};
}

/** What takes another thing back, with nothing lost on the way: a place in a queue has a ring, and a role its divisions. */
const opposites: Partial<Record<WithMany, WithMany>> = {
	deactivate: "activate",
	activate: "deactivate",
	joinGroup: "leaveGroup",
	leaveGroup: "joinGroup",
	joinQueue: "leaveQueue",
};

function pathOf({ action, thing, place }: About): string {
	const id = encodeURIComponent(thing);
	const paths: Record<WithMany, string> = {
		deactivate: "deactivate",
		activate: "activate",
		signOut: "sign-out",
		giveRole: `roles/${id}/divisions/${encodeURIComponent(place)}/give`,
		takeRole: `roles/${id}/take`,
		joinGroup: `groups/${id}/join`,
		leaveGroup: `groups/${id}/leave`,
		joinQueue: `queues/${id}/join`,
		leaveQueue: `queues/${id}/leave`,
	};
	return paths[action];
}

/** A refusal of one person, as the request's own would be. */
export function errorOf({ code, message, messageParams }: RefusedPerson): ApiError {
	return new ApiError(code.startsWith("missing.") ? 403 : 409, { code, message, messageParams });
}
