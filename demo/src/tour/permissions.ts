import { type AgentPermissionRow, agentPermissionRows } from "@inlay/contract";
import type { Services } from "@inlay/core";
import { people } from "../facts.ts";

/** What Anna holds in place of the agent's role while a row of the guide's table is taken away. */
const role = { name: "Anna on the tour", description: "An agent without what the tour has taken away." };
const everywhere = "*";

/** The permissions of the guide's table, each once, with what agents get by it. */
export function rowsToTake(): Array<{ permission: string; effects: readonly string[] }> {
	const effects = new Map<string, string[]>();
	for (const { permissions, effect, required } of agentPermissionRows satisfies readonly AgentPermissionRow[]) {
		if (required) continue;
		for (const one of permissions) effects.set(one, [...(effects.get(one) ?? []), effect]);
	}
	return [...effects].map(([permission, of]) => ({ permission, effects: of }));
}

/** Anna is an agent without that permission. @returns what has happened, as a sentence */
export async function takeFromAnna({ authorization }: Services, permission: string): Promise<string> {
	const agent = await authorization.defaultRole("agent");
	const permissions = authorization.permissionStrings([agent]).filter((one) => one !== permission);
	const lesser = await authorization.seedRole({ ...role, permissions });
	await authorization.grant(people.agent.id, lesser.id, everywhere);
	await withdraw(authorization, agent.id);
	return `Anna does not hold ${permission} any more. Her open panel knows within five seconds.`;
}

/** Anna is the agent that she was. */
export async function giveBackToAnna({ authorization }: Services): Promise<string> {
	const agent = await authorization.defaultRole("agent");
	await authorization.grant(people.agent.id, agent.id, everywhere);
	const lesser = await authorization.roles.named(role.name);
	if (lesser) await withdraw(authorization, lesser.id);
	return "Anna holds everything that an agent holds.";
}

async function withdraw({ grants }: Services["authorization"], roleId: string): Promise<void> {
	const held = await grants.own(people.agent.id);
	if (!held.some((one) => one.roleId === roleId)) return;
	await grants.revoke("server", { subjectId: people.agent.id, roleId, divisionId: everywhere });
}
