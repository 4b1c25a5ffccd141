/** Which roles a person or client holds, and where: written as "Agent" in the home division, "Agent in Sales" elsewhere. */

import type { Platform } from "../../platform/platform.ts";
import { mayBeAboutOne } from "../../platform/platform-error.ts";
import type { Values } from "../format/sections.ts";
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
export async function setGrants(
	{ platform, giver, idOf: idOfName, lookup }: Io,
	found: Found,
	wanted: readonly string[],
) {
	const before = listOf<string>(found.values.grants);
	const read = (grant: string) => {
		const { role, division } = readGrant(grant, lookup.home);
		return { roleId: idOfName("roles", role), divisionId: division === "*" ? "*" : idOfName("divisions", division) };
	};
	const added = wanted.filter((one) => !before.includes(one)).map(read);
	await Promise.all(added.map(({ roleId, divisionId }) => giver.give(roleId, divisionId, found.id)));
	for (const { roleId, divisionId } of before.filter((one) => !wanted.includes(one)).map(read)) {
		const place = `divisions/${divisionId}/roles/${roleId}`;
		await platform.send("DELETE", `/api/v2/authorization/subjects/${found.id}/${place}`);
	}
}

/** Gives roles to people, many in a request: a server that judges each change of rights does one after the other. */
export interface Giver {
	give(roleId: string, divisionId: string, userId: string): Promise<void>;
}

/** `SubjectDivisions` (platform-api 4.1), as far as one request goes. */
const mostSubjects = 100;

/** Whoever comes while a request is under way goes with the next one. */
export function createGiver(platform: Platform): Giver {
	const waiting = new Map<string, Waiting[]>();
	const busy = new Set<string>();

	async function work(key: string): Promise<void> {
		if (busy.has(key)) return;
		busy.add(key);
		// Those who are at the same point have a moment to join.
		await new Promise((resolve) => setImmediate(resolve));
		for (let some = next(key); some.length > 0; some = next(key)) await giveTo(key, some);
		busy.delete(key);
	}

	function next(key: string): Waiting[] {
		const all = waiting.get(key) ?? [];
		waiting.set(key, all.slice(mostSubjects));
		return all.slice(0, mostSubjects);
	}

	async function giveTo(key: string, some: readonly Waiting[]): Promise<void> {
		const [roleId = "", divisionId = ""] = key.split("/");
		const body = { subjectIds: some.map(({ userId }) => userId), divisionIds: [divisionId] };
		try {
			await platform.send("POST", `/api/v2/authorization/roles/${roleId}?subjectType=PC_USER`, body);
			for (const { done } of some) done();
		} catch (error) {
			// All of them or nobody: one who cannot have it must not keep it from the others.
			if (some.length > 1 && mayBeAboutOne(error)) for (const one of some) await giveTo(key, [one]);
			else for (const { failed } of some) failed(error);
		}
	}

	return {
		give: (roleId, divisionId, userId) =>
			new Promise<void>((done, failed) => {
				const key = `${roleId}/${divisionId}`;
				waiting.set(key, [...(waiting.get(key) ?? []), { userId, done, failed }]);
				work(key).catch(failed);
			}),
	};
}

interface Waiting {
	userId: string;
	done(): void;
	failed(error: unknown): void;
}
