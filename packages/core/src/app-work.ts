import { createMetricFacts } from "./analytics/analytics.ts";
import { createCampaigns } from "./app-campaigns.ts";
import type { People } from "./app-people.ts";
import { createRouting } from "./app-routing.ts";
import { outboundProvider } from "./app-voice.ts";
import { endMailbox, voicemailPorts } from "./app-voicemail.ts";
import { createLastAgents } from "./conversations/call/last-agents.ts";
import { createCallRules } from "./conversations/call/rules/rules.ts";
import { createConversations } from "./conversations/conversations.ts";
import { createExternalContacts } from "./external-contacts/contacts.ts";
import { createForwarding } from "./forwarding/forwarding.ts";
import type { Kernel } from "./kernel/domain.ts";
import { createDeeds } from "./outbound/deeds.ts";
import { createOutboundDialer } from "./outbound/outbound.ts";
import { createOwnWork } from "./outbound/own-work.ts";
import { LostQueueRight } from "./presence/lost-right.ts";
import { createParts } from "./recordings/parts.ts";
import { createRecordings } from "./recordings/recordings.ts";
import { createRecordingRules } from "./recordings/rules.ts";
import { RecordingWork } from "./recordings/work.ts";
import { createAssignment } from "./routing/assignment.ts";
import { createCapacity } from "./routing/capacity.ts";
import { createQueueStates } from "./routing/queue-states.ts";
import { createScriptSessions } from "./scripter/sessions.ts";
import { createTranscriptionSettings } from "./transcription/settings.ts";
import { callingRulesOf, extensionsOf } from "./users/organization-settings.ts";
import { recordingsFolder } from "./voice/voice.ts";
import { entryPointStore } from "./voice/webcalls/store.ts";
import { createGreetings } from "./voicemail/greetings.ts";
import { keepMessage } from "./voicemail/keep.ts";
import { createMailboxes } from "./voicemail/mailboxes.ts";
import { createVoicemails } from "./voicemail/voicemails.ts";
import { createWebServices } from "./web-services/web-services.ts";

/** Conversations by every medium, with all that they need and leave: callers, campaigns, voicemails, recordings. */
export function createWork(kernel: Kernel, people: People) {
	const { users, authorization, stillMay } = people;
	const routing = createRouting(kernel, people);
	const { routingStatus, presence, skills, languages, scripts, utilization, utilizationLabels } = routing;
	const { queues, stations, phones, decisions } = routing;
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
	const outbound = createCampaigns(kernel, { authorization, stillMay, scripts, queues, country });
	queues.onRemove(outbound.ofQueues);
	const externalContacts = createExternalContacts(kernel, {
		...{ directory: authorization, country },
		reading: {
			divisionsOfAll: authorization.holdings.divisionsOfAll,
			membersOf: queues.everyMember,
			isActive: people.isActive,
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
		...routing,
		...{ outbound, dialer, externalContacts, scriptSessions, webServices },
		outboundWork: {
			deeds: createDeeds(kernel, outbound, conversations.campaigns),
			work: createOwnWork(kernel, { runs: outbound.runs, routingStatus }),
		},
		lostQueueRight,
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
	};
}

export type Work = ReturnType<typeof createWork>;
