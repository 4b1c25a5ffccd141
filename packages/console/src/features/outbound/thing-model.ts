import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { NewPlace } from "../../session/new-place.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Need } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import type { Encoding } from "../../shell/csv.ts";
import { Entries, type Entry } from "./entries.ts";
import { idOf, type OutboundThing, type ThingForm } from "./kind.ts";
import type { KindName } from "./kind-names.ts";
import { kinds, namesThing, problemsOf } from "./kinds.ts";
import { numbersIn, refusalOf } from "./refusals.ts";

export interface ImportStatus {
	state: string;
	percentComplete: number;
	completedRecords: number;
	inlayRefusedRecords?: number;
	inlayErrors?: RefusedRow[];
}

/** A row of a file that was not taken, and why. */
export interface RefusedRow {
	row: number;
	field: string;
	code: string;
	value: string;
}

type Named = Pick<OutboundThing, "id" | "name"> & Partial<OutboundThing>;

/** What belongs to no outbound thing and is chosen among all the same. */
const elsewhere = {
	queues: { path: "/api/v2/routing/queues", view: needs.viewQueues },
	wrapupcodes: { path: "/api/v2/routing/wrapupcodes", view: needs.viewWrapupCodes },
	scripts: { path: "/api/v2/scripts", view: needs.viewScripts },
};

type Choices = Readonly<Record<string, readonly Named[]>>;

const pollMs = 1000;

/** How far a campaign is. */
export interface Progress {
	done: number;
	total: number;
	skipReasons: Array<{ reason: string; count: number }>;
}

/** How a campaign calls, as the server tells it. */
export interface CampaignStats {
	/** Of the last 200 answers, and of the calls that they took. */
	contactRate: { attempts: number; connects: number };
	inlay: { abandoned: number; abandonRate: number };
	adjustedCallsPerAgent: number;
	/** Contacts that are called, talked with or wrapped up. */
	outstandingCalls: number;
	/** Calls of this run. */
	validAttempts: number;
}

/** One thing of outbound dialing, new or existing, saved whole; and what is done with it beside that. */
export class OutboundThingModel extends OneThing<OutboundThing, ThingForm> {
	readonly kind: KindName;
	/** Where it is made; absent for an existing one. */
	readonly place: NewPlace | undefined;
	/** What its fields can choose among. */
	readonly choices: Loaded<Choices>;
	/** Starting, stopping, an upload, adding numbers. */
	readonly acting = new Task();
	readonly progress = signal<Progress | undefined>(undefined);
	readonly stats = signal<CampaignStats | undefined>(undefined);
	readonly upload = signal<ImportStatus | undefined>(undefined);
	/** What stands in a list, where one may see it. */
	readonly entries: Entries | undefined;
	/** Names of the campaigns that call a contact list's contacts now. */
	readonly callers = new Loaded(() => this.#readCallers());
	/** The campaigns that name it. */
	readonly users = new Loaded(() => this.#readUsers());
	readonly #api: Api;
	readonly #self: Self;
	readonly #path: string;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, kind: KindName, id?: string) {
		const { path, formOf, bodyOf, add, edit, remove, mergers = {} } = kinds[kind];
		const one = `${path}/${id}`;
		const deeds = { add, edit, delete: remove };
		// What is added with a permission in every division is in none.
		const isPlaced = id === undefined && add.divisionId === undefined;
		const place = isPlaced ? new NewPlace(api, self, add) : undefined;
		super(id, {
			fresh: () => ({ id: "", version: 0, name: "" }),
			formOf,
			problemsOf: (form) => problemsOf(kinds[kind], form),
			read: () => this.#read(),
			add: (form) => api.request("POST", path, { ...bodyOf(form, undefined), ...place?.body }),
			change: (_id, form, base) => api.request("PUT", one, { ...bodyOf(form, base), version: base.version }),
			remove: () => api.request("DELETE", one),
			lack: (deed) => self.rights.value.lack(deeds[deed]),
			mergers,
		});
		this.#api = api;
		this.#self = self;
		this.#path = one;
		this.kind = kind;
		this.place = place;
		this.choices = new Loaded(() => this.#readChoices());
		this.entries = id === undefined ? undefined : this.#entriesOf(id);
	}

	#entriesOf(id: string): Entries | undefined {
		const { kind } = this;
		if (kind !== "contactlists" && kind !== "dnclists") return undefined;
		if (!this.may(kind === "contactlists" ? needs.viewContacts : needs.viewDncNumbers)) return undefined;
		return new Entries(this.#api, kind, id, () => this.details.base.peek());
	}

	/** Why the API refused a field when it was saved, in the console's words. */
	refusalOf(key: string): string | undefined {
		const error = this.details.saving.error.value;
		const form = this.details.form.value;
		if (!error || !form) return undefined;
		const base = this.isNew ? undefined : this.details.base.value;
		const list = this.choices.value?.contactlists?.find((one) => one.id === form.contactList);
		return refusalOf(key, { error, kind: this.kind, form, base, list });
	}

	removeEntry(entries: Entries, entry: Entry): Promise<boolean> {
		return this.acting.run(async () => {
			await entries.remove(entry);
			await this.refresh();
		});
	}

	/** What something that its fields name is called; its id where one may not see it. */
	nameOf(of: string, id: string): string {
		return this.choices.value?.[of]?.find((one) => one.id === id)?.name ?? id;
	}

	/** Columns of the contact list that the form names; none where one may not see it, or none is named. */
	columns(from: "phone" | "all"): readonly string[] {
		const id = this.details.form.value?.contactList;
		const list = this.choices.value?.contactlists?.find((one) => one.id === id);
		if (from === "all") return (list?.columnNames ?? []) as string[];
		return ((list?.phoneColumns ?? []) as Array<{ columnName: string }>).map(({ columnName }) => columnName);
	}

	/** What a field of the thing names that one may not see: its name, where the API tells it with the thing. */
	unseenName(key: string, id: string): string | undefined {
		const named = [this.details.base.value?.[key]].flat() as Array<Partial<Named> | undefined>;
		return named.find((one) => one?.id === id)?.name;
	}

	may(need: Need): boolean {
		return this.#self.rights.value.may(need);
	}

	/** Starts or stops a campaign. */
	async turn(on: boolean): Promise<void> {
		await this.acting.run(async () => {
			await this.#api.request("POST", `${this.#path}/${on ? "start" : "stop"}`);
			await this.refresh();
		});
	}

	/** How a campaign stands now; what was typed stays. */
	async refresh(): Promise<void> {
		this.details.show(await this.#read());
		await this.entries?.reload();
	}

	/** Reads a file into a contact list. What an earlier one came to is no news any more. */
	async send(file: Blob, { mode, encoding }: { mode: string; encoding: Encoding }): Promise<void> {
		this.upload.value = undefined;
		await this.acting.run(async () => {
			const id = this.details.base.peek()?.id;
			const path = `/api/v2/inlay/outbound/contactlists/${id}/contacts?mode=${mode}&encoding=${encoding}`;
			this.upload.value = await this.#api.request<ImportStatus>("PUT", path, file, { noVersion: "contacts are added" });
		});
	}

	/** Follows how far an upload is, until it is over. @returns ends it */
	follow(): () => void {
		const timer = setInterval(() => void this.#look(), pollMs);
		return () => clearInterval(timer);
	}

	async #look(): Promise<void> {
		const asked = this.#api.request<ImportStatus>("GET", `${this.#path}/importstatus`);
		const status = await asked.catch(() => undefined);
		if (status?.state === "IN_PROGRESS") this.upload.value = status;
		else if (status) await this.refresh().catch(() => undefined);
	}

	addNumbers(lines: string): Promise<boolean> {
		return this.acting.run(async () => {
			const body = { action: "Add", phoneNumbers: numbersIn(lines).map((one) => one.number) };
			await this.#api.request("PATCH", `${this.#path}/phonenumbers`, body, { noVersion: "numbers are added" });
			await this.refresh();
		});
	}

	async #read(): Promise<OutboundThing> {
		const thing = await this.#api.request<OutboundThing>("GET", this.#path);
		if (this.kind === "campaigns") {
			const stats = this.#api.request<CampaignStats>("GET", `${this.#path}/stats`);
			[this.progress.value, this.stats.value] = await Promise.all([this.#readProgress(), stats]);
		}
		this.upload.value = thing.importStatus as ImportStatus | undefined;
		return thing;
	}

	async #readCallers(): Promise<string[]> {
		const { path, view } = kinds.campaigns;
		if (!this.may(view)) return [];
		const id = this.details.base.peek()?.id;
		const isCalling = ({ contactList, campaignStatus }: OutboundThing) =>
			idOf(contactList) === id && ["on", "stopping"].includes(String(campaignStatus));
		return (await listAll<OutboundThing>(this.#api, path)).filter(isCalling).map((one) => one.name);
	}

	async #readUsers(): Promise<Named[]> {
		const id = this.details.base.peek()?.id ?? "";
		const all = await listAll<OutboundThing>(this.#api, kinds.campaigns.path);
		return all.filter((campaign) => namesThing(campaign, this.kind, id));
	}

	async #readProgress(): Promise<Progress> {
		const { numberOfContactsCalled, totalNumberOfContacts, inlay } = await this.#api.request<{
			numberOfContactsCalled: number;
			totalNumberOfContacts: number;
			inlay?: Pick<Progress, "skipReasons">;
		}>("GET", `${this.#path}/progress`);
		const skipReasons = inlay?.skipReasons ?? [];
		return { done: numberOfContactsCalled, total: totalNumberOfContacts, skipReasons };
	}

	async #readChoices(): Promise<Choices> {
		const wanted = new Set(kinds[this.kind].fields.flatMap((field) => ("of" in field ? [field.of] : [])));
		const found = [...wanted].map(async (of): Promise<[string, Named[]]> => {
			const { path, view } = of === "queues" || of === "wrapupcodes" || of === "scripts" ? elsewhere[of] : kinds[of];
			const may = this.#self.rights.peek().may(view);
			return [of, may ? await listAll<Named>(this.#api, path) : []];
		});
		return Object.fromEntries(await Promise.all(found));
	}
}
