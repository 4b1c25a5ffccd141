import { batch, computed, signal } from "@preact/signals";
import type { Addressed, Place } from "../../session/addressed.ts";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import { searchPeople } from "../../session/people-search.ts";
import type { User } from "../../session/wire.ts";
import type { AuditMessage, AuditService } from "./audit-wire.ts";
import { RetentionModel } from "./retention-model.ts";

const path = "/api/inlay/v1/audits";

type Person = Pick<User, "id" | "name">;

/** What entries are narrowed to; days as their fields have them, the rest by the server's names. Empty is everything. */
export interface Choices {
	from: string;
	to: string;
	service: string;
	entity: string;
	action: string;
	status: string;
	/** Id of the thing whose changes are asked for. */
	thing: string;
	person: string;
}

const nothing: Choices = { from: "", to: "", service: "", entity: "", action: "", status: "", thing: "", person: "" };
const keys = Object.keys(nothing) as (keyof Choices)[];

/** Who has changed what. */
export class AuditModel implements Addressed {
	readonly choices = signal<Choices>(nothing);
	readonly person = signal<Person | undefined>(undefined);
	readonly entries: Paged<AuditMessage>;
	/** What there is to choose from. */
	readonly services: Loaded<AuditService[]>;
	readonly people: Paged<Person>;
	readonly retention: RetentionModel;
	readonly taking = new Task();
	readonly place = computed<Place>(() => ({
		...Object.fromEntries(Object.entries(this.choices.value).filter(([, value]) => value !== "")),
		...this.entries.place.value,
	}));
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.people = searchPeople(api);
		this.retention = new RetentionModel(api);
		this.services = new Loaded(async () => {
			const found = await api.request<{ services: AuditService[] }>("GET", "/api/v2/audits/query/servicemapping");
			return found.services;
		});
		this.entries = new Paged(({ text, number, size }) => {
			const query = this.#query(text);
			query.set("pageSize", String(size));
			query.set("pageNumber", String(number));
			return api.request<Slice<AuditMessage>>("GET", `${path}?${query}`);
		});
	}

	get steps() {
		return this.entries.steps;
	}

	/** Narrows, or widens, what is shown; from the first page on. Another service has other things. */
	choose(choice: Partial<Choices>): void {
		const other = choice.service !== undefined && choice.service !== this.choices.peek().service;
		batch(() => {
			this.choices.value = { ...this.choices.peek(), ...(other ? { entity: "", action: "" } : {}), ...choice };
			void this.entries.go(1);
		});
	}

	choosePerson(person: Person | undefined): void {
		this.person.value = person;
		this.choose({ person: person?.id ?? "" });
	}

	restore(at: Place): void {
		const before = JSON.stringify(this.choices.peek());
		const next = Object.fromEntries(keys.map((key) => [key, at[key] ?? ""])) as unknown as Choices;
		batch(() => {
			this.choices.value = next;
			if (next.person !== (this.person.peek()?.id ?? "")) this.#restorePerson(next.person);
		});
		const { text = "", page = "1" } = at;
		this.entries.restore({ text, page }, before !== JSON.stringify(next));
	}

	/** The server's file of what is shown, all pages of it. */
	async take(format: "csv" | "json"): Promise<string | undefined> {
		let text: string | undefined;
		await this.taking.run(async () => {
			const query = this.#query(this.entries.text.peek().trim());
			query.set("format", format);
			text = await this.#api.text(`${path}/export?${query}`);
		});
		return text;
	}

	/** The address names an id; the name comes when it is read, where one may see people. */
	#restorePerson(id: string): void {
		this.person.value = id === "" ? undefined : { id, name: id };
		if (id === "") return;
		this.#api.request<User>("GET", `/api/v2/users/${encodeURIComponent(id)}`).then(
			(user) => {
				if (this.person.peek()?.id === id) this.person.value = user;
			},
			() => undefined,
		);
	}

	#query(text: string): URLSearchParams {
		const { from, to, service, entity, action, status, thing, person } = this.choices.peek();
		const asked = {
			...{ from: startOf(from), to: startOf(to, 1), serviceName: service, entityType: entity, action, status },
			...{ entityId: thing, userId: person, q: text },
		};
		return new URLSearchParams(Object.entries(asked).flatMap(([key, value]) => (value ? [[key, value]] : [])));
	}
}

/** Midnight here of a day, or of some day after it; nothing of what is no day. */
export function startOf(day: string, plus = 0): string | undefined {
	const [year, month, date] = day.split("-").map(Number);
	if (!/^\d{4}-\d\d-\d\d$/.test(day) || year === undefined || month === undefined || date === undefined)
		return undefined;
	return new Date(year, month - 1, date + plus).toISOString();
}
