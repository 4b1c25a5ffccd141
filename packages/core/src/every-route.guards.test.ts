import { agentPermissionRows, allPermissions } from "@inlay/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { noPermission, type PermissionRule, type Route } from "./kernel/http/route.ts";
import { ruleOf } from "./notifications/topic-rules.ts";
import { allTopics } from "./notifications/topics.ts";
import { peopleDeeds } from "./people-at-once/deeds.ts";
import { callEvery, callRoute, type Outcome, pathOf } from "./test-support/call-every.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

const isGuarded = ({ scope }: Route) => !("public" in scope);
const asksForScope = ({ scope }: Route) => "anyOf" in scope && scope.anyOf.length > 0;
const changes = ({ method }: Route) => method !== "GET" && method !== "HEAD";
const asksForPermission = ({ permission }: Route) => permission.mode !== "none";

it("no route opens without a token or with an unknown one", async () => {
	const outcomes = await callEvery(server, server.routes.filter(isGuarded), async (_route, call) => [
		["no token", await call({}), 401, "authentication.required"],
		["unknown token", await call({ as: "nobody" }), 401, "bad.credentials"],
	]);
	expect(wrong(outcomes)).toEqual([]);
}, 120_000);

it("no route opens without its scope, or with all but its own", async () => {
	server.admit("no-scopes", { scopes: [] });
	const outcomes = await callEvery(server, server.routes.filter(asksForScope), async (route, call) => {
		server.admit("other-scopes", { scopes: otherScopes(route) });
		return [
			["no scope", await call({ as: "no-scopes" }), 403, "app.not.authorized.for.scope"],
			["other scopes", await call({ as: "other-scopes" }), 403, "app.not.authorized.for.scope"],
		];
	});
	expect(wrong(outcomes)).toEqual([]);
}, 120_000);

it("no route opens without its permission, or with all but its own", async () => {
	server.admit("powerless", { grants: [] });
	const outcomes = await callEvery(server, server.routes.filter(asksForPermission), async (route, call) => {
		server.admit("others-power", { grants: otherPermissions(route) });
		return [
			["no permission", await call({ as: "powerless" }), 403, /^missing\.(any\.)?permissions$/],
			["other permissions", await call({ as: "others-power" }), 403, /^missing\.(any\.)?permissions$/],
		];
	});
	expect(wrong(outcomes)).toEqual([]);
}, 120_000);

/** Bodies where the schema's own sample means nothing: rights would not be asked. */
function meaning({ ids }: WholeServer): Record<string, unknown> {
	const { queueId = "", userId = "", "callbacks.conversationId": callbackId = "" } = ids;
	const transfer = { queueId };
	const callbackNumbers = ["+31201234567"];
	const agent = { query: [{ type: "EXACT", fields: ["email"], value: "ben@example.com" }] };
	return {
		...Object.fromEntries(peopleDeeds.map((deed) => [`postInlayPeople${deed}`, agent])),
		patchUserQueues: [{ id: queueId, joined: false }],
		postAuthorizationRole: { subjectIds: [userId], divisionIds: ["*"] },
		postInlayUsersImport: { rows: [{ name: "Ann", email: "ann@import.example" }] },
		putAuthorizationRoleUsersRemove: [userId],
		postConversationAssign: { id: userId },
		patchConversationsCall: { state: "disconnected" },
		patchConversationsCallback: { state: "disconnected" },
		patchConversationsMessage: { state: "disconnected" },
		postInlayResponseUses: { conversationId: server.ids.conversationId ?? "" },
		postConversationsMessages: { queueId, toAddress: "ada", toAddressMessengerType: "open" },
		postConversationsMessageParticipantReplace: transfer,
		patchConversationsMessageParticipantParkingstate: { state: "parked" },
		patchConversationsEmailParticipantParkingstate: { state: "parked" },
		patchConversationsEmail: { state: "disconnected" },
		postConversationsEmails: { queueId, provider: "PureCloud Email", toAddress: "ada@customer.test" },
		postConversationsEmailParticipantReplace: transfer,
		patchConversationsCallbacks: { conversationId: callbackId, callbackNumbers },
		postConversationsCallbacks: { callbackNumbers, queueId },
		postConversationParticipantCallbacks: { callbackNumbers },
		postConversationsCallbackParticipantReplace: transfer,
		patchUsersBulk: [{ id: userId, acdAutoAnswer: false }],
		postExternalcontactsMergeContacts: { sourceContactId: "contact", targetContactId: "another" },
		postInlayExternalcontactsImport: { rows: [{ lastName: "Doe" }] },
		postLicenseUsers: [userId],
		postLicenseOrganization: { assignments: [{ licenseId: "engage1", userIdsAdd: [userId] }] },
		postScriptsPublished: { scriptId: server.ids.scriptId },
		postConversationParticipantReplace: transfer,
		postConversationsCallParticipantReplace: transfer,
		postConversationParticipantReplaceQueue: transfer,
		postConversationParticipantReplaceAgent: { userId },
		postConversationParticipantReplaceExternal: { address: "+31201234567" },
		postConversationParticipantTransfer: { address: "+31201234567" },
	};
}

/** Path parameters that name something which is in a division. */
const divisioned = new Set(["queueId", "userId", "subjectId", "codeId", "conversationId", "divisionId"]);

it("no permission in one division opens what is in another", async () => {
	server.admit("elsewhere", {
		userId: server.ids.strangerId ?? "",
		grants: [{ permission: "*:*:*", divisions: new Set([server.ids.divisionId ?? ""]) }],
	});
	const routes = server.routes.filter(
		(route) =>
			asksForPermission(route) && (changes(route) || [...divisioned].some((name) => route.path.includes(`:${name}`))),
	);
	const inHome = routes.filter((route) => !notJudgedByDivision.has(route.operationId));
	const meant = meaning(server);
	const refusals = /division|not|missing/;
	const homeDivisionId = await server.services.authorization.homeDivisionId();
	const outcomes = await callEvery(server, inHome, async ({ operationId }, call) => {
		const body = meant[operationId];
		const payload = body ? { payload: JSON.stringify(body) } : {};
		return [
			[
				"another division",
				await call({ as: "elsewhere", ids: { divisionId: homeDivisionId }, ...payload }),
				403,
				refusals,
			],
		];
	});
	expect(wrong(outcomes)).toEqual([]);
}, 120_000);

it("what opens a route or a topic stood in no role's table, so that nobody but an administrator could be given it", () => {
	// `admin` is the platform's own old word (platform-api-endpoints.json), which stands beside ones that can be given.
	const given = new Set([...allPermissions(), "admin"]);
	const asked = new Map(askedByRoutes());
	for (const topic of allTopics) {
		const rule = ruleOf(topic, "somebody");
		// A private one is opened by no permission: what stands there is a word for refusals.
		if (rule.private) continue;
		// Of these areas this server tells nothing: only a role with a pattern, or with everything, may even ask.
		if (rule.permissions.some((one) => one.includes("*"))) continue;
		for (const one of [...rule.permissions, ...(rule.told ?? [])]) asked.set(one, topic);
	}
	expect(asked.size).toBeGreaterThan(150);
	expect([...asked].filter(([permission]) => !given.has(permission))).toEqual([]);
});

function askedByRoutes(): Array<readonly [permission: string, operationId: string]> {
	return server.routes.flatMap(({ permission, forOthers, operationId }) =>
		[...("permissions" in permission ? permission.permissions : []), ...(forOthers?.permissions ?? [])].map(
			(one) => [one, operationId] as const,
		),
	);
}

it("a row of the guide's table opened nothing on the server, or everything was open without it (0.1-2)", () => {
	const asked = new Set(askedByRoutes().map(([permission]) => permission));
	const rows = agentPermissionRows.flatMap((row) => row.permissions);
	const closed = rows.filter((permission) => !asked.has(permission) && !toCome.test(permission));
	expect(closed.filter((permission) => !judgedWithin.has(permission))).toEqual([]);
});

/** Of features that are not there yet. */
const toCome = /^(analytics|quality|scripter|wfm):|^conversation:(email|message):|^outbound:/;
/** Asked for by a handler, as it depends on what is wanted, and where that is tried. */
const judgedWithin: ReadonlyMap<string, string> = new Map([
	["cobrowse:session:view", "cobrowse/rights.ts; cobrowse/cobrowse.test.ts"],
	["conversation:call:record", "conversations/authority.ts; conversations/routes.test.ts"],
	["integration:customEmbeddableFramework:agent", "deployments/access.ts; deployments/boot.test.ts"],
	["voicemail:voicemail:receive", "app-voicemail.ts; voicemail/voicemails.test.ts"],
	["routing:agent:onqueue", "presence/presence.ts; presence/presence.test.ts"],
]);

it("a handler asked for more than its route says, so that neither the description nor the console knew of it", async () => {
	const own = await wholeServer();
	const ordered = own.routes.filter(isGuarded).toSorted((a, b) => lastness(a) - lastness(b));
	const found: string[] = [];
	for (const route of ordered) {
		for (const permissions of enoughFor(route)) {
			const grants = permissions.map((permission) => ({ permission, divisions: "all" as const }));
			own.admit("just-enough", { userId: own.ids.strangerId ?? "", grants });
			const payload = route.operationId in meaning(own) ? JSON.stringify(meaning(own)[route.operationId]) : undefined;
			const answer = await callRoute(own, route, { as: "just-enough", ...(payload ? { payload } : {}) });
			// Taking part in a conversation is no permission.
			if (answer.status === 403 && answer.code.startsWith("missing.") && !asksForMore.has(route.operationId))
				found.push(`${route.operationId} with ${permissions.join(", ") || "nothing"}: ${answer.code}`);
		}
	}
	await own.close();
	expect(found).toEqual([]);
}, 120_000);

/** What is ended is there for all others before. */
function lastness({ method }: Route): number {
	return method === "DELETE" ? 1 : 0;
}

/** Each set of permissions that a route says is enough. */
function enoughFor({ permission, forOthers }: Route): string[][] {
	return setsOf(permission).flatMap((some) => setsOf(forOthers ?? noPermission).map((more) => [...some, ...more]));
}

function setsOf(rule: PermissionRule): string[][] {
	if (rule.mode === "none") return [[]];
	return rule.mode === "all" ? [[...rule.permissions]] : rule.permissions.map((one) => [one]);
}

/** Operations that ask for more than their declaration says, and what for. */
const asksForMore: ReadonlyMap<string, string> = new Map([
	["putOauthClient", "nobody gives or takes what they do not hold (decision 16)"],
	["postOauthClientSecret", "likewise"],
	["deleteOauthClient", "likewise"],
	["putAuthorizationRole", "likewise"],
	["deleteAuthorizationRole", "likewise"],
	["putUserRoles", "likewise"],
	["postAuthorizationRole", "likewise"],
	["putAuthorizationRoleUsersRemove", "likewise"],
	["deleteAuthorizationSubjectDivisionRole", "likewise"],
	["deleteInlayUserIdentity", "likewise; and directory:user:edit, or setPassword, in the user's division"],
	["patchConversationsCallbacks", "owner and creator move theirs; all others need conversation:callback:edit"],
	["patchRoutingConversation", "each medium has its permission, and this conversation is a call"],
	[
		"postConversationAssign",
		"each medium has its permissions; this conversation is a call, and pulling it is for who takes it",
	],
]);

/** Operations that ask for a permission and then not for its division, and why. */
const notJudgedByDivision: ReadonlyMap<string, string> = new Map([
	["postInlayDiagnosticsClientLog", "an agent's own panel, which is in no division"],
	["deleteInlayExternalcontactsImportMe", "how one's own files ended, which others are not told either"],
	["getUserQueues", "lists the queues of the divisions in which they may be seen: none"],
	["getAuthorizationSubject", "tells the grants in the divisions in which they may be seen: none"],
	[
		"postOauthClientUsageQuery",
		"counts of a client, which is in no division, by `oauth:client:view` as its other views",
	],
	["postExternalcontactsContactsSearch", "searches, and shows the contacts of the divisions in which they may be seen"],
	...["postResponsemanagementResponseassetsSearch", "postResponsemanagementResponseassetsBulk"].map(
		(operation) => [operation, "shows the files of the divisions in which they may be seen"] as const,
	),
	["postResponsemanagementResponsesQuery", "responses are the whole organization's, by `responses:response:view`"],
	...["postAuditsQuery", "postAuditsQueryRealtime", "postAuditsQueryRealtimeRelated"].map(
		(operation) => [operation, "searches, and shows the entries of the divisions in which they may be seen"] as const,
	),
	["postUsersSearch", "searches, and shows the people of the divisions in which they may be seen"],
	["putUsersStationsMeAssociatedstationStationId", "one's own station"],
	["deleteUsersStationsMeAssociatedstation", "one's own station"],
	[
		"deleteStationAssociateduser",
		"a station that nobody uses stays as it is; whose it is has a division, which is judged",
	],
	[
		"postInlayScriptsInteractionService",
		"one's own interaction; services that its open script does not name are not there",
	],
	["postConversationsCalls", "joins calls in which the caller takes part"],
	...["postOauthClients", "putOauthClient", "deleteOauthClient", "postOauthClientSecret"].map(
		(operation) => [operation, "judged by the divisions in which the client may do something"] as const,
	),
	...[
		"getInlayOutboundInteractionContact",
		"patchInlayOutboundInteractionContact",
		"postInlayOutboundInteractionRemove",
	].map(
		(operation) =>
			[
				operation,
				"the contact of one's own interaction; the division of its list is judged, others' interactions are not there",
			] as const,
	),
	["putAuthorizationRoleUsersRemove", "takes the role from users where they hold it: who does not loses nothing"],
	["getUserRoles", "tells the grants in the divisions in which they may be seen: none"],
	...[
		"postAnalyticsConversationsDetailsQuery",
		"postAnalyticsConversationsDetailsJobs",
		"postAnalyticsConversationsAggregatesQuery",
	].map((operation) => [operation, "asks, and is told of the divisions in which conversations may be seen"] as const),
	["deleteAnalyticsConversationsDetailsJob", "one's own job; others' are not there"],
	...[
		"patchInlayConversationScreenshare",
		"postInlayConversationScreenshareLegs",
		"putInlayConversationScreenshareLeg",
		"deleteInlayConversationScreenshareLeg",
	].map((operation) => [operation, "one's own interaction, which is judged; a share of others' is not there"] as const),
]);

function otherScopes({ scope }: Route): string[] {
	const wanted = "anyOf" in scope ? scope.anyOf : [];
	const all = server.routes.flatMap((route) => ("anyOf" in route.scope ? route.scope.anyOf : []));
	return [...new Set(all)].filter((one) => !wanted.includes(one));
}

function otherPermissions({ permission }: Route) {
	const wanted = permission.mode === "none" ? [] : permission.permissions;
	const all = server.routes.flatMap((route) => (route.permission.mode === "none" ? [] : route.permission.permissions));
	return [...new Set(all)]
		.filter((one) => !wanted.includes(one))
		.map((one) => ({ permission: one, divisions: "all" as const }));
}

function wrong(outcomes: readonly Outcome[]): string[] {
	return outcomes.flatMap(({ route, what, answer, status, code }) => {
		const sent = code instanceof RegExp ? code.test(answer.code) : code === answer.code;
		const right = answer.status === status && (sent || route.method === "HEAD") && !answer.stored;
		return right ? [] : [`${what}: ${route.method} ${pathOf(route)}: ${answer.status} ${answer.code} ${answer.stored}`];
	});
}
