import { base64Of } from "@inlay/ui";
import { signal } from "@preact/signals";
import { ApiError } from "../../session/api.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import { outliving, whenPageGoes } from "../../session/page-goes.ts";
import type { Workspace } from "../../shell/workspace.ts";
import type { FilledResponse } from "../canned-responses/offered.ts";
import { type DraftKind, type MailDraft, pathOf, readAddresses, showAddresses } from "./mail.ts";
import { t } from "./strings.ts";

/** So long after the last key what was written is kept, ms (agent-features 8.2). */
const keepMs = 1000;

/** What editors that have gone are still keeping: the next one of the same mail reads after it. */
const lastWords = new Map<string, Promise<void>>();

/** Grows when an editor that has gone has kept what was typed last, or a file that was on its way. */
export const lastWordsKept = signal(0);

export type Field = "to" | "cc" | "bcc" | "subject" | "text" | "signature";

/**
 * What the agent is writing: kept on the server a second after the last key, with its version, so that it survives this page
 * and is never written over by another one unseen.
 */
export class ComposerModel {
	readonly fields = signal<Record<Field, string> | undefined>(undefined);
	/** As the server has it. */
	readonly draft = signal<MailDraft | undefined>(undefined);
	readonly state = signal<"loading" | "failed" | "kept" | "changed" | "keeping" | "unkept" | "stale">("loading");
	readonly refused = signal<string | undefined>(undefined);
	/** Files that were meant to go along and do not, and why; until they do, or the agent leaves them out. */
	readonly notAttached = signal<{ names: readonly string[]; why: string } | undefined>(undefined);
	/** Whether it goes without those is to be said. */
	readonly isAsking = signal(false);
	/** Why it did not load, or could not be kept. */
	readonly why = signal<unknown>(undefined);
	readonly #workspace: Workspace;
	readonly #id: string;
	readonly #keepMs: number;
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #forgetPage: () => void;
	#work: Promise<void> = Promise.resolve();
	#isOver = false;
	/** What is said of what could not be kept. */
	#unkept: string | undefined;
	/** Grows with every change: what was kept is of the one that it was when it was sent. */
	#changes = 0;

	constructor(workspace: Workspace, call: LiveInteraction, wait = keepMs) {
		this.#workspace = workspace;
		this.#id = call.id;
		this.#keepMs = wait;
		workspace.session.desk.hasDrafts.value = true;
		this.#forgetPage = whenPageGoes(() => void this.keep());
		void this.load();
	}

	get busyKey(): string {
		return `mail.${this.#id}`;
	}

	/** Reads what is kept. Never rejects. */
	async load(): Promise<void> {
		this.state.value = "loading";
		this.why.value = undefined;
		try {
			await lastWords.get(this.#id);
			const draft = await this.#workspace.session.api.get<MailDraft>(`${pathOf(this.#id)}/draft`);
			if (!this.#isOver) this.#take(draft);
		} catch (error) {
			if (this.#isOver) return;
			this.state.value = "failed";
			this.why.value = error;
		}
	}

	/** The server is back: what did not load is read, what could not be kept is kept. Nothing is sent. Never rejects. */
	again(): Promise<void> {
		return this.state.peek() === "failed" ? this.load() : this.keep();
	}

	write(field: Field, text: string): void {
		const fields = this.fields.peek();
		if (!fields || fields[field] === text) return;
		this.fields.value = { ...fields, [field]: text };
		this.#changes += 1;
		this.refused.value = undefined;
		if (this.state.peek() === "stale") return;
		this.state.value = "changed";
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.keep(), this.#keepMs);
	}

	/** Another kind of answer: what was written stays, whom it goes to is the other's. Never rejects. */
	async choose(kind: DraftKind): Promise<void> {
		await this.keep();
		await this.#next(() => this.#put({ kind }));
	}

	/** Keeps what stands there now. Never rejects. */
	keep(): Promise<void> {
		clearTimeout(this.#timer);
		return this.#next(async () => {
			const state = this.state.peek();
			if (state === "changed" || state === "unkept") await this.#put(this.#written());
		});
	}

	/** One change after another, each on the version that the one before has made. */
	#next(change: () => Promise<void>): Promise<void> {
		this.#work = this.#work.then(change);
		return this.#work;
	}

	/** What was kept elsewhere is taken. */
	takeTheirs(): Promise<void> {
		return this.load();
	}

	/** What stands here is kept over what was kept elsewhere. */
	async keepMine(): Promise<void> {
		const theirs = await this.#workspace.session.api.get<MailDraft>(`${pathOf(this.#id)}/draft`).catch(() => undefined);
		const mine = this.draft.peek();
		if (!theirs || !mine || this.#isOver) return;
		const { version, attachments, signature } = theirs;
		this.#takeSignature(mine, theirs);
		this.draft.value = { ...mine, version, attachments, ...(signature === undefined ? {} : { signature }) };
		await this.#put(this.#written());
	}

	/** Puts files to it. */
	async attach(files: readonly File[]): Promise<void> {
		this.refused.value = undefined;
		for (const [index, file] of files.entries()) {
			const draft = this.draft.peek();
			const sum = (draft?.attachments ?? []).reduce((all, { contentLength }) => all + contentLength, file.size);
			if (!draft || sum > draft.mostBytes) {
				const why = t("tooLarge", { most: (draft?.mostBytes ?? 0) / 1024 / 1024 });
				this.#miss(namesOf(files.slice(index)), why);
				return;
			}
			await this.keep();
			const content = await base64Of(file);
			const body = { name: file.name, contentType: file.type, content };
			await this.#next(() =>
				this.#files(
					() => this.#workspace.session.api.post<MailDraft>(`${pathOf(this.#id)}/draft/attachments`, body),
					namesOf([file]),
				),
			);
		}
	}

	/** Puts the files of a response to it: all of them, or none. Never rejects. */
	async bring({ id: responseId, files }: Pick<FilledResponse, "id" | "files">): Promise<void> {
		this.refused.value = undefined;
		await this.keep();
		const path = `${pathOf(this.#id)}/draft/attachments/response`;
		await this.#next(() =>
			this.#files(() => this.#workspace.session.api.post<MailDraft>(path, { responseId }), namesOf(files)),
		);
	}

	/** True where files are missing: whether it goes without them is asked first. */
	asksForFiles(): boolean {
		this.isAsking.value = this.notAttached.peek() !== undefined;
		return this.isAsking.peek();
	}

	/** It goes without what could not be put to it. */
	leaveOut(): void {
		this.notAttached.value = undefined;
		this.isAsking.value = false;
	}

	#miss(names: readonly string[], why: string): void {
		this.notAttached.value = { names: [...new Set([...(this.notAttached.peek()?.names ?? []), ...names])], why };
	}

	/** They are there now. */
	#found(found: readonly string[]): void {
		const { names = [], why = "" } = this.notAttached.peek() ?? {};
		const left = names.filter((name) => !found.includes(name));
		if (left.length > 0) this.notAttached.value = { names: left, why };
		else this.leaveOut();
	}

	async detach(attachmentId: string): Promise<void> {
		await this.keep();
		const path = `${pathOf(this.#id)}/draft/attachments/${attachmentId}`;
		await this.#next(() => this.#files(() => this.#workspace.session.api.request<MailDraft>("DELETE", path)));
	}

	/** Resolves true once the server has it. */
	async send(): Promise<boolean> {
		if (!this.draft.peek() || this.state.peek() === "stale") return false;
		// Kept first: sent again after an answer that was lost, it is known by its version, and is one mail.
		await this.keep();
		const draft = this.draft.peek();
		const state = this.state.peek();
		if (!draft || state === "unkept" || state === "stale") return false;
		clearTimeout(this.#timer);
		const fields = this.#written();
		this.refused.value = undefined;
		const done = await this.#workspace.attempt(this.busyKey, async () => {
			try {
				const { version } = draft;
				await this.#workspace.session.api.post(`${pathOf(this.#id)}/send`, { ...fields, version });
			} catch (error) {
				if (isStale(error)) this.state.value = "stale";
				// Said beside what it is about.
				this.refused.value = await this.#workspace.describe(error);
			}
		});
		if (!done || this.refused.peek() !== undefined) return false;
		if (!this.#isOver) await this.load();
		return true;
	}

	/**
	 * What was sent is the draft again. What was written meanwhile is kept first: the server takes nothing back over a mail that
	 * was begun. Never rejects.
	 */
	async undo(mailId: string): Promise<void> {
		do await this.keep();
		while (this.state.peek() === "changed");
		const state = this.state.peek();
		if (state === "unkept" || state === "stale") return;
		const path = `${pathOf(this.#id)}/messages/${mailId}/undo`;
		const isDone = await this.#workspace.attempt(this.busyKey, () => this.#workspace.session.api.post(path));
		if (isDone && !this.#isOver) await this.load();
	}

	dispose(): void {
		this.#forgetPage();
		// What was written in the last second is kept all the same.
		const kept = this.keep().finally(() => {
			if (lastWords.get(this.#id) === kept) lastWords.delete(this.#id);
			lastWordsKept.value += 1;
		});
		lastWords.set(this.#id, kept);
		this.#isOver = true;
	}

	#written() {
		const { to, cc, bcc, subject, text, signature } = this.fields.peek() ?? nothing;
		const written = { to: readAddresses(to), cc: readAddresses(cc), bcc: readAddresses(bcc), subject, text };
		// What nobody has touched stays what the address says, whatever becomes of that.
		return signature === (this.draft.peek()?.signature ?? "") ? written : { ...written, signature };
	}

	async #put(wish: object): Promise<void> {
		const draft = this.draft.peek();
		if (!draft) return;
		const changes = this.#changes;
		this.state.value = "keeping";
		this.why.value = undefined;
		try {
			const path = `${pathOf(this.#id)}/draft`;
			const body = { ...wish, version: draft.version };
			const kept = await this.#workspace.session.api.request<MailDraft>("PUT", path, body, outliving(body));
			this.#forgetUnkept();
			if (this.#isOver) {
				// What was written last is kept after this, on the version that this has made.
				this.draft.value = kept;
				return;
			}
			// What was written meanwhile stands, and is kept next.
			if (changes === this.#changes) this.#take(kept);
			else {
				// What this has carried is the agent's own, also where they have gone back to what stood there before.
				if (!("signature" in wish)) this.#takeSignature(draft, kept);
				if ("kind" in wish) this.#takeUntouched(draft, kept);
				this.draft.value = kept;
				this.state.value = "changed";
				this.#timer = setTimeout(() => void this.keep(), this.#keepMs);
			}
		} catch (error) {
			const said = await this.#workspace.describe(error);
			if (this.#isOver) return;
			this.state.value = isStale(error) ? "stale" : "unkept";
			if (isStale(error)) return;
			this.#unkept = said;
			this.refused.value = this.#unkept;
			this.why.value = error;
		}
	}

	/** It is kept now. */
	#forgetUnkept(): void {
		if (this.#unkept !== undefined && this.refused.peek() === this.#unkept) this.refused.value = undefined;
		this.#unkept = undefined;
	}

	/** What nobody has touched is what the server says now: in another agent's hand it is theirs. */
	#takeSignature({ signature: before = "" }: MailDraft, { signature = "" }: MailDraft): void {
		const fields = this.fields.peek();
		if (fields?.signature === before) this.fields.value = { ...fields, signature };
	}

	/** Whom the other kind of answer goes to and what it is called, as far as nobody has written there meanwhile. */
	#takeUntouched(before: MailDraft, kept: MailDraft): void {
		const fields = this.fields.peek();
		if (!fields) return;
		const [shown, next] = [headOf(before), headOf(kept)];
		const untouched = heads.filter((head) => fields[head] === shown[head]).map((head) => [head, next[head]]);
		this.fields.value = { ...fields, ...Object.fromEntries(untouched) };
	}

	/** @param names of those that are put to it */
	async #files(change: () => Promise<MailDraft>, names: readonly string[] = []): Promise<void> {
		await this.#workspace.attempt(this.busyKey, async () => {
			try {
				const draft = await change();
				if (names.length > 0) this.#found(names);
				if (!this.#isOver) this.draft.value = draft;
				// What was left unsent has a file more.
				else lastWordsKept.value += 1;
			} catch (error) {
				const why = await this.#workspace.describe(error);
				if (names.length > 0) this.#miss(names, why);
				else this.refused.value = why;
			}
		});
	}

	/** Fields that say the same stay as they were written: nobody's caret jumps. */
	#take(draft: MailDraft): void {
		const now = this.fields.peek();
		const next = headOf(draft);
		const same = (field: "to" | "cc" | "bcc") =>
			now && showAddresses(readAddresses(now[field])) === next[field] ? now[field] : next[field];
		this.draft.value = draft;
		const subject = now && now.subject.trim() === next.subject ? now.subject : next.subject;
		const { text, signature = "" } = draft;
		this.fields.value = { to: same("to"), cc: same("cc"), bcc: same("bcc"), subject, text, signature };
		this.state.value = "kept";
	}
}

const namesOf = (files: ReadonlyArray<{ name: string }>) => files.map(({ name }) => name);

const heads = ["to", "cc", "bcc", "subject"] as const;

/** A draft's head as its fields show it. */
function headOf({ to, cc, bcc, subject }: MailDraft): Record<(typeof heads)[number], string> {
	return { to: showAddresses(to), cc: showAddresses(cc), bcc: showAddresses(bcc), subject };
}

const nothing: Record<Field, string> = { to: "", cc: "", bcc: "", subject: "", text: "", signature: "" };

function isStale(error: unknown): boolean {
	return error instanceof ApiError && error.code === "email.draft.stale";
}
