import { signal } from "@preact/signals";
import type { Api } from "../../../session/api.ts";
import { Task } from "../../../session/load.ts";
import type { Self } from "../../../session/self.ts";
import type { User } from "../../../session/wire.ts";
import { decoded } from "../../../shell/csv.ts";
import { BulkModel } from "./bulk-model.ts";
import { mostRows, type PeopleFile, readPeople } from "./people-file.ts";
import { Selection } from "./selection.ts";

/** Why a row cannot be taken; `row` from 1. */
export interface RowFault {
	row: number;
	fieldName: string;
	code: string;
	message: string;
	params?: Record<string, string>;
}

interface Answer {
	entities: User[];
	faults: RowFault[];
}

const path = "/api/inlay/v1/users/import";
const mostTelling = 3;

/** People who come by a file: it is looked through first, and then taken whole or not at all. */
export class ImportModel {
	readonly file = signal<PeopleFile | undefined>(undefined);
	/** It is not in UTF-8, and was taken for what Excel writes: its letters may be others. */
	readonly isGuessed = signal(false);
	/** What the server has found in it; undefined while it was not asked. */
	readonly faults = signal<readonly RowFault[] | undefined>(undefined);
	readonly created = signal<readonly User[]>([]);
	readonly working = new Task();
	/** For the passwords of those who were made. */
	readonly made: BulkModel;
	readonly #api: Api;

	constructor(api: Api, self: Self) {
		this.#api = api;
		this.made = new BulkModel(api, self, new Selection());
	}

	/** Whether something that may be imported is not yet, or passwords are shown that stand nowhere else. */
	get edited(): boolean {
		// A file that cannot come in is mended outside, and chosen again.
		const isFaulty = this.problem !== undefined || (this.faults.peek() ?? []).length > 0;
		const isRead = this.file.peek() !== undefined && !isFaulty && this.created.peek().length === 0;
		return isRead || this.made.passwords.peek().length > 0;
	}

	/** Names in which one sees whether the letters are right. */
	get tellingNames(): string[] {
		const names = this.file.value?.rows.map(({ name }) => name) ?? [];
		return names.filter((name) => /[^ -~]/.test(name)).slice(0, mostTelling);
	}

	/** Why the file cannot be sent, by the name of its text. */
	get problem(): "noRows" | "tooManyRows" | "missingColumns" | undefined {
		const file = this.file.value;
		if (!file) return undefined;
		if (file.missing.length > 0) return "missingColumns";
		if (file.rows.length === 0) return "noRows";
		return file.rows.length > mostRows ? "tooManyRows" : undefined;
	}

	/** Reads a file, in UTF-8 or in what Excel writes. */
	async readFile(file: Blob): Promise<void> {
		let text: string | undefined;
		await this.working.run(async () => {
			const bytes = new Uint8Array(await file.arrayBuffer());
			const unicode = decoded(bytes, "utf-8");
			this.isGuessed.value = !unicode.isReadable;
			text = unicode.isReadable ? unicode.text : decoded(bytes, "windows-1252").text;
		});
		if (text !== undefined) await this.read(text);
	}

	/** Reads a text and has the server look through it. */
	async read(text: string): Promise<void> {
		this.file.value = readPeople(text);
		this.faults.value = undefined;
		this.created.value = [];
		if (this.problem === undefined) await this.preview();
	}

	preview(): Promise<boolean> {
		return this.working.run(async () => {
			const { faults } = await this.#send(true);
			this.faults.value = faults;
		});
	}

	/** Takes all of them in; refused, it looks again for what has changed meanwhile. */
	async send(): Promise<boolean> {
		const done = await this.working.run(async () => {
			const { entities } = await this.#send(false);
			this.created.value = entities;
			this.made.selection.set(entities, true);
		});
		if (!done && this.working.error.peek()?.code === "import.refused") await this.preview();
		return done;
	}

	#send(preview: boolean): Promise<Answer> {
		return this.#api.request<Answer>("POST", path, { rows: this.file.peek()?.rows ?? [], preview });
	}
}
