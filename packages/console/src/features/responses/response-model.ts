import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import type { Self } from "../../session/self.ts";
import { mergeByKey } from "../../session/three-way.ts";
import type { Queue } from "../../session/wire.ts";
import { type Asset, bringFile, pagedFiles } from "./files-model.ts";
import {
	type CannedResponse,
	type Library,
	newResponse,
	type ResponseFile,
	type ResponseForm,
	responseBodyOf,
	responseFormOf,
	responseProblems,
} from "./response-form.ts";

const base = "/api/v2/responsemanagement";
const at = (what: "libraries" | "responses", id: string) => `${base}/${what}/${encodeURIComponent(id)}`;

/** All responses, found by their words. */
export class ResponsesModel {
	readonly responses: Paged<CannedResponse>;

	constructor(api: Api) {
		this.responses = new Paged<CannedResponse>(async ({ text, number, size }) => {
			const asked = { pageNumber: number, pageSize: size, ...(text === "" ? {} : { queryPhrase: text }) };
			return (await api.request<{ results: Slice<CannedResponse> }>("POST", `${base}/responses/query`, asked)).results;
		});
	}
}

const responseDeeds = { add: needs.addResponse, edit: needs.editResponse, delete: needs.deleteResponse };

/** One response, new or existing. */
export class ResponseModel extends OneThing<CannedResponse, ResponseForm> {
	readonly libraries: Loaded<Library[]>;
	/** Those that are there, to choose from. */
	readonly files: Paged<Asset>;
	readonly bringing = new Task();
	readonly #api: Api;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		super(id, {
			fresh: () => newResponse,
			formOf: responseFormOf,
			problemsOf: responseProblems,
			read: (of) => api.request("GET", at("responses", of)),
			add: (form, fresh) => {
				const { version: _version, ...body } = responseBodyOf(form, fresh);
				return api.request("POST", `${base}/responses`, body);
			},
			change: (of, form, before) => api.request("PUT", at("responses", of), responseBodyOf(form, before)),
			remove: (of) => api.request("DELETE", at("responses", of)),
			lack: (deed) => self.rights.value.lack(responseDeeds[deed]),
			mergers: { defaults: mergeByKey },
		});
		this.libraries = new Loaded(() => listAll<Library>(api, `${base}/libraries`));
		this.files = pagedFiles(api);
		this.#api = api;
	}

	/** A file of somebody's own is brought, and goes with the response once that is saved. */
	async bring(file: File): Promise<void> {
		await this.bringing.run(async () => this.put(await bringFile(this.#api, file)));
	}

	put(file: ResponseFile): void {
		const files = this.details.form.peek()?.files ?? [];
		if (!files.some(({ id }) => id === file.id)) this.details.change({ files: [...files, file] });
	}

	drop(fileId: string): void {
		const files = this.details.form.peek()?.files ?? [];
		this.details.change({ files: files.filter(({ id }) => id !== fileId) });
	}
}

export class LibrariesModel {
	readonly libraries: Loaded<Library[]>;

	constructor(api: Api) {
		this.libraries = new Loaded(() => listAll<Library>(api, `${base}/libraries`));
	}
}

export interface LibraryForm {
	name: string;
	isForAll: boolean;
	queueIds: string[];
}

const libraryDeeds = { add: needs.addLibrary, edit: needs.editLibrary, delete: needs.deleteLibrary };

function libraryBodyOf({ name, isForAll, queueIds }: LibraryForm) {
	return { name: name.trim(), inlay: { queueIds: isForAll ? null : queueIds } };
}

/** One library, new or existing. */
export class LibraryModel extends OneThing<Library, LibraryForm> {
	/** Those that one may see. */
	readonly queues: Loaded<Queue[]>;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		super(id, {
			fresh: () => ({ id: "", name: "", version: 0, inlay: { queueIds: null } }),
			formOf: ({ name, inlay: { queueIds } }) => ({ name, isForAll: queueIds === null, queueIds: queueIds ?? [] }),
			problemsOf: ({ name }) => new Set<keyof LibraryForm>(name.trim() === "" ? ["name"] : []),
			read: (of) => api.request("GET", at("libraries", of)),
			add: (form) => api.request("POST", `${base}/libraries`, libraryBodyOf(form)),
			change: (of, form, { version }) => api.request("PUT", at("libraries", of), { ...libraryBodyOf(form), version }),
			remove: (of) => api.request("DELETE", at("libraries", of)),
			lack: (deed) => self.rights.value.lack(libraryDeeds[deed]),
		});
		this.queues = new Loaded(async () =>
			self.rights.peek().may(needs.viewQueues) ? listAll<Queue>(api, "/api/v2/routing/queues") : [],
		);
	}
}
