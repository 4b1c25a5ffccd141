import { randomUUID } from "node:crypto";
import { type Kernel, type Services, StagedReleases, seedVoicemail } from "@inlay/core";
import { type DemoFile, readKnownSecrets } from "./demo-file.ts";
import {
	defaultCaller,
	deployment,
	groupName,
	localPages,
	mailing,
	numbers,
	organizationName,
	people,
	queueName,
	skillNames,
	texting,
	webChat,
	wrapupCodeNames,
} from "./facts.ts";
import { demoFrameworkScript } from "./framework-script.ts";
import { MadeOnce } from "./made.ts";
import { seedContacts, seedResponses } from "./seed-knowledge.ts";
import { seedOutbound } from "./seed-outbound.ts";
import { seedClients, seedPeople } from "./seed-people.ts";

export interface DemoPlaces {
	crm: string;
	customer: string;
}

/** What was made by earlier starts. */
export async function whatWasMade({ config }: Kernel, { users }: Services): Promise<MadeOnce> {
	// Deleted ones are found, too.
	const isOld = (await users.find(Object.values(people).map(({ id }) => id))).length > 0;
	return MadeOnce.open(config.dataDir, isOld);
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
	const users = await seedPeople(kernel, services, known, made);
	const clients = await seedClients(kernel, services, places, known, made);
	const groupId = await seedGroup(services, made);
	const queue = await seedQueue(services, made);
	await made.once("skills", () => seedSkills(services));
	await made.once("outbound", () => seedOutbound(services, queue.id));
	await made.once("stations", () => seedStations(services));
	await made.once("deployment", () => seedDeployment(kernel, services, places, groupId));
	await followDemoScript(kernel, services);
	await made.once("messages", () => seedMessages(kernel, services, groupId, queue.id));
	await made.once("texting", () => openTexting(services, queue.id));
	await made.once("contacts", () => seedContacts(services));
	await made.once("responses", () => seedResponses(services, queue.id));
	await made.once("emails", () => openMailing(services, queue.id));
	await made.once("web-chat", () => openWebChat(services, places, queue.id));
	await followCustomerPage(services, places, made);
	await openServiceNumber(kernel, services, places, queue.id, made);
	await made.finish(places);
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

const actor = { userId: people.admin.id };
/** Of what is not there any more; nothing has it. */
const goneId = "00000000-0000-4000-8000-000000000000";

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

async function seedGroup({ users: { groups } }: Services, made: MadeOnce): Promise<string> {
	const group = { name: groupName, type: "official", visibility: "public", rulesVisible: true };
	await made.thing("group", async () => (await groups.named(groupName)) ?? groups.create("server", group));
	const id = made.idOf("group") ?? (await groups.named(groupName))?.id ?? goneId;
	const members = [people.agent.id, people.agent2.id, people.supervisor.id];
	await made.once("members", () => groups.addMembers("server", id, members));
	return id;
}

/** The one that was made, whatever it is called by now; where it was deleted, nothing takes its place. */
async function seedQueue(services: Services, made: MadeOnce): Promise<{ id: string; name: string }> {
	const { queues } = services;
	const named = async () => (await queues.list({ name: queueName })).queues.find(({ name }) => name === queueName);
	await made.thing("queue", async () => {
		const mediaSettings = { call: { inlayTellCallers: "placeAndWait" as const } };
		const about = { name: queueName, description: "Calls from the customer page.", mediaSettings };
		const queue = (await named()) ?? (await queues.create(about, actor));
		await queues.addMembers(queue.id, [people.agent.id, people.agent2.id, people.supervisor.id], actor);
		return queue;
	});
	const id = made.idOf("queue") ?? (await named())?.id ?? goneId;
	await made.once("codes", () => seedCodes(services, id));
	return { id, name: (await queues.get(id))?.name ?? queueName };
}

async function seedCodes({ queues, wrapupCodes }: Services, queueId: string): Promise<void> {
	const make = async (name: string) => {
		const { codes } = await wrapupCodes.list({ name }, { limit: 100, offset: 0 });
		return codes.find((one) => one.name === name) ?? wrapupCodes.create({ name }, actor);
	};
	const codes = await Promise.all(wrapupCodeNames.map(make));
	await queues.addWrapupCodes(
		queueId,
		codes.map(({ id }) => id),
		actor,
	);
}

async function seedSkills({ skills }: Services): Promise<void> {
	const name = skillNames.returns;
	const { found } = await skills.list({ name }, { limit: 100, offset: 0 });
	const { id } = found.find((one) => one.name === name) ?? (await skills.create(name, actor));
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
	const found = await deployments.find(deployment.id);
	const { version } = found ?? (await deployments.install({ ...deployment, typeId: "private-embeddable-framework" }));
	const frameworkJs = await demoFrameworkScript(config.region);
	await deployments.configure(deployment.id, {
		name: deployment.name,
		version,
		properties: { frameworkJs, groups: [groupId], allowedOrigins: [places.crm] },
		advanced: {},
		notes: "Made by the demo.",
		credentials: {},
	});
	await deployments.switch(deployment.id, "ENABLED");
}

/** An upload by somebody who tries things out stays; an untouched script follows the demo's. */
async function followDemoScript({ config }: Kernel, { deployments }: Services): Promise<void> {
	const known = await deployments.find(deployment.id);
	if (!known) return;
	const source = await demoFrameworkScript(config.region);
	const uploads = await deployments.scripts(deployment.id);
	if (uploads.length === 1 && known.properties.frameworkJs !== source)
		await new StagedReleases(deployments).uploadForEverybody(deployment.id, source, {});
}

/** Voicemail is on, and messages wait. Folders of older demos have them where somebody has set voicemail up. */
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

/** The number by which customers write texts. Where the queue is gone, or somebody has taken number or name, none is made. */
async function openTexting({ messaging, queues }: Services, queueId: string): Promise<void> {
	const { id, name, number: address } = texting;
	const isTaken = (await messaging.addresses.all()).some((one) => one.address === address || one.name === name);
	if (isTaken || !(await queues.get(queueId))) return;
	await messaging.addresses.create({ name, channel: "sms", address, queueId, provider: "simulator" }, actor, id);
}

/** The messenger that the customer page embeds. */
async function openWebChat(
	{ messaging, mailing: service, queues }: Services,
	{ customer }: DemoPlaces,
	queueId: string,
): Promise<void> {
	const { id, name } = webChat;
	const isTaken = (await messaging.addresses.all()).some((one) => one.id === id || one.name === name);
	if (isTaken || !(await queues.get(queueId))) return;
	const isOurs = (await service.places.store.domain(mailing.domain)) !== undefined;
	const messenger = {
		origins: [customer],
		title: "Oakline",
		welcome: "Hello! Ask us about lamps, chairs and orders.",
		form: [
			{ key: "name", label: "Your name", isRequired: true },
			{ key: "order", label: "Order, if you have one", isRequired: false },
		],
		...(isOurs ? { transcriptFrom: mailing.address } : {}),
		cobrowse: { channels: ["voice" as const, "webmessaging" as const], allowAgentNavigation: true, showPath: true },
	};
	await messaging.addresses.create(
		{ name, channel: "webmessaging", queueId, provider: "web", settings: { messenger } },
		actor,
		id,
	);
}

/** Where the customer page has moved, its messenger goes along, unless somebody has shut it out. */
async function followCustomerPage({ messaging }: Services, { customer }: DemoPlaces, made: MadeOnce): Promise<void> {
	const before = made.placesBefore?.customer;
	const known = (await messaging.addresses.all()).find(({ id }) => id === webChat.id);
	const origins = known?.settings.messenger?.origins ?? [];
	if (!known || before === undefined || before === customer || !origins.includes(before)) return;
	const { name, channel, queueId, provider } = known;
	const settings = { messenger: { origins: [...new Set(origins.map((one) => (one === before ? customer : one)))] } };
	await messaging.addresses.change(known.id, { name, channel, queueId, provider, settings }, undefined, actor);
}

/** The address by which customers write emails. Where the queue is gone, or somebody has taken the domain, none is made. */
async function openMailing({ mailing: service, queues }: Services, queueId: string): Promise<void> {
	if ((await service.places.store.domain(mailing.domain)) || !(await queues.get(queueId))) return;
	await service.places.createDomain(mailing.domain, {});
	const settings = { signature: "Your customer service" };
	const route = { pattern: mailing.pattern, fromName: "Customer service", queueId, settings };
	await service.places.createRoute(mailing.domain, route, actor);
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
	if (!isStanding && !(await queues.get(queueId))) return;
	const elsewhere = userId ? { userId } : groupId ? { groupId } : { queueId: led ?? queueId };
	await put(isStanding ? elsewhere : { queueId }, isListed ? known.origins : [...known.origins, customer]);
}
