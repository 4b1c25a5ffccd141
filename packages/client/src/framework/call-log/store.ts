/**
 * Interaction logs of this agent: what is typed, chosen and saved. They live on the agent's desk, which the server keeps,
 * so that a reload, another tab or another browser finds them.
 */
import type { Association, CallLog, ExternalId } from "@inlay/contract";
import { isRecord } from "@inlay/contract";
import type { DeskPort } from "../ports.ts";
import { asSeenBy, type CrmSide } from "./crm-side.ts";

export interface CallLogState extends Omit<CallLog, "id"> {
	interactionId: string;
	/** The CRM's id, once the script has reported one. */
	id?: ExternalId;
	/** Counts edits; what is above `savedRevision` is unsaved. */
	revision: number;
	savedRevision: number;
	saving: "idle" | "saving" | "saved" | "failed";
	/** ISO: when its interaction began; of what is written no list of calls tells. */
	startTime?: string;
	/** The agent's choice of a wrap-up code before Done; the panel's own, the CRM gets it as the disposition. */
	wrapupCode?: string;
	/** The agent's part whose wrap-up is being made, where one of an earlier part has been given. */
	part?: string;
	/** What was noted for the wrap-ups before; the notes begin with it. */
	notedBefore?: string;
	/** The subject that the panel made of itself; another one is the agent's or the script's. */
	ownSubject?: string;
	/** That subject says that the agent never came to talk. */
	saysMissed?: boolean;
	/** The script has been asked to make the CRM's record and has not told its id yet. */
	asked?: boolean;
	/** The script was told that the agent talks, and has not taken the end. */
	open?: boolean;
	/** The script was told the end, and has not taken what the agent gave after it. */
	wraps?: boolean;
	/** No script of this deployment has to do with it: another one's CRM has the record, or no script took logs when it was made. */
	foreign?: boolean;
	/** Whose CRM the id, the choices and the progress are of. */
	deployment?: string;
	/** The same of other deployments. */
	others?: Readonly<Record<string, CrmSide>>;
}

/** A log as the desk keeps it. */
export type KeptLog = Omit<CallLogState, "interactionId" | "saving">;

/** The desk's section. */
const section = "log";

/** Fields an edit may change. */
export type CallLogEdit = Partial<
	Pick<CallLogState, "subject" | "notes" | "selectedContact" | "selectedRelation" | "attributes">
>;

/** Choices of one kind: each one more costs what all of them do, and a script that added two thousand held its panel up for 40 s. */
export const mostAssociated = 200;

/** A log of a finished day need not stay. */
const MOST_KEPT = 50;

export class CallLogStore {
	readonly #listeners = new Set<() => void>();
	readonly #changedListeners = new Set<(interactionId: string) => void>();
	readonly #logs = new Map<string, CallLogState>();
	#desk: Pick<DeskPort, "write"> | undefined;
	#deployment = "";
	#stopFollowing = () => {};
	readonly #promises: () => boolean;

	/** @param promises whether what is made or written now is for this deployment's script: it takes logs, or may once it is there */
	constructor(promises: () => boolean = () => true) {
		this.#promises = promises;
	}

	/** Takes up the logs on this agent's desk, and follows what their other panels write. @param deployment whose CRM gets them here */
	open(desk: DeskPort, deployment = ""): void {
		this.#stopFollowing();
		this.#desk = desk;
		this.#deployment = deployment;
		this.#logs.clear();
		for (const [interactionId, value] of desk.readAll(section)) this.#take(interactionId, value);
		this.#stopFollowing = desk.follow({
			wrote: (interactionId, what, value) => {
				if (what !== section || !this.#take(interactionId, value)) return;
				this.#notify();
				for (const listener of [...this.#changedListeners]) listener(interactionId);
			},
			led: () => undefined,
		});
		this.#notify();
	}

	/** The agent has left; the next one finds their own. */
	close(): void {
		this.#stopFollowing();
		this.#desk = undefined;
	}

	get(interactionId: string): CallLogState | undefined {
		return this.#logs.get(interactionId);
	}

	all(): readonly CallLogState[] {
		return [...this.#logs.values()];
	}

	/** The log of this interaction; a new one counts as unsaved. */
	ensure(interactionId: string, subject?: string, startTime?: string): CallLogState {
		const known = this.#logs.get(interactionId);
		if (known !== undefined) return known;
		return this.#put({
			interactionId,
			deployment: this.#deployment,
			subject,
			startTime,
			attributes: {},
			contacts: [],
			relations: [],
			revision: 1,
			savedRevision: 0,
			saving: "idle",
			...(this.#promises() ? {} : { foreign: true }),
		});
	}

	/** This deployment's CRM gets a record of it, too, where its script takes logs. */
	adopt(interactionId: string): void {
		const log = this.#logs.get(interactionId);
		if (log?.foreign && this.#promises()) this.#put({ ...log, foreign: false, savedRevision: 0 });
	}

	/** Something the agent or the script has changed: the log is unsaved again. */
	edit(interactionId: string, edit: CallLogEdit): CallLogState {
		const log = this.ensure(interactionId);
		// What no CRM has is this one's from now on; another deployment's stays theirs.
		const isNobodys = log.foreign && Object.keys(log.others ?? {}).length === 0 && this.#promises();
		const adopted = isNobodys ? { foreign: false, savedRevision: 0 } : {};
		return this.#put({ ...log, ...adopted, ...edit, revision: log.revision + 1 });
	}

	/** Whether the log offers as many choices of that kind as anybody can choose among, and not this one. */
	isFull(interactionId: string, { type, id }: Association): boolean {
		const log = this.#logs.get(interactionId);
		const list = (type === "contact" ? log?.contacts : log?.relations) ?? [];
		return list.length >= mostAssociated && !list.some((each) => String(each.id) === String(id));
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
		progress: Partial<
			Pick<CallLogState, "id" | "saving" | "savedRevision" | "asked" | "open" | "wraps" | "ownSubject" | "saysMissed">
		>,
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

	/** The agent takes part again after a wrap-up: another one is made, and what was noted stays in the log. No edit. */
	beginPart(interactionId: string, part: string): void {
		const known = this.#logs.get(interactionId);
		// What is written from now on is of this part, also where nothing was noted before.
		const log = known ?? { ...this.ensure(interactionId), savedRevision: 1 };
		if (log.part === part) return;
		this.#put({ ...log, part, wrapupCode: undefined, notedBefore: log.notes ?? "" });
	}

	/** Runs on every change; gives the way to stop. */
	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Runs when a log has come from another panel; gives the way to stop. */
	onTaken(listener: (interactionId: string) => void): () => void {
		this.#changedListeners.add(listener);
		return () => this.#changedListeners.delete(listener);
	}

	#put(log: CallLogState): CallLogState {
		this.#keep(log);
		const { interactionId, saving, ...kept } = log;
		this.#desk?.write(interactionId, section, kept);
		this.#notify();
		return log;
	}

	#take(interactionId: string, value: unknown): boolean {
		if (!isKeptLog(value)) return false;
		// How far a save has come is known to the panel that saves; one under way when a page went is not known to have arrived.
		const saving = this.#logs.get(interactionId)?.saving ?? "idle";
		this.#keep({ ...asSeenBy(this.#deployment, value), interactionId, saving });
		return true;
	}

	#keep(log: CallLogState): void {
		this.#logs.delete(log.interactionId);
		this.#logs.set(log.interactionId, log);
		this.#forgetOldest();
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
	return !log.foreign && log.revision > log.savedRevision;
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

function isKeptLog(value: unknown): value is KeptLog {
	return (
		isRecord(value) &&
		typeof value.revision === "number" &&
		typeof value.savedRevision === "number" &&
		isRecord(value.attributes) &&
		Array.isArray(value.contacts) &&
		Array.isArray(value.relations)
	);
}
