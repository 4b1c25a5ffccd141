/** Which roles a person or client holds, and where: written as "Agent" in the home division, "Agent in Sales" elsewhere. */
import type { Values } from "../format/sections.ts";
import type { Platform } from "../platform/platform.ts";
import { type Found, type Io, idOf, type Lookup, listOf, text } from "./kind.ts";

export interface GrantName {
	role: string;
	/** `*` is every one. */
	division: string;
}

/** `roles` and `rolesIn` of the file as one list; undefined where neither is written. */
export function grantsWanted({ roles, rolesIn }: Values, home: string): string[] | undefined {
	if (roles === undefined && rolesIn === undefined) return undefined;
	const elsewhere = Object.entries((rolesIn ?? {}) as Record<string, string[]>);
	const there = elsewhere.flatMap(([division, names]) => names.map((role) => written({ role, division }, home)));
	return [...new Set([...((roles ?? []) as string[]), ...there])].sort();
}

export function written({ role, division }: GrantName, home: string): string {
	return division === home ? role : `${role} in ${division === "*" ? "every division" : division}`;
}

export function readGrant(grant: string, home: string): GrantName {
	const at = grant.lastIndexOf(" in ");
	if (at < 0) return { role: grant, division: home };
	const division = grant.slice(at + 4);
	return { role: grant.slice(0, at), division: division === "every division" ? "*" : division };
}

/** Back into the file's fields. */
export function asRoles(grants: readonly string[], home: string): Values {
	const read = grants.map((grant) => readGrant(grant, home));
	const here = read.filter(({ division }) => division === home).map(({ role }) => role);
	const rolesIn: Record<string, string[]> = {};
	for (const { role, division } of read) {
		if (division !== home) rolesIn[division] = [...(rolesIn[division] ?? []), role];
	}
	return { ...(here.length > 0 ? { roles: here } : {}), ...(Object.keys(rolesIn).length > 0 ? { rolesIn } : {}) };
}

/** Those of one's own: what comes by a group is the group's. */
export async function grantsOf(platform: Platform, subjectId: string, lookup: Lookup): Promise<string[]> {
	const { body } = await platform.get(`/api/v2/authorization/subjects/${subjectId}`);
	return listOf(body.grants)
		.filter((grant) => grant.subjectId === undefined || grant.subjectId === subjectId)
		.map((grant) => {
			const role = lookup.nameOf("roles", idOf(grant.role)) ?? text((grant.role as { name?: unknown })?.name);
			const id = idOf(grant.division);
			const division = id === "*" ? "*" : (lookup.nameOf("divisions", id) ?? id);
			return written({ role, division }, lookup.home);
		})
		.sort();
}

/** Gives what is missing before it takes what is too much. */
export async function setGrants({ platform, idOf: idOfName, lookup }: Io, found: Found, wanted: readonly string[]) {
	const before = listOf<string>(found.values.grants);
	const path = (grant: string) => {
		const { role, division } = readGrant(grant, lookup.home);
		const place = division === "*" ? "*" : idOfName("divisions", division);
		return `/api/v2/authorization/subjects/${found.id}/divisions/${place}/roles/${idOfName("roles", role)}`;
	};
	const isHome = [...before, ...wanted].every((grant) => readGrant(grant, lookup.home).division === lookup.home);
	if (isHome) {
		const ids = wanted.map((role) => idOfName("roles", role));
		await platform.send("PUT", `/api/v2/users/${found.id}/roles`, ids);
		return;
	}
	for (const grant of wanted.filter((one) => !before.includes(one)))
		await platform.send("POST", `${path(grant)}?subjectType=PC_USER`);
	for (const grant of before.filter((one) => !wanted.includes(one))) await platform.send("DELETE", path(grant));
}
