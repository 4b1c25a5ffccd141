import { Type } from "typebox";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestApi, testApi } from "../../test-support/test-api.ts";
import { noPermission, publicRoute, route } from "./route.ts";
import { expanding, honouredIn, honouring, idParams, pagedQuery } from "./schemas.ts";

const open = { permission: noPermission, scope: publicRoute, summary: "", success: { status: 200 } } as const;
const queue = Type.Object({
	name: Type.String(),
	division: Type.Optional(Type.Object({ id: Type.Optional(Type.String()) })),
	mediaSettings: Type.Optional(
		Type.Union([
			Type.Object({ call: Type.Optional(Type.Object({ alertingTimeoutSeconds: Type.Optional(Type.Integer()) })) }),
			Type.Null(),
		]),
	),
	scoringMethod: Type.Optional(Type.Union([Type.String(honouredIn("TimestampAndPriority")), Type.Null()])),
	defaultScripts: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

let api: TestApi;
beforeAll(async () => {
	api = await testApi(
		[
			route({
				...open,
				method: "GET",
				path: "/api/v2/users",
				operationId: "getUsers",
				query: pagedQuery({ expand: expanding("presence"), sortBy: honouring("name") }),
				handler: ({ query }) => query,
			}),
			route({
				...open,
				method: "PUT",
				path: "/api/v2/routing/queues/:queueId",
				operationId: "putRoutingQueue",
				params: idParams("queueId"),
				body: queue,
				readOnly: ["memberCount"],
				handler: ({ body }) => body,
			}),
			route({
				...open,
				method: "PATCH",
				path: "/api/v2/users/:userId/queues",
				operationId: "patchUserQueues",
				body: Type.Array(Type.Object({ id: Type.String(), joined: Type.Boolean() })),
				readOnly: "rest",
				handler: ({ body }) => body,
			}),
			route({
				...open,
				method: "POST",
				path: "/api/v2/conversations/:conversationId/participants/:participantId/replace",
				operationId: "postConversationParticipantReplace",
				handler: () => ({}),
			}),
		],
		{},
	);
});
afterAll(() => api.close());

const put = (body: object) => api.call("PUT", "/api/v2/routing/queues/q1", { body });

async function refusedOf(answer: ReturnType<TestApi["call"]>) {
	const { statusCode, ...rest } = await answer;
	const body = rest.json();
	return [statusCode, body.code, body.messageParams?.fields];
}

it("filters and expands that are not implemented were ignored in silence", async () => {
	for (const [query, fields] of [
		["integrationPresenceSource=Zoom", "integrationPresenceSource=Zoom"],
		["userCustomAttributeSchemaIds=a,b", "userCustomAttributeSchemaIds=a, userCustomAttributeSchemaIds=b"],
		["expand=presence,team", "expand=team"],
		["expand=presence&expand=Team", "expand=Team"],
		["sortBy=department", "sortBy=department"],
		["expand=nonsense", "expand=nonsense"],
		["utm_source=mail", "utm_source=mail"],
		["sortby=name", "sortby=name"],
	] as const) {
		expect(await refusedOf(api.call("GET", `/api/v2/users?${query}`))).toEqual([400, "not.supported", fields]);
	}
});

it("what is honoured or asks for nothing passes", async () => {
	for (const query of [
		"expand=PRESENCE",
		"expand=",
		"integrationPresenceSource=",
		"sortBy=Name",
		"state=active",
		"utm_source=",
		"_=1764129600",
		"preserveIdleTTL=true",
	]) {
		expect((await api.call("GET", `/api/v2/users?${query}`)).statusCode).toBe(200);
	}
});

it("fields that are not implemented were taken and dropped", async () => {
	for (const [body, fields] of [
		[{ bullseye: { rings: [{ actions: { skillsToRemove: [] }, expansionCriteria: [{ type: "X" }] }] } }, "bullseye"],
		[
			{ mediaSettings: { call: { enableAutoAnswer: true }, email: { alertingTimeoutSeconds: 9 } } },
			"mediaSettings.call.enableAutoAnswer, mediaSettings.email",
		],
		[{ enableTranscription: true, memberGroups: [{ id: "g" }] }, "enableTranscription, memberGroups"],
		[{ nonsense: 1, mediaSettings: { call: { nonsense: 2 } } }, "nonsense, mediaSettings.call.nonsense"],
		[{ scoringMethod: "PriorityOnly" }, "scoringMethod=PriorityOnly"],
	] as const) {
		expect(await refusedOf(put({ name: "Sales", ...body }))).toEqual([400, "not.supported", fields]);
	}
});

it("an object sent back as it was read is taken: read-only fields, references, and what asks for nothing", async () => {
	const read = {
		id: "q1",
		name: "Sales",
		division: { id: "d1", name: "Home", selfUri: "/api/v2/authorization/divisions/d1" },
		dateCreated: "2026-01-01T00:00:00Z",
		memberCount: 12,
		mediaSettings: { call: { alertingTimeoutSeconds: 8, enableAutoAnswer: false } },
		defaultScripts: { CALL: { id: "s", name: "any", more: true } },
		bullseye: null,
		memberGroups: [],
		directRouting: { callMediaSettings: { enabled: false }, agentWaitSeconds: 0 },
		selfUri: "/api/v2/routing/queues/q1",
		scoringMethod: "TimestampAndPriority",
		somethingNew: false,
	};
	expect((await put(read)).statusCode).toBe(200);
	const queues = [{ id: "q1", joined: true, name: "Sales", acwSettings: { wrapupPrompt: "MANDATORY" } }];
	expect((await api.call("PATCH", "/api/v2/users/u1/queues", { body: queues })).statusCode).toBe(200);
});

it("a misspelt field that was switched off was taken in silence, and what it meant stayed on", async () => {
	for (const [body, field] of [
		[{ nmae: "" }, "nmae"],
		[{ scoringMethd: null }, "scoringMethd"],
		[{ mediaSettings: { call: { alertingTimeoutSecond: 0 } } }, "mediaSettings.call.alertingTimeoutSecond"],
	] as const) {
		expect(await refusedOf(put({ name: "Sales", ...body }))).toEqual([400, "not.supported", field]);
	}
});

it("a body that an operation does not read at all is refused too", async () => {
	const answer = api.call("POST", "/api/v2/conversations/c/participants/p/replace", { body: { voicemail: true } });
	expect(await refusedOf(answer)).toEqual([400, "not.supported", "voicemail"]);
});

it("what is answered and cannot be set is ignored where it is sent back, and refused where something is made of it", async () => {
	const read = { id: "q1", joined: true, name: "Sales", memberCount: 4 };
	expect((await api.call("PATCH", "/api/v2/users/u1/queues", { body: [read] })).statusCode).toBe(200);
	const answer = api.call("PATCH", "/api/v2/users/u1/queues", { body: [{ ...read, nonsense: true }] });
	expect(await refusedOf(answer)).toEqual([400, "not.supported", "nonsense"]);
});
