import { fileURLToPath } from "node:url";
import { analyticsRoutes } from "./analytics/routes.ts";
import { peopleWithin } from "./app-home.ts";
import { peopleRoutes } from "./app-people-at-once.ts";
import type { Services } from "./app-services.ts";
import { sightOf } from "./app-sight.ts";
import { auditRoutes } from "./audit/routes.ts";
import { authorizationRoutes } from "./authorization/routes.ts";
import { responseFilesOf } from "./canned-responses/response-files.ts";
import { cannedResponseRoutes } from "./canned-responses/routes.ts";
import { cobrowseRoutes } from "./cobrowse/routes.ts";
import { consoleRoutes, entranceRoute } from "./console-pages.ts";
import { usersAtWork } from "./conversations/at-work-store.ts";
import { callRuleRoutes } from "./conversations/call/rules/routes.ts";
import { callingRulesRoutes } from "./conversations/calling-rules-routes.ts";
import { conversationsRoutes } from "./conversations/routes.ts";
import { deliveryRoutes } from "./deployments/delivery-routes.ts";
import { PanelPages } from "./deployments/panel-pages.ts";
import { panelPlaceRoutes } from "./deployments/panel-place-routes.ts";
import { PanelSessions } from "./deployments/panel-session.ts";
import { panelSessionRoutes } from "./deployments/panel-session-routes.ts";
import { panelSessionStore } from "./deployments/panel-session-store.ts";
import { integrationRoutes } from "./deployments/routes.ts";
import { scriptRoutes } from "./deployments/script-routes.ts";
import { StagedReleases } from "./deployments/staged-release.ts";
import { troubleRoutes } from "./deployments/trouble-routes.ts";
import { useRoutes } from "./deployments/use-routes.ts";
import { attendanceRoutes } from "./desks/attendance-routes.ts";
import { deskRoutes } from "./desks/routes.ts";
import { diagnosticsRoutes } from "./diagnostics/routes.ts";
import { placeRoutes } from "./email/place-routes.ts";
import { emailRoutes } from "./email/routes.ts";
import { emailThreadRoutes } from "./email/thread-routes.ts";
import { externalContactRoutes } from "./external-contacts/routes.ts";
import { forwardingRoutes } from "./forwarding/routes.ts";
import { healthFindingRoutes, panelServerRoute } from "./health/routes.ts";
import { testSocket } from "./health/socket.ts";
import type { Kernel } from "./kernel/domain.ts";
import { healthRoutes } from "./kernel/http/health-routes.ts";
import type { Route } from "./kernel/http/route.ts";
import type { WebSocketEndpoint } from "./kernel/http/websocket.ts";
import type { Principal } from "./kernel/principal.ts";
import type { Sight } from "./kernel/sight.ts";
import { fileRoutes } from "./kernel/storage/file-routes.ts";
import { locationRoutes } from "./locations/routes.ts";
import { addressRoutes, ownQueueRoutes } from "./messaging/address-routes.ts";
import { carrierRoutes } from "./messaging/carrier-routes.ts";
import { openChannelRoutes } from "./messaging/open-routes.ts";
import { messageRoutes } from "./messaging/routes.ts";
import { messengerRoutes } from "./messaging/web/messenger-routes.ts";
import { jsonSocket } from "./notifications/json-socket.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import type { SignInPorts } from "./oauth/authorize.ts";
import type { OAuth } from "./oauth/oauth.ts";
import { oauthRoutes } from "./oauth/routes.ts";
import { outboundRoutes } from "./outbound/routes.ts";
import { presenceRoutes } from "./presence/routes.ts";
import { recordingRoutes } from "./recordings/routes.ts";
import { recordingRuleRoutes } from "./recordings/rule-routes.ts";
import { routingRoutes } from "./routing/routes.ts";
import { type ScreenOrigins, screenSocket } from "./screen-share/page-socket.ts";
import { screenScriptRoute, screenShareRoutes } from "./screen-share/routes.ts";
import { scriptEditRoutes } from "./scripter/edit-routes.ts";
import { agentScriptRoutes } from "./scripter/routes.ts";
import { scriptSessionRoutes } from "./scripter/session-routes.ts";
import { ssoRoutes } from "./sso/routes.ts";
import { stationRoutes } from "./stations/routes.ts";
import { transcriptionRoutes } from "./transcription/routes.ts";
import { usersRoutes } from "./users/routes.ts";
import { trunkRoutes } from "./voice/sip/trunk-routes.ts";
import { entryPointRoutes } from "./voice/webcalls/entry-point-routes.ts";
import { greetingRoutes } from "./voicemail/greeting-routes.ts";
import { voicemailPolicyRoutes } from "./voicemail/policy-routes.ts";
import { voicemailRoutes } from "./voicemail/routes.ts";
import { webServiceRoutes } from "./web-services/routes.ts";

/** The agent client as built by `npm start`; it lives beside this package and is only read, never imported. */
export const clientFolder = fileURLToPath(new URL("../../client/dist", import.meta.url));

/** The administrator's console, likewise. */
export const consoleFolder = fileURLToPath(new URL("../../console/dist", import.meta.url));

/** What pages of customers embed, likewise. */
const messengerFolder = fileURLToPath(new URL("../../messenger/dist", import.meta.url));

/** What the server answers to at its own origin: API, sign-in, administration. */
export function createRoutes(kernel: Kernel, services: Services, signIn: SignInPorts): Route[] {
	const { publicUrl, panelUrl } = kernel.config;
	const { users, authorization, oauth, deployments, access, boot } = services;
	// Sign-in happens inside the frame of the panel, never in a frame that the panel's scripts have made.
	const mayFrame = async () => (await boot.everyHost()).filter((source) => source !== panelUrl);
	const sight = sightOf(services);
	return [
		...healthRoutes(kernel.readiness),
		...fileRoutes(kernel.storage, {
			isGood: async (session) => (await oauth.sessions.goodUntil(session)) !== undefined,
		}),
		...oauthRoutes(oauth, { kernel, users, ports: { ...signIn, mayFrame, providers: services.sso.signIn } }),
		...ssoRoutes(services.sso, users),
		...authorizationRoutes(authorization),
		...usersRoutes(users, kernel),
		...peopleRoutes(services),
		...routingRoutes(services, sight),
		...stationRoutes(services.stations, { users }),
		...conversationsRoutes(services.conversations, sight),
		...analyticsRoutes(services.analytics, kernel),
		...auditRoutes(services.audit),
		...callRuleRoutes(services.callRules),
		...forwardingRoutes(services.forwarding, users),
		...recordingRoutes(services.recordings),
		...recordingRuleRoutes(services.recordings.rules, sight),
		...transcriptionRoutes({
			...services.transcription,
			...{ conversations: services.conversations, outgoing: kernel.outgoing },
		}),
		...entryPointRoutes(services.entryPoints, sight),
		...trunkRoutes(services.trunks, services.lines),
		...voicemailRoutes(services.voicemails),
		...voicemailPolicyRoutes(services.voicemails, sight),
		...greetingRoutes(services.greetings, services.voicemails),
		...messagingRoutes(services, kernel, sight),
		...cobrowseRoutes({
			...{ cobrowse: services.cobrowse, conversations: services.conversations },
			addressOf: services.messaging.web.addressOf,
			socketUrl: publicUrl.replace(/^http/, "ws"),
		}),
		...contactRoutes(services),
		...cannedResponseRoutes(
			{
				canned: services.cannedResponses,
				...{ sight, publicUrl, directory: services.authorization },
				usersOf: async (ids) => new Map((await users.find([...ids])).map((user) => [user.id, user])),
			},
			services.conversations,
		),
		...locationRoutes(services.locations),
		...mailingRoutes(services, kernel, sight),
		...outboundRoutes(services.outbound, services.outboundWork, services.conversations, services.authorization, sight),
		...scripterRoutes(services, sight),
		...presenceRoutes(services.presence, { users, authorization }),
		...notificationRoutes(services.notifications, publicUrl.replace(/^http/, "ws")),
		...integrationRoutes(deployments, access),
		...scriptRoutes(deployments, new StagedReleases(deployments)),
		...troubleRoutes(deployments, services.troubles),
		...useRoutes(deployments, {
			usersAtWork: () => usersAtWork(kernel.database.db),
			grantsOf: (userId) => services.authorization.grantsOf(userId),
			groupsOfAll: (userIds) => services.users.groups.groupsOfAll(userIds),
			people: (ids) => services.users.find(ids),
		}),
		...services.home.routes(),
		...panelPlaceRoutes(kernel.config),
		...deskRoutes(services.desks, services.mailing.goingOn),
		...attendanceRoutes(services.users.organization),
		...callingRulesRoutes(services.users.organization),
		...consoleRoutes(consoleFolder, panelUrl),
		...(kernel.config.demo ? [] : [entranceRoute()]),
		...healthFindingRoutes({
			...{ health: services.health, selfTests: services.selfTests, probes: services.probes },
			...{ authenticator: oauth, panelUrl },
			organizationId: async () => (await users.organization.get()).id,
			people: peopleWithin(users),
			deploymentExists: async (id) => (await deployments.find(id)) !== undefined,
		}),
		...diagnosticsRoutes({
			log: kernel.log,
			operators: kernel.operators,
			authenticator: oauth,
			panelUrl: kernel.config.panelUrl,
			async mayUse(deploymentId, principal) {
				const deployment = await deployments.find(deploymentId);
				return deployment !== undefined && (await access.problem(deployment, principal)) === undefined;
			},
		}),
		...services.voice.routes,
		...screenShareRoutes(services.screenSharing),
		screenScriptRoute(messengerFolder),
	];
}

/** Messages to and from customers, and the addresses by which they go. */
function messagingRoutes(services: Services, kernel: Kernel, sight: Sight): Route[] {
	const { messaging, conversations, users, queues } = services;
	return [
		...messageRoutes({
			messaging,
			conversations,
			country: async () => (await users.organization.get()).defaultCountryCode,
			writersOf: async (ids) => new Map((await users.find([...ids])).map((user) => [user.id, user])),
			responseFiles: responseFilesOf(services.cannedResponses),
		}),
		...openChannelRoutes(messaging, conversations, kernel.clock),
		...carrierRoutes(messaging, kernel, async () => (await users.organization.get()).defaultCountryCode),
		...messengerRoutes(messaging.web, messengerFolder),
		...addressRoutes(messaging, sight),
		...ownQueueRoutes(messaging, (userId) => queues.queuesOfUser(userId)),
	];
}

/** Who is known outside. */
function contactRoutes({ externalContacts, conversations, authorization, users }: Services): Route[] {
	return externalContactRoutes(externalContacts, conversations, {
		directory: authorization,
		writersOf: async (ids) => new Map((await users.find([...ids])).map((user) => [user.id, user])),
	});
}

/** Scripts that agents follow: read, written, and open in their interactions. */
function scripterRoutes({ scripts, scriptSessions, webServices, authorization }: Services, sight: Sight): Route[] {
	return [
		...agentScriptRoutes(scripts, authorization),
		...scriptEditRoutes(scripts, authorization, sight),
		...scriptSessionRoutes(scriptSessions),
		...webServiceRoutes(webServices),
	];
}

/** Emails to and from customers, and the addresses by which they go. */
function mailingRoutes(
	{ mailing, conversations, users, queues, cannedResponses }: Services,
	{ storage }: Kernel,
	sight: Sight,
): Route[] {
	const deps = { mailing, conversations, storage };
	return [
		...emailRoutes(deps),
		...emailThreadRoutes({
			...deps,
			namesOf: async (ids) => new Map((await users.find([...ids])).map(({ id, name }) => [id, name])),
			queuesOf: (userId) => queues.queuesOfUser(userId),
			responseFiles: responseFilesOf(cannedResponses),
		}),
		...placeRoutes(mailing, sight),
	];
}

/** What it answers to at the panel's origin, where customers' scripts run: nothing that such a script must not reach. */
export function createPanelRoutes(
	kernel: Kernel,
	{ deployments, access, boot, oauth, conversations, users }: Services,
): Route[] {
	const { operators, config } = kernel;
	const { panelUrl } = config;
	return [
		...deliveryRoutes({
			deployments,
			access,
			boot,
			pages: new PanelPages(clientFolder),
			panelUrl,
			isAtWork: async (userId) => {
				const work = (await conversations.workOf([userId])).get(userId);
				return work !== undefined && work.acdActive + work.acdAfterCall + work.ownActive > 0;
			},
			timesOf: (principal) => oauth.sessions.timesOf(principal),
			operators,
		}),
		...panelSessionRoutes(createPanelSessions(kernel, oauth)),
		panelServerRoute({ organizationId: async () => (await users.organization.get()).id }),
	];
}

function createPanelSessions({ database, clock }: Kernel, oauth: OAuth): PanelSessions {
	const tokens = {
		expiryOf: async (principal: Principal) => (await oauth.sessions.tokenOf(principal))?.token.expiresAt,
		isGood: async (token: string) => (await oauth.authenticate(token, { preserveIdle: true })) !== undefined,
	};
	return new PanelSessions(database, panelSessionStore(database.db), tokens, clock);
}

/** Where calls are placed from, or a messenger stands. */
function screenOrigins({ voice: { webCalls }, messaging: { web } }: Services): ScreenOrigins {
	return {
		isOf: (conversation, origin) => (conversation.internal.exchange ? web : webCalls).isPageOf(conversation, origin),
		isAnybodys: async (origin) => (await webCalls.allowsOrigin(origin)) || web.allowsOrigin(origin),
	};
}

export function createSockets(kernel: Kernel, services: Services): WebSocketEndpoint[] {
	return [
		jsonSocket(services.notifications, kernel.log),
		testSocket(),
		...services.voice.sockets,
		services.messaging.web.socket,
		screenSocket(services.screenSharing, kernel.log, screenOrigins(services)),
		...services.cobrowse.sockets,
	];
}
