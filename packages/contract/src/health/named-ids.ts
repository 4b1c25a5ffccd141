import type { OrganizationFacts } from "./facts.ts";

/** An id, with the marks that it may stand in. */
const idInText = /["'“]?\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b["'”]?/gi;

/** What a panel or server has told, with things called as people know them: an id says nothing to who is to mend it. */
export function withNames(
	text: string,
	{ clients = [], deployments, groups = [], people = [], deadQueues = [] }: OrganizationFacts,
): string {
	const all = [...clients, ...deployments, ...groups, ...people, ...deadQueues];
	const names = new Map(all.map(({ id, name }) => [id.toLowerCase(), name]));
	return text.replace(idInText, (found, id: string) => {
		const name = names.get(id.toLowerCase());
		return name ? `“${name}”` : found;
	});
}
