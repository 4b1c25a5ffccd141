import type { Api } from "../../session/api.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import type { OutboundThing } from "./kind.ts";

/** A contact of a list, or a number of a DNC list. */
export interface Entry {
	/** Of a number: the number itself. */
	id: string;
	/** What it is known by. */
	text: string;
}

interface Wire {
	entities: Array<{ id?: string; number?: string; data?: Record<string, string> }>;
	total: number;
}

/** What stands in a contact list or a DNC list: looked through page by page, and taken out one by one. */
export class Entries extends Paged<Entry> {
	readonly #api: Api;
	readonly #kind: "contactlists" | "dnclists";
	readonly #id: string;

	/** @param list what is known of the list: its columns are the order of what is shown */
	constructor(api: Api, kind: "contactlists" | "dnclists", id: string, list: () => OutboundThing | undefined) {
		super(async ({ text, number, size }) => {
			const rest = kind === "contactlists" ? "contacts" : "phonenumbers";
			const search = text === "" ? "" : `&search=${encodeURIComponent(text)}`;
			const path = `/api/v2/inlay/outbound/${kind}/${id}/${rest}?pageSize=${size}&pageNumber=${number}${search}`;
			const { entities, total } = await api.request<Wire>("GET", path);
			return { entities: entities.map((one) => entryOf(one, list())), total } satisfies Slice<Entry>;
		});
		this.#api = api;
		this.#kind = kind;
		this.#id = id;
	}

	async remove({ id }: Entry): Promise<void> {
		const path = `/api/v2/outbound/${this.#kind}/${this.#id}`;
		if (this.#kind === "contactlists") await this.#api.request("DELETE", `${path}/contacts/${id}`);
		else
			await this.#api.request(
				"PATCH",
				`${path}/phonenumbers`,
				{ action: "Remove", phoneNumbers: [id] },
				{ noVersion: "one number of many" },
			);
	}
}

function entryOf({ id = "", number, data = {} }: Wire["entities"][number], list: OutboundThing | undefined): Entry {
	if (number !== undefined) return { id: number, text: number };
	const columns = (list?.columnNames ?? Object.keys(data)) as string[];
	const values = columns.map((name) => data[name] ?? "").filter((value) => value !== "");
	return { id, text: values.join(" · ") || id };
}
