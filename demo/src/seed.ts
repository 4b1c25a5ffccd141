import { randomUUID } from "node:crypto";
import { agentScopes } from "@inlay/contract";
import { type Kernel, type Services, seedClient, seedUser, seedVoicemail } from "@inlay/core";
import {
	type DemoClient,
	type DemoFile,
	type DemoUser,
	type KnownSecrets,
	randomSecret,
	readKnownSecrets,
} from "./demo-file.ts";
import {
	clientIds,
	type DemoRole,
	defaultCaller,
	deployment,
	groupName,
	numbers,
	organizationName,
	people,
	queueName,
	skillNames,
	wrapupCodeNames,
} from "./facts.ts";
import { demoFrameworkScript } from "./framework-script.ts";
import { MadeOnce } from "./made.ts";
import { seedOutbound } from "./seed-outbound.ts";

export interface DemoPlaces {
	crm: string;
	customer: string;
}

/** What was made by earlier starts. */
export async function whatWasMade({ config }: Kernel, { users }: Services): Promise<MadeOnce> {
	return MadeOnce.open(config.dataDir, (await users.findByUsername(people.admin.username)) !== undefined);
}

/** Makes the demo organization, or brings one from an earlier start to these addresses. Running it twice changes nothing. */
export async function seedDemo(
	kernel: Kernel,
	services: Services,
	places: DemoPlaces,
	made: MadeOnce,
): Promise<DemoFile> {
	const known = await readKnownSecrets(kernel.config.dataDir);
	await nameOrganization(services, places, made);
	const users = await seedPeople(kernel, services, known);
	const clients = await seedClients(kernel, services, places, known);
	const groupId = await seedGroup(services, made);
	const queue = await seedQueue(services, made);
	await made.once("skills", () => seedSkills(services));
	await seedOutbound(services, queue.id);
	await made.once("stations", () => seedStations(services));
	await seedDeployment(kernel, services, places, groupId);
	await seedMessages(kernel, services, groupId, queue.id);
	await openServiceNumber(kernel, services, places, queue.id, made);
	await made.finish(places, queue.id);
	const { publicUrl, panelUrl } = kernel.config;
	return {
		api: publicUrl,
		panel: panelUrl,
		...places,
		admin: `${publicUrl}/admin`,
		users,
		clients,
		deployment: { ...deployment, url: `${panelUrl}/crm/embeddableFramework.html?deployment=${deployment.id}` },
		queue,
		numbers,
	};
}

/** The demo is for one's own machine: pages of any port there may embed the client. */
const localPages = ["http://localhost:*", "http://127.0.0.1:*"];

async function nameOrganization({ users }: Services, places: DemoPlaces, made: MadeOnce): Promise<void> {
	await made.once("organization", () => users.organization.update({ name: organizationName }));
	const { settings } = await users.organization.get();
	const listed = settings.domainAllowlist ?? [];
	const domainAllowlist = [...new Set([...listed, ...pagesToList(listed, places, made)])];
	if (domainAllowlist.length === listed.length) return;
	await users.organization.updateSettings({ domainAllowlistEnabled: true, domainAllowlist });
}

/** All of them at the first start; then the CRM's alone, where it has moved from a place that is listed still. */
function pagesToList(listed: readonly string[], { crm }: DemoPlaces, { placesBefore }: MadeOnce): string[] {
	if (!placesBefore) return [...localPages, crm];
	return placesBefore.crm !== crm && listed.includes(placesBefore.crm) ? [crm] : [];
}

async function seedPeople(
	kernel: Kernel,
	services: Services,
	known: KnownSecrets,
): Promise<Record<DemoRole, DemoUser>> {
	const seeded = Object.entries(people).map(async ([role, person]) => {
		const { id, name, username, roles } = person;
		const lost = await services.users.findByUsername(username);
		const kept = known.passwords[role as DemoRole];
		const password = kept ?? randomSecret();
		const user = await seedUser(services, { id, name, email: username, password, roles, divisionId: "*" });
		if (lost && kept === undefined) {
			await services.users.authentication.passwords.reset(user, password);
			tellRenewed(kernel, { username });
		}
		return [role, { id: user.id, username, password }] as const;
	});
	return Object.fromEntries(await Promise.all(seeded)) as Record<DemoRole, DemoUser>;
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

async function seedClients(
	kernel: Kernel,
	services: Services,
	places: DemoPlaces,
	known: KnownSecrets,
): Promise<DemoFile["clients"]> {
	const pages = ["/crm/index.html", "/crm/embeddableFramework.html", "/crm/authWindow.html"];
	const redirectUris = [...pages.map((page) => `${kernel.config.panelUrl}${page}`), `${places.crm}/oauth.html`];
	const secret = await secretOfAutomation(kernel, services, known);
	const scopes = [...agentScopes];
	await seedClient(services, { id: clientIds.panel, name: "Demo panel", grant: "CODE", redirectUris, scopes });
	await seedClient(services, {
		id: clientIds.implicit,
		name: "Demo panel (implicit)",
		grant: "TOKEN",
		redirectUris,
		scopes,
	});
	await seedClient(services, {
		id: clientIds.automation,
		secret,
		name: "Demo automation",
		grant: "CLIENT-CREDENTIALS",
		roles: ["admin"],
	});
	const automation: DemoClient = { id: clientIds.automation, grant: "CLIENT-CREDENTIALS", secret };
	return {
		panel: { id: clientIds.panel, grant: "CODE" },
		implicit: { id: clientIds.implicit, grant: "TOKEN" },
		automation,
	};
}

async function seedGroup({ users }: Services, made: MadeOnce): Promise<string> {
	const known = await users.groups.named(groupName);
	const group =
		known ??
		(await users.groups.create("server", {
			name: groupName,
			type: "official",
			visibility: "public",
			rulesVisible: true,
		}));
	const members = [people.agent.id, people.agent2.id, people.supervisor.id];
	await made.once("members", () => users.groups.addMembers("server", group.id, members));
	return group.id;
}

/** The one that was made, whatever it is called by now; where it was deleted, nothing takes its place. */
async function seedQueue(
	{ queues, wrapupCodes }: Services,
	{ queueId }: MadeOnce,
): Promise<{ id: string; name: string }> {
	const actor = { userId: people.admin.id };
	if (queueId) return { id: queueId, name: (await queues.get(queueId))?.name ?? queueName };
	const { queues: known } = await queues.list({ name: queueName });
	const found = known.find((one) => one.name === queueName);
	if (found) return { id: found.id, name: found.name };
	const queue = await queues.create({ name: queueName, description: "Calls from the customer page." }, actor);
	await queues.addMembers(queue.id, [people.agent.id, people.agent2.id, people.supervisor.id], actor);
	const codes = await Promise.all(wrapupCodeNames.map((name) => wrapupCodes.create({ name }, actor)));
	await queues.addWrapupCodes(
		queue.id,
		codes.map((code) => code.id),
		actor,
	);
	return { id: queue.id, name: queue.name };
}

async function seedSkills({ skills }: Services): Promise<void> {
	const actor = { userId: people.admin.id };
	const { id } = await skills.create(skillNames.returns, actor);
	await skills.give(people.agent.id, [{ id, proficiency: 4 }], actor);
}

/** Everybody has their phone in the browser from the start. */
async function seedStations({ stations }: Services): Promise<void> {
	const ids = Object.values(people).map(({ id }) => id);
	const having = await stations.effectiveStations(ids);
	for (const id of ids) {
		const station = await stations.webRtcStationOf(id);
		if (station && !having.has(id)) await stations.setDefault(id, station.id, {});
	}
}

async function seedDeployment(
	{ config }: Kernel,
	{ deployments }: Services,
	places: DemoPlaces,
	groupId: string,
): Promise<void> {
	const source = await demoFrameworkScript(config.region);
	const known = await deployments.find(deployment.id);
	if (!known) {
		const installed = await deployments.install({ ...deployment, typeId: "private-embeddable-framework" });
		await deployments.configure(deployment.id, {
			name: deployment.name,
			version: installed.version,
			properties: { frameworkJs: source, groups: [groupId], allowedOrigins: [places.crm] },
			advanced: {},
			notes: "Made by the demo.",
			credentials: {},
		});
		await deployments.switch(deployment.id, "ENABLED");
		return;
	}
	// An upload by somebody who tries things out stays; an untouched script follows the demo's.
	const uploads = await deployments.scripts(deployment.id);
	if (uploads.length === 1 && known.properties.frameworkJs !== source)
		await deployments.uploadScript(deployment.id, source);
}

/** On the first start alone: voicemail is on, and messages wait. Whoever switches it off, or deletes them, has done so for good. */
async function seedMessages(kernel: Kernel, { voicemails }: Services, groupId: string, queueId: string): Promise<void> {
	if ((await voicemails.policies.organization()).version > 1) return;
	const anna = { type: "user", id: people.agent.id } as const;
	const caller = { name: defaultCaller.name, address: `tel:${defaultCaller.phone}` };
	const common = { caller, seconds: 6 };
	const message = () => ({ ...common, id: randomUUID(), conversationId: randomUUID() });
	await seedVoicemail(kernel, voicemails, { ...message(), owner: anna, readBy: people.agent.id });
	await seedVoicemail(kernel, voicemails, { ...message(), owner: anna });
	await seedVoicemail(kernel, voicemails, { ...message(), owner: { type: "group", id: groupId } });
	await voicemails.policies.setOwn({ type: "queue", id: queueId }, { enabled: true }, {});
	await voicemails.policies.setOrganization({ enabled: true }, undefined, {});
}

/** Made once; later its page is let in again where it has moved, unless somebody has shut it out. */
async function openServiceNumber(
	kernel: Kernel,
	{ entryPoints, queues }: Services,
	{ customer }: DemoPlaces,
	queueId: string,
	made: MadeOnce,
): Promise<void> {
	const { service: number } = numbers;
	const put = (target: { queueId?: string; userId?: string; groupId?: string }, origins: string[]) =>
		kernel.database.change((trx) => entryPoints.put(trx, { number, ...target, origins }));
	await made.once("number", () => put({ queueId }, [customer]));
	const known = await entryPoints.find(number);
	if (!known) return;
	const before = made.placesBefore?.customer;
	const hasMoved = made.placesBefore === undefined || (before !== customer && known.origins.includes(before ?? ""));
	const isListed = known.origins.includes(customer) || !hasMoved;
	// Databases of older servers may know of a queue that was deleted under its number.
	const { queueId: led, userId, groupId } = known;
	const isStanding = led === undefined || (await queues.get(led)) !== undefined;
	if (isListed && isStanding) return;
	const elsewhere = userId ? { userId } : groupId ? { groupId } : { queueId: led ?? queueId };
	await put(isStanding ? elsewhere : { queueId }, isListed ? known.origins : [...known.origins, customer]);
}
