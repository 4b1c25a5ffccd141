import { agentScopes } from "@inlay/contract";
import { type Kernel, type SeedClient, type Services, seedClient, seedUser } from "@inlay/core";
import { type DemoClient, type DemoFile, type DemoUser, type KnownSecrets, randomSecret } from "./demo-file.ts";
import { clientIds, type DemoRole, people } from "./facts.ts";
import type { MadeOnce } from "./made.ts";

const everybody = Object.keys(people) as DemoRole[];
const ids = everybody.map((role) => people[role].id);

/** Makes each of them once; from then on they are who and what an administrator makes of them. */
export async function seedPeople(
	kernel: Kernel,
	services: Services,
	known: KnownSecrets,
	made: MadeOnce,
): Promise<Record<DemoRole, DemoUser>> {
	const { users } = services;
	const before = new Set((await users.find(ids)).map(({ id }) => id));
	const passwords = new Map(everybody.map((role) => [role, known.passwords[role] ?? randomSecret()]));
	const passwordOf = (role: DemoRole) => passwords.get(role) ?? "";
	const missing = everybody.filter((role) => !made.isMade(`user ${role}`));
	await Promise.all(
		missing.map((role) => {
			const { id, name, username, roles } = people[role];
			return seedUser(services, { id, name, email: username, password: passwordOf(role), roles, divisionId: "*" });
		}),
	);
	await made.note(...missing.map((role) => `user ${role}` as const));
	const found = new Map((await users.find(ids)).map((user) => [user.id, user]));
	const described = everybody.map(async (role): Promise<[DemoRole, DemoUser]> => {
		const { id } = people[role];
		const user = found.get(id);
		const { name, username } = user ?? people[role];
		const password = passwordOf(role);
		if (!user || user.state === "deleted") return [role, { id, name, username, password, isDeleted: true }];
		if (before.has(id) && known.passwords[role] === undefined) {
			await users.authentication.passwords.reset(user, password);
			tellRenewed(kernel, { username });
		}
		return [role, { id, name, username, password }];
	});
	return Object.fromEntries(await Promise.all(described)) as Record<DemoRole, DemoUser>;
}

/** Nobody knows a password or secret that stood in a lost demo.json alone: there is a new one, and who used the old hears. */
function tellRenewed({ log }: Kernel, whose: { username: string } | { clientId: string }): void {
	log.warn({ event: "demo.secret.renewed", ...whose }, "demo.json was lost or damaged; what stands in it now is new");
}

async function secretOfAutomation(kernel: Kernel, { oauth }: Services, known: KnownSecrets): Promise<string> {
	if (known.automation) return known.automation;
	if (!(await oauth.clients.find(clientIds.automation))) return randomSecret();
	const { secret } = await oauth.clients.renewSecret("server", clientIds.automation);
	tellRenewed(kernel, { clientId: clientIds.automation });
	return secret ?? "";
}

/** Makes each of them once; those that are there return to the pages where they are now. */
export async function seedClients(
	kernel: Kernel,
	services: Services,
	{ crm }: { crm: string },
	known: KnownSecrets,
	made: MadeOnce,
): Promise<DemoFile["clients"]> {
	const pages = ["/crm/index.html", "/crm/embeddableFramework.html", "/crm/authWindow.html"];
	const redirectUris = [...pages.map((page) => `${kernel.config.panelUrl}${page}`), `${crm}/oauth.html`];
	const secret = await secretOfAutomation(kernel, services, known);
	const scopes = [...agentScopes];
	const wanted: Record<keyof typeof clientIds, SeedClient> = {
		panel: { name: "Demo panel", grant: "CODE", redirectUris, scopes },
		implicit: { name: "Demo panel (implicit)", grant: "TOKEN", redirectUris, scopes },
		automation: { name: "Demo automation", grant: "CLIENT-CREDENTIALS", secret, roles: ["admin"] },
	};
	const each = Object.keys(clientIds) as (keyof typeof clientIds)[];
	for (const one of each) {
		const id = clientIds[one];
		if (made.isMade(`client ${one}`) && !(await services.oauth.clients.find(id))) continue;
		await seedClient(services, { id, ...wanted[one] });
	}
	await made.note(...each.map((one) => `client ${one}` as const));
	const automation: DemoClient = { id: clientIds.automation, grant: "CLIENT-CREDENTIALS", secret };
	return {
		panel: { id: clientIds.panel, grant: "CODE" },
		implicit: { id: clientIds.implicit, grant: "TOKEN" },
		automation,
	};
}
