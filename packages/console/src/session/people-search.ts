import type { Api } from "./api.ts";
import { Paged, type Slice } from "./paged.ts";
import type { Group, User } from "./wire.ts";

/** What a list of people can be sorted by, on the server. */
export const peopleOrders = ["name", "email", "department", "title"] as const;

/** An address that names something else means the names. */
function sortOf(order: string): { sortBy: string; sortOrder?: "DESC" } {
	const field = peopleOrders.find((one) => order === one || order === `-${one}`);
	return { sortBy: field ?? "name", ...(field && order.startsWith("-") ? { sortOrder: "DESC" } : {}) };
}

interface SearchAnswer {
	results: User[];
	total: number;
}

/** What a list of people asks for; also of what is done with everybody in it. */
export function peopleQuery(text: string, states: readonly string[]): object[] {
	return [
		{ type: "EXACT", fields: ["state"], values: states },
		...(text === "" ? [] : [{ type: "QUERY_STRING", fields: ["name", "email", "username"], value: text }]),
	];
}

/**
 * People by name, e-mail or user name (platform-api 4.2, `POST /users/search`), a page at a time.
 * @param complete adds to those who were found what the search does not tell
 */
export function searchPeople(
	api: Api,
	options: { size?: number; expand?: readonly string[]; states?: readonly string[] } = {},
	complete: (found: User[]) => Promise<User[]> = async (found) => found,
) {
	const { size = 25, expand = [], states = ["active"] } = options;
	return new Paged<User>(async ({ text, number, order }): Promise<Slice<User>> => {
		const body = {
			query: peopleQuery(text, states),
			pageSize: size,
			pageNumber: number,
			...sortOf(order),
			...(expand.length > 0 ? { expand } : {}),
		};
		const { results, total } = await api.request<SearchAnswer>("POST", "/api/v2/users/search", body);
		return { entities: await complete(results), total };
	}, size);
}

/** Groups by name, a page at a time. */
export function searchGroups(api: Api): Paged<Group> {
	return new Paged(async ({ text, number, size }): Promise<Slice<Group>> => {
		const query = text === "" ? [] : [{ type: "QUERY_STRING", fields: ["name"], value: text }];
		const body = { query, pageSize: size, pageNumber: number, sortBy: "name" };
		const found = await api.request<{ results: Group[]; total: number }>("POST", "/api/v2/groups/search", body);
		return { entities: found.results, total: found.total };
	});
}
