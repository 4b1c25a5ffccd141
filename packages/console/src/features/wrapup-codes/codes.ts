import type { Api } from "../../session/api.ts";
import { Paged } from "../../session/paged.ts";
import type { WrapupCode } from "./code.ts";

export const codesPath = "/api/v2/routing/wrapupcodes";

/** The wrap-up codes that one may see, by name, searched on the server. */
export function searchCodes(api: Api): Paged<WrapupCode> {
	return new Paged<WrapupCode>(({ text, number, size }) => {
		const name = text === "" ? "" : `&name=${encodeURIComponent(`*${text}*`)}`;
		return api.request("GET", `${codesPath}?pageSize=${size}&pageNumber=${number}${name}`);
	});
}
