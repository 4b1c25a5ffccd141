import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Need } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import type { OutboundThing, ThingForm } from "./kind.ts";
import type { KindName } from "./kind-names.ts";
import { kinds, problemsOf } from "./kinds.ts";

export interface ImportStatus {
	state: string;
	percentComplete: number;
	completedRecords: number;
	inlayRefusedRecords?: number;
	inlayErrors?: Array<{ row: number; field: string; code: string; value: string }>;
}

interface Named {
	id: string;
	name: string;
}

type Choices = Readonly<Record<string, readonly Named[]>>;

const pollMs = 1000;

/** One thing of outbound dialing, new or existing, saved whole; and what is done with it beside that. */
export class OutboundThingModel extends OneThing<OutboundThing, ThingForm> {
	readonly kind: KindName;
	/** What its fields can choose among. */
	readonly choices: Loaded<Choices>;
	/** Starting, stopping, an upload, adding numbers. */
	readonly acting = new Task();
	readonly progress = signal<{ done: number; total: number } | undefined>(undefined);
	readonly upload = signal<ImportStatus | undefined>(undefined);
	readonly #api: Api;
	readonly #self: Self;
	readonly #path: string;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, kind: KindName, id?: string) {
		const { path, formOf, bodyOf, add, edit, remove } = kinds[kind];
		const one = `${path}/${id}`;
		const deeds = { add, edit, delete: remove };
		super(id, {
			fresh: () => ({ id: "", version: 0, name: "" }),
			formOf,
			problemsOf: (form) => problemsOf(kinds[kind], form),
			read: () => this.#read(),
			add: (form) => api.request("POST", path, bodyOf(form, undefined)),
			change: (_id, form, base) => api.request("PUT", one, { ...bodyOf(form, base), version: base.version }),
			remove: () => api.request("DELETE", one),
			lack: (deed) => self.rights.value.lack(deeds[deed]),
		});
		this.#api = api;
		this.#self = self;
		this.#path = one;
		this.kind = kind;
		this.choices = new Loaded(() => this.#readChoices());
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
	}

	/** Reads a file into a contact list, and follows how far it is. */
	async send(file: Blob, mode: string): Promise<void> {
		await this.acting.run(async () => {
			const id = this.details.base.peek()?.id;
			const path = `/api/v2/inlay/outbound/contactlists/${id}/contacts?mode=${mode}`;
			this.upload.value = await this.#api.request<ImportStatus>("PUT", path, file);
			while (this.upload.peek()?.state === "IN_PROGRESS") {
				await new Promise((resolve) => setTimeout(resolve, pollMs));
				this.upload.value = await this.#api.request<ImportStatus>("GET", `${this.#path}/importstatus`);
			}
			await this.refresh();
		});
	}

	addNumbers(lines: string): Promise<boolean> {
		const phoneNumbers = lines.split(/[\n;]/).map((one) => one.trim());
		return this.acting.run(async () => {
			const body = { action: "Add", phoneNumbers: phoneNumbers.filter((one) => one !== "") };
			await this.#api.request("PATCH", `${this.#path}/phonenumbers`, body);
			await this.refresh();
		});
	}

	async #read(): Promise<OutboundThing> {
		const thing = await this.#api.request<OutboundThing>("GET", this.#path);
		if (this.kind === "campaigns") this.progress.value = await this.#readProgress();
		this.upload.value = thing.importStatus as ImportStatus | undefined;
		return thing;
	}

	async #readProgress(): Promise<{ done: number; total: number }> {
		const { numberOfContactsCalled, totalNumberOfContacts } = await this.#api.request<{
			numberOfContactsCalled: number;
			totalNumberOfContacts: number;
		}>("GET", `${this.#path}/progress`);
		return { done: numberOfContactsCalled, total: totalNumberOfContacts };
	}

	async #readChoices(): Promise<Choices> {
		const wanted = new Set(kinds[this.kind].fields.flatMap((field) => ("of" in field ? [field.of] : [])));
		const found = [...wanted].map(async (of): Promise<[string, Named[]]> => {
			const isQueues = of === "queues";
			const may = this.#self.rights.peek().may(isQueues ? needs.viewQueues : kinds[of].view);
			const path = isQueues ? "/api/v2/routing/queues" : kinds[of].path;
			return [of, may ? await listAll<Named>(this.#api, path) : []];
		});
		return Object.fromEntries(await Promise.all(found));
	}
}
