/**
 * Hands logs to the script's `processCallLog` and takes its answers, which may come late, twice or never, with a number as
 * id (framework-contract 5). While the CRM's id of a log is unknown only one save is under way, so that neither a retry nor
 * typing on creates a second record: until the script answers, or until the call is over and a slow CRM has had its time.
 * Once the id is known, saves go out at once and carry it.
 */
import type { CallLogEventName, ExternalId, Interaction } from "@inlay/contract";
import { isRecord } from "@inlay/contract";
import type { FrameworkScript } from "@inlay/framework";
import type { Guard } from "../guard.ts";
import type { FrameworkLog, FrameworkUiPort, Timers } from "../ports.ts";
import { hasCallback } from "../script/has-callback.ts";
import { copyOf } from "../subscriptions.ts";
import type { CallLogStore } from "./store.ts";
import { toCallLog } from "./store.ts";

export interface CallLogSaverParts {
	store: CallLogStore;
	framework: () => FrameworkScript | undefined;
	interaction: (interactionId: string) => Interaction | undefined;
	hideSubject: () => boolean;
	guard: Guard;
	ui: Pick<FrameworkUiPort, "report">;
	log: FrameworkLog;
	timers: Timers;
	/** Milliseconds that somebody waits for an answer. */
	timeoutMs: number;
	/** Milliseconds that a CRM may take to make a record; then, once the call is over, its script counts as one that never answers. */
	recordMs: number;
}

export interface SaveListener {
	/** The script has taken it; one that never answers counts as if it had. */
	taken(interaction: Interaction, eventName: CallLogEventName): void;
	/** The log was not saved. */
	failed(interactionId: string, eventName: CallLogEventName): void;
}

/** One log that waits for the answer to its first save. */
interface Pending {
	/** Strongest event that happened meanwhile. */
	next?: CallLogEventName;
	waiters: (() => void)[];
	/** A slow CRM has had its time. */
	late: boolean;
	/** Stops the clock of that time. */
	cancel: () => void;
}

const STRENGTH: Readonly<Record<CallLogEventName, number>> = {
	interactionChanged: 0,
	openCallLog: 1,
	interactionDisconnected: 2,
};

export class CallLogSaver {
	readonly #parts: CallLogSaverParts;
	readonly #pending = new Map<string, Pending>();
	/** Whose failure has been told; told once until it is saved. */
	readonly #told = new Set<string>();
	#heard: SaveListener = { taken: () => {}, failed: () => {} };
	readonly #underWay = new Set<Promise<void>>();
	/** False after a save went unanswered for long: such a script never answers, so nothing waits for it. */
	#answers = true;

	constructor(parts: CallLogSaverParts) {
		this.#parts = parts;
	}

	/** Saves the log as it is; resolves when the script has answered, failed, or let the time pass. Never rejects. */
	submit(interactionId: string, eventName: CallLogEventName): Promise<void> {
		const log = this.#parts.store.get(interactionId);
		if (log === undefined || log.foreign || !hasCallback(this.#parts.framework(), "processCallLog"))
			return Promise.resolve();
		const isNew = log.id === undefined;
		// The page before, or another panel, has had the record made and not heard of it.
		if (isNew && log.asked && this.#answers && !this.#pending.has(interactionId)) this.#hold(interactionId);
		const pending = this.#pending.get(interactionId);
		if (pending === undefined) return this.#track(this.#send(interactionId, eventName));
		pending.next = stronger(pending.next, eventName);
		const waits = new Promise<void>((resolve) => {
			const cancel = this.#parts.timers.after(this.#parts.timeoutMs, resolve);
			pending.waiters.push(() => {
				cancel();
				resolve();
			});
		});
		if (!isNew) this.#release(interactionId);
		else if (pending.late) this.#giveUp(interactionId);
		return this.#track(waits);
	}

	/** Who hears what becomes of what the script is handed. */
	onAnswer(heard: SaveListener): void {
		this.#heard = heard;
	}

	/** Resolves when nothing is under way. Never rejects. */
	async settled(): Promise<void> {
		while (this.#underWay.size > 0) await Promise.all(this.#underWay);
	}

	#track(saving: Promise<void>): Promise<void> {
		this.#underWay.add(saving);
		void saving.then(() => this.#underWay.delete(saving));
		return saving;
	}

	#send(interactionId: string, eventName: CallLogEventName): Promise<void> {
		const { store, guard, timers, timeoutMs } = this.#parts;
		const log = store.get(interactionId);
		const framework = this.#parts.framework();
		const interaction = this.#parts.interaction(interactionId);
		if (log === undefined || interaction === undefined || framework === undefined) return Promise.resolve();
		const holds = log.id === undefined && this.#answers;
		if (holds) this.#hold(interactionId);
		store.mark(interactionId, { saving: "saving", asked: true });
		return new Promise((resolve) => {
			let settled = false;
			const settle = () => {
				if (settled) return;
				settled = true;
				cancel();
				resolve();
				if (holds) this.#release(interactionId);
			};
			// Nobody waits longer; the record is still being made.
			const cancel = timers.after(timeoutMs, () => {
				resolve();
				this.#heard.taken(interaction, eventName);
			});
			const fail = (reported: boolean) => {
				if (settled) return;
				this.#failed(interactionId, reported);
				settle();
				this.#heard.failed(interactionId, eventName);
			};
			guard(
				"processCallLog",
				() =>
					framework.processCallLog?.(
						toCallLog(log, this.#parts.hideSubject()),
						copyOf(interaction),
						eventName,
						(saved) => {
							this.#succeeded(interactionId, log.revision, saved);
							this.#heard.taken(interaction, eventName);
							settle();
						},
						() => fail(false),
					),
				// The guard has said what was thrown.
				() => fail(true),
			);
			if (this.#answers || settled) return;
			this.#heard.taken(interaction, eventName);
			settle();
		});
	}

	/** The first id stays: the official sample invents a new one on each save (framework-contract 5.2). */
	#succeeded(interactionId: string, revision: number, saved: unknown): void {
		this.#answers = true;
		this.#told.delete(interactionId);
		const log = this.#parts.store.get(interactionId);
		if (log === undefined) return;
		const id = log.id ?? readId(saved);
		const savedRevision = Math.max(log.savedRevision, revision);
		this.#parts.store.mark(interactionId, {
			...(id === undefined ? {} : { id }),
			asked: false,
			savedRevision,
			saving: savedRevision >= log.revision ? "saved" : "idle",
		});
	}

	#failed(interactionId: string, reported: boolean): void {
		this.#answers = true;
		this.#parts.store.mark(interactionId, { saving: "failed", asked: false });
		const isKnown = reported || this.#told.has(interactionId);
		this.#told.add(interactionId);
		if (isKnown) this.#parts.log.warn("The script could not save an interaction log", { interactionId });
		else this.#parts.ui.report({ code: "framework.calllog.failed", text: interactionId });
	}

	/** Nothing of this log goes out until its record's id is known, or for so long that it never will be. */
	#hold(interactionId: string): void {
		const pending: Pending = { waiters: [], late: false, cancel: () => {} };
		this.#pending.set(interactionId, pending);
		pending.cancel = this.#parts.timers.after(this.#parts.recordMs, () => {
			pending.late = true;
			this.#giveUp(interactionId);
		});
	}

	/** While the call goes on there is time: what was typed is on the agent's desk. */
	#giveUp(interactionId: string): void {
		const isOver = this.#parts.interaction(interactionId)?.isDisconnected ?? true;
		if (!isOver) return;
		this.#answers = false;
		this.#release(interactionId);
	}

	#release(interactionId: string): void {
		const pending = this.#pending.get(interactionId);
		this.#pending.delete(interactionId);
		if (pending === undefined) return;
		pending.cancel();
		const after = pending.next === undefined ? Promise.resolve() : this.#send(interactionId, pending.next);
		void after.then(() => {
			for (const waiter of pending.waiters) waiter();
		});
	}
}

/** `{id}` as documented, or the bare id. */
function readId(saved: unknown): ExternalId | undefined {
	const id = isRecord(saved) ? saved.id : saved;
	if (typeof id === "number" && Number.isFinite(id)) return id;
	return typeof id === "string" && id !== "" ? id : undefined;
}

function stronger(known: CallLogEventName | undefined, given: CallLogEventName): CallLogEventName {
	return known !== undefined && STRENGTH[known] > STRENGTH[given] ? known : given;
}
