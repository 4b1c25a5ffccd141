/** Life of the interaction logs: when they are made, saved and shown (framework-contract 5, 5.2 and 6). */
import type { Association, CallLogEventName, FrameworkSettings, Interaction } from "@inlay/contract";
import { matchName, readBoolean, readText, readTextMap, safeGet } from "@inlay/contract";
import type { InteractionEvent } from "../interaction/diff.ts";
import type { Timers } from "../ports.ts";
import { hasCallback } from "../script/has-callback.ts";
import { copyOf } from "../subscriptions.ts";
import type { CallLogSaver, CallLogSaverParts } from "./saver.ts";
import type { CallLogState, CallLogStore } from "./store.ts";
import { isUnsaved, toCallLog } from "./store.ts";

export interface CallLogsParts extends Pick<CallLogSaverParts, "framework" | "interaction" | "guard"> {
	store: CallLogStore;
	saver: CallLogSaver;
	settings: () => FrameworkSettings;
	/** @param before the panel's subject until now: it stays where it knows more of an interaction that is over */
	subjectOf: (interaction: Interaction, before?: string) => string;
	timers: Timers;
	/** Of an attribute, in a log. */
	attributeName: (key: string) => string;
	/** Milliseconds between the last keystroke and saving. */
	notesMs: number;
	/** This panel leads: it alone hands logs to the script. */
	leads: () => boolean;
	/** The page before was this panel's: who asked the script for it then hears of no answer any more. */
	cameBack: () => boolean;
	/** An interaction as the server has it, which this panel has not seen; undefined where it cannot be had. */
	past: (interactionId: string) => Promise<Interaction | undefined>;
	/** Somebody has typed notes here, and pauses. */
	noted: (interactionId: string, notes: string) => unknown;
}

/** Milliseconds until a log that was not saved is tried again by itself, each time; then the agent or a change does. */
const againMs = [2_000, 8_000, 30_000, 120_000] as const;

/** So long after another panel asked the script this one asks it the same: that one may be slow, or gone. */
const otherMs = 4_000;

/** An interaction that cannot be had so often is none to ask for any more; the server may only have been away. */
const mostAsked = 3;

export class CallLogs {
	readonly store: CallLogStore;
	readonly #parts: CallLogsParts;
	readonly #typing = new Map<string, () => void>();
	/** Whose notes were typed since they were told of. */
	readonly #typed = new Set<string>();
	/** How often a log has been tried again by itself. */
	readonly #tries = new Map<string, number>();
	/** Whose end the script has not taken yet. */
	readonly #endOwed = new Set<string>();
	/** What this page has handed over, by interaction, until the script has refused it. */
	readonly #handed = new Map<string, "end" | "wrapup">();
	/** For whose other panel's answer this one waits, or has waited. */
	readonly #waited = new Map<string, "waiting" | "over">();
	/** What another panel has written since this one began: it may be waiting for the script. */
	readonly #others = new Set<string>();
	#isRecalling = false;
	/** How often those were asked for which could not be had. */
	readonly #lost = new Map<string, number>();

	constructor(parts: CallLogsParts) {
		this.#parts = parts;
		this.store = parts.store;
		parts.saver.onAnswer({
			taken: (interaction, eventName) => this.#taken(interaction, eventName),
			failed: (interactionId, eventName) => this.#failed(interactionId, eventName),
		});
		// What was typed in another panel is saved by the one that leads.
		this.store.onTaken((interactionId) => {
			this.#others.add(interactionId);
			const log = this.store.get(interactionId);
			if (log && isUnsaved(log) && this.#logs()) this.#saveSoon(interactionId);
		});
	}

	/** Whether the script takes logs. Where it does not, they are the agent's own and there is nothing to save. */
	get areSaved(): boolean {
		return hasCallback(this.#parts.framework(), "processCallLog");
	}

	/** Whether the script can show a log's record. */
	get canOpen(): boolean {
		return hasCallback(this.#parts.framework(), "openCallLog");
	}

	/** The desk and the script are known: what stands there was left by pages before this one. */
	begin(interactions: readonly Interaction[]): void {
		this.#others.clear();
		this.led(interactions);
	}

	/** This panel leads from now on: what the one before could not do any more is done. */
	led(interactions: readonly Interaction[]): void {
		if (!this.#logs()) return;
		for (const interaction of interactions) if (interaction.isConnected) this.#open(interaction);
		if (this.areSaved) void this.#handOverOwed();
	}

	/** Follows the interactions: connecting makes the log, ending saves it, state changes save what is unsaved. */
	follow(event: InteractionEvent): void {
		if (!this.#logs()) return;
		if (event.category === "connect") this.#begin(event.data);
		else if (event.category === "disconnect") this.#end(event.data);
		else if (event.category === "acw") this.#finish(event.data);
		else if (event.category === "change" && isStateChange(event.data)) this.#saveUnsaved(event.data.new.id);
	}

	/** Typed text is saved when the typing pauses. */
	setNotes(interactionId: string, notes: string): void {
		this.store.edit(interactionId, { notes });
		this.#typed.add(interactionId);
		this.#saveSoon(interactionId);
	}

	setSubject(interactionId: string, subject: string): void {
		this.store.edit(interactionId, { subject });
		this.#saveSoon(interactionId);
	}

	/** The agent's choice of a wrap-up code, kept until Done. */
	chooseCode(interactionId: string, code: string): void {
		this.store.chooseCode(interactionId, code);
	}

	/** The agent's choice for Name or Related To. */
	select(interactionId: string, association: Association): void {
		this.store.associate(interactionId, association, true);
		this.#saveNow(interactionId);
	}

	/** The agent's Save. Resolves when the script has answered or time is up. */
	save(interactionId: string): Promise<void> {
		this.#stopTyping(interactionId);
		if (this.#typed.delete(interactionId)) this.#parts.noted(interactionId, this.store.get(interactionId)?.notes ?? "");
		if (!this.#logs()) return Promise.resolve();
		this.#sayWhat(interactionId);
		if (!this.#endOwed.delete(interactionId)) return this.#parts.saver.submit(interactionId, "interactionChanged");
		this.#handed.set(interactionId, "end");
		return this.#parts.saver.submit(interactionId, "interactionDisconnected");
	}

	/** Saves what was typed and still waits for the typing to pause. */
	flush(interactionId: string): Promise<void> {
		return this.#typing.has(interactionId) ? this.save(interactionId) : Promise.resolve();
	}

	/** The connection is back: what could not be saved is tried at once. */
	retryFailed(): void {
		for (const { interactionId, saving } of this.store.all()) {
			if (saving !== "failed") continue;
			this.#tries.delete(interactionId);
			this.#saveNow(interactionId);
		}
		if (this.#logs() && this.areSaved) void this.#handOverOwed();
	}

	/** Saves all that waits, and waits for the script's answers: the agent goes. Never rejects. */
	async settle(): Promise<void> {
		for (const interactionId of [...this.#typing.keys()]) this.#saveNow(interactionId);
		await this.#parts.saver.settled();
	}

	/** Whether the script could be shown this one now: it has a record, and the call is still known. */
	opens(interactionId: string): boolean {
		const isKnown = this.#parts.interaction(interactionId) !== undefined;
		return this.canOpen && isKnown && this.store.get(interactionId)?.id !== undefined;
	}

	/** The arrow on the log: saves what is unsaved, so that the CRM has a record, then lets the script show it. */
	async open(interactionId: string): Promise<void> {
		this.#stopTyping(interactionId);
		const interaction = this.#parts.interaction(interactionId);
		if (interaction === undefined || !this.#enabled()) return;
		this.#ensure(interaction);
		const log = this.store.ensure(interactionId);
		if (this.#logs() && (isUnsaved(log) || log.id === undefined))
			await this.#parts.saver.submit(interactionId, "openCallLog");
		const latest = toCallLog(this.store.get(interactionId) ?? log, this.#parts.settings().hideCallLogSubject);
		this.#parts.guard("openCallLog", () => this.#parts.framework()?.openCallLog?.(latest, copyOf(interaction)));
	}

	/** `PureCloud.addAssociation` (framework-contract 6). */
	addAssociation(request: unknown, currentId: string | undefined): "taken" | "unusable" | "full" {
		const association = readAssociation(request);
		const interactionId = readText(safeGet(request, "interactionId")) ?? currentId;
		if (association === undefined || interactionId === undefined) return "unusable";
		if (this.store.isFull(interactionId, association)) return "full";
		const select = readBoolean(safeGet(request, "select")) === true;
		this.store.adopt(interactionId);
		this.store.associate(interactionId, association, select);
		if (select) this.#saveNow(interactionId);
		return "taken";
	}

	/** Custom attributes are synced into the log, keys in lower case unless asked otherwise (framework-contract 5.2). */
	addAttributes(interactionId: string, attributes: unknown): void {
		const added = Object.entries(readTextMap(attributes)).map(([key, value]) => [
			this.#parts.attributeName(key),
			value,
		]);
		const log = this.store.ensure(interactionId);
		this.store.edit(interactionId, { attributes: { ...log.attributes, ...Object.fromEntries(added) } });
		this.#saveNow(interactionId);
	}

	#taken(interaction: Interaction, eventName: CallLogEventName): void {
		const { id } = interaction;
		this.#tries.delete(id);
		const log = this.store.get(id);
		// A slow answer may come when the call has come back.
		if (!log || !this.#parts.interaction(id)?.isDisconnected) return;
		if (log.open && eventName === "interactionDisconnected") this.store.mark(id, { open: false });
		if (log.wraps && interaction.isDone) this.store.mark(id, { wraps: false });
	}

	#failed(interactionId: string, eventName: CallLogEventName): void {
		// Notes that were refused say nothing of the end, which may have been taken.
		if (eventName === "interactionDisconnected") {
			this.#handed.delete(interactionId);
			this.#endOwed.add(interactionId);
			this.store.mark(interactionId, { open: true });
		} else if (this.#handed.get(interactionId) === "wrapup") this.#handed.set(interactionId, "end");
		const tries = this.#tries.get(interactionId) ?? 0;
		const wait = againMs[tries];
		// What was typed meanwhile has a time of its own.
		if (wait === undefined || this.#typing.has(interactionId)) return;
		this.#tries.set(interactionId, tries + 1);
		this.#saveSoon(interactionId, wait);
	}

	#open(interaction: Interaction): void {
		this.#ensure(interaction);
		this.#handed.delete(interaction.id);
		this.#endOwed.delete(interaction.id);
		if (!this.store.get(interaction.id)?.open) this.store.mark(interaction.id, { open: true, wraps: false });
	}

	/**
	 * What a page before this one, or another panel, has left undone: notes that are not saved, an end that came when no panel
	 * was there, a code given as the page went. One after the other, as a week's logs may be waiting.
	 */
	async #handOverOwed(): Promise<void> {
		for (const log of this.store.all()) if (this.#parts.interaction(log.interactionId)) this.#handOver(log);
		if (this.#isRecalling) return;
		this.#isRecalling = true;
		for (const { interactionId } of this.store.all()) {
			const log = this.store.get(interactionId);
			if (!log || !owes(log) || this.#parts.interaction(interactionId) || !this.#logs()) continue;
			const asked = this.#lost.get(interactionId) ?? 0;
			if (asked >= mostAsked) continue;
			if (!(await this.#parts.past(interactionId))) this.#lost.set(interactionId, asked + 1);
			const latest = this.store.get(interactionId);
			if (latest && this.#parts.interaction(interactionId) && this.#logs()) this.#handOver(latest);
		}
		this.#isRecalling = false;
	}

	#handOver(log: CallLogState): void {
		const { interactionId } = log;
		const interaction = this.#parts.interaction(interactionId);
		if (!interaction || !owes(log) || log.saving === "saving") return;
		const handed = this.#handed.get(interactionId);
		const isEnd = log.open && interaction.isDisconnected && !handed;
		const isWrapup = log.wraps && interaction.isDone && handed !== "wrapup";
		if (!(isEnd || isWrapup || isUnsaved(log)) || this.#waitsForOther(log)) return;
		if (isEnd) this.#end(interaction);
		else if (isWrapup) this.#finish(interaction);
		else this.#saveSoon(interactionId, 0);
	}

	/** Another panel has asked and may be told yet. For the id of a new record the saver waits. */
	#waitsForOther({ asked, id, interactionId }: CallLogState): boolean {
		if (!asked || id === undefined) return false;
		if (this.#parts.cameBack() && !this.#others.has(interactionId)) return false;
		if (this.#waited.has(interactionId)) return this.#waited.get(interactionId) === "waiting";
		this.#waited.set(interactionId, "waiting");
		this.#parts.timers.after(otherMs, () => {
			this.#waited.set(interactionId, "over");
			const latest = this.store.get(interactionId);
			if (latest && this.#logs()) this.#handOver(latest);
			this.#waited.delete(interactionId);
		});
		return true;
	}

	#begin(interaction: Interaction): void {
		this.#open(interaction);
		void this.#parts.saver.submit(interaction.id, "interactionChanged");
	}

	#end(interaction: Interaction): void {
		this.#stopTyping(interaction.id);
		// An interaction in which the agent never connected makes no log by itself; one that is there says what became of it.
		if (interaction.connectedTime !== undefined) this.#ensure(interaction);
		else this.#sayMissed(interaction);
		this.#endOwed.delete(interaction.id);
		this.#handed.set(interaction.id, "end");
		this.store.mark(interaction.id, { wraps: !interaction.isDone });
		void this.#parts.saver.submit(interaction.id, "interactionDisconnected");
	}

	/** The work after the call is done: the CRM gets what the agent gave. */
	#finish(interaction: Interaction): void {
		this.#handed.set(interaction.id, "wrapup");
		if (!this.store.get(interaction.id)?.foreign) this.store.mark(interaction.id, { wraps: true });
		this.#saveNow(interaction.id);
	}

	/** What the panel said of itself is refuted by talking, also where it was another page that said so. */
	#ensure(interaction: Interaction): void {
		this.store.adopt(interaction.id);
		const known = this.store.get(interaction.id);
		const isRefuted = known?.saysMissed === true && isOwnSubject(known);
		const subject = this.#parts.subjectOf(interaction, isRefuted ? undefined : ownSubjectOf(known));
		const log = this.store.ensure(interaction.id, subject, interaction.startTime);
		// What was meant to be done may not have been: the end is known now.
		const isOutdated = interaction.isDisconnected && isOwnSubject(log) && log.subject !== subject;
		if (log.subject === undefined || isRefuted || isOutdated) this.store.edit(interaction.id, { subject });
		if (isRefuted || isOutdated || log.subject === undefined || log.subject === subject)
			this.#keepOwn(interaction.id, subject, false);
	}

	/** A subject that somebody has written stays. */
	#sayMissed(interaction: Interaction): void {
		const log = this.store.get(interaction.id);
		if (!log || !isOwnSubject(log)) return;
		const subject = this.#parts.subjectOf(interaction, ownSubjectOf(log));
		this.store.edit(interaction.id, { subject });
		this.#keepOwn(interaction.id, subject, true);
	}

	/** A log that was begun by what the agent wrote has no subject yet. */
	#sayWhat(interactionId: string): void {
		const interaction = this.#parts.interaction(interactionId);
		const log = this.store.get(interactionId);
		if (!interaction || !log || log.foreign || log.subject !== undefined) return;
		if (interaction.isDisconnected && interaction.connectedTime === undefined) this.#sayMissed(interaction);
		else this.#ensure(interaction);
	}

	#keepOwn(interactionId: string, ownSubject: string, saysMissed: boolean): void {
		const log = this.store.get(interactionId);
		if (log?.ownSubject === ownSubject && (log.saysMissed ?? false) === saysMissed) return;
		this.store.mark(interactionId, { ownSubject, saysMissed });
	}

	#saveUnsaved(interactionId: string): void {
		const log = this.store.get(interactionId);
		if (log !== undefined && isUnsaved(log)) this.#saveNow(interactionId);
	}

	#saveNow(interactionId: string): void {
		void this.save(interactionId);
	}

	#saveSoon(interactionId: string, inMs = this.#parts.notesMs): void {
		this.#stopTyping(interactionId);
		this.#typing.set(
			interactionId,
			this.#parts.timers.after(inMs, () => this.#saveNow(interactionId)),
		);
	}

	#stopTyping(interactionId: string): void {
		this.#typing.get(interactionId)?.();
		this.#typing.delete(interactionId);
	}

	#logs(): boolean {
		return this.#enabled() && this.#parts.leads();
	}

	#enabled(): boolean {
		return this.#parts.settings().enableCallLogs;
	}
}

/** The script has not taken all of it. */
function owes(log: CallLogState): boolean {
	return !log.foreign && (log.open === true || log.wraps === true || isUnsaved(log));
}

function isOwnSubject({ subject, ownSubject }: CallLogState): boolean {
	return subject === undefined || subject === ownSubject;
}

/** What the panel has said of it. */
function ownSubjectOf(log: CallLogState | undefined): string | undefined {
	return log && isOwnSubject(log) ? log.subject : undefined;
}

function isStateChange(change: { old: Interaction; new: Interaction }): boolean {
	// Connecting and ending have events of their own.
	if (change.old.isConnected !== change.new.isConnected) return false;
	return change.old.state !== change.new.state;
}

function readAssociation(request: unknown): Association | undefined {
	const type = matchName(["contact", "relation"] as const, safeGet(request, "type"));
	const id = safeGet(request, "id");
	if (type === undefined || (typeof id !== "string" && typeof id !== "number") || id === "") return undefined;
	return { id, text: readText(safeGet(request, "text")) ?? String(id), type };
}
