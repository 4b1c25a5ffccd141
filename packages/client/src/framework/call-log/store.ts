/**
 * Interaction logs of this agent: what is typed, chosen and saved. Kept in the tab's session storage, so that a reload
 * loses no unsaved note.
 */
import type { Association, CallLog, ExternalId } from "@inlay/contract";
import { isRecord } from "@inlay/contract";
import type { KeyValueStore } from "../storage.ts";
import { readJson } from "../storage.ts";

export interface CallLogState extends Omit<CallLog, "id"> {
	interactionId: string;
	/** The CRM's id, once the script has reported one. */
	id?: ExternalId;
	/** Counts edits; what is above `savedRevision` is unsaved. */
	revision: number;
	savedRevision: number;
	saving: "idle" | "saving" | "saved" | "failed";
	/** The agent's choice of a wrap-up code before Done; the panel's own, the CRM gets it as the disposition. */
	wrapupCode?: string;
}

/** Fields an edit may change. */
export type CallLogEdit = Partial<
	Pick<CallLogState, "subject" | "notes" | "selectedContact" | "selectedRelation" | "attributes">
>;

/** A log of a finished day need not stay. */
const MOST_KEPT = 50;

export class CallLogStore {
	readonly #storage: KeyValueStore;
	readonly #listeners = new Set<() => void>();
	#key = "inlay.framework.calllogs";
	#logs = new Map<string, CallLogState>();

	constructor(storage: KeyValueStore) {
		this.#storage = storage;
	}

	/** Takes up the logs this agent has left in the tab. */
	open(userId: string): void {
		this.#key = `inlay.framework.calllogs.${userId}`;
		const kept = readJson(this.#storage, this.#key);
		const states = (Array.isArray(kept) ? kept : []).filter(isCallLogState);
		// A save that was under way when the page went is not known to have arrived.
		this.#logs = new Map(states.map((state) => [state.interactionId, { ...state, saving: "idle" }]));
		this.#notify();
	}

	get(interactionId: string): CallLogState | undefined {
		return this.#logs.get(interactionId);
	}

	all(): readonly CallLogState[] {
		return [...this.#logs.values()];
	}

	/** The log of this interaction; a new one counts as unsaved. */
	ensure(interactionId: string, subject?: string): CallLogState {
		const known = this.#logs.get(interactionId);
		if (known !== undefined) return known;
		return this.#put({
			interactionId,
			...(subject === undefined ? {} : { subject }),
			attributes: {},
			contacts: [],
			relations: [],
			revision: 1,
			savedRevision: 0,
			saving: "idle",
		});
	}

	/** Something the agent or the script has changed: the log is unsaved again. */
	edit(interactionId: string, edit: CallLogEdit): CallLogState {
		const log = this.ensure(interactionId);
		return this.#put({ ...log, ...edit, revision: log.revision + 1 });
	}

	/** Adds a choice for Name or Related To; `select` takes it. The same id replaces an older text. */
	associate(interactionId: string, association: Association, select: boolean): CallLogState {
		const log = this.ensure(interactionId);
		const list = association.type === "contact" ? "contacts" : "relations";
		const others = log[list].filter((each) => String(each.id) !== String(association.id));
		const next = this.#put({ ...log, [list]: [...others, association] });
		if (!select) return next;
		return this.edit(
			interactionId,
			association.type === "contact" ? { selectedContact: association } : { selectedRelation: association },
		);
	}

	/** Progress of saving; no edit. */
	mark(
		interactionId: string,
		progress: Partial<Pick<CallLogState, "id" | "saving" | "savedRevision">>,
	): CallLogState | undefined {
		const log = this.#logs.get(interactionId);
		return log && this.#put({ ...log, ...progress });
	}

	/** The agent's choice of a wrap-up code; no edit of what the CRM gets. */
	chooseCode(interactionId: string, wrapupCode: string): void {
		const known = this.#logs.get(interactionId);
		// A log that only keeps the code has nothing to save.
		const log = known ?? { ...this.ensure(interactionId), savedRevision: 1 };
		this.#put({ ...log, wrapupCode });
	}

	/** Runs on every change; gives the way to stop. */
	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#put(log: CallLogState): CallLogState {
		this.#logs.delete(log.interactionId);
		this.#logs.set(log.interactionId, log);
		this.#forgetOldest();
		this.#storage.set(this.#key, JSON.stringify([...this.#logs.values()]));
		this.#notify();
		return log;
	}

	#forgetOldest(): void {
		for (const [id, log] of this.#logs) {
			if (this.#logs.size <= MOST_KEPT) return;
			if (!isUnsaved(log)) this.#logs.delete(id);
		}
	}

	#notify(): void {
		for (const listener of [...this.#listeners]) listener();
	}
}

/** True when the script has not confirmed the latest edit. */
export function isUnsaved(log: CallLogState): boolean {
	return log.revision > log.savedRevision;
}

/** What scripts get (framework-contract 5.2): a copy, without what the panel keeps for itself. */
export function toCallLog(log: CallLogState, hideSubject: boolean): CallLog {
	const { id, subject, notes, selectedContact, selectedRelation, attributes, contacts, relations } = log;
	return JSON.parse(
		JSON.stringify({
			id,
			subject: hideSubject ? undefined : subject,
			notes,
			selectedContact,
			selectedRelation,
			attributes,
			contacts,
			relations,
		}),
	) as CallLog;
}

function isCallLogState(value: unknown): value is CallLogState {
	return (
		isRecord(value) &&
		typeof value.interactionId === "string" &&
		typeof value.revision === "number" &&
		typeof value.savedRevision === "number" &&
		isRecord(value.attributes) &&
		Array.isArray(value.contacts) &&
		Array.isArray(value.relations)
	);
}
