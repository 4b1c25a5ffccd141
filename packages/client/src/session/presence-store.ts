import { presenceLabel } from "@inlay/contract";
import { Attempts } from "@inlay/contract/attempts";
import { computed, signal } from "@preact/signals";
import type { ApiClient } from "./api.ts";
import type { WireList, WirePresence, WirePresenceDefinition, WireRoutingStatus } from "./wire.ts";

/** A status that the agent can take. */
export interface PresenceChoice {
	id: string;
	/** Normalised: `AVAILABLE`, `ON_QUEUE`, `MEAL`, … */
	system: string;
	/** Label in the wished language, for definitions that carry labels. */
	label(language: string): string | undefined;
	/** The system's own definition, as opposed to one that the organization added beneath it. */
	primary: boolean;
}

/** `On Queue`, `OnQueue`, `ON_QUEUE` and `onqueue` all become `ON_QUEUE` (platform-api 5.1: the families differ). */
export function normalPresence(name: string | undefined): string {
	const words = (name ?? "").replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
	const joined = words.replace(/[\s-]+/g, "_");
	return joined === "ONQUEUE" ? "ON_QUEUE" : joined === "OUTOFOFFICE" ? "OUT_OF_OFFICE" : joined;
}

/**
 * The presence that a page's status means: by its id, by the name of a system presence in any spelling, which is the system's
 * own, or by its English label.
 */
export function presenceMeant(
	choices: readonly PresenceChoice[],
	named: string | undefined,
): PresenceChoice | undefined {
	if (!named) return undefined;
	const system = normalPresence(named);
	return (
		choices.find((choice) => choice.id === named) ??
		choices.find((choice) => choice.primary && choice.system === system) ??
		choices.find((choice) => choice.label("en") === named)
	);
}

/** The agent's presence and routing status, and the presences of the organization. */
export class PresenceStore {
	readonly #api: ApiClient;
	readonly #userId: string;
	readonly presence = signal<WirePresence | undefined>(undefined);
	readonly routing = signal<WireRoutingStatus | undefined>(undefined);
	readonly choices = signal<readonly PresenceChoice[]>([]);
	readonly system = computed(() => normalPresence(this.presence.value?.presenceDefinition?.systemPresence));
	readonly routingStatus = computed(() => this.routing.value?.status ?? "OFF_QUEUE");
	readonly onQueue = computed(() => this.system.value === "ON_QUEUE");
	/** What the agent has wished for while they owed after-call work: the server takes it when that is done. */
	readonly next = computed(() => {
		const wished = this.presence.value?.inlayThen;
		return wished && this.#choiceOf(wished.id, normalPresence(wished.systemPresence));
	});
	/** The platform stopped offering calls because one rang unanswered. */
	readonly notResponding = computed(() => this.routingStatus.value === "NOT_RESPONDING");

	/** How many snapshots have been taken: from each on it is known what has happened meanwhile. */
	readonly snapshots = signal(0);
	/** Somebody has just signed in and is about to be made available: what they are until then is news to nobody. */
	readonly isGreeting = signal(false);
	#wanted: PresenceChoice | undefined;
	/** What has become known since the snapshot under way was asked for, which is newer than what it will say. */
	readonly #touched = new Set<"presence" | "routing">();
	#choosing: Promise<void> = Promise.resolve();
	/** A request's answer counts as long as no news has come since it was made: news tells of everything, in its order. */
	readonly #asked = { presence: new Attempts(), routing: new Attempts() };

	constructor(api: ApiClient, userId: string) {
		this.#api = api;
		this.#userId = userId;
	}

	async load(): Promise<void> {
		const list = await this.#api.get<WireList<WirePresenceDefinition>>("/presencedefinitions?pageSize=100");
		this.choices.value = (list.entities ?? []).filter((each) => !each.deactivated).map(choiceOf);
	}

	/** Takes what an event says, or the user as `GET /users/me` expands it. */
	take(user: { presence?: WirePresence; routingStatus?: WireRoutingStatus }): void {
		if (user.presence) this.#know(user.presence);
		if (user.routingStatus) this.#knowRouting(user.routingStatus);
	}

	/** Starts a snapshot: from now on, answers and events win over what the snapshot will say. */
	beginSnapshot(): void {
		this.#touched.clear();
	}

	/** As {@link take}, for a snapshot: it was on its way while other things became known. */
	takeSnapshot(user: { presence?: WirePresence; routingStatus?: WireRoutingStatus }): void {
		if (user.presence && !this.#touched.has("presence")) this.presence.value = user.presence;
		if (user.routingStatus && !this.#touched.has("routing")) this.routing.value = user.routingStatus;
		this.snapshots.value++;
	}

	/**
	 * Takes the status of somebody who has just signed in, unless they, their script or their page have wished for another
	 * one: a wish that came first is not undone by a greeting. Rejects as {@link choose} does.
	 */
	async greet(): Promise<void> {
		const available = this.find("AVAILABLE");
		if (available && !this.#wanted) await this.choose(available);
	}

	/** What was wished for before the session ended keeps nobody from being greeted after it. */
	forgetWish(): void {
		this.#wanted = undefined;
	}

	#know(presence: WirePresence): void {
		this.#touched.add("presence");
		this.#asked.presence.end();
		this.presence.value = presence;
	}

	#knowRouting(routing: WireRoutingStatus): void {
		this.#touched.add("routing");
		this.#asked.routing.end();
		this.routing.value = routing;
	}

	current(): PresenceChoice | undefined {
		return this.#choiceOf(this.presence.value?.presenceDefinition?.id, this.system.value);
	}

	#choiceOf(id: string | undefined, system: string): PresenceChoice | undefined {
		return this.choices.value.find((choice) => choice.id === id) ?? this.find(system);
	}

	/** A choice by its id, or by the name of its system presence in any spelling. */
	find(idOrName: string): PresenceChoice | undefined {
		const all = this.choices.value;
		const wanted = normalPresence(idOrName);
		return (
			all.find((choice) => choice.id === idOrName) ??
			all.find((choice) => choice.primary && choice.system === wanted) ??
			all.find((choice) => choice.system === wanted)
		);
	}

	/** A status is wished for that waits for something else first. @returns whether no other has been wished for since */
	wish(choice: PresenceChoice): () => boolean {
		this.#wanted = choice;
		return () => this.#wanted === choice;
	}

	/**
	 * Takes a status. Of several wishes while one is under way the last one counts, whatever order their answers come in.
	 * Rejects with the server's reason, e.g. when the agent may not go on queue. While they owe after-call work it stands in
	 * {@link next} first.
	 */
	choose(choice: PresenceChoice): Promise<void> {
		const isWanted = this.wish(choice);
		const send = async () => {
			if (!isWanted()) return;
			// On queue already, but a call went unanswered: being back is what is meant.
			if (choice.system === "ON_QUEUE" && this.onQueue.peek() && this.notResponding.peek()) await this.respondAgain();
			else await this.#send(choice);
		};
		const sending = this.#choosing.then(send, send);
		this.#choosing = sending;
		return sending;
	}

	async #send(choice: PresenceChoice): Promise<void> {
		const isNewest = this.#asked.presence.begin();
		const answer = await this.#api.patch<WirePresence | undefined>(`/users/${this.#userId}/presences/purecloud`, {
			presenceDefinition: { id: choice.id },
		});
		if (answer?.presenceDefinition && isNewest()) this.#know(answer);
	}

	/** Leaves NOT_RESPONDING: the agent says that they are back (platform-api 5.2). */
	async respondAgain(): Promise<void> {
		const isNewest = this.#asked.routing.begin();
		const answer = await this.#api.put<WireRoutingStatus | undefined>(`/users/${this.#userId}/routingstatus`, {
			status: "IDLE",
		});
		if (isNewest())
			this.#knowRouting(answer?.status ? answer : { status: "IDLE", startTime: new Date().toISOString() });
	}
}

function choiceOf(definition: WirePresenceDefinition): PresenceChoice {
	const labels = definition.languageLabels ?? {};
	const system = normalPresence(definition.systemPresence);
	return {
		id: definition.id,
		system,
		primary: definition.primary ?? normalPresence(definition.name) === system,
		label: (language) => presenceLabel(labels, language) ?? definition.name,
	};
}
