import { effect, signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import { decoded } from "../../shell/csv.ts";
import { whileShown } from "../../shell/while-shown.ts";
import { type ContactFile, mostRows, readContacts } from "./contact-file.ts";
import { mailFields, phoneFields } from "./contact-form.ts";

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
	/** The long file that is on its way, or that is over and was not put away. */
	readonly coming = signal<Coming | undefined>(undefined);
	/** What the chosen file is called. */
	readonly fileName = signal("");
	readonly working = new Task();
	readonly #api: Api;
	/** Something was chosen since the server was asked last. */
	#isDue = false;

	constructor(api: Api) {
		this.#api = api;
	}

	/** Whether something that may be imported is not yet: a file that cannot come in is mended outside, and chosen again. */
	get edited(): boolean {
		const isFaulty = this.problem !== undefined || (this.found.peek()?.faults ?? []).length > 0;
		return this.file.peek() !== undefined && !isFaulty;
	}

	/** Shows how far a long file has come, or how it ended, also one of before or of another window. @returns looks no more */
	follow(everyMs = 500, shown = whileShown): () => void {
		void this.#look();
		const looks = shown(everyMs * 6, () => void this.#look());
		const quick = effect(() => {
			if (this.coming.value?.state !== "running") return;
			const timer = setTimeout(() => void this.#look(), everyMs);
			return () => clearTimeout(timer);
		});
		return () => {
			looks();
			quick();
		};
	}

	/** Whoever knows how it ended is told no more, in no window; how one before it ended is shown next. */
	async putAway(): Promise<void> {
		const shown = this.coming.peek();
		if (!shown) return;
		await this.working.run(async () => {
			await this.#api.request("DELETE", `${path}s/me?id=${encodeURIComponent(shown.id)}`);
			this.coming.value = undefined;
			await this.#look();
		});
	}

	/** Never rejects; a server that is away is asked again. */
	async #look(): Promise<void> {
		const before = this.coming.peek();
		const asked = this.#api.request<{ import?: Coming }>("GET", `${path}s/me`);
		const last = await asked.catch(() => ({ import: before && { ...before } }));
		// What was begun, or put away, meanwhile is news that this answer does not have.
		if (this.coming.peek() === before) this.coming.value = last.import;
	}

	/** Why the file cannot be sent, by the name of its text. */
	get problem(): "noRows" | "tooManyRows" | undefined {
		const { length = 0 } = this.file.value?.rows ?? [];
		if (length === 0) return "noRows";
		return length > mostRows ? "tooManyRows" : undefined;
	}

	/** Whether nobody who is there already can be found: no column of the file has numbers or mail addresses. */
	get findsNobody(): boolean {
		const rows = this.file.value?.rows ?? [];
		const finding = [...phoneFields, ...mailFields];
		return this.existing.value !== "add" && !rows.some((row) => finding.some((field) => row[field]));
	}

	/** Reads a file, in UTF-8 or in what Excel writes. */
	async readFile(file: Blob & { name?: string }): Promise<void> {
		await this.working.run(async () => {
			const bytes = new Uint8Array(await file.arrayBuffer());
			const unicode = decoded(bytes, "utf-8");
			this.file.value = readContacts(unicode.isReadable ? unicode.text : decoded(bytes, "windows-1252").text);
			this.fileName.value = file.name ?? "";
			this.done.value = undefined;
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
			this.file.value = undefined;
			if (coming) this.coming.value = coming;
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
