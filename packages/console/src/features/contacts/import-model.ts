import { effect, signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import { decoded } from "../../shell/csv.ts";
import { type ContactFile, mostRows, readContacts } from "./contact-file.ts";

/** Why a row cannot be taken; `row` from 0. */
export interface ContactFault {
	row: number;
	fieldName?: string;
	code: string;
	message: string;
}

export interface Found {
	created: number;
	completed: number;
	skipped: number;
	faults: ContactFault[];
}

/** A long file that comes in little by little, as the server has it. */
export interface Coming {
	id: string;
	state: "running" | "done" | "failed";
	/** Rows. */
	total: number;
	taken: number;
	created: number;
	completed: number;
	skipped: number;
	/** Why the rest was not taken. */
	error?: string;
}

const path = "/api/inlay/v1/externalcontacts/import";

export const existings = ["skip", "complete", "add"] as const;
type Existing = (typeof existings)[number];

/** Contacts that come by a file: it is looked through first, and then taken whole or not at all. */
export class ContactImportModel {
	readonly file = signal<ContactFile | undefined>(undefined);
	/** What becomes of whoever is there already. */
	readonly existing = signal<Existing>("skip");
	/** What would come of it; undefined while the server was not asked. */
	readonly found = signal<Found | undefined>(undefined);
	/** What came of it. */
	readonly done = signal<Found | undefined>(undefined);
	/** The long file that is on its way, or that ended in the middle. */
	readonly coming = signal<Coming | undefined>(undefined);
	readonly working = new Task();
	readonly #api: Api;
	/** Something was chosen since the server was asked last. */
	#isDue = false;

	constructor(api: Api) {
		this.#api = api;
	}

	get edited(): boolean {
		const isSent = this.done.peek() !== undefined || this.coming.peek() !== undefined;
		return (this.file.peek()?.rows.length ?? 0) > 0 && !isSent;
	}

	/** Shows how far a long file has come, also one of before. @returns looks no more */
	follow(everyMs = 500): () => void {
		void this.#look();
		return effect(() => {
			if (this.coming.value?.state !== "running") return;
			const timer = setTimeout(() => void this.#look(), everyMs);
			return () => clearTimeout(timer);
		});
	}

	/** Never rejects; a server that is away is asked again. */
	async #look(): Promise<void> {
		const before = this.coming.peek();
		const last = await this.#api.request<{ import?: Coming }>("GET", `${path}s/me`).catch(() => undefined);
		const now = last?.import;
		if (now && (now.state === "running" || now.id === before?.id)) this.#came(now);
		else if (before) this.coming.value = { ...before };
	}

	#came(now: Coming): void {
		this.coming.value = now.state === "done" ? undefined : now;
		if (now.state === "done") this.done.value = { ...now, faults: [] };
	}

	/** Why the file cannot be sent, by the name of its text. */
	get problem(): "noRows" | "tooManyRows" | undefined {
		const { length = 0 } = this.file.value?.rows ?? [];
		if (length === 0) return "noRows";
		return length > mostRows ? "tooManyRows" : undefined;
	}

	/** Reads a file, in UTF-8 or in what Excel writes. */
	async readFile(file: Blob): Promise<void> {
		await this.working.run(async () => {
			const bytes = new Uint8Array(await file.arrayBuffer());
			const unicode = decoded(bytes, "utf-8");
			this.file.value = readContacts(unicode.isReadable ? unicode.text : decoded(bytes, "windows-1252").text);
			this.done.value = undefined;
			this.coming.value = undefined;
		});
		await this.preview();
	}

	async choose(existing: Existing): Promise<void> {
		this.existing.value = existing;
		if (this.file.peek()) await this.preview();
	}

	async preview(): Promise<void> {
		this.found.value = undefined;
		this.#isDue = true;
		// What is under way asks once more.
		if (this.working.busy.peek()) return;
		const isDone = await this.working.run(async () => {
			let found: Found | undefined;
			while (this.#isDue) {
				this.#isDue = false;
				found = this.problem === undefined ? await this.#send(true) : undefined;
			}
			this.found.value = found;
		});
		if (!isDone && this.#isDue) await this.preview();
	}

	/** Refused, it looks again for what has changed meanwhile. */
	async send(): Promise<boolean> {
		const isDone = await this.working.run(async () => {
			const { import: coming, ...done } = await this.#send(false);
			if (coming) this.#came(coming);
			else this.done.value = done;
		});
		if (!isDone && (this.#isDue || this.working.error.peek()?.code === "import.refused")) await this.preview();
		return isDone;
	}

	#send(preview: boolean): Promise<Found & { import?: Coming }> {
		const body = { rows: this.file.peek()?.rows ?? [], existing: this.existing.peek(), preview };
		return this.#api.request("POST", path, body);
	}
}
