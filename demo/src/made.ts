import { join } from "node:path";
import { readJsonFile, writeJsonFile } from "./crm/durable-file.ts";

const fileName = "demo-made.json";

/** Where the demo's pages were when it last started. */
interface Places {
	crm: string;
	customer: string;
}

interface Kept {
	made: string[];
	places?: Places;
	queueId?: string;
}

/** What starts before this file came about have made. */
const ofOld = ["organization", "members", "stations", "number"] as const;

/** What the demo makes once: whoever changes or deletes it has done so for good. */
export type Made = (typeof ofOld)[number] | "skills" | "policy" | "samples";

/** What of the demo was ever made, as `demo-made.json` in the data folder keeps it. */
export class MadeOnce {
	readonly #path: string;
	readonly #kept: Kept;

	constructor(path: string, kept: Kept) {
		this.#path = path;
		this.#kept = kept;
	}

	/** @param isOld the demo has been made by a start that kept no such file */
	static async open(dataDir: string, isOld: boolean): Promise<MadeOnce> {
		const path = join(dataDir, fileName);
		const kept = (await readJsonFile(path)) as Partial<Kept> | undefined;
		const made = Array.isArray(kept?.made) ? kept.made : isOld ? [...ofOld] : [];
		return new MadeOnce(path, { ...kept, made });
	}

	/** Where the pages were at the last start; undefined at the first. */
	get placesBefore(): Places | undefined {
		return this.#kept.places;
	}

	/** The queue that was made; it may be gone. */
	get queueId(): string | undefined {
		return this.#kept.queueId;
	}

	isMade(what: Made): boolean {
		return this.#kept.made.includes(what);
	}

	/** Makes it, unless it was made before. A start that ends in between makes it again. */
	async once(what: Made, make: () => Promise<unknown>): Promise<void> {
		if (this.isMade(what)) return;
		await make();
		await this.note(what);
	}

	async note(what: Made): Promise<void> {
		if (!this.isMade(what)) this.#kept.made.push(what);
		await this.#write();
	}

	/** The start has come to its end. */
	async finish(places: Places, queueId: string): Promise<void> {
		const { crm, customer } = this.#kept.places ?? {};
		if (crm === places.crm && customer === places.customer && this.#kept.queueId === queueId) return;
		this.#kept.places = { crm: places.crm, customer: places.customer };
		this.#kept.queueId = queueId;
		await this.#write();
	}

	#write(): Promise<void> {
		return writeJsonFile(this.#path, this.#kept);
	}
}
