import { type AgentPermissionRow, agentPermissionRows } from "@inlay/contract";
import type { Services } from "@inlay/core";
import { people } from "../facts.ts";

type Authorization = Services["authorization"];

/** What Anna holds in place of the agent's role while a row of the guide's table is taken away. */
const role = { name: "Anna on the tour", description: "An agent without what the tour has taken away." };
const everywhere = "*";

/** A permission of the guide's table, with what agents get by it. */
export interface PermissionRow {
	permission: string;
	/** As administrators see it. */
	label: string;
	effects: readonly string[];
}

/** The permissions of the guide's table, each once; those without which there is no panel stay. */
export function rowsToTake(): PermissionRow[] {
	const rows = new Map<string, { label: string; effects: string[] }>();
	for (const { permissions, label, effect, required } of agentPermissionRows satisfies readonly AgentPermissionRow[]) {
		if (required) continue;
		for (const one of permissions) {
			const row = rows.get(one) ?? { label, effects: [] };
			row.effects.push(effect);
			rows.set(one, row);
		}
	}
	return [...rows].map(([permission, row]) => ({ permission, ...row }));
}

/** What of the agent's role Anna does not have just now. */
export async function takenFromAnna(authorization: Authorization): Promise<ReadonlySet<string>> {
	const lesser = await authorization.roles.named(role.name);
	const held = await authorization.grants.own(people.agent.id);
	if (!lesser || !held.some((one) => one.roleId === lesser.id)) return new Set();
	const left = new Set(authorization.permissionStrings([lesser]));
	const whole = authorization.permissionStrings([await authorization.defaultRole("agent")]);
	return new Set(whole.filter((one) => !left.has(one)));
}

/** How often something is tried that somebody else changes at the same time, an administrator or another server's tour. */
const tries = 4;
let last: Promise<unknown> = Promise.resolve();

/** Two switches at once would each save what the other has not seen: one after the other, and again where it was changed meanwhile. */
function oneAtATime<T>(change: () => Promise<T>): Promise<T> {
	const own = last.then(() => withRetries(change));
	last = own.catch(() => undefined);
	return own;
}

async function withRetries<T>(change: () => Promise<T>): Promise<T> {
	for (let left = tries - 1; ; left--) {
		try {
			return await change();
		} catch (error) {
			if (left === 0 || (error as { status?: number }).status !== 409) throw error;
		}
	}
}

/** Anna is an agent with or without that permission. @returns what has happened, as a sentence */
export function switchForAnna(authorization: Authorization, permission: string, isOn: boolean): Promise<string> {
	return oneAtATime(() => switchNow(authorization, permission, isOn));
}

async function switchNow(authorization: Authorization, permission: string, isOn: boolean): Promise<string> {
	const taken = new Set(await takenFromAnna(authorization));
	if (isOn) taken.delete(permission);
	else taken.add(permission);
	await giveAnnaAllBut(authorization, taken);
	if (isOn) return `Anna holds ${permission} again. Her open panel knows within five seconds.`;
	const others = await otherRolesWith(authorization, permission);
	if (others.length > 0) return `Anna still holds ${permission}, by another role: ${others.join(", ")}.`;
	return `Anna does not hold ${permission} any more. Her open panel knows within five seconds.`;
}

/** Anna is the agent that she was. */
export async function giveBackToAnna(authorization: Authorization): Promise<string> {
	await oneAtATime(() => giveAnnaAllBut(authorization, new Set()));
	return "Anna holds everything that an agent holds.";
}

/** In the divisions in which she is an agent, whoever has made her one; everywhere, where she is none. */
async function giveAnnaAllBut(authorization: Authorization, taken: ReadonlySet<string>): Promise<void> {
	const agent = await authorization.defaultRole("agent");
	const known = await authorization.roles.named(role.name);
	const held = await authorization.grants.own(people.agent.id);
	const ofHers = held.filter(({ roleId }) => roleId === agent.id || roleId === known?.id);
	const places = ofHers.length > 0 ? [...new Set(ofHers.map((one) => one.divisionId))] : [everywhere];
	const permissions = authorization.permissionStrings([agent]).filter((one) => !taken.has(one));
	const given = taken.size === 0 ? agent : await authorization.seedRole({ ...role, permissions });
	for (const divisionId of places) await authorization.grant(people.agent.id, given.id, divisionId);
	for (const { roleId, divisionId } of ofHers)
		if (roleId !== given.id)
			await authorization.grants.revoke("server", { subjectId: people.agent.id, roleId, divisionId });
}

async function otherRolesWith(authorization: Authorization, permission: string): Promise<string[]> {
	const held = await authorization.grants.own(people.agent.id);
	const roles = (await authorization.roles.list()).filter(({ id, name }) => {
		return name !== role.name && held.some((one) => one.roleId === id);
	});
	return roles.filter((one) => authorization.permissionStrings([one]).includes(permission)).map(({ name }) => name);
}
