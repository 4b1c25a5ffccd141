import { afterAll, beforeAll, expect, it } from "vitest";
import type { Route } from "./kernel/http/route.ts";
import { callEvery, type Outcome, pathOf } from "./test-support/call-every.ts";
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
});

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
});

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
});

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
	const { queueId = "", userId = "" } = server.ids;
	const transfer = { queueId };
	// Where the schema's own sample means nothing, rights would not be asked.
	const meant: Record<string, unknown> = {
		patchUserQueues: [{ id: queueId, joined: false }],
		postConversationAssign: { id: userId },
		patchConversationsCall: { state: "disconnected" },
		postConversationParticipantReplace: transfer,
		postConversationsCallParticipantReplace: transfer,
		postConversationParticipantReplaceQueue: transfer,
		postConversationParticipantReplaceAgent: { userId },
		postConversationParticipantReplaceExternal: { address: "+31201234567" },
		postConversationParticipantTransfer: { address: "+31201234567" },
	};
	const refusals = /division|not|missing/;
	const homeDivisionId = await server.services.authorization.homeDivisionId();
	const outcomes = await callEvery(server, inHome, async ({ operationId }, call) => {
		const body = meant[operationId];
		const meaning = body ? { payload: JSON.stringify(body) } : {};
		return [
			[
				"another division",
				await call({ as: "elsewhere", ids: { divisionId: homeDivisionId }, ...meaning }),
				403,
				refusals,
			],
		];
	});
	expect(wrong(outcomes)).toEqual([]);
});

/** Operations that ask for a permission and then not for its division, and why. */
const notJudgedByDivision: ReadonlyMap<string, string> = new Map([
	["postInlayDiagnosticsClientLog", "an agent's own panel, which is in no division"],
	["getUserQueues", "lists the queues of the divisions in which they may be seen: none"],
	["getAuthorizationSubject", "tells the grants in the divisions in which they may be seen: none"],
	["postUsersSearch", "searches, and shows the people of the divisions in which they may be seen"],
	["putUsersStationsMeAssociatedstationStationId", "one's own station"],
	["deleteUsersStationsMeAssociatedstation", "one's own station"],
	[
		"deleteStationAssociateduser",
		"a station that nobody uses stays as it is; whose it is has a division, which is judged",
	],
	["postConversationsCalls", "joins calls in which the caller takes part"],
	...["postOauthClients", "putOauthClient", "deleteOauthClient", "postOauthClientSecret"].map(
		(operation) => [operation, "judged by the divisions in which the client may do something"] as const,
	),
	["getUserRoles", "tells the grants in the divisions in which they may be seen: none"],
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
