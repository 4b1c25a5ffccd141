import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import { Paged } from "../../session/paged.ts";
import type { ResponseFile } from "./response-form.ts";

const base = "/api/v2/responsemanagement/responseassets";

/** `ResponseAsset`, as far as it is shown. */
export interface Asset {
	id: string;
	name: string;
	contentLength: number;
	division: { id: string; name: string };
	/** Responses that bring it along, where one may see them. */
	responses: Array<{ id: string; name: string }>;
}

interface Found {
	results: Asset[];
	total: number;
}

/** Files of responses, found by parts of their names. */
export function pagedFiles(api: Api, size?: number): Paged<Asset> {
	return new Paged<Asset>(async ({ text, number, size: pageSize }) => {
		const query = text === "" ? [] : [{ type: "CONTAINS", fields: ["name"], value: text }];
		const asked = { query, pageNumber: number, pageSize };
		const { results, total } = await api.request<Found>("POST", `${base}/search`, asked);
		return { entities: results, total };
	}, size);
}

/** Brings a file: asks where, and puts it there. */
export async function bringFile(api: Api, file: File): Promise<ResponseFile> {
	const { id, url } = await api.request<{ id: string; url: string }>("POST", `${base}/uploads`, { name: file.name });
	const { pathname, search } = new URL(url);
	const content = new Blob([file], { type: "application/octet-stream" });
	await api.request("PUT", pathname + search, content, { noVersion: "it is brought once" });
	return { id, name: file.name, size: file.size };
}

/** All files of responses that one may see. */
export class FilesModel {
	readonly files: Paged<Asset>;
	readonly bringing = new Task();
	readonly removing = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.files = pagedFiles(api);
	}

	/** Resolves to true when it is there. */
	async bring(file: File): Promise<boolean> {
		const isDone = await this.bringing.run(() => bringFile(this.#api, file));
		if (isDone) await this.files.slice.load();
		return isDone;
	}

	async remove({ id }: Asset): Promise<boolean> {
		const isDone = await this.removing.run(() => this.#api.request("DELETE", `${base}/${encodeURIComponent(id)}`));
		if (isDone) await this.files.slice.load();
		return isDone;
	}
}
