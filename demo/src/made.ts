import { join } from "node:path";
import { readJsonFile, writeJsonFile } from "./crm/durable-file.ts";
import { clientIds, type DemoRole, people } from "./facts.ts";

const fileName = "demo-made.json";

/** Where the demo's pages were when it last started. */
interface Places {
	crm: string;
	customer: string;
}

interface Kept {
	made: string[];
	places?: Places;
	/** Of things whose ids the server has chosen. */
	ids: Record<string, string>;
}

/** What a start makes of which an administrator may change or delete each by itself. */
type Part =
	| "organization"
	| "members"
	| "stations"
	| "number"
	| "group"
	| "deployment"
	| "outbound"
	| "queue"
	| "codes"
	| `user ${DemoRole}`
	| `client ${keyof typeof clientIds}`;

/** What starts before this file came about have made. */
const ofOld: readonly Part[] = [
	...(["organization", "members", "stations", "number"] as const),
	...(["group", "deployment", "outbound", "queue", "codes"] as const),
	...(Object.keys(people) as DemoRole[]).map((role) => `user ${role}` as const),
	...(Object.keys(clientIds) as (keyof typeof clientIds)[]).map((client) => `client ${client}` as const),
];

/** What the demo makes once: whoever changes or deletes it has done so for good. */
export type Made =
	| Part
	| "messages"
	| "skills"
	| "policy"
	| "samples"
	| "texting"
	| "contacts"
	| "responses"
	| "web-chat"
	| "emails";

/** What of the demo was ever made, as `demo-made.json` in the data folder keeps it. */
export class MadeOnce {
	readonly #path: string;
	readonly #kept: Kept;

	constructor(path: string, kept: Kept) {
		this.#path = path;
		this.#kept = kept;
	}

	/** @param isOld the demo has been made by an earlier start, whether this file says so or is lost */
	static async open(dataDir: string, isOld: boolean): Promise<MadeOnce> {
		const path = join(dataDir, fileName);
		const kept = (await readJsonFile(path)) as (Partial<Kept> & { queueId?: string }) | undefined;
		const { made: noted = [], ids = kept?.queueId ? { queue: kept.queueId } : {}, places } = kept ?? {};
		const isOfOld = isOld && kept?.ids === undefined;
		const made = [...new Set([...noted, ...(isOfOld ? ofOld : [])])];
		const opened = new MadeOnce(path, { made, ids, ...(places ? { places } : {}) });
		// From here on a start that is ended in its middle is known to have made nothing yet.
		await opened.#write();
		return opened;
	}

	/** Where the pages were at the last start; undefined at the first. */
	get placesBefore(): Places | undefined {
		return this.#kept.places;
	}

	/** Of what was made; it may be gone. */
	idOf(what: "queue" | "group"): string | undefined {
		return this.#kept.ids[what];
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

	/** As `once`, of what has an id that the server chooses. */
	async thing(what: "queue" | "group", make: () => Promise<{ id: string }>): Promise<void> {
		await this.once(what, async () => {
			this.#kept.ids[what] = (await make()).id;
		});
	}

	async note(...whats: Made[]): Promise<void> {
		const fresh = whats.filter((what) => !this.isMade(what));
		if (fresh.length === 0) return;
		this.#kept.made.push(...fresh);
		await this.#write();
	}

	/** The start has come to its end. */
	async finish(places: Places): Promise<void> {
		const { crm, customer } = this.#kept.places ?? {};
		if (crm === places.crm && customer === places.customer) return;
		this.#kept.places = { crm: places.crm, customer: places.customer };
		await this.#write();
	}

	#write(): Promise<void> {
		return writeJsonFile(this.#path, this.#kept);
	}
}
