import {
	type Conversation,
	communicationOf,
	isInAfterCallWork,
	isLive,
	isOver,
	isStaff,
} from "../../conversations/model.ts";
import type { MetricFact } from "../../conversations/ports.ts";
import type { ConversationChanged } from "../../conversations/service.ts";
import { wantedIn } from "../../conversations/transitions/queueing.ts";
import { faultOfFacts } from "./facts.ts";
import {
	faultOf,
	faultOfChange,
	faultOfEvents,
	faultOfOffers,
	faultOfQueues,
	faultOfTelling,
	faultOfTimers,
	faultOfTransfer,
	faultOfUsers,
	type ToldOfUsers,
} from "./invariants.ts";
import { queues, type Site, type Stored, staff, wrapupCode } from "./site.ts";
import { type Choice, nameOf, take, type View } from "./steps.ts";

/** The small model beside the server: what its events and documents have said so far. */
export class Model {
	readonly site: Site;
	readonly view: View = { open: new Map(), conferences: new Set() };
	/** What happened, in words. */
	readonly story: string[] = [];
	/** How often each kind of step was granted. */
	readonly granted = new Map<string, number>();
	readonly #open = new Map<string, Conversation>();
	readonly #told: ToldOfUsers = { status: new Map(), summary: new Map() };
	/** By conversation. */
	readonly #facts = new Map<string, MetricFact[]>();
	readonly #seen = new Map<string, { document: Conversation; version: number }>();

	constructor(site: Site) {
		this.site = site;
		this.view.open = this.#open;
	}

	/** Takes the steps at once, and looks whether all still holds. */
	async step(...choices: Choice[]): Promise<void> {
		const outcomes = await Promise.all(choices.map((one) => take(this.site, this.view, one)));
		for (const [index, choice] of choices.entries()) {
			if (outcomes[index] === "nothing") continue;
			const name = nameOf(choice);
			this.story.push(`${name}: ${outcomes[index]}`);
			const kind = name.replace(/ \(.*/, "");
			if (outcomes[index] === "done") this.granted.set(kind, (this.granted.get(kind) ?? 0) + 1);
		}
		await this.look(choices.length === 1);
	}

	/** The server dies while it does these things: each is done or not done at all, whatever the client was told. */
	async killDuring(choices: readonly Choice[], afterMs: number): Promise<void> {
		this.story.push(`the server is killed during: ${choices.map(nameOf).join(" + ")}`);
		const doing = Promise.allSettled(choices.map((one) => take(this.site, this.view, one)));
		await new Promise((resolve) => setTimeout(resolve, afterMs));
		await this.site.kill();
		await doing;
		// A timer that ran while its call was taken back is not undone with it, and finds nothing to do (`Jobs.cancel`): what is
		// due runs first at a start.
		await this.site.services.jobs.runDue();
		await this.look(false);
	}

	async kill(): Promise<void> {
		this.story.push("the server is killed");
		await this.site.kill();
		await this.look(true);
	}

	/** @param isAlone nothing else happened at the same time */
	async look(isAlone: boolean): Promise<void> {
		const stored = await this.site.look();
		const before = [...this.#open.values()];
		const fault =
			faultOfEvents(stored, (id) => this.#seen.get(id)?.version ?? 0) ??
			(isAlone ? faultOfOffers(stored, before) : undefined) ??
			this.#faultOfDocuments(stored) ??
			this.#faultOfFacts(stored) ??
			(isAlone ? this.#faultOfTransfers(stored, before) : undefined);
		for (const [id, { document }] of stored.documents) {
			if (isOver(document)) this.#open.delete(id);
			else this.#open.set(id, document);
		}
		const after = [...this.#open.values()];
		const wrong =
			fault ??
			faultOfUsers(after, stored.statuses) ??
			faultOfTimers(after, stored.jobs) ??
			faultOfQueues(after, stored.queues) ??
			faultOfTelling(stored, after, this.#told);
		for (const [id, one] of stored.documents) this.#seen.set(id, one);
		if (wrong) throw new Error(`${wrong}\n\nWhat happened:\n  ${this.story.slice(-60).join("\n  ")}`);
	}

	#faultOfDocuments(stored: Stored): string | undefined {
		for (const [id, { document }] of stored.documents) {
			const before = this.#seen.get(id)?.document;
			const fault = (before && faultOfChange(before, document)) ?? faultOf(document, this.view.conferences.has(id));
			if (fault) return `${fault} (${describe(document)})`;
		}
		return undefined;
	}

	#faultOfFacts({ facts, documents }: Stored): string | undefined {
		if (!facts) return undefined;
		for (const fact of facts) {
			const own = this.#facts.get(fact.conversationId) ?? [];
			this.#facts.set(fact.conversationId, [...own, fact]);
		}
		for (const [id, { document }] of documents) {
			const fault = faultOfFacts(document, this.#facts.get(id) ?? []);
			if (fault) return `${fault} (${describe(document)})`;
		}
		return undefined;
	}

	#faultOfTransfers(stored: Stored, open: readonly Conversation[]): string | undefined {
		const ended = stored.events.filter((one) => (one.data as ConversationChanged | null)?.command === "end");
		for (const [id, { document }] of stored.documents) {
			const before = this.#seen.get(id)?.document;
			// Whoever ends the whole conversation means it.
			if (!before || ended.some((one) => one.entityId === id)) continue;
			const fault = faultOfTransfer(before, document, open);
			if (fault) return `${fault} (${describe(document)})`;
		}
		return undefined;
	}

	/** Time passes and everybody does their work: then nothing rings, nothing is left to do, and no customer waits for an agent who is free. */
	async finish(): Promise<void> {
		this.story.push("everybody finishes");
		const { clock, jobs, conversations, database, routingStatus, phones, assignment, shelf } = this.site.services;
		for (let round = 0; round < 40; round++) {
			clock.advance(31_000);
			await jobs.runDue();
		}
		await this.look(false);
		for (const { id } of [...this.#open.values()])
			for (const one of this.#open.get(id)?.participants ?? []) {
				if (!one.userId) continue;
				const by = { userId: one.userId, may: () => true };
				if (isStaff(one) && isLive(one))
					await conversations.patchParticipant(id, one.id, { state: "disconnected" }, by);
			}
		clock.advance(31_000);
		await jobs.runDue();
		await this.look(false);
		for (const conversation of [...this.#open.values()])
			for (const one of conversation.participants)
				if (isInAfterCallWork(one)) await conversations.wrapup(conversation.id, one.id, { code: wrapupCode.id }, {});
		for (const { id } of queues) await shelf.make(id);
		for (const userId of staff.keys()) {
			phones.signIn(userId);
			await database.change((trx) => routingStatus.setOnQueue(trx, userId, true));
			await routingStatus.request(userId, "IDLE", {});
		}
		while ((await assignment.assign(queues.map((one) => one.id))).again);
		await this.look(false);
		this.#requireServed();
	}

	#requireServed(): void {
		const open = [...this.#open.values()];
		const isFree = (userId: string) =>
			!open.some((one) =>
				one.participants.some((each) => each.userId === userId && (isLive(each) || isInAfterCallWork(each))),
			);
		for (const conversation of open) {
			const queueId = wantedIn(conversation)?.queueId;
			const idle = [...staff].find(([userId, own]) => queueId && own.includes(queueId) && isFree(userId));
			if (idle)
				throw new Error(
					`${idle[0]} is free, and nobody is rung for who waits in ${queueId}: ${this.story.join("\n  ")}`,
				);
		}
	}
}

function describe({ participants }: Conversation): string {
	return participants
		.map((one) => `${one.userId ?? one.address ?? one.queueId} ${communicationOf(one).state}`)
		.join(", ");
}
