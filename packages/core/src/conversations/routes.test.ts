import { randomUUID } from "node:crypto";
import { platformOperation, platformSchema } from "@inlay/contract";
import { Ajv } from "ajv";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seesEverything } from "../test-support/sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { callOf } from "./call/model.ts";
import type { Conversation } from "./model.ts";
import { conversationSummaryExpander, conversationsRoutes } from "./routes.ts";
import { conversationWorld, type World } from "./test-support/world.ts";

let world: World;
let api: TestApi;
const people: Record<string, ReturnType<typeof testPrincipal>> = {};
beforeAll(async () => {
	world = await conversationWorld();
	api = await testApi(conversationsRoutes(world.conversations, seesEverything), people);
});
afterAll(async () => {
	await api.close();
	await world.close();
});

const agentPermissions = [
	"conversation:participant:wrapup",
	"conversation:call:add",
	"conversation:call:record",
	"conversation:communication:blindTransfer",
];
let count = 0;

/** Signs a user in with some permissions; the answer is the token. */
function signIn(userId: string | undefined, permissions: string[] = agentPermissions): string {
	const token = `token${++count}`;
	people[token] = testPrincipal({
		userId,
		grants: permissions.map((permission) => ({ permission, divisions: "all" as const })),
	});
	return token;
}

/** A customer connected to an agent who is signed in. */
async function connected(permissions?: string[]) {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const waiting = await world.waiting(queue.id);
	const offered = await world.offer(waiting.id, queue.id, agent);
	const own = offered.participants.findLast((one) => one.purpose === "agent") as Conversation["participants"][number];
	const conversation = await world.conversations.calls.mediaConnected(waiting.id, own.id);
	const path = `/api/v2/conversations/calls/${conversation.id}/participants/${own.id}`;
	return { queue, agent, own, conversation, path, as: signIn(agent, permissions) };
}

const ajv = new Ajv({ strict: false, validateFormats: false });
/** Compiling a model with all that it refers to takes a while: once per model. */
const checks = new Map<string, ReturnType<typeof ajv.compile>>();

/** Refuses a body that has not the model's shape, or keys that neither the model knows nor our name marks as ours. */
function expectModel(body: unknown, model: string): void {
	const check = checks.get(model) ?? ajv.compile(platformSchema(model));
	checks.set(model, check);
	check(body);
	expect(check.errors ?? []).toEqual([]);
	if (!body || typeof body !== "object") return;
	const schema = platformSchema(model);
	const known = Object.keys(schema.$defs?.[model]?.properties ?? {});
	if (known.length > 0)
		expect(known).toEqual(expect.arrayContaining(Object.keys(body).filter((key) => !key.startsWith("inlay"))));
}

test("every route has the permission, scope and status of the platform's table, but for those that say why", () => {
	const differing = new Set([
		"getConversation",
		"postConversationDisconnect",
		"deleteConversation",
		"patchConversationsCall",
		"patchConversationsCallback",
		"patchConversationsCallbacks",
		"patchConversationsEmail",
		// Who parks by it is asked for that permission in the handler, as one participant is changed in many ways.
		"patchConversationsEmailParticipant",
		"patchConversationsMessage",
		"postConversationsCalls",
		"putConversationsCallRecordingstate",
		"patchConversationRecordingstate",
	]);
	for (const route of conversationsRoutes(world.conversations, seesEverything)) {
		const template = route.path.replace(/:(\w+)/g, "{$1}");
		const operation = platformOperation(route.method, template);
		if (!operation) {
			expect(route.operationId).toMatch(/Flaggedreason|Aftercallwork|Parkingstate|Inlay|^patchRoutingConversation$/);
			continue;
		}
		expect(operation.sdkMethod.split(".")[1]).toBe(route.operationId);
		const wanted =
			operation.successStatus.length > 0 ? operation.successStatus : [route.method === "DELETE" ? 204 : 200];
		expect(wanted).toContain(route.success.status);
		expect(route.scope).toEqual({ anyOf: operation.scopes });
		if (differing.has(route.operationId)) continue;
		expect(route.permission.mode === "none" ? [] : route.permission.permissions).toEqual(operation.permissions);
	}
});

test("conversations and calls are listed and read in the platform's shapes, by who takes part", async () => {
	const { conversation, as } = await connected();
	const answers = [
		["/api/v2/conversations", "ConversationEntityListing"],
		["/api/v2/conversations/calls", "CallConversationEntityListing"],
		[`/api/v2/conversations/${conversation.id}`, "Conversation"],
		[`/api/v2/conversations/calls/${conversation.id}`, "CallConversation"],
		["/api/v2/conversations/calls/history", "CallHistoryConversationEntityListing"],
		["/api/v2/conversations/calls/maximumconferenceparties", "MaxParticipants"],
	] as const;
	for (const [url, model] of answers) {
		const answer = await api.call("GET", url, { as });
		expect(answer.statusCode, answer.body).toBe(200);
		expectModel(answer.json(), model);
		expect(answer.body).not.toContain("internal");
	}
	const flat = (await api.call("GET", `/api/v2/conversations/calls/${conversation.id}`, { as })).json();
	for (const participant of flat.participants) expectModel(participant, "CallMediaParticipant");
	const generic = (await api.call("GET", `/api/v2/conversations/${conversation.id}`, { as })).json();
	for (const participant of generic.participants) {
		expectModel(participant, "Participant");
		for (const call of participant.calls) expectModel(call, "Call");
	}
});

interface Shown {
	participants: Array<{ calls: unknown[] }>;
}

test("announced bodies have the platform's event shapes", async () => {
	const before = await world.mark();
	const { queue, own, conversation } = await connected();
	await world.conversations.partyLeft(conversation.id, own.id, "client");
	await world.conversations.wrapup(conversation.id, own.id, { code: queue.code.id }, {});
	const events = await world.since(before);
	const changed = events.filter((event) => event.type === "conversation.changed");
	expect(changed.length).toBeGreaterThan(4);
	for (const { announcements } of changed) {
		const bodies = announcements.map((one) => one.eventBody) as [Shown, Shown];
		const [generic, flat] = bodies;
		expectModel(generic, "ConversationEventTopicConversation");
		expectModel(flat, "ConversationCallEventTopicCallConversation");
		for (const one of flat.participants) expectModel(one, "ConversationCallEventTopicCallMediaParticipant");
		for (const one of generic.participants) {
			expectModel(one, "ConversationEventTopicParticipant");
			expectModel(one.calls?.[0], "ConversationEventTopicCall");
		}
	}
	const summary = events.findLast((event) => event.type === "conversation.summary.changed");
	expectModel(summary?.announcements[0]?.eventBody, "UserConversationsEventUserConversationSummary");
});

test("others see nothing without the permission to view", async () => {
	const { conversation } = await connected();
	const stranger = signIn(await world.agent());
	const supervisor = signIn(undefined, ["conversation:communication:view"]);
	const url = `/api/v2/conversations/${conversation.id}`;
	expect((await api.call("GET", url, { as: stranger })).json()).toMatchObject({
		status: 403,
		code: "missing.permissions",
	});
	expect((await api.call("GET", `/api/v2/conversations/calls/${conversation.id}`, { as: stranger })).statusCode).toBe(
		403,
	);
	expect((await api.call("GET", url, { as: supervisor })).statusCode).toBe(200);
	expect((await api.call("GET", "/api/v2/conversations/unknown", { as: supervisor })).json()).toMatchObject({
		status: 404,
		code: "not.found",
	});
	const nowhere = `/api/v2/conversations/${randomUUID()}`;
	expect((await api.call("GET", nowhere, { as: stranger })).json()).toMatchObject({ code: "missing.permissions" });
	expect((await api.call("GET", nowhere, { as: supervisor })).statusCode).toBe(404);
	for (const address of ["unknown", "undefined", "calls/unknown"])
		expect((await api.call("GET", `/api/v2/conversations/${address}`, { as: stranger })).statusCode, address).toBe(404);
});

test("an agent holds, mutes, records, sends keys, adds attributes, flags, hangs up and wraps up", async () => {
	const { queue, own, conversation, path, as } = await connected();
	const now = async () => {
		const found = (await world.conversations.get(conversation.id))?.participants.find((one) => one.id === own.id);
		if (!found) throw new Error("The agent is not in the conversation.");
		return found;
	};
	const generic = `/api/v2/conversations/${conversation.id}/participants/${own.id}`;
	expect((await api.call("PATCH", path, { as, body: { held: true, muted: true, recording: true } })).statusCode).toBe(
		202,
	);
	expect(callOf(await now())).toMatchObject({ held: true, muted: true, recording: true, recordingState: "active" });
	const byCommunication = await api.call("PATCH", `${path}/communications/${own.calls?.[0]?.id}`, {
		as,
		body: { held: false },
	});
	expect([byCommunication.statusCode, byCommunication.json()]).toEqual([200, {}]);
	expect((await api.call("PATCH", `${path}/communications/other`, { as, body: { held: false } })).statusCode).toBe(404);
	expect((await api.call("POST", `${generic}/digits`, { as, body: { digits: "1#" } })).statusCode).toBe(202);
	expect((await api.call("POST", `${generic}/digits`, { as, body: { digits: "x" } })).statusCode).toBe(400);
	expect((await api.call("PATCH", `${path}/attributes`, { as, body: { attributes: { order: "7" } } })).json()).toEqual({
		attributes: { order: "7" },
	});
	expect((await api.call("PUT", `${generic}/flaggedreason`, { as })).statusCode).toBe(204);
	expect((await now()).flaggedReason).toBe("general");

	const codes = await api.call("GET", `${path}/wrapupcodes`, { as });
	expectModel(codes.json()[0], "WrapupCode");
	expect((await api.call("GET", `${path}/wrapup`, { as })).statusCode).toBe(404);
	expect((await api.call("PATCH", path, { as, body: { state: "disconnected" } })).statusCode).toBe(202);
	const wrapup = { code: queue.code.id, notes: "done" };
	expect(
		(await api.call("POST", `${path}/communications/${own.calls?.[0]?.id}/wrapup`, { as, body: wrapup })).statusCode,
	).toBe(202);
	const given = (await api.call("GET", `${path}/wrapup`, { as })).json();
	expectModel(given, "AssignedWrapupCode");
	expect(given).toMatchObject(wrapup);
});

test("an agent whose role was taken away during a call could neither mute, hold, end nor give it back", async () => {
	const { queue, own, conversation, path, as } = await connected([]);
	const patched = async (body: object) => (await api.call("PATCH", path, { as, body })).statusCode;
	expect(await patched({ muted: true })).toBe(202);
	expect(await patched({ held: true })).toBe(202);
	expect(await patched({ held: false, muted: false })).toBe(202);
	expect((await api.call("PATCH", path, { as, body: { recording: true } })).json()).toMatchObject({
		status: 403,
		code: "missing.permissions",
	});
	const replace = `/api/v2/conversations/${conversation.id}/participants/${own.id}/replace`;
	const transfer = (where: string, body: object) => api.call("POST", `${replace}${where}`, { as, body });
	const other = await world.queue();
	for (const refused of [
		await transfer("/queue", { queueId: other.id }),
		await transfer("/external", { address: "+31201234567" }),
		await transfer("", { queueId: other.id }),
	])
		expect([refused.statusCode, refused.json().code]).toEqual([403, expect.stringMatching(/^missing\./)]);
	const back = await transfer("/queue", { queueId: queue.id });
	expect(back.statusCode, back.body).toBe(202);
	// The part is over; a queue that asks for wrap-up may have it.
	expect(await patched({ wrapup: { code: queue.code.id } })).toBe(202);
	expect(await patched({ muted: true }), "and then it is nobody's").toBe(403);
});

test("an agent without their role hangs up, and ends their own call as a whole; nobody else does", async () => {
	for (const end of ["part", "whole"] as const) {
		const { conversation, path, as } = await connected([]);
		const stranger = signIn(await world.agent(), []);
		const whole = `/api/v2/conversations/${conversation.id}/disconnect`;
		const ask = (who: string) =>
			end === "part"
				? api.call("PATCH", path, { as: who, body: { state: "disconnected" } })
				: api.call("POST", whole, { as: who });
		expect((await ask(stranger)).json().code).toBe("missing.any.permissions");
		expect((await ask(as)).statusCode).toBe(202);
	}
});

test.each([
	["a state that nobody sets", { state: "dialing" }, "state"],
	["a foreign wrap-up code", { wrapup: { code: "nope" } }, "wrapup.code"],
	["parking a call", { resumeTime: "2026-01-01T00:00:00Z" }, "resumeTime"],
	["text for a flag", { held: "yes" }, "held"],
])("%s is refused with the field named", async (_what, body, fieldName) => {
	const { path, as } = await connected();
	const answer = await api.call("PATCH", path, { as, body });
	expect(answer.json()).toMatchObject({ status: 400, details: [{ fieldName }] });
});

test("calls are made, grown, transferred and ended over the API", async () => {
	const agent = await world.agent();
	const as = signIn(agent, [...agentPermissions, "conversation:communication:disconnect"]);
	const made = await api.call("POST", "/api/v2/conversations/calls", { as, body: { phoneNumber: "+31201234567" } });
	expect(made.statusCode).toBe(202);
	expectModel(made.json(), "CreateCallResponse");
	const { id } = made.json();
	const own = (await world.conversations.get(id))?.participants[0]?.id ?? "";
	const ringing = await world.conversations.calls.mediaConnected(id, own);
	await world.conversations.calls.mediaConnected(id, ringing.participants[1]?.id ?? "");
	const grown = await api.call("POST", `/api/v2/conversations/calls/${id}/participants`, {
		as,
		body: { participants: [{ address: "+31209999999" }] },
	});
	expect(grown.statusCode).toBe(200);
	expect(grown.json().participants).toHaveLength(3);
	expectModel(grown.json(), "Conversation");
	expect(
		(await api.call("POST", `/api/v2/conversations/calls/${id}`, { as, body: { callNumber: "112" } })).statusCode,
	).toBe(400);

	const queue = await world.queue();
	const toQueue = { as, body: { queueId: queue.id } };
	const together = await api.call("POST", `/api/v2/conversations/${id}/participants/${own}/replace/queue`, toQueue);
	expect([together.statusCode, together.json().code]).toEqual([400, "conversation.error.outsider.connected"]);
	const gone = await api.call(
		"PATCH",
		`/api/v2/conversations/calls/${id}/participants/${grown.json().participants[2].id}`,
		{ as, body: { state: "disconnected" } },
	);
	expect(gone.statusCode, gone.body).toBe(202);
	const replaced = await api.call("POST", `/api/v2/conversations/${id}/participants/${own}/replace/queue`, toQueue);
	expect(replaced.statusCode, replaced.body).toBe(202);
	const after = await world.conversations.get(id);
	expect(after?.participants.find((one) => one.id === own)?.calls?.[0]?.disconnectType).toBe("transfer");
	expect(after?.participants.at(-1)).toMatchObject({ purpose: "acd", queueId: queue.id });
	const ended = await api.call("POST", `/api/v2/conversations/${id}/disconnect`, { as });
	expect([ended.statusCode, ended.json()]).toEqual([202, id]);
	expect((await world.conversations.get(id))?.endTime).toBeDefined();
});

test("a program's own token neither places nor answers a call, whatever it is granted", async () => {
	const program = signIn(undefined, [
		"conversation:call:add",
		"conversation:call:accept",
		"conversation:communication:*",
	]);
	const body = { phoneNumber: "+4930555555" };
	const placed = await api.call("POST", "/api/v2/conversations/calls", { as: program, body });
	expect([placed.statusCode, placed.json().code]).toEqual([400, "not.a.user"]);
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const waiting = await world.waiting(queue.id);
	const offered = await world.offer(waiting.id, queue.id, agent);
	const own = offered.participants.findLast((one) => one.purpose === "agent");
	const path = `/api/v2/conversations/calls/${waiting.id}/participants/${own?.id}`;
	const answered = await api.call("PATCH", path, { as: program, body: { state: "connected" } });
	expect(answered.statusCode).toBeGreaterThanOrEqual(400);
	const after = await world.conversations.get(waiting.id);
	expect(after?.participants.findLast((one) => one.purpose === "agent")).toEqual(own);
});

test("an extension was sent and then stood nowhere: another person's name was shown for the number", async () => {
	const as = signIn(await world.agent());
	const made = await api.call("POST", "/api/v2/conversations/calls", {
		as,
		body: { phoneNumber: "+1 317 555 0123 ext. 45" },
	});
	const shown = (await api.call("GET", `/api/v2/conversations/${made.json().id}`, { as })).json();
	expect(shown.participants[0].calls[0].other).toMatchObject({
		addressNormalized: "+13175550123",
		addressDisplayable: "+13175550123;ext=45",
	});
	// After a reload of the panel the call history had lost it.
	await world.conversations.calls.mediaConnected(shown.id, shown.participants[0].id);
	await api.call("PATCH", `/api/v2/conversations/calls/${shown.id}`, { as, body: { state: "disconnected" } });
	const past = (await api.call("GET", "/api/v2/conversations/calls/history", { as })).json();
	expect(past.entities[0].participants.at(-1)).toMatchObject({
		purpose: "external",
		address: "+13175550123;ext=45",
	});
});

test("a waiting call can be pulled, but not by who has one already", async () => {
	const queue = await world.queue();
	const as = signIn(await world.agent(queue.id), [...agentPermissions, "conversation:call:pull"]);
	const userId = people[as]?.userId ?? "";
	const [first, second] = [await world.waiting(queue.id), await world.waiting(queue.id)];
	const assign = (id: string, user: string) =>
		api.call("POST", `/api/v2/conversations/${id}/assign`, { as, body: { id: user } });
	expect((await assign(first.id, await world.agent(queue.id))).statusCode).toBe(403);
	expect((await assign(first.id, userId)).statusCode).toBe(202);
	expect((await assign(second.id, userId)).json()).toMatchObject({ status: 400, details: [{ fieldName: "id" }] });

	// What was handed over, reached nobody and waits again is taken back, though its after-call work is owed.
	const ringing = (await world.conversations.get(first.id))?.participants.at(-1)?.id ?? "";
	await world.conversations.calls.mediaConnected(first.id, ringing);
	const path = `/api/v2/conversations/${first.id}/participants/${ringing}/replace/queue`;
	expect((await api.call("POST", path, { as, body: { queueId: queue.id } })).statusCode).toBe(202);
	expect((await assign(second.id, userId)).statusCode).toBe(400);
	expect((await assign(first.id, userId)).statusCode).toBe(202);
});

test("the conversation summary counts what a user has to do", async () => {
	const { agent } = await connected();
	const idle = await world.agent();
	const summaries = await conversationSummaryExpander(world.conversations)([agent, idle]);
	expect(summaries.get(agent)).toMatchObject({ call: { contactCenter: { active: 1, acw: 0 } } });
	expect(summaries.get(idle)).toMatchObject({ call: { contactCenter: { active: 0 } } });
	expectModel(summaries.get(agent), "UserConversationSummary");
});

test("nothing could be changed of what is asked of who answers a waiting call, but to hang up", async () => {
	const queue = await world.queue();
	const { id } = await world.waiting(queue.id, 1, { skillIds: ["returns"], languageId: "nl" });
	const path = `/api/v2/routing/conversations/${id}`;
	const supervisor = signIn("boss", ["conversation:call:assign"]);
	const changed = await api.call("PATCH", path, { as: supervisor, body: { priority: 7, skillIds: ["vip", "vip"] } });
	expect([changed.statusCode, changed.json()]).toEqual([
		200,
		{
			priority: 7,
			skills: [{ id: "vip", selfUri: "/api/v2/routing/skills/vip" }],
			language: { id: "nl", selfUri: "/api/v2/routing/languages/nl" },
		},
	]);
	const { db } = world.kernel.database;
	const waits = () =>
		db.selectFrom("conversations").select(["priority", "waiting_request"]).where("id", "=", id).executeTakeFirst();
	expect(await waits()).toMatchObject({ priority: 7, waiting_request: { skillIds: ["vip"], languageId: "nl" } });
	const without = await api.call("PATCH", path, { as: supervisor, body: { languageId: "" } });
	expect(without.json()).not.toHaveProperty("language");
	expect(await waits()).toMatchObject({ priority: 7, waiting_request: { skillIds: ["vip"] } });

	const refused = async (as: string, body: object, to = path) => {
		const answer = await api.call("PATCH", to, { as, body });
		const { code, details } = answer.json();
		return { status: answer.statusCode, code, field: details?.[0]?.fieldName };
	};
	expect(await refused(signIn("agent"), { priority: 1 })).toMatchObject({
		status: 403,
		code: "missing.any.permissions",
	});
	expect(await refused(signIn("mailer", ["conversation:email:assign"]), { priority: 1 })).toMatchObject({
		status: 403,
	});
	expect(await refused(supervisor, { skillIds: ["unknown-skill"] })).toMatchObject({ status: 400, field: "skillIds" });
	expect(await refused(supervisor, { languageId: "unknown" })).toMatchObject({ status: 400, field: "languageId" });
	const talking = await connected();
	const elsewhere = `/api/v2/routing/conversations/${talking.conversation.id}`;
	expect(await refused(supervisor, { priority: 1 }, elsewhere)).toMatchObject({
		code: "conversation.error.invalid.state",
	});
});

test("a call into a queue asked for nobody in particular: skills and language were refused", async () => {
	const queue = await world.queue();
	const as = signIn(await world.agent());
	const wish = { callQueueId: queue.id, routingSkillsIds: ["returns"], languageId: "nl" };
	const dialled = await api.call("POST", "/api/v2/conversations/calls", { as, body: wish });
	expect(dialled.statusCode).toBe(202);
	const conversation = await world.conversations.get(dialled.json().id);
	expect(conversation?.internal.routing).toEqual({ skillIds: ["returns"], languageId: "nl" });
	const fieldOf = async (body: object) =>
		(await api.call("POST", "/api/v2/conversations/calls", { as, body })).json().details?.[0]?.fieldName;
	expect(await fieldOf({ ...wish, languageId: "unknown" })).toBe("languageId");
	expect(await fieldOf({ ...wish, routingSkillsIds: ["unknown"] })).toBe("routingSkillsIds");
	expect(await fieldOf({ phoneNumber: "+31201234567", routingSkillsIds: ["returns"] })).toBe("routingSkillsIds");
});
