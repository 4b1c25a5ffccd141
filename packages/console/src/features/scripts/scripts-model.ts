import type { ScriptDocument } from "@inlay/contract/scripter/agent-script";
import type { OutsideFacts } from "@inlay/contract/scripter/check-script";
import type { ScriptHosts, WebServiceView } from "@inlay/contract/scripter/web-service";
import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { NewPlace } from "../../session/new-place.ts";
import { OneThing } from "../../session/one-thing.ts";
import { Paged } from "../../session/paged.ts";
import type { Self } from "../../session/self.ts";
import type { Queue } from "../../session/wire.ts";
import type { Named } from "./desk.ts";
import {
	documentOf,
	formOfDocument,
	newDocument,
	readExported,
	type ScriptForm,
	type ScriptThing,
	scriptFormOf,
	scriptProblems,
} from "./script-form.ts";

const base = "/api/inlay/v1/scripts";
const pathOf = (id: string) => `${base}/${encodeURIComponent(id)}`;

/** `Script` of the platform's listing, as far as the list shows it. */
export interface ScriptRow {
	id: string;
	name: string;
	modifiedDate: string;
	publishedDate?: string;
}

/** All scripts that one may see, by name. */
export class ScriptsModel {
	readonly scripts: Paged<ScriptRow>;

	constructor(api: Api) {
		this.scripts = new Paged<ScriptRow>(({ text, number, size }) => {
			const name = text === "" ? "" : `&name=${encodeURIComponent(`*${text}*`)}`;
			return api.request("GET", `/api/v2/scripts?pageSize=${size}&pageNumber=${number}${name}`);
		});
	}
}

/** A published version, as the list has it. */
export interface ScriptVersion {
	id: string;
	number: number;
	publishedAt: string;
	publishedBy?: { id: string };
}

type QueueWithScripts = Queue & { defaultScripts?: Record<string, { id: string }> };

const deeds = { add: needs.addScript, edit: needs.editScript, delete: needs.deleteScript };

/** One script, new or existing: written here, and published. */
export class ScriptModel extends OneThing<ScriptThing, ScriptForm> {
	readonly id: string | undefined;
	/** Where it is made; absent for an existing one. */
	readonly place: NewPlace | undefined;
	/** The newest first. */
	readonly versions: Loaded<ScriptVersion[]>;
	/** What agents see now. */
	readonly live: Loaded<{ number: number; document: ScriptDocument } | undefined>;
	/** All queues: some show it, and its steps may name any; undefined to who may not see them. */
	readonly queues: Loaded<QueueWithScripts[] | undefined>;
	/** Those that its steps may put into an answer; undefined to who may not see them. */
	readonly responses: Loaded<Named[] | undefined>;
	/** Those that its steps may ask; undefined to who may not see them. */
	readonly services: Loaded<WebServiceView[] | undefined>;
	/** What scripts may reach. */
	readonly hosts: Loaded<ScriptHosts>;
	readonly publishing = new Task();
	/** Going back to a version, or reading a file. */
	readonly taking = new Task();
	/** Names of who has published, by id. */
	readonly people = signal<ReadonlyMap<string, string>>(new Map());
	readonly #api: Api;
	readonly #self: Self;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const place = id === undefined ? new NewPlace(api, self, deeds.add) : undefined;
		super(id, {
			fresh: () => ({ id: "", name: "", version: 0, document: newDocument }),
			formOf: scriptFormOf,
			problemsOf: scriptProblems,
			read: (of) => api.request("GET", pathOf(of)),
			add: (form) => api.request("POST", base, { name: form.name.trim(), document: documentOf(form), ...place?.body }),
			change: (of, form, { version }) =>
				api.request("PUT", pathOf(of), { name: form.name.trim(), document: documentOf(form), version }),
			remove: (of) => api.request("DELETE", pathOf(of)),
			lack: (deed, script) => self.rights.value.lack(inDivision(deeds[deed], script?.division?.id)),
		});
		this.id = id;
		this.place = place;
		this.#api = api;
		this.#self = self;
		this.versions = new Loaded(() => this.#readVersions());
		this.live = new Loaded(() => this.#readLive());
		this.queues = new Loaded(async () =>
			self.rights.peek().may(needs.viewQueues) ? listAll<QueueWithScripts>(api, "/api/v2/routing/queues") : undefined,
		);
		this.services = new Loaded(async () =>
			self.rights.peek().may(needs.viewWebServices)
				? listAll<WebServiceView>(api, "/api/inlay/v1/web-services")
				: undefined,
		);
		this.hosts = new Loaded(() => api.request("GET", "/api/inlay/v1/scripts-hosts"));
		this.responses = new Loaded(async () =>
			self.rights.peek().may(needs.viewResponses) ? this.#readResponses() : undefined,
		);
	}

	/** What the check knows of what is outside of the script, as far as it was read. */
	get outside(): OutsideFacts {
		return { pageHosts: this.hosts.value?.pages, services: this.services.value };
	}

	/** Names of the queues that show it; undefined where they are not known. */
	get shownIn(): string[] | undefined {
		const shows = ({ defaultScripts = {} }: QueueWithScripts) =>
			Object.values(defaultScripts).some(({ id }) => id === this.id);
		return this.queues.value?.filter(shows).map(({ name }) => name);
	}

	/** What keeps one from publishing it. */
	get lackToPublish() {
		return this.#self.rights.value.lack(inDivision(needs.publishScript, this.details.base.value?.division?.id));
	}

	/** Publishes what is on the page as saved, and nothing that a colleague has saved since. Its number, or undefined. */
	async publish(): Promise<number | undefined> {
		const script = this.details.base.peek();
		if (!script || this.details.changed.peek().length > 0) return undefined;
		let number: number | undefined;
		const seen = { etag: `"${script.version}"` };
		await this.publishing.run(async () => {
			const version = await this.#api.request<ScriptVersion>("POST", `${pathOf(script.id)}/publish`, undefined, seen);
			number = version.number;
		});
		// After a conflict the page has what the colleague saved; what was typed here stays.
		await this.loaded.load();
		await Promise.all([this.versions.load(), this.live.load()]);
		return number;
	}

	/** Puts an earlier version into the form; agents see it once it is saved and published. */
	takeBack(versionId: string): Promise<boolean> {
		return this.taking.run(async () => {
			const path = `${pathOf(this.id ?? "")}/versions/${encodeURIComponent(versionId)}`;
			const { document } = await this.#api.request<{ document: ScriptDocument }>("GET", path);
			this.details.change(formOfDocument(document));
		});
	}

	/** Puts an exported file into the form; false where it holds none. */
	take(text: string): boolean {
		const found = readExported(text);
		if (!found) return false;
		const name = this.details.form.peek()?.name || found.name;
		this.details.change({ name, ...formOfDocument(found.document) });
		return true;
	}

	async #readVersions(): Promise<ScriptVersion[]> {
		if (this.id === undefined) return [];
		const versions = await listAll<ScriptVersion>(this.#api, `${pathOf(this.id)}/versions`);
		const ids = [...new Set(versions.flatMap(({ publishedBy }) => publishedBy?.id ?? []))].slice(0, 100);
		if (ids.length > 0) {
			const path = `/api/v2/users?state=any&pageSize=100&pageNumber=1&id=${ids.map(encodeURIComponent).join(",")}`;
			const found = await this.#api
				.request<{ entities: Array<{ id: string; name: string }> }>("GET", path)
				.catch(() => undefined);
			this.people.value = new Map(found?.entities.map(({ id, name }) => [id, name]));
		}
		return versions;
	}

	async #readLive() {
		const published = this.details.base.peek()?.published;
		if (!published || this.id === undefined) return undefined;
		const path = `${pathOf(this.id)}/versions/${encodeURIComponent(published.versionId)}`;
		return this.#api.request<{ number: number; document: ScriptDocument }>("GET", path);
	}

	async #readResponses(): Promise<Named[]> {
		const filters = [{ name: "responseType", operator: "NOTEQUALS", values: ["Footer"] }];
		const found: Named[] = [];
		for (let pageNumber = 1; ; pageNumber++) {
			const { results } = await this.#api.request<{ results: { entities: Named[]; pageCount?: number } }>(
				"POST",
				"/api/v2/responsemanagement/responses/query",
				{ filters, pageSize: 500, pageNumber },
			);
			found.push(...results.entities);
			if (pageNumber >= (results.pageCount ?? 1)) return found;
		}
	}
}
