import { divisionView } from "../../routing/ports.ts";
import type { Names } from "../views.ts";
import type { ResponseAsset } from "./model.ts";

interface Known {
	users: Names["users"];
	divisions: ReadonlyMap<string, string>;
	/** Those that bring it along. */
	responses: ReadonlyArray<{ id: string; name: string }>;
}

/** `ResponseAsset`. */
export function assetView(asset: ResponseAsset, { users, divisions, responses }: Known) {
	const { id, name, divisionId, contentType, size, createdAt, createdBy, modifiedAt, modifiedBy } = asset;
	return {
		...{ id, name, division: divisionView(divisionId, divisions), contentLength: size, contentType },
		dateCreated: createdAt.toISOString(),
		...(createdBy ? { createdBy: userView(createdBy, users) } : {}),
		dateModified: modifiedAt.toISOString(),
		...(modifiedBy ? { modifiedBy: userView(modifiedBy, users) } : {}),
		responses: responses.map((one) => ({
			...{ id: one.id, name: one.name },
			selfUri: `/api/v2/responsemanagement/responses/${one.id}`,
		})),
		selfUri: `/api/v2/responsemanagement/responseassets/${id}`,
	};
}

function userView(id: string, users: Names["users"]) {
	return { id, name: users.get(id)?.name ?? "", selfUri: `/api/v2/users/${id}` };
}
