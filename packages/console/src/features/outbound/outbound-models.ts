import { computed, signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Need } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import { VersionedForm } from "../../session/versioned-form.ts";
import { type KindName, kindNames } from "./kind-names.ts";
import { kinds, type OutboundThing, problemsOf, type ThingForm } from "./kinds.ts";

/** The lists of each kind that one may see. */
export class OutboundModel {
	readonly lists: ReadonlyArray<{ kind: KindName; things: Loaded<OutboundThing[]> }>;

	constructor(api: Api, self: Self) {
		const seen = kindNames.filter((kind) => self.rights.peek().may(kinds[kind].view));
		this.lists = seen.map((kind) => ({
			kind,
			things: new Loaded(() => listAll<OutboundThing>(api, kinds[kind].path)),
		}));
	}
}

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

const pollMs = 1000;

/** One thing of outbound dialing, new or existing, saved whole. */
export class OutboundThingModel {
	readonly kind: KindName;
	readonly thing: Loaded<OutboundThing>;
	readonly details: VersionedForm<OutboundThing, ThingForm>;
	/** What its fields can choose among. */
	readonly choices = signal<Readonly<Record<string, readonly Named[]>>>({});
	readonly tried = signal(false);
	readonly removing = new Task();
	/** Starting, stopping, an upload, adding numbers. */
	readonly acting = new Task();
	readonly progress = signal<{ done: number; total: number } | undefined>(undefined);
	readonly upload = signal<ImportStatus | undefined>(undefined);
	readonly problems = computed(() => {
		const form = this.details.form.value;
		return form ? problemsOf(kinds[this.kind], form) : new Set<string>();
	});
	readonly #api: Api;
	readonly #self: Self;
	readonly #id: string | undefined;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, kind: KindName, id?: string) {
		this.#api = api;
		this.#self = self;
		this.kind = kind;
		this.#id = id;
		this.details = new VersionedForm<OutboundThing, ThingForm>({
			formOf: kinds[kind].formOf,
			read: () => this.#read(),
			save: (form, base) => this.#send(form, base),
		});
		this.thing = new Loaded(async () => {
			const [thing, choices] = await Promise.all([this.#read(), this.#readChoices()]);
			this.choices.value = choices;
			this.details.show(thing);
			await this.#readProgress();
			this.upload.value = thing.importStatus as ImportStatus | undefined;
			return thing;
		});
	}

	get isNew(): boolean {
		return this.#id === undefined;
	}

	get lack(): Need | undefined {
		return this.#self.rights.value.lack(this.isNew ? kinds[this.kind].add : kinds[this.kind].edit);
	}

	may(need: Need): boolean {
		return this.#self.rights.value.may(need);
	}

	/** Resolves to the id of what was saved; undefined where it was refused, or something is missing. */
	async save(): Promise<string | undefined> {
		this.tried.value = true;
		if (this.problems.peek().size > 0 || !(await this.details.save())) return undefined;
		return this.details.base.peek()?.id;
	}

	remove(): Promise<boolean> {
		return this.removing.run(() => this.#api.request("DELETE", this.#path()));
	}

	/** Starts or stops a campaign. */
	async turn(on: boolean): Promise<void> {
		await this.acting.run(async () => {
			await this.#api.request("POST", `${this.#path()}/${on ? "start" : "stop"}`);
			this.details.show(await this.#read());
			await this.#readProgress();
		});
	}

	/** Reads a file into a contact list, and follows how far it is. */
	async send(file: Blob, mode: string): Promise<void> {
		await this.acting.run(async () => {
			const path = `/api/v2/inlay/outbound/contactlists/${this.#id}/contacts?mode=${mode}`;
			this.upload.value = await this.#api.request<ImportStatus>("PUT", path, file);
			while (this.upload.peek()?.state === "IN_PROGRESS") {
				await new Promise((resolve) => setTimeout(resolve, pollMs));
				this.upload.value = await this.#api.request<ImportStatus>("GET", `${this.#path()}/importstatus`);
			}
			this.details.show(await this.#read());
		});
	}

	addNumbers(lines: string): Promise<boolean> {
		const phoneNumbers = lines.split(/[\n;]/).map((one) => one.trim());
		return this.acting.run(async () => {
			const body = { action: "Add", phoneNumbers: phoneNumbers.filter((one) => one !== "") };
			await this.#api.request("PATCH", `${this.#path()}/phonenumbers`, body);
			this.details.show(await this.#read());
		});
	}

	#path(): string {
		return `${kinds[this.kind].path}/${this.#id}`;
	}

	async #read(): Promise<OutboundThing> {
		if (this.#id === undefined) return { id: "", version: 0, name: "" };
		return this.#api.request<OutboundThing>("GET", this.#path());
	}

	async #readProgress(): Promise<void> {
		if (this.kind !== "campaigns" || this.isNew) return;
		const { numberOfContactsCalled, totalNumberOfContacts } = await this.#api.request<{
			numberOfContactsCalled: number;
			totalNumberOfContacts: number;
		}>("GET", `${this.#path()}/progress`);
		this.progress.value = { done: numberOfContactsCalled, total: totalNumberOfContacts };
	}

	async #readChoices(): Promise<Record<string, readonly Named[]>> {
		const wanted = new Set(kinds[this.kind].fields.flatMap((field) => ("of" in field ? [field.of] : [])));
		const found = [...wanted].map(async (of): Promise<[string, Named[]]> => {
			const isQueues = of === "queues";
			const may = this.#self.rights.peek().may(isQueues ? needs.viewQueues : kinds[of].view);
			const path = isQueues ? "/api/v2/routing/queues" : kinds[of].path;
			return [of, may ? await listAll<Named>(this.#api, path) : []];
		});
		return Object.fromEntries(await Promise.all(found));
	}

	async #send(form: ThingForm, base: OutboundThing): Promise<OutboundThing> {
		const { path, bodyOf } = kinds[this.kind];
		if (this.isNew) return this.#api.request<OutboundThing>("POST", path, bodyOf(form, undefined));
		return this.#api.request<OutboundThing>("PUT", this.#path(), { ...bodyOf(form, base), version: base.version });
	}
}
