import type { Api } from "../../session/api.ts";
import { Paged } from "../../session/paged.ts";

export const base = "/api/v2/externalcontacts";

/** A list of contacts or organizations, searched on the server. @param what its path below {@link base} */
export function listOf<T>(api: Api, what: string): Paged<T> {
	return new Paged<T>(({ text, number, size }) => {
		const q = text === "" ? "" : `&q=${encodeURIComponent(text)}`;
		return api.request("GET", `${base}/${what}?pageSize=${size}&pageNumber=${number}${q}`);
	});
}
