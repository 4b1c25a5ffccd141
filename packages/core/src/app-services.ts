import { join } from "node:path";
import { bundledClientId } from "@inlay/contract";
import { createMetricFacts } from "./analytics/analytics.ts";
import { createAnalytics } from "./analytics/routes.ts";
import { createHome } from "./app-home.ts";
import { subscriptionPorts } from "./app-subscriptions.ts";
import { createLines } from "./app-trunks.ts";
import { endMailbox, voicemailPorts } from "./app-voicemail.ts";
import { createAudit } from "./audit/audit.ts";
import { createAuthorization } from "./authorization/authorization.ts";
import { createCannedResponses } from "./canned-responses/canned-responses.ts";
import { createCobrowse } from "./cobrowse/cobrowse.ts";
import { createLastAgents } from "./conversations/call/last-agents.ts";
import { createCallRules } from "./conversations/call/rules/rules.ts";
import { createConversations } from "./conversations/conversations.ts";
import { conversationSummaryExpander } from "./conversations/routes.ts";
import { DeploymentAccess } from "./deployments/access.ts";
import { type BootFacts, PanelBoot } from "./deployments/boot.ts";
import { Deployments } from "./deployments/deployments.ts";
import { deploymentStore } from "./deployments/store.ts";
import { DeploymentTroubles, knownDeployments } from "./deployments/troubles.ts";
import { createAttendance } from "./desks/attendance.ts";
import { createDesks } from "./desks/desks.ts";
import { handBack } from "./desks/hand-back.ts";
import { createMailing } from "./email/mailing.ts";
import { createOwnMail } from "./email/notice-mail.ts";
import { signatureStore } from "./email/signature-store.ts";
import { namesOfSigners } from "./email/signatures.ts";
import { createExternalContacts } from "./external-contacts/contacts.ts";
import { createForwarding } from "./forwarding/forwarding.ts";
import { Health } from "./health/health.ts";
import { ScriptReader } from "./health/script-reader.ts";
import { SelfTests } from "./health/self-tests.ts";
import { soundAddress } from "./kernel/config/ports.ts";
import { untilSaved } from "./kernel/database/until-saved.ts";
import type { Kernel } from "./kernel/domain.ts";
import { holds } from "./kernel/principal.ts";
import { TokenEnds } from "./kernel/tokens/token-ends.ts";
import { createLocations } from "./locations/locations.ts";
import { locationsExpander } from "./locations/routes.ts";
import { createMessaging } from "./messaging/messaging.ts";
import { Notifications } from "./notifications/notifications.ts";
import { channelStore } from "./notifications/store.ts";
import { createOAuth } from "./oauth/oauth.ts";
import { createDeeds } from "./outbound/deeds.ts";
import { createOutboundDialer, createOutboundThings } from "./outbound/outbound.ts";
import { createOwnWork } from "./outbound/own-work.ts";
import { divisionedDefinitionsExpander, presenceDefinitionsExpander, presenceExpander } from "./presence/expanders.ts";
import { LostQueueRight } from "./presence/lost-right.ts";
import { createPresence } from "./presence/presence.ts";
import { createParts } from "./recordings/parts.ts";
import { createRecordings } from "./recordings/recordings.ts";
import { createRecordingRules } from "./recordings/rules.ts";
import { RecordingWork } from "./recordings/work.ts";
import { createAssignment } from "./routing/assignment.ts";
import { createCapacity } from "./routing/capacity.ts";
import { createDecisions } from "./routing/decisions.ts";
import { routingAbilityExpander, routingStatusExpander } from "./routing/expanders.ts";
import { createUtilizationLabels } from "./routing/labels.ts";
import { createQueueStates } from "./routing/queue-states.ts";
import { createQueues } from "./routing/queues.ts";
import { createRoutingStatus } from "./routing/routing-status.ts";
import { createAbilities } from "./routing/skills.ts";
import { createUtilization } from "./routing/utilization.ts";
import { createWrapupCodes } from "./routing/wrapup-codes.ts";
import { ScreenInvitations } from "./screen-share/invitations.ts";
import { ScreenSharing } from "./screen-share/screen-sharing.ts";
import { createScripts } from "./scripter/scripts.ts";
import { createScriptSessions } from "./scripter/sessions.ts";
import { createSso } from "./sso/sso.ts";
import { stationExpander } from "./stations/expanders.ts";
import { createStations } from "./stations/stations.ts";
import { createTranscriptionSettings } from "./transcription/settings.ts";
import { createTranscription } from "./transcription/transcription.ts";
import { callingRulesOf, extensionsOf, offlineAfterOf } from "./users/organization-settings.ts";
import { outOfOfficeExpander } from "./users/out-of-office-routes.ts";
import { createUsers, type Users } from "./users/users.ts";
import { createMediaProcess } from "./voice/media/media-process.ts";
import type { MediaEngine } from "./voice/media-engine.ts";
import { MediaProbes } from "./voice/probes/media-probes.ts";
import { tryMedia } from "./voice/probes/probe-peer.ts";
import { routedTrunk } from "./voice/routed-trunk.ts";
import { simulatedTrunk } from "./voice/simulated-trunk.ts";
import { trunkFacts } from "./voice/sip/trunk-facts.ts";
import { createTrunks } from "./voice/sip/trunks.ts";
import { PhoneRegistry } from "./voice/streaming/phone-registry.ts";
import { recordingsFolder, Voice } from "./voice/voice.ts";
import { createEntryPoints } from "./voice/webcalls/entry-points.ts";
import { entryPointStore } from "./voice/webcalls/store.ts";
import { GreetingFiles } from "./voicemail/greeting-files.ts";
import { createGreetings } from "./voicemail/greetings.ts";
import { keepMessage } from "./voicemail/keep.ts";
import { createMailboxes } from "./voicemail/mailboxes.ts";
import { createNotices } from "./voicemail/notices.ts";
import { createTranscribing } from "./voicemail/transcribing.ts";
import { createVoicemails } from "./voicemail/voicemails.ts";
import { createWebServices } from "./web-services/web-services.ts";

/** Domain of the server's own XMPP addresses; clients only give it back. */
const jidDomain = "inlay.invalid";

/** Names, in conversations, calls that go out through the organization's trunk. */
const outboundProvider = "Inlay Trunk";

/** Every service of the server, wired. Only this file and app-routes.ts know them all. */
export function createServices(kernel: Kernel) {
	const audit = createAudit(kernel);
	const people = createPeople(kernel);
	const work = createWork(kernel, people);
	people.oauth.useCalls(async (userId) => {
		const { acdActive = 0, ownActive = 0 } = (await work.conversations.workOf([userId])).get(userId) ?? {};
		return acdActive + ownActive > 0;
	});
	const engine = createEngine(kernel);
	const notifications = new Notifications(
		kernel,
		channelStore(kernel.database.db),
		subscriptionPorts({ ...people, ...work }),
	);
	const entryPoints = createEntryPoints(kernel, async () => (await people.users.organization.get()).defaultCountryCode);
	work.queues.onRemove(entryPoints);
	people.users.groups.onRemove(entryPoints.refuseGroup);
	people.users.onRemove(entryPoints.refuseUser);
	addExpanders(people.users, work);
	people.users.addExpander("outOfOffice", outOfOfficeExpander(kernel.database));
	const desks = createDesks(kernel, {
		takesPart: async (userId, id) =>
			(await work.conversations.takesPart(userId, id)) || work.voicemails.isInbox(userId, id),
		isConnected: (channelId) => notifications.isConnected(channelId),
		ownerOf: async (channelId) => (await notifications.find(channelId))?.userId,
		hasPhone: (userId) => work.phones.isReachable(userId),
		onDisconnected: (listener) => notifications.onDisconnected(listener),
	});
	const attendance = createAttendance(kernel, {
		present: () => notifications.listening(),
		usedSince: (userId, since) => people.oauth.sessions.usedSince(userId, since),
		attending: work.presence.attending,
		goOffline: (userId) => work.presence.set(userId, "Offline", { actor: {} }),
		handBack: (userId, which) => handBack(work.conversations, userId, which),
		offlineAfterMs: async () => {
			const seconds = offlineAfterOf((await people.users.organization.get()).settings);
			return seconds === undefined ? undefined : seconds * 1000;
		},
	});
	const invitations = new ScreenInvitations();
	const trunks = createTrunks(kernel);
	const lines = createLines(kernel, {
		...{ engine, store: trunks.store, provider: outboundProvider },
		...{ conversations: work.conversations, users: people.users },
	});
	kernel.feed.subscribe(({ type }) => {
		if (type === "trunk.changed" || type === "trunk.deleted") void untilSaved(() => lines.reload());
	});
	const transcription = createTranscription(kernel, {
		settings: work.transcriptionSettings,
		organizationId: async () => (await people.users.organization.get()).id,
		tellNow: (topic, body) => notifications.tellNow(topic, body),
	});
	const voice = new Voice(kernel, {
		lines,
		screens: invitations,
		queueStates: work.queueStates,
		listeners: transcription.transcripts,
		engine,
		conversations: work.conversations,
		notifications,
		phones: work.phones,
		parts: work.recordingParts,
		greetings: new GreetingFiles({ ...kernel, folder: join(kernel.config.dataDir, "greetings") }),
		authenticator: people.oauth,
		jidDomain,
		country: async () => (await people.users.organization.get()).defaultCountryCode,
		jidOf: (userId) => people.users.jabberIdOf(userId),
		trunks: new Map([[outboundProvider, routedTrunk(lines, kernel.config.demo ? simulatedTrunk(engine) : undefined)]]),
		persistentMs: (userId) => work.stations.persistentMs(userId),
	});
	const messaging = createMessaging(kernel, {
		screens: invitations,
		conversations: work.conversations,
		country: async () => (await people.users.organization.get()).defaultCountryCode,
		organizationId: async () => (await people.users.organization.get()).id,
		namesOf: async (ids) => new Map((await people.users.find([...ids])).map(({ id, name }) => [id, name])),
	});
	work.queues.onRemove(messaging.addresses);
	work.queues.onRemove(work.voicemails.policies.ofQueues);
	people.users.groups.onRemove(work.voicemails.policies.releaseGroup);
	const cobrowse = createCobrowse(kernel, {
		conversations: work.conversations,
		addresses: messaging.addresses,
		addressOf: messaging.web.addressOf,
		wake: messaging.web.wake,
		tokens: people.tokenEnds,
		holderOf: people.holderOf,
	});
	messaging.web.useCobrowse(cobrowse);
	const cannedResponses = createCannedResponses(kernel, {
		holdQueues: work.queues.hold,
		directory: people.authorization,
		organizationId: async () => (await people.users.organization.get()).id,
	});
	work.queues.onRemove(cannedResponses.ofQueues);
	const locations = createLocations(kernel, { users: people.users });
	people.users.addExpander("locations", locationsExpander(locations));
	const mailing = createMailing(kernel, {
		conversations: work.conversations,
		organizationId: async () => (await people.users.organization.get()).id,
		nameOf: namesOfSigners(people.users),
	});
	people.users.onEnded(async (trx, userId) => {
		const [user] = await people.users.find([userId], trx);
		// Who is back tomorrow has theirs still.
		if (user?.state !== "inactive") await signatureStore.save(trx, userId, "");
		return async () => {};
	});
	work.queues.onRemove(mailing.places);
	const ownMail = createOwnMail((id) => mailing.places.store.domain(id), mailing.carrier);
	messaging.web.useMail({ ...ownMail, holdSender: mailing.places.holdSender });
	mailing.places.onDomainRemove(messaging.addresses.sendingBy);
	work.voicemails.policies.useSenders(mailing.places.holdSender);
	mailing.places.onDomainRemove(work.voicemails.policies.sendingBy);
	const voicemailNotices = createNotices(kernel, {
		policies: work.voicemails.policies,
		voicemail: (id) => work.voicemails.find(id),
		async emailOf(userId) {
			const [user] = await people.users.find([userId]);
			return user?.state === "active" ? user.email : undefined;
		},
		send: ownMail.send,
	});
	work.voicemails.useNotices(voicemailNotices, ownMail.canSend);
	const voicemailTexts = createTranscribing(kernel, {
		transcriber: transcription.transcriber,
		engineOf: ({ type, id }) => work.transcriptionSettings.ofVoicemail(type === "queue" ? id : undefined),
		readersOf: work.voicemails.readersOf,
	});
	work.voicemails.useTranscribing(voicemailTexts);
	const delivery = createDelivery(kernel, people);
	const home = createHome(kernel, { ...people, ...delivery, notifications });
	const probes = new MediaProbes(engine);
	return {
		home,
		audit,
		analytics: createAnalytics(kernel, work.conversations),
		cannedResponses,
		locations,
		...people,
		...work,
		...delivery,
		engine,
		probes,
		selfTests: new SelfTests(kernel.clock),
		health: new Health({
			...{ database: kernel.database, clock: kernel.clock },
			...{ panelUrl: kernel.config.panelUrl, publicUrl: kernel.config.publicUrl },
			...{ deployments: delivery.deployments, troubles: delivery.troubles, clients: people.oauth.clients },
			scripts: new ScriptReader((id, version) => delivery.deployments.findScript(id, version)),
			...{ users: people.users, authorization: people.authorization },
			mailboxes: () => mailing.mailboxFacts(),
			trunks: () => trunkFacts(trunks, lines),
			playsOutside: kernel.config.demo,
			utilization: work.utilization,
			server: {
				...kernel,
				organizationId: async () => (await people.users.organization.get()).id,
				tryMedia: () => tryMedia(probes),
				mail: {
					domains: () => mailing.places.store.domains(),
					check: (domain) => mailing.carrier.check(domain),
					unsigned: (domain) => mailing.dkim.troubleOf(domain),
				},
			},
		}),
		notifications,
		entryPoints,
		trunks,
		lines,
		messaging,
		cobrowse,
		mailing,
		voicemailNotices,
		transcription,
		voicemailTexts,
		desks,
		attendance,
		voice,
		screenSharing: new ScreenSharing(kernel, {
			conversations: work.conversations,
			holderOf: people.holderOf,
			tokens: people.tokenEnds,
			...{ engine, invitations },
		}),
	};
}

export type Services = ReturnType<typeof createServices>;

function createPeople(kernel: Kernel) {
	const authorization = createAuthorization(kernel);
	const users = createUsers(kernel, { authorization });
	const oauth = createOAuth(kernel, { users, authorization });
	const sso = createSso(kernel, {
		...{ users, authorization },
		endSession: (trx, familyId) => oauth.tokens.revokeIn(trx, { familyId }, undefined, "SIGNED_OUT"),
	});
	oauth.useProviders(sso.vouchesFor);
	const tokenEnds = new TokenEnds(kernel, { goodUntil: (hash) => oauth.sessions.signInGoodUntil(hash) });
	/** What a user holds now, for what lasts longer than a request. */
	async function holderOf(userId: string) {
		const grants = await authorization.grantsOf(userId);
		return (permission: string, divisionId?: string) => holds({ grants }, permission, divisionId);
	}
	return { authorization, users, oauth, sso, tokenEnds, holderOf };
}

function createWork(kernel: Kernel, { users, authorization, oauth }: ReturnType<typeof createPeople>) {
	const routingStatus = createRoutingStatus(kernel);
	const presence = createPresence(kernel, { routingStatus, authorization, users });
	const [skills, languages] = [createAbilities(kernel, "skill"), createAbilities(kernel, "language")];
	const scripts = createScripts(kernel, authorization);
	const utilization = createUtilization(kernel);
	const utilizationLabels = createUtilizationLabels(kernel, utilization);
	const queues = createQueues(kernel, {
		...{ users, authorization, routingStatus, skills, scripts },
		labels: utilizationLabels,
	});
	queues.onRemove(scripts.ofQueues);
	const wrapupCodes = createWrapupCodes(kernel, { authorization });
	const decisions = createDecisions(kernel);
	const stations = createStations(kernel, { users });
	const phones = new PhoneRegistry();
	const facts = createMetricFacts(kernel);
	const voicemails = createVoicemails(
		kernel,
		voicemailPorts({
			...{ users, authorization, queues, presence },
			conversation: (id) => conversations.get(id),
		}),
	);
	users.organization.useVoicemail(async () => (await voicemails.policies.organization()).value.enabled);
	users.onEnded(endMailbox(kernel, voicemails));
	const country = async () => (await users.organization.get()).defaultCountryCode;
	const userOfNumber = async (number: string) => users.ofNumber(number, await country());
	const forwarding = createForwarding(kernel, {
		country,
		users,
		userOfNumber,
		async userOfStation(stationId) {
			const station = await stations.get(stationId);
			return station?.webRtcUserId ?? station?.associatedUserId;
		},
		isServiceNumber: async (number) => (await entryPointStore(kernel.database.db).find(number)) !== undefined,
	});
	const recordingRules = createRecordingRules(kernel);
	const transcriptionSettings = createTranscriptionSettings(kernel);
	const recordingParts = createParts(kernel);
	const callRules = createCallRules(kernel);
	const outbound = createOutboundThings(kernel, {
		directory: authorization,
		scripts,
		queues: {
			hold: queues.hold,
			async get(id) {
				const queue = await queues.get(id);
				return queue && queues.counted(queue);
			},
		},
		country,
	});
	queues.onRemove(outbound.ofQueues);
	const externalContacts = createExternalContacts(kernel, {
		...{ directory: authorization, country },
		reading: {
			divisionsOfAll: authorization.holdings.divisionsOfAll,
			membersOf: queues.everyMember,
			isActive: async (trx, { userId, clientId = "" }) =>
				userId === undefined
					? (await oauth.clients.find(clientId, trx))?.state === "active"
					: (await users.whichActive(trx, [userId])).has(userId),
		},
	});
	const conversations = createConversations(kernel, {
		facts,
		contacts: externalContacts.recognised,
		campaigns: outbound.book,
		lastAgents: createLastAgents(kernel.database.db),
		users,
		queues,
		routingStatus,
		phones,
		outboundProvider,
		appearances: stations.callAppearancesOf,
		afterCallWorkExtensions: async () => extensionsOf((await users.organization.get()).settings),
		unknownAbilities: async ({ skill, language }) => [
			...(await skills.unknown(skill)),
			...(await languages.unknown(language)),
		],
		country,
		userOfNumber,
		forwardingOf: forwarding.of,
		forwardOnce: forwarding.once,
		callingRules: async () => callingRulesOf((await users.organization.get()).settings),
		homeDivisionId: () => authorization.homeDivisionId(),
		abilities: { skill: skills, language: languages },
		recordings: {
			rules: () => recordingRules.current(),
			follow: recordingParts.follow,
			playable: (conversations, reader) => recordings.playable(conversations, reader),
		},
		callRules: () => callRules.current(),
		transcribedQueues: () => transcriptionSettings.queues(),
		capacityOf: createCapacity(utilization),
		labels: utilizationLabels,
		workDone: presence.workDone,
		mailboxes: createMailboxes(voicemails, phones),
	});
	const lostQueueRight = new LostQueueRight(kernel, presence, authorization.grantsOf);
	presence.useWork({ owedBy: conversations.workOwedBy });
	const conversation = (id: string) => conversations.get(id);
	const recordings = createRecordings(kernel, { rules: recordingRules, conversation });
	const recordingWork = new RecordingWork(kernel, {
		folder: recordingsFolder(kernel.config.dataDir),
		format: async () => (await recordingRules.settings()).value.fileFormat,
		organizationId: async () => (await users.organization.get()).id,
		conversation,
		voicemail: (recorded) => keepMessage({ ...kernel, items: conversations.callbacks }, voicemails, recorded),
	});
	const assignment = createAssignment(kernel, {
		...{ conversations, queues, stations, phones, decisions },
		utilizations: utilization,
	});
	const webServices = createWebServices(kernel);
	webServices.onRemove(scripts.uses("webService"));
	const scriptSessions = createScriptSessions(kernel, scripts, {
		pageHosts: async () => (await webServices.hosts.current()).pages,
		ask: (serviceId, inputs) => webServices.ask(serviceId, inputs),
		conversations,
		ofQueue: async (queueId, medium) => (await queues.get(queueId))?.settings.defaultScripts?.[medium]?.id,
		ofCampaign: async (id) => (await outbound.campaigns.store.find(kernel.database.db, id))?.value.scriptId,
	});
	const dialer = createOutboundDialer(kernel, outbound, {
		conversations,
		freeAgents: (queueId, what, labelId) => assignment.free(queueId, what, labelId),
		ownersOf: (trx, emails) => users.withEmails(trx, emails),
		isThere: (userId) => phones.isReachable(userId),
		offQueue: async (userIds) => {
			const statuses = await routingStatus.find(userIds);
			return new Set(statuses.flatMap((one) => (one.status === "OFF_QUEUE" ? [one.userId] : [])));
		},
	});
	return {
		...{ outbound, dialer, externalContacts, scripts, scriptSessions, webServices },
		outboundWork: {
			deeds: createDeeds(kernel, outbound, conversations.campaigns),
			work: createOwnWork(kernel, { runs: outbound.runs, routingStatus }),
		},
		routingStatus,
		presence,
		lostQueueRight,
		queues,
		wrapupCodes,
		stations,
		phones,
		decisions,
		conversations,
		assignment,
		queueStates: createQueueStates(kernel, assignment),
		facts,
		forwarding,
		callRules,
		transcriptionSettings,
		recordings,
		recordingParts,
		recordingWork,
		voicemails,
		greetings: createGreetings(kernel, voicemails),
		skills,
		languages,
		utilization,
		utilizationLabels,
	};
}

/** What `GET /users?expand=…` can tell beyond the users domain's own. */
function addExpanders(users: Users, work: ReturnType<typeof createWork>): void {
	const { presence, routingStatus, stations, conversations, phones } = work;
	users.addExpander("presence", presenceExpander(presence));
	users.addExpander("routingStatus", routingStatusExpander(routingStatus));
	users.addExpander("skills", routingAbilityExpander(work.skills));
	users.addExpander("languages", routingAbilityExpander(work.languages));
	users.addExpander("station", stationExpander(stations));
	// Ours: whether their calls go elsewhere, and whether a call to them would ring anywhere. Where it would not, it is refused
	// (conversations/targets.ts).
	const forwards = async (ids: readonly string[]) => {
		const forwarding = await work.forwarding.forwarding(ids);
		return new Map(ids.map((id) => [id, forwarding.has(id)]));
	};
	users.addExpander("inlayForwards", forwards);
	users.addExpander("inlayReachable", async (ids) => {
		const forwarding = await work.forwarding.forwarding(ids);
		return new Map(ids.map((id) => [id, phones.isReachable(id) || forwarding.has(id)]));
	});
	users.addExpander("conversationSummary", conversationSummaryExpander(conversations));
	users.addMeExpander("presencedefinitions", presenceDefinitionsExpander(presence.definitions), "presenceDefinitions");
	users.addMeExpander(
		"divisionedpresencedefinitions",
		divisionedDefinitionsExpander(presence.definitions),
		"divisionedPresenceDefinitions",
	);
}

/** Where sound goes: this machine alone, or everywhere, announced by the address that was told or by the machine's own. */
function createEngine({ config, log }: Kernel): MediaEngine {
	return createMediaProcess({
		log,
		bindAddress: soundAddress(config),
		announce: config.mediaAddress ? [config.mediaAddress] : "own",
		...(config.mediaPort ? { udpPort: config.mediaPort } : {}),
		...(config.trunkPorts ? { rtpPorts: config.trunkPorts } : {}),
	});
}

function createDelivery(kernel: Kernel, { authorization, users, oauth }: ReturnType<typeof createPeople>) {
	const { database, config } = kernel;
	const deployments = new Deployments(kernel, deploymentStore(database.db), {
		unknownGroups: async (ids) => {
			const found = new Set((await users.groups.findAll(ids)).map((group) => group.id));
			return ids.filter((id) => !found.has(id));
		},
		clientExists: async (id) => (await oauth.clients.find(id)) !== undefined,
		holdGroups: users.groups.hold,
		holdUsers: users.holdActive,
		holdClients: oauth.clients.hold,
	});
	users.groups.onRemove((...asked) => deployments.releaseGroup(...asked));
	users.onEnded(deployments.endTrials);
	oauth.clients.addReferrer(deployments.ofClient);
	const access = new DeploymentAccess({
		groupsOf: (userId) => users.groupsOf(userId),
		licensesOf: (userId) => users.licenses.of(userId),
		groupNames: async (ids) => (await users.groups.findAll(ids)).map((group) => group.name).toSorted(),
	});
	const facts: BootFacts = {
		organization: async () => {
			const { id, name, defaultCountryCode } = await users.organization.get();
			return { id, name, country: defaultCountryCode };
		},
		client: async (id) => {
			const client = await oauth.clients.find(id);
			if (!client) return undefined;
			const { name, grantType, redirectUris, state } = client;
			return { id, name, active: state === "active", grantType, redirectUris };
		},
		bundledClientId: async () => bundledClientId,
		grantsOf: authorization.grantsOf,
		embedAllowList: users.embedAllowList,
		publicUrl: config.publicUrl,
		panelUrl: config.panelUrl,
		region: config.region,
		demo: config.demo,
	};
	const known = knownDeployments(() => deployments.overview(), kernel.feed);
	const troubles = new DeploymentTroubles(kernel.operators, kernel.clock, known);
	return { deployments, access, known, troubles, boot: new PanelBoot(deployments, facts) };
}
