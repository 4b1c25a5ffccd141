import type { Group, Integration } from "../../session/wire.ts";

type Known = Pick<Group, "id" | "name" | "memberCount">;

/** Who may use a deployment by its groups: everybody, or the members of some; `gone` are groups that are no more. */
export type Audience = { kind: "everybody" } | { kind: "groups"; groups: Known[]; gone: string[] };

/**
 * Reads a configuration's groups as the server does when it opens a panel: none chosen is everybody, and one that is gone
 * has no members, but is still chosen.
 */
export function audienceOf(ids: readonly string[], groups: readonly Known[]): Audience {
	if (ids.length === 0) return { kind: "everybody" };
	const known = groups.filter((group) => ids.includes(group.id));
	return { kind: "groups", groups: known, gone: ids.filter((id) => !known.some((group) => group.id === id)) };
}

/** Who may use a deployment as it is saved. */
export function audienceNow({ config }: Integration, groups: readonly Known[]): Audience {
	return audienceOf(config.current.properties.groups ?? [], groups);
}
