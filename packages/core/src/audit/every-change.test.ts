import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Route } from "../kernel/http/route.ts";
import { peopleDeeds } from "../people-at-once/deeds.ts";
import { filledPath, goodBody, idsFor } from "../test-support/call-every.ts";
import { fittingBody } from "../test-support/fitting-bodies.ts";
import { type WholeServer, wholeServer } from "../test-support/whole-server.ts";
import { isAudited, notAudited } from "./not-audited.ts";
import { serviceMapping } from "./service-mapping.ts";
import { auditedTables } from "./tables.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
	Object.assign(server.ids, { homeId: await server.services.authorization.homeDivisionId() });
}, 120_000);
afterAll(() => server.close());

/** Operations whose good request needs more than a body, by the reason why; their entries are made of the same tables. */
const untried: ReadonlyArray<{ because: string; operations: readonly string[] }> = [
	{
		because: "needs a code of an authenticator app",
		operations: [
			"postInlayUsersMeSecondfactorConfirm",
			"postInlayUsersMeSecondfactorRecoverycodes",
			"postInlayUsersMeSecondfactorRemove",
			"deleteInlayUserSecondfactor",
		],
	},
	{
		because: "needs a list, two contacts, or rows of a file",
		operations: [
			"patchUsersBulk",
			"postAuthorizationDivisionObject",
			"postExternalcontactsMergeContacts",
			"postInlayExternalcontactsImport",
		],
	},
	{
		because: "needs people whom its search finds: each of them leaves an entry, of what the operation for one leaves",
		operations: peopleDeeds.map((deed) => `postInlayPeople${deed}`),
	},
	{
		because: "needs a sound",
		operations: ["putInlayVoicemailMeGreeting", "putInlayVoicemailGroupGreeting", "putInlayVoicemailQueueGreeting"],
	},
	{
		because: "needs a file, or an interaction of a campaign",
		operations: [
			"putInlayOutboundContacts",
			"postOutboundConversationDnc",
			"postInlayScriptPublish",
			"postScriptsPublished",
		],
	},
	{
		because: "needs a version of a script besides the one that everybody has",
		operations: [
			"putInlayDeploymentScriptStage",
			"postInlayDeploymentScriptRelease",
			"deleteInlayDeploymentScriptStage",
		],
	},
	{
		because: "needs a key, and name servers that tell it",
		operations: ["postInlayEmailDomainDkimActivate", "deleteInlayEmailDomainDkim"],
	},
	{ because: "the same as another operation, which has deleted it", operations: ["deletePresenceDefinition0"] },
	{ because: "there is nothing of it to take away in this organization", operations: noneThere() },
];

function noneThere(): string[] {
	return [
		"deleteInlayExternalcontactsImportMe",
		...["deleteInlayVoicemailMeGreeting", "deleteInlayVoicemailGroupGreeting", "deleteInlayVoicemailQueueGreeting"],
		...["deleteInlayUserSession", "deleteToken", "deleteTokensMe", "deleteInlayOauthAuthorization"],
		"deleteInlayEmailDomainRouteBlocked",
		...["deleteStationAssociateduser", "deleteUserStationAssociatedstation", "deleteUserStationDefaultstation"],
	];
}

it("an operation that administers something leaves no entry, or two, or one that the mapping does not name", async () => {
	const wrong: string[] = [];
	for (const route of inOrder(server.routes.filter(isTried))) {
		const answer = await send(route);
		const correlationId = String(answer.headers["inin-correlation-id"]);
		if (route.method === "POST" && answer.body.startsWith("{")) madeBy[route.operationId] = answer.json().id;
		const count = answer.statusCode < 300 ? await entriesOf(correlationId) : -1;
		if (count !== 1)
			wrong.push(`${route.operationId}: ${count} entries, ${answer.statusCode} ${answer.body.slice(0, 300)}`);
	}
	expect(wrong).toEqual([]);
	const named = serviceMapping().services.flatMap(({ name: service, entities }) =>
		entities.flatMap(({ name, actions }) => actions.map((action) => `${service} ${name} ${action}`)),
	);
	expect((await kindsOfEntries()).filter((kind) => !named.includes(kind))).toEqual([]);
}, 240_000);

it("a reason stands for no operation, or an operation for two reasons", () => {
	const changing = server.routes.filter(({ method }) => method !== "GET" && method !== "HEAD");
	for (const { because, paths } of notAudited)
		expect(
			changing.some(({ path }) => paths.some((one) => one.test(path))),
			because,
		).toBe(true);
	const names = untried.flatMap(({ operations }) => operations);
	expect(names.filter((name) => !changing.some((one) => one.operationId === name && isAudited(one)))).toEqual([]);
});

it("a table that is said to be audited is noted by PostgreSQL, and no other", async () => {
	const { rows } = await sql<{ name: string }>`
		select tgrelid::regclass::text as name from pg_trigger where tgname = 'audit_row'`.execute(
		server.kernel.database.db,
	);
	expect(rows.map(({ name }) => name.replaceAll('"', "")).sort()).toEqual([...auditedTables].sort());
});

function isTried(route: Route): boolean {
	const isUntried = untried.some(({ operations }) => operations.includes(route.operationId));
	return route.path.startsWith("/api/") && isAudited(route) && !("public" in route.scope) && !isUntried;
}

/** What deletes comes last, what others need at its very end. */
function inOrder(routes: readonly Route[]): Route[] {
	const needed =
		/^delete(User|RoutingQueue|RoutingWrapupcode|RoutingSkill|RoutingLanguage|AuthorizationRole|AuthorizationDivision)$|Client$|Group$|Domain$|DomainRoute$|Contactlist$|Library$/;
	const rank = ({ method, operationId }: Route) => {
		if (method === "DELETE") return needed.test(operationId) ? 4 : 3;
		return method === "POST" ? 1 : operationId === "putInlayPresenceDefinitionsOrder" ? 2 : 0;
	};
	return [...routes].sort((one, other) => rank(one) - rank(other));
}

let made = 0;
/** What operations have made. */
const madeBy: Record<string, string> = {};

async function send(route: Route) {
	const special = specialOf(route.operationId);
	const url = filledPath(route, { ...idsFor(route, server.ids), ...special?.ids });
	const headers = { authorization: "Bearer admin" };
	made += 1;
	const payload =
		route.body === undefined ? undefined : (special?.body ?? { ...(await bodyOf(route, url)), ...special?.more });
	return server.http.inject({
		method: route.method,
		url: url + (special?.query ?? ""),
		headers,
		...(payload ? { payload } : {}),
	});
}

async function bodyOf(route: Route, url: string): Promise<object> {
	const good = JSON.parse(goodBody(route) ?? "{}");
	const fitting = fittingBody(route.operationId, server.ids, made);
	if (route.method === "POST") return { ...good, ...("name" in good ? { name: `Probe ${made}` } : {}), ...fitting };
	const read = await server.http.inject({ method: "GET", url, headers: { authorization: "Bearer admin" } });
	return { ...good, ...(read.statusCode === 200 ? read.json() : {}), ...fitting };
}

interface Special {
	ids?: Record<string, string>;
	body?: object;
	/** Beside what is read. */
	more?: object;
	query?: string;
}

/** What some need beside a body that their schema takes, so that they change something. */
function specialOf(operationId: string): Special | undefined {
	const { ids } = server;
	const { strangerId = "", userId = "", skillId = "", languageId = "", adminId = "", contactListId = "" } = ids;
	const specials: Record<string, Special> = {
		putUserRoles: { body: [ids.roleId] },
		putAuthorizationRoleUsersRemove: { body: [userId] },
		postAuthorizationRole: { body: { subjectIds: [strangerId], divisionIds: [ids.homeId] } },
		postInlayUsersImport: { body: { rows: [{ name: "Ann", email: "ann@import.example" }] } },
		postUsersMePassword: { body: { oldPassword: "Correct-Horse-7", newPassword: "Right-Battery-9" } },
		postUserPassword: { body: { newPassword: "Right-Battery-8" } },
		postInlayUsersMeSecondfactor: { body: { password: "Right-Battery-9" } },
		postGroupMembers: { body: { memberIds: [strangerId], version: 2 } },
		deleteGroupMembers: { query: `?ids=${strangerId}` },
		postRoutingQueueMembers: { body: [{ id: strangerId }] },
		patchRoutingQueueMembers: { body: [{ id: userId, ringNumber: 3 }] },
		patchRoutingQueueMember: { body: { id: userId, ringNumber: 2 } },
		postUserRoutingskills: { body: { id: skillId, proficiency: 4 } },
		patchUserRoutingskillsBulk: { body: [{ id: skillId, proficiency: 2 }] },
		putUserRoutingskillsBulk: { body: [{ id: skillId, proficiency: 1 }] },
		postUserRoutinglanguages: { body: { id: languageId, proficiency: 4 } },
		patchUserRoutinglanguagesBulk: { body: [{ id: languageId, proficiency: 2 }] },
		patchInlayStation: { body: { webRtcPersistentEnabled: true } },
		putUserStationAssociatedstationStationId: { ids: { userId: adminId } },
		putUserStationDefaultstationStationId: { ids: { userId: adminId } },
		putInlayRecordingPolicy: { body: { name: "Support 2", enabled: false, queueIds: [], percent: 50 } },
		putInlayPresenceDefinitionsOrder: {
			body: { systemPresence: "Meal", ids: [...presences().reverse(), ids.definitionId] },
		},
		putOauthClient: { more: { state: "inactive" } },
		deleteRoutingQueue: { ids: { queueId: madeBy.postRoutingQueues ?? "" } },
		deleteInlayEmailDomain: { ids: { domainId: madeBy.postInlayEmailDomains ?? "" } },
		deleteOutboundContactlist: { ids: { contactListId: madeBy.postOutboundContactlists ?? "" } },
		deleteOutboundCallabletimeset: { ids: { callableTimeSetId: madeBy.postOutboundCallabletimesets ?? "" } },
		deleteOutboundRuleset: { ids: { ruleSetId: madeBy.postOutboundRulesets ?? "" } },
		deleteOutboundAttemptlimit: { ids: { attemptLimitsId: madeBy.postOutboundAttemptlimits ?? "" } },
		postOutboundContactlistContacts: { body: [{ contactListId, data: { cell: "+4915123456711" } }] },
		patchOutboundDnclistPhonenumbers: { body: { action: "Add", phoneNumbers: ["+4915123456712"] } },
		putIdentityprovider: { body: { name: "Called otherwise" } },
		deleteIdentityprovider: { ids: { providerId: madeBy.postIdentityproviders ?? "" } },
		deleteInlayIdentityProvider: { ids: { providerId: madeBy.postInlayIdentityProviders ?? "" } },
		postRoutingQueueWrapupcodes: { body: [{ id: ids.codeId }] },
	};
	return specials[operationId];
}

function presences(): string[] {
	return [madeBy.postPresencedefinitions ?? "", madeBy.postPresenceDefinitions0 ?? ""];
}

async function entriesOf(correlationId: string): Promise<number> {
	const { rows } = await sql<{ count: number }>`
		select count(*)::int as count from audit_entries where correlation_id = ${correlationId}`.execute(
		server.kernel.database.db,
	);
	return rows[0]?.count ?? 0;
}

async function kindsOfEntries(): Promise<string[]> {
	const { rows } = await sql<{ kind: string }>`
		select distinct concat_ws(' ', service, entity_type, action) as kind from audit_entries`.execute(
		server.kernel.database.db,
	);
	return rows.map(({ kind }) => kind);
}
