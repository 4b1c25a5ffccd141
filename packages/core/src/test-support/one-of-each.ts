import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { Services } from "../app-services.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Principal } from "../kernel/principal.ts";
import { newKey } from "../kernel/storage/object-store.ts";
import { sampleScript } from "../scripter/test-support/sample-script.ts";
import { identityStore } from "../sso/identities-store.ts";
import { testPrincipal } from "./test-api.ts";

/**
 * One of everything that a path can name, in the home division, with an administrator and a division beside it.
 * @returns ids by the names that the routes' path parameters have
 */
export async function seedOneOfEach(kernel: Kernel, services: Services): Promise<Record<string, string>> {
	const { users, authorization, queues, wrapupCodes, oauth, deployments, presence, stations, notifications } = services;
	const admin = await users.create({ name: "Ada Admin", email: "ada@example.com", password: "Correct-Horse-7" });
	const user = await users.create({ name: "Ben Agent", email: "ben@example.com", password: "Correct-Horse-7" });
	const by = testPrincipal({ userId: admin.id });
	const actor = { userId: admin.id };
	const stranger = await users.create({ name: "Eve Elsewhere", email: "eve@example.com" });
	const home = await authorization.homeDivisionId();
	await authorization.grant(admin.id, (await authorization.defaultRole("admin")).id, "*", "PC_USER");
	const queue = await queues.create({ name: "Sales" }, actor);
	await queues.addMembers(queue.id, [user.id], actor);
	const code = await wrapupCodes.create({ name: "Solved" }, actor);
	await queues.addWrapupCodes(queue.id, [code.id], actor);
	const skill = await services.skills.create("Returns", actor);
	const label = await services.utilizationLabels.create("Difficult", undefined, actor);
	const language = await services.languages.create("Dutch", actor);
	await services.skills.give(user.id, [{ id: skill.id, proficiency: 3 }], actor);
	await services.languages.give(user.id, [{ id: language.id, proficiency: 3 }], actor);
	const team = { name: "Team", type: "official", visibility: "public", rulesVisible: true };
	const group = await users.groups.create(by, team);
	const role = await authorization.roles.create(by, { name: "Helper" });
	const division = await authorization.divisions.create({ name: "Elsewhere", description: "" }, actor);
	await authorization.grant(user.id, role.id, home, "PC_USER");
	await authorization.grant(stranger.id, (await authorization.defaultRole("admin")).id, division.id, "PC_USER");
	const { client } = await oauth.clients.create(by, { name: "CRM", authorizedGrantType: "CODE" });
	const integration = await deployments.install({ name: "Panel", typeId: "private-embeddable-framework" }, actor);
	const labels = { languageLabels: { en: "Lunch" }, systemPresence: "Meal", divisionId: home };
	const definition = await presence.definitions.create(labels, actor);
	await stations.ensureWebRtcStations([user.id]);
	const [station] = await stations.list({}, { limit: 1, offset: 0 }).then((found) => found.stations);
	const channel = await notifications.createChannel(testPrincipal({ tokenHash: "admin", userId: admin.id }), "plain");
	const conversation = await waitingCall(services, queue.id);
	const policy = { name: "Support", enabled: false, queueIds: [], percent: 100 };
	const recordingPolicy = await services.recordings.rules.add(policy, actor);
	const { number } = await services.entryPoints.create(
		{ number: "+3225550100", queueId: queue.id, origins: ["https://shop.example"] },
		actor,
	);
	const { id: trunkId } = await services.trunks.create(
		{ name: "Line", host: "sip.example.com", enabled: false },
		actor,
	);
	const participant = conversation.participants[0];
	const tomorrow = new Date(kernel.clock.now().getTime() + 86_400_000).toISOString();
	const callback = await services.conversations.callbacks.create(
		{ callbackNumbers: ["+31201234567"], queueId: queue.id, callbackScheduledTime: tomorrow },
		actor,
	);
	const { voicemails } = services;
	const arrives = await voicemails.arriving({
		id: randomUUID(),
		owner: { type: "user", id: admin.id },
		conversationId: conversation.id,
		callerAddress: "tel:+31201234567",
		key: newKey("00000000-0000-4000-8000-000000000001", "voicemail", kernel.clock.now()),
		bytes: 58,
		durationMs: 2000,
		waveform: [],
	});
	const message = await kernel.database.change(arrives);
	const messageIds = await seedMessages(services, queue.id, actor);
	const callbackCustomer = callback.participants[0];
	const contactIds = await seedContacts(services, actor);
	const responseIds = await seedResponses(services, actor);
	const { id: locationId } = await services.locations.create({ name: "Cologne", state: "active", path: [] }, actor);
	const emailIds = await seedEmails(services, user.id);
	const outboundIds = await seedOutbound(services, queue.id, actor);
	const written = { name: "Intake", divisionId: home, document: sampleScript() };
	const script = await services.scripts.create(written, actor);
	const published = await services.scripts.publish(script.id, undefined, actor);
	await services.webServices.hosts.change({ services: ["service.invalid"] }, undefined, actor);
	const asked = { method: "GET", address: "https://service.invalid/", body: "", timeoutSeconds: 1 } as const;
	const none = { headers: [], secretHeaders: [], inputs: [], outputs: [] };
	const service = await services.webServices.create({ ...asked, ...none, name: "Orders" }, actor);
	const providerId = await seedProvider(kernel, services, by, user.id);
	await kernel.feed.wake();
	return {
		providerId,
		...contactIds,
		...responseIds,
		locationId,
		trunkId,
		...outboundIds,
		...messageIds,
		...emailIds,
		adminId: admin.id,
		strangerId: stranger.id,
		userId: user.id,
		subjectId: user.id,
		memberId: user.id,
		queueId: queue.id,
		codeId: code.id,
		skillId: skill.id,
		labelId: label.id,
		languageId: language.id,
		groupId: group.id,
		roleId: role.id,
		divisionId: division.id,
		clientId: client.id,
		scopeId: "users",
		integrationId: integration.id,
		typeId: "private-embeddable-framework",
		configType: "properties",
		definitionId: definition.id,
		presenceId: definition.id,
		sourceId: "purecloud",
		policyId: recordingPolicy.id,
		number,
		stationId: station?.id ?? "",
		channelId: channel.id,
		conversationId: conversation.id,
		participantId: participant?.id ?? "",
		communicationId: participant?.calls?.[0]?.id ?? "",
		"callbacks.conversationId": callback.id,
		"callbacks.participantId": callbackCustomer?.id ?? "",
		"callbacks.communicationId": callbackCustomer?.callbacks?.[0]?.id ?? "",
		messageId: message.id,
		deploymentId: integration.id,
		partnerName: "panel",
		version: "1",
		section: "log",
		scriptId: script.id,
		serviceId: service.id,
		versionId: published.id,
		pageId: published.document.startPageId,
		panelId: "panel-of-an-agent",
	};
}

/** An identity provider that knows the user. */
async function seedProvider(kernel: Kernel, { sso }: Services, by: Principal, userId: string): Promise<string> {
	const oidc = { issuer: "https://login.example.com", clientId: "inlay" };
	const { id: providerId } = await sso.providers.create(by, { name: "corp", enabled: true, oidc });
	const known = { providerId, issuer: oidc.issuer, subject: "s1", userId, address: "ben@example.com" };
	const dates = { dateCreated: kernel.clock.now(), dateLastUsed: kernel.clock.now() };
	await kernel.database.change((trx) => identityStore.bind(trx, { ...known, ...dates }));
	return providerId;
}

/** A customer who has written by a channel of somebody else, and waits. */
async function seedMessages({ messaging, conversations }: Services, queueId: string, actor: { userId: string }) {
	const channel = { name: "Shop", channel: "open", address: "shop", provider: "open" } as const;
	const address = await messaging.addresses.create({ ...channel, queueId }, actor);
	const { id, conversationId = "" } = await messaging.receive(address, { their: "ada", text: "Hello" });
	const customer = (await conversations.get(conversationId))?.participants[0];
	return {
		addressId: address.id,
		"messages.integrationId": address.id,
		"messages.conversationId": conversationId,
		"messages.participantId": customer?.id ?? "",
		"messages.communicationId": customer?.messages?.[0]?.id ?? "",
		"messages.messageId": id,
	};
}

/** An agent who writes to a customer: what they have sent waits for a server that is not there. */
async function seedEmails({ mailing, queues, conversations }: Services, userId: string) {
	const queue = await queues.create({ name: "Letters" }, { userId });
	await queues.addMembers(queue.id, [userId], { userId });
	const { places, writing, drafts, mailboxes } = mailing;
	const domain = await places.createDomain("shop.example", {});
	const route = await places.createRoute(domain.id, { pattern: "support", fromName: "Support", queueId: queue.id });
	// Nobody asks it: mailboxes are not watched in these tests.
	const mailbox = {
		host: "mail.example.com",
		port: 993,
		security: "tls",
		user: "support",
		password: "Correct-Horse-7",
	} as const;
	await mailboxes.set(domain.id, route.id, mailbox, undefined, {});
	const wish = { queueId: queue.id, their: { email: "ada@customer.test" }, subject: "Order", text: "Hello" };
	const { id } = await writing.begin(wish, { userId });
	const mail = await writing.send(id, {}, undefined, { userId });
	const file = { name: "note.txt", type: "text/plain", bytes: Buffer.from("Hello") };
	const draft = await drafts.attach(id, file, { userId });
	const customer = (await conversations.get(id))?.participants[0];
	return {
		domainId: domain.id,
		domainName: domain.id,
		routeId: route.id,
		attachmentId: draft.attachments[0]?.id ?? "",
		"emails.conversationId": id,
		"emails.participantId": customer?.id ?? "",
		"emails.communicationId": customer?.emails?.[0]?.id ?? "",
		"emails.messageId": mail.id,
	};
}

/** A campaign that is off, with all that it needs. */
async function seedOutbound({ outbound }: Services, queueId: string, actor: { userId: string }) {
	const columnName = "cell";
	const list = { columnNames: [columnName], phoneColumns: [{ columnName, type: columnName }] };
	const contactList = await outbound.lists.create({ name: "Customers", value: list }, actor);
	const number = { number: "+4915123456710", callable: true };
	const contact = { id: "contact", contactListId: contactList.id, data: { cell: number.number }, callable: true };
	await outbound.addContacts(contactList, [{ ...contact, numbers: { cell: number }, dateCreated: new Date() }], actor);
	const dncList = await outbound.dncLists.create({ name: "Never", value: {} }, actor);
	const slot = { day: 1, startTime: "09:00", stopTime: "17:00" };
	const times = { callableTimes: [{ timeZoneId: "Europe/Berlin", timeSlots: [slot] }] };
	const timeSet = await outbound.timeSets.create({ name: "Office", value: times }, actor);
	const limits = await outbound.limits.create({ name: "Twice", value: { recallEntries: {} } }, actor);
	const rules = { listIds: [], rules: [] };
	const ruleSet = await outbound.ruleSets.create({ name: "Rules", value: rules }, actor);
	const campaign = await outbound.campaigns.create(
		{
			name: "Orders",
			value: {
				...{ contactListId: contactList.id, queueId, dialingMode: "preview", phoneColumns: [{ columnName }] },
				...{ dncListIds: [], callerName: "Inlay", callerAddress: "+493012345600", abandonRate: 3, maxCallsPerAgent: 2 },
				...{ skipPreviewDisabled: false, previewTimeOutSeconds: 0, callbackAutoAnswer: false, alwaysRunning: false },
				...{ noAnswerTimeout: 30, shownColumns: [], columnsAsAttributes: false },
			},
		},
		actor,
	);
	return {
		campaignId: campaign.id,
		contactListId: contactList.id,
		contactId: contact.id,
		dncListId: dncList.id,
		callableTimeSetId: timeSet.id,
		attemptLimitsId: limits.id,
		ruleSetId: ruleSet.id,
	};
}

/** It has the id of the contact of a campaign: paths name both alike. */
async function seedContacts({ externalContacts }: Services, actor: { userId: string }) {
	const { id } = await externalContacts.createOrganization({ name: "Acme", value: {} }, actor);
	const value = { firstName: "Dee", lastName: "Doe", workEmail: "dee@example.com" };
	await externalContacts.create({ value, organizationId: id }, actor, "contact");
	return { externalOrganizationId: id };
}

async function seedResponses({ cannedResponses, authorization }: Services, actor: { userId: string }) {
	const divisionId = await authorization.homeDivisionId();
	const { id: libraryId } = await cannedResponses.createLibrary({ name: "Sales" }, actor);
	const value = { plain: "Dear {{customerName}}", substitutions: [] };
	const { id } = await cannedResponses.createResponse(
		{ name: "Greeting", libraryIds: [libraryId], assetIds: [], value },
		actor,
	);
	const { assets } = cannedResponses;
	const asset = await assets.begin({ name: "Prices.txt", divisionId }, actor);
	await assets.bring(asset.ticket, Readable.from([Buffer.from("One for ten")]));
	return { libraryId, responseId: id, responseAssetId: asset.id, statusId: asset.id };
}

async function waitingCall({ conversations }: Services, queueId: string) {
	const started = await conversations.calls.startInboundCall({
		customer: { name: "Cy Customer", address: "+31201234567" },
		dnis: "+31800",
		queueId,
		provider: "test",
	});
	return conversations.calls.mediaConnected(started.id, started.participants[0]?.id ?? "");
}
