import type { JsonSchema } from "@inlay/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Route } from "./kernel/http/route.ts";
import { callRoute, goodBody, whichStore } from "./test-support/call-every.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

/** What a good body needs beside its schema. */
const more = new Map([["postIntegrations", { integrationType: { id: "private-embeddable-framework" } }]]);

/** A caller is not turned away for their name: it is cleaned (`seenName`). A file's is asked for of whoever has the email in hand. */
const cleaned = new Set([
	...["postInlayWebcalls", "postInlayConversationsEmailDraftAttachments"],
	"postResponsemanagementResponseassetsUploads",
]);

const named = ({ method, body }: Route) => {
	const schema = body as JsonSchema | undefined;
	return method !== "GET" && schema?.properties?.name?.type === "string";
};

it("names that look like others, or like nothing, passed for roles, queues, divisions, groups, codes, clients and people", async () => {
	const found: string[] = [];
	const asked = server.routes.filter((route) => named(route) && !cleaned.has(route.operationId));
	const storing = await whichStore(server, asked, async (route) => {
		for (const name of ["Master\u200bAdmin", "\u202enimdA", "\u3164", "\u00a0"]) {
			const payload = JSON.stringify({ ...JSON.parse(goodBody(route) ?? "{}"), ...more.get(route.operationId), name });
			const { status, code } = await callRoute(server, route, { as: "admin", payload });
			if (status !== 400) found.push(`${route.method} ${route.path} took ${JSON.stringify(name)}: ${status} ${code}`);
		}
	});
	expect([...found, ...storing.map((route) => `${route.method} ${route.path} has stored it`)]).toEqual([]);
	expect(asked.length).toBeGreaterThan(12);
}, 60_000);

it("who looks for what stores finds it among what does not", async () => {
	const some = server.routes.filter(({ operationId }) => ["getUsers", "postRoutingWrapupcodes"].includes(operationId));
	let number = 0;
	const storing = await whichStore(server, some, async (route) => {
		const payload = route.method === "GET" ? {} : { payload: JSON.stringify({ name: `Code ${number++}` }) };
		await callRoute(server, route, { as: "admin", ...payload });
	});
	expect(storing.map(({ operationId }) => operationId)).toEqual(["postRoutingWrapupcodes"]);
});

it("a second OAuth client was called as an existing one", async () => {
	const create = server.routes.find(({ operationId }) => operationId === "postOauthClients");
	if (!create) throw new Error("Nobody creates clients.");
	const payload = JSON.stringify({ name: "ＣＲM\u00a0", authorizedGrantType: "CODE" });
	const { status, code } = await callRoute(server, create, { as: "admin", payload });
	expect([status, code]).toEqual([409, "resource.already.exists"]);
});

const sendNew = (operationId: string, body: object) => {
	const route = server.routes.find((one) => one.operationId === operationId);
	if (!route) throw new Error(`No ${operationId}.`);
	return callRoute(server, route, { as: "admin", payload: JSON.stringify(body) });
};
const group = { type: "official", visibility: "public", rulesVisible: true };

it.each([
	["a role", "postAuthorizationRoles", {}, "Helper", "Ηеlper"],
	["a division", "postAuthorizationDivisions", {}, "Elsewhere", "Еlsewherе"],
	["a group", "postGroups", group, "Team", "Τeаm"],
	["a queue", "postRoutingQueues", {}, "Sales", "Ѕales"],
	["a wrap-up code", "postRoutingWrapupcodes", {}, "Solved", "Sօlved"],
	["an OAuth client", "postOauthClients", { authorizedGrantType: "CODE" }, "CRM", "СRМ"],
])("%s had a twin in letters that only look the same", async (_what, operationId, body, standing, twin) => {
	const before = await server.fingerprint();
	const { status, code } = await sendNew(operationId, { ...body, name: twin });
	expect([status, code], standing).toEqual([
		409,
		expect.stringMatching(/^resource.already.exists$|^general.conflict$/),
	]);
	expect(await server.fingerprint()).toBe(before);
});

it("the twin of a name that is not in ASCII was let in, in ASCII", async () => {
	expect((await sendNew("postRoutingQueues", { name: "Сервис АВС" })).status).toBe(200);
	expect((await sendNew("postRoutingQueues", { name: "сор" })).status).toBe(200);
	expect((await sendNew("postRoutingQueues", { name: "cop" })).status).toBe(409);
});

it("of two that look alike and come at once, one is taken", async () => {
	const names = ["Boss", "Воss", "Bоss", "Boѕs"];
	const answers = await Promise.all(names.map((name) => sendNew("postRoutingQueues", { name })));
	expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409, 409]);
});

it.each([
	"bеn@example.com",
	"bɛn@ехample.com",
	"bén@еxample.com",
	"ben@exɑmple.com",
	"ben@example.сom",
	"Ꮟen@example.com",
])("somebody signed in under an address that only looks like another's: %s", async (email) => {
	const body = { name: "Twin", email, divisionId: await server.services.authorization.homeDivisionId() };
	const { status } = await sendNew("postUsers", body);
	expect([400, 409]).toContain(status);
});

it("two presences had one label, and agents could not tell which they took", async () => {
	const taken = { languageLabels: { en: "Lunch" }, systemPresence: "Break" };
	for (const label of ["Lunch", "LUNCH", "Lυnch", "Lunсh"]) {
		const body = { ...taken, languageLabels: { en_GB: label } };
		const { status, code } = await sendNew("postPresenceDefinitions0", body);
		expect([label, status, code]).toEqual([label, 409, "resource.already.exists"]);
	}
	expect((await sendNew("postPresenceDefinitions0", { ...taken, languageLabels: { nl: "Lunch" } })).status).toBe(200);
});
