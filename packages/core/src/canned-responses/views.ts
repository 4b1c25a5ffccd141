import type { AssetFacts } from "./assets/model.ts";
import type { CannedResponse, Library } from "./model.ts";
import { plainOf } from "./safe-html.ts";

/** Users by their ids, and libraries by theirs. */
export interface Names {
	users: ReadonlyMap<string, { name: string; version: number }>;
	libraries: ReadonlyMap<string, string>;
	assets: ReadonlyMap<string, AssetFacts>;
}

const path = "/api/v2/responsemanagement";

/** `Library`. */
export function libraryView(library: Library, { users }: Pick<Names, "users">) {
	const { id, name, version, createdAt, queueIds } = library;
	return {
		...{ id, name, version, dateCreated: createdAt.toISOString() },
		...createdBy(library, users),
		inlay: { queueIds: queueIds ?? null },
		selfUri: `${path}/libraries/${id}`,
	};
}

/** `Response`. */
export function responseView(response: CannedResponse, { users, libraries, assets }: Names) {
	const { id, name, version, createdAt, libraryIds, assetIds, value, uses } = response;
	const { plain, html, substitutions, isSignature, shortcut, language, media } = value;
	return {
		...{ id, name, version, dateCreated: createdAt.toISOString(), substitutions },
		libraries: libraryIds.map((one) => ({
			...{ id: one, name: libraries.get(one) ?? "" },
			selfUri: `${path}/libraries/${one}`,
		})),
		texts: [
			...(plain === undefined ? [] : [{ content: plain, contentType: "text/plain" }]),
			...(html === undefined ? [] : [{ content: html, contentType: "text/html" }]),
		],
		...createdBy(response, users),
		...(media?.length === 1 ? { interactionType: media[0] === "email" ? "email" : "chat" } : {}),
		...(isSignature ? { responseType: "Footer", footer: { type: "Signature" } } : {}),
		assets: assetIds.map((one) => ({ id: one, selfUri: `${path}/responseassets/${one}` })),
		inlay: {
			...{ shortcut: shortcut ?? null, language: language ?? null, media: media ?? null, uses },
			assets: assetIds.flatMap((one) => assets.get(one) ?? []),
		},
		selfUri: `${path}/responses/${id}`,
	};
}

/** As a composer offers it; ours. Text it has always: media without HTML get that. */
export function offeredView(response: CannedResponse, { libraries, assets }: Pick<Names, "libraries" | "assets">) {
	const { id, name, libraryIds, assetIds, value } = response;
	const { plain, html, substitutions, shortcut, language } = value;
	return {
		...{ id, name, substitutions },
		libraries: libraryIds.flatMap((one) => libraries.get(one) ?? []),
		assets: assetIds.flatMap((one) => assets.get(one) ?? []),
		text: plain ?? plainOf(html ?? ""),
		...(html === undefined ? {} : { html }),
		...(shortcut ? { shortcut } : {}),
		...(language ? { language } : {}),
	};
}

function createdBy({ createdBy: id }: { createdBy?: string }, users: Names["users"]) {
	if (id === undefined) return {};
	const { name = "", version = 1 } = users.get(id) ?? {};
	return { createdBy: { id, name, version, selfUri: `/api/v2/users/${id}` } };
}
