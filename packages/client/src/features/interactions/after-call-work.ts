import { arrange } from "@inlay/contract";
import { computed, effect, signal, untracked } from "@preact/signals";
import type { CallLogState } from "../../framework/call-log/store.ts";
import { backoffMs } from "../../session/backoff.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import { whenPageGoes } from "../../session/page-goes.ts";
import type { WireWrapupCode } from "../../session/wire.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** So few are seen at one glance, in the queue's own order. */
const fewCodes = 4;

/** After so much quiet the notes are as they are meant for now, ms. */
const typingPauseMs = 700;

/** The panel's clock, by which the time left is read, steps by seconds. */
const clockStepMs = 2_000;

/** What the server records where nothing was chosen in time (agent-features 2). */
const timeoutCode = "ININ-WRAP-UP-TIMEOUT";

/**
 * Code and notes of one interaction, during the call and after it, and Done. Lives while its form is shown. Both are
 * kept with the interaction log, the notes as one text in both places, so they outlive the form, every view and a
 * reload, and the CRM gets the notes.
 */
export class AfterCallWork {
	readonly codes = signal<readonly WireWrapupCode[] | undefined>(undefined);
	readonly failed = signal(false);
	/** What Done would give. */
	readonly code = signal("");
	/** What the agent has chosen; a queue's only code is given by Done, and is not shown as if it had been chosen. */
	readonly chosen = signal("");
	/** The log's notes, as far as they are not of an earlier wrap-up; {@link write} changes them. */
	readonly notes = signal("");
	/** True after Done was pressed without a code. */
	readonly codeMissing = signal(false);
	readonly optional: boolean;
	/** The queue wants the whole time used: Done comes by itself, and the code is kept before. */
	readonly forced: boolean;
	/** No more time is given. */
	readonly noMoreTime = signal(false);
	/** Milliseconds until the server ends the work by itself; undefined where it does not. */
	readonly remaining;
	readonly #workspace: Workspace;
	readonly #id: string;
	readonly #first: LiveInteraction;
	/** The queue's one code counts at the agent's Done alone: who did nothing has given none (AC-2). */
	#only: string | undefined;
	/** What the server was asked last to keep. */
	#said: string | undefined;
	/** Done or Skip is on its way, or has arrived. */
	#isEnding = false;
	#stopTyping: (() => void) | undefined;
	/** The queue's codes by their own names, which are what is stored. */
	#given: readonly WireWrapupCode[] = [];
	readonly #stopReading: () => void;
	readonly #stopKeeping: () => void;
	readonly #stopWatching: () => void;
	readonly #stopKeepingAsPageGoes: () => void;
	#cancelLoad = () => {};
	#isGone = false;

	constructor(workspace: Workspace, call: LiveInteraction) {
		this.#workspace = workspace;
		this.#id = call.id;
		this.#first = call;
		this.optional = call.wrapupPrompt === "optional" || call.wrapupPrompt === "agentRequested";
		this.forced = /^forced/i.test(call.wrapupPrompt ?? "");
		this.remaining = computed(() => this.#remainingMs());
		const { store } = workspace.runtime.callLogs;
		const read = () => {
			const kept = store.get(call.id);
			this.notes.value = notesOfNow(kept);
			this.chosen.value = kept?.wrapupCode ?? "";
			this.code.value = this.chosen.peek() || this.#only || "";
		};
		this.#stopReading = store.subscribe(read);
		read();
		this.load();
		// Chosen while the customer was still there, or in another tab.
		const isPressed = computed(() => this.#endsByItself && this.codes.value !== undefined && this.#isDue);
		this.#stopKeeping = effect(() => {
			if (isPressed.value) untracked(() => void this.#keepChosen());
		});
		this.#stopKeepingAsPageGoes = whenPageGoes(() => this.#stopTyping && void this.#keepChosen(true));
		let wasDue = this.#isDue;
		this.#stopWatching = effect(() => {
			const isDue = this.#isDue;
			if (wasDue && !isDue) untracked(() => this.#sayTimeIsUp());
			wasDue = isDue;
		});
	}

	/** Whoever works at it when the time is over is told what was recorded: the card goes. */
	#sayTimeIsUp(): void {
		const left = this.#remainingMs();
		if (this.#isEnding || left === undefined || left > clockStepMs) return;
		const { code, name } = wrapupOf(this.#call) ?? {};
		const isGiven = code !== undefined && code !== timeoutCode;
		const shown = this.codes.peek()?.find(({ id }) => id === code)?.name ?? name ?? code ?? "";
		const text = isGiven ? t("timeUp", { code: shown }) : t("timeUpEmpty");
		this.#workspace.toasts.show({ tone: isGiven ? "info" : "warn", text }, 10_000);
	}

	/** The name of the queue's only code, as long as nothing else is chosen. */
	get only(): string | undefined {
		if (this.chosen.value || !this.#only) return undefined;
		const found = this.codes.value?.find(({ id }) => id === this.#only);
		return found && (found.name ?? found.id);
	}

	/** The interaction as it is now. */
	get #call(): LiveInteraction {
		return this.#workspace.session.conversations.find(this.#id) ?? this.#first;
	}

	/** Codes that this agent used last, the latest first. */
	get lastUsed(): readonly WireWrapupCode[] {
		const offered = this.codes.value ?? [];
		if (offered.length < fewCodes) return [];
		return this.#workspace.lastCodes.value.flatMap((id) => offered.find((each) => each.id === id) ?? []);
	}

	/** The server may be away for a moment, as when the call ends with it: it is asked again by itself. */
	load(attempt = 0): void {
		this.#cancelLoad();
		const { clock } = this.#workspace.session;
		this.#workspace.session.actions.wrapupCodes(this.#call).then(
			(given) => {
				this.#given = given;
				const codes = this.#arranged(given);
				this.codes.value = codes;
				// Where there is no Done to press, it has to be chosen.
				this.#only = codes.length === 1 && !this.forced ? codes[0]?.id : undefined;
				this.code.value ||= this.#only ?? "";
				this.failed.value = false;
			},
			() => {
				this.failed.value = true;
				if (this.#isGone) return;
				this.#cancelLoad = clock.after(backoffMs(attempt, Math.random()), () => this.load(attempt + 1));
			},
		);
	}

	/** The queue's codes as the policy has them; one that hides all would leave work that cannot be finished. */
	#arranged(given: readonly WireWrapupCode[]): readonly WireWrapupCode[] {
		const arranged = arrange(given, this.#workspace.ui.now.value.wrapUpCodes, ({ id, name }) => [id, name]);
		if (arranged.length === 0) return given;
		return arranged.map(({ item, text }) => (text === undefined ? item : { ...item, name: text }));
	}

	choose(code: string): void {
		this.#workspace.runtime.callLogs.chooseCode(this.#id, code);
		this.codeMissing.value = false;
		if (this.#endsByItself) void this.#keepChosen();
	}

	/** Time, or the next interaction, may end the work before Done is pressed. */
	get #endsByItself(): boolean {
		return this.forced || this.optional || this.remaining.value !== undefined;
	}

	get #isDue(): boolean {
		return this.#call.needsWrapup;
	}

	/** What was chosen counts however the work ends, and what was typed with it: the server has both before. */
	async #keepChosen(isQuiet = false): Promise<void> {
		this.#stopTyping?.();
		this.#stopTyping = undefined;
		if (!this.#isDue || this.#isEnding) return;
		const code = this.#given.find((each) => each.id === this.chosen.peek());
		const notes = this.notes.value.trim();
		if (!code && notes === "") return;
		const wrapup = { ...(code ? { code: code.id, name: code.name } : {}), notes, provisional: true as const };
		const said = saidBy(wrapup);
		if (said === (this.#said ?? keptBy(this.#call))) return;
		this.#said = said;
		const { session } = this.#workspace;
		const send = () => session.actions.wrapUp(this.#call, wrapup);
		const isKept = await (isQuiet ? isDone(send()) : this.#workspace.tell(send));
		if (!isKept && this.#said === said) this.#said = undefined;
	}

	/** Ends the work by the agent's own word, of which nothing that was chosen on the way takes anything back. */
	async #end(work: () => Promise<void>): Promise<boolean> {
		const done = await this.#workspace.attempt(`wrapup.${this.#call.id}`, async () => {
			this.#isEnding = true;
			await work().catch((error: unknown) => {
				this.#isEnding = false;
				throw error;
			});
		});
		void this.#keepChosen(true);
		return done;
	}

	/** Half a minute more; how often is the server's to say. */
	async extend(): Promise<void> {
		const { session } = this.#workspace;
		const done = await this.#workspace.attempt(`wrapup.${this.#call.id}`, () =>
			session.actions.extendAfterCallWork(this.#call),
		);
		if (!done) this.noMoreTime.value = true;
	}

	write(notes: string): void {
		const { callLogs } = this.#workspace.runtime;
		const kept = callLogs.store.get(this.#id);
		const before = kept && notesOfNow(kept) !== kept.notes ? kept.notedBefore : undefined;
		callLogs.setNotes(this.#id, before ? `${before}\n${notes}` : notes);
		// While somebody types on and on, too: the time may be over before they pause.
		if (this.#stopTyping || !this.#endsByItself || !this.#isDue) return;
		this.#stopTyping = this.#workspace.session.clock.after(typingPauseMs, () => void this.#keepChosen(true));
	}

	async finish(): Promise<void> {
		const code = this.codes.value && this.#given.find((each) => each.id === this.code.value);
		if (!code) {
			this.codeMissing.value = true;
			return;
		}
		const { session, toasts, runtime } = this.#workspace;
		const wrapup = { code: code.id, name: code.name, notes: this.notes.value.trim() };
		// What was typed just now goes to the CRM at once; the code follows with the `acw` event.
		void runtime.callLogs.flush(this.#call.id);
		const saved = await this.#end(() => session.actions.wrapUp(this.#call, wrapup));
		if (saved) this.#workspace.usedCode(code.id);
		if (saved) toasts.show({ tone: "good", text: t("wrapupSaved") }, 2500);
	}

	/** What was chosen on the way is kept, and what was typed until now. */
	async skip(): Promise<void> {
		void this.#keepChosen(true);
		await this.#end(() => this.#workspace.session.actions.skipWrapUp(this.#call));
	}

	dispose(): void {
		this.#isGone = true;
		if (this.#stopTyping) void this.#keepChosen(true);
		this.#stopKeeping();
		this.#stopWatching();
		this.#stopKeepingAsPageGoes();
		this.#cancelLoad();
		this.#stopReading();
	}

	#remainingMs(): number | undefined {
		const { wrapupTimeoutMs, acwStartTime, wrapupPrompt } = this.#call;
		if (!wrapupTimeoutMs || !acwStartTime || !/timeout|agentRequested/i.test(wrapupPrompt ?? "")) return undefined;
		return Math.max(0, Date.parse(acwStartTime) + wrapupTimeoutMs - this.#workspace.session.now.value);
	}
}

function wrapupOf({ source, participantId }: LiveInteraction) {
	return source.participants?.find(({ id }) => id === participantId)?.wrapup;
}

/** What the server has of it already. */
const keptBy = (call: LiveInteraction): string => saidBy(wrapupOf(call) ?? {});

const saidBy = ({ code, notes }: { code?: string; notes?: string }) => JSON.stringify([code, notes ?? ""]);

const isDone = (work: Promise<void>) =>
	work.then(
		() => true,
		() => false,
	);

/** A log that was changed at its beginning meanwhile is shown whole. */
function notesOfNow({ notes = "", notedBefore = "" }: Pick<CallLogState, "notes" | "notedBefore"> = {}): string {
	if (!notedBefore || (notes !== notedBefore && !notes.startsWith(`${notedBefore}\n`))) return notes;
	return notes.slice(notedBefore.length + 1);
}
