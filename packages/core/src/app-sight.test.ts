import { Readable } from "node:stream";
import type { ScriptStep } from "@inlay/contract/scripter/agent-script";
import type { TSchema } from "typebox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SightedKind } from "./kernel/sight.ts";
import { sampleScript } from "./scripter/test-support/sample-script.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";

let server: WholeServer;
/** A division whose things the editor may not see; of Home's they see all. */
let elsewhere: string;
let home: string;

const seeing = [
	...["routing:queue:view", "routing:wrapupCode:view", "scripter:script:view"],
	"responseAssets:asset:view",
	...["outbound:contactList:view", "outbound:dncList:view", "outbound:campaign:view"],
];
/** Whoever edits anything, anywhere. */
const editing = [
	...[
		"routing:queue:add",
		"routing:queue:edit",
		...["scripter:script:add", "scripter:script:edit", "scripter:script:delete"],
		"outbound:campaign:add",
		"outbound:campaign:edit",
	],
	...[
		"outbound:ruleSet:add",
		"outbound:ruleSet:edit",
		"outbound:wrapUpCodeMapping:*",
		"telephony:plugin:all",
		"recording:retentionPolicy:*",
		"responses:library:*",
		"responses:response:*",
	],
	...[
		"integrations:integration:*",
		"integrations:action:delete",
		"routing:email:manage",
		"conversation:callback:create",
		"outbound:contactList:delete",
	],
];

beforeAll(async () => {
	server = await wholeServer();
	home = await server.services.authorization.homeDivisionId();
	elsewhere = await make("/api/v2/authorization/divisions", { name: "Out of sight" });
	server.admit("editor", {
		grants: [
			...editing.map((permission) => ({ permission, divisions: "all" as const })),
			...seeing.map((permission) => ({ permission, divisions: new Set([home]) })),
		],
	});
	server.admit("queues-only", { grants: [{ permission: "routing:queue:*", divisions: "all" as const }] });
});
afterAll(() => server.close());

let made = 0;
const fresh = (what: string) => `${what} ${++made}`;

async function ask(as: string, method: Method, url: string, payload?: unknown) {
	const headers = { authorization: `Bearer ${as}` };
	const answer = await server.http.inject({ method, url, headers, ...(payload ? { payload: payload as object } : {}) });
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

async function make(url: string, body: object): Promise<string> {
	const answer = await ask("admin", "POST", url, body);
	if (answer.status >= 300) throw new Error(`${url} ${answer.status} ${JSON.stringify(answer.body)}`);
	return answer.body.id;
}

const listBody = { columnNames: ["name", "cell"], phoneColumns: [{ columnName: "cell", type: "cell" }] };

/** One of each kind, in a division. */
const things: Record<SightedKind, (id: string) => Promise<string>> = {
	queue: (id) => make("/api/v2/routing/queues", { name: fresh("Queue"), division: { id } }),
	wrapupCode: (id) => make("/api/v2/routing/wrapupcodes", { name: fresh("Code"), division: { id } }),
	contactList: (id) => make("/api/v2/outbound/contactlists", { name: fresh("List"), ...listBody, division: { id } }),
	dncList: (id) => make("/api/v2/outbound/dnclists", { name: fresh("DNC"), dncSourceType: "rds", division: { id } }),
	async responseAsset(divisionId) {
		const { assets } = server.services.cannedResponses;
		const { id, ticket } = await assets.begin(
			{ name: `${fresh("File")}.txt`, divisionId },
			{ userId: server.ids.adminId },
		);
		await assets.bring(ticket, Readable.from([Buffer.from("text")]));
		return id;
	},
	async script(divisionId) {
		return (await server.services.scripts.create({ name: fresh("Script"), divisionId, document: sampleScript() })).id;
	},
};

interface Row {
	/** The operations that have the field, and the field, as the test of all fields finds them. */
	of: string[];
	kind: SightedKind;
	/** What is asked for where it names the thing. */
	body(id: string): object | Promise<object>;
	/** Where a new one is made; absent for what there is one of. */
	create?: string;
	/** Where the one that answered is changed. */
	change?(answer: { id: string }): string;
}

const libraryId = async () => (await server.services.cannedResponses.createLibrary({ name: fresh("Library") }, {})).id;

const rules = (name: string, conditions: object[]) => ({
	id: fresh("r"),
	name,
	category: "DIALER_WRAPUP",
	conditions,
	actions: [],
});
const campaign = async (more: object) => ({
	...{ name: fresh("Campaign"), dialingMode: "preview", phoneColumns: [{ columnName: "cell" }] },
	...{ callerName: "Inlay", callerAddress: "+493000000", contactList: { id: await things.contactList(home) } },
	...more,
});
const at = (path: string) => (answer: { id: string }) => `${path}/${encodeURIComponent(answer.id)}`;
const outbound = "/api/v2/outbound";
const campaigns = `${outbound}/campaigns`;
const ruleSets = `${outbound}/rulesets`;
const both = (path: string, param: string, field: string) => [
	`POST ${path} ${field}`,
	`PUT ${path}/:${param} ${field}`,
];

function one(path: string, param: string, field: string, kind: SightedKind, body: Row["body"]): Row {
	return { of: both(path, param, field), kind, body, create: path, change: at(path) };
}

const callback = (scriptId: string) => ({ callbackNumbers: ["+31201234567"], queueId: server.ids.queueId, scriptId });

/** A button deep in a page does it. */
function scriptThat(step: ScriptStep) {
	const button = { kind: "button" as const, id: "deep", label: "Do it", steps: [step] };
	const inner = { kind: "container" as const, id: "inner", layout: "row" as const, children: [button] };
	const root = { kind: "container" as const, id: "root", layout: "column" as const, children: [inner] };
	const document = sampleScript({ startPageId: "page", pages: [{ id: "page", name: "Page", root }] });
	return { name: fresh("Script"), document };
}

const rows: Row[] = [
	one("/api/v2/routing/queues", "queueId", "defaultScripts", "script", (id) => ({
		...{ name: fresh("Queue"), division: { id: home }, defaultScripts: { CALL: { id } } },
	})),
	one(campaigns, "campaignId", "script", "script", (id) => campaign({ script: { id } })),
	one(campaigns, "campaignId", "dncLists", "dncList", (id) => campaign({ dncLists: [{ id }] })),
	one(campaigns, "campaignId", "contactList", "contactList", (id) => campaign({ contactList: { id } })),
	one(ruleSets, "ruleSetId", "queue", "queue", (id) => ({ name: fresh("Rules"), rules: [], queue: { id } })),
	one(ruleSets, "ruleSetId", "contactList", "contactList", (id) => ({
		...{ name: fresh("Rules"), rules: [], contactList: { id } },
	})),
	one(ruleSets, "ruleSetId", "rules.conditions.codes", "wrapupCode", (id) => ({
		...{ name: fresh("Rules"), rules: [rules(fresh("Rule"), [{ type: "wrapupCondition", codes: [id] }])] },
	})),
	{
		of: ["POST /api/v2/conversations/callbacks scriptId"],
		kind: "script",
		body: callback,
		create: "/api/v2/conversations/callbacks",
	},
	one("/api/inlay/v1/recordings/policies", "policyId", "queueIds", "queue", (id) => ({
		...{ name: fresh("Policy"), enabled: true, queueIds: [id], percent: 100 },
	})),
	one("/api/inlay/v1/entrypoints", "number", "queueId", "queue", (queueId) => ({
		...{ number: `+31800${1000 + ++made}`, queueId },
	})),
	one("/api/inlay/v1/messaging/addresses", "addressId", "queueId", "queue", (queueId) => ({
		...{ name: fresh("Channel"), channel: "open", address: fresh("channel"), provider: "open", queueId },
	})),
	one("/api/inlay/v1/scripts", "scriptId", "document", "queue", (queueId) =>
		scriptThat({ kind: "blindTransfer", to: { kind: "queue", queueId } }),
	),
	one("/api/inlay/v1/scripts", "scriptId", "document", "wrapupCode", (code) =>
		scriptThat({ kind: "setWrapUpCode", code }),
	),
	one("/api/v2/responsemanagement/libraries", "libraryId", "inlay.queueIds", "queue", (id) => ({
		...{ name: fresh("Library"), inlay: { queueIds: [id] } },
	})),
	one("/api/v2/responsemanagement/responses", "responseId", "assets", "responseAsset", async (id) => ({
		...{
			name: fresh("Response"),
			libraries: [{ id: await libraryId() }],
			texts: [{ content: "Text" }],
			assets: [{ id }],
		},
	})),
	{
		of: both("/api/inlay/v1/email/domains/:domainId/routes", "routeId", "queueId"),
		kind: "queue",
		body: (queueId) => ({ pattern: `sales${++made}`, fromName: "Sales", queueId }),
		create: "/api/inlay/v1/email/domains/sights.example/routes",
		change: at("/api/inlay/v1/email/domains/sights.example/routes"),
	},
	{
		of: ["PUT /api/v2/voicemail/policy inlayExitQueueId"],
		kind: "queue",
		body: (inlayExitQueueId) => ({ inlayExitQueueId }),
		change: () => "/api/v2/voicemail/policy",
	},
	{
		of: [],
		kind: "queue",
		body: (id) => ({ inlayOverflow: { type: "queue", id } }),
		change: () => "/api/v2/voicemail/policy",
	},
	{
		of: [],
		kind: "wrapupCode",
		body: (id) => ({ defaultSet: [], mapping: { [id]: ["Number_UnCallable"] } }),
		change: () => `${outbound}/wrapupcodemappings`,
	},
];

const told = ({ of: [first = ""], kind, change }: Row) => `${first || change?.({ id: "" })} (${kind})`;
const refused = [403, "missing.division.permission"];

describe("a field took what is in a division that the caller may not see", () => {
	beforeAll(() => void server.services.mailing.places.createDomain("sights.example", {}));

	it.each(rows.map((row) => [told(row), row] as const))("%s", async (_what, { kind, body, create, change }) => {
		const [theirs, own, other] = await Promise.all([
			things[kind](elsewhere),
			things[kind](home),
			things[kind](elsewhere),
		]);
		const send = async (as: string, url: string, wish: object) => ask(as, create === url ? "POST" : "PUT", url, wish);
		const hers = await body(theirs);
		if (create) {
			const answer = await send("editor", create, hers);
			expect([answer.status, answer.body.code]).toEqual(refused);
			expect(answer.body.messageParams.divisionId).toBe(elsewhere);
			expect((await send("editor", create, await body(own))).status).toBeLessThan(300);
		}
		if (!change) return;
		const standing = create ? await send("admin", create, hers) : await send("admin", change({ id: "" }), hers);
		expect(standing.status).toBeLessThan(300);
		const url = change(standing.body);
		// What stood there before stays, also when somebody saves it who may not see it.
		expect((await send("editor", url, hers)).status).toBeLessThan(300);
		const rest = Object.fromEntries(
			Object.entries(hers).filter(([key]) => ["name", "number", "pattern", "address"].includes(key)),
		);
		const again = await send("editor", url, { ...(await body(other)), ...rest });
		expect([again.status, again.body.code]).toEqual(refused);
		expect((await send("editor", url, { ...(await body(own)), ...rest })).status).toBeLessThan(300);
	});
});

/** Fields by these names hold ids of what is in divisions; a document of a script does so within, where no schema says it. */
const naming =
	/^(.*queueIds?|queue|script|scriptIds?|defaultScripts|contactLists?|contactListId|dncLists?|codes|assets|document)$/i;

/** What else decides about them. */
const otherwise: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^\S+ \/api\/v2\/conversations\/\S* (.*[qQ]ueueId)$/,
		"an agent's work: what they may do with it is theirs to do, wherever it goes",
	],
	[/^\S+ \/api\/v2\/outbound\/campaigns\S* queue$/, "whoever has campaigns where the queue is (outbound/reach.ts)"],
	[
		/^\S+ \/api\/v2\/outbound\/contactlists\/:contactListId\/contacts/,
		"the list of the path, whose division is asked for",
	],
	[/^POST \/api\/v2\/routing\/queues sourceQueueId$/, "read in its division"],
	[/^POST \/api\/v2\/scripts\/published scriptId$/, "published in its division"],
	[
		/^POST \/api\/v2\/conversations\/:conversationId\/participants\/:participantId\/callbacks scriptId$/,
		"as POST callbacks",
	],
];

function fieldsOf(schema: TSchema | undefined, path = ""): string[] {
	const { properties, items, anyOf } = (schema ?? {}) as {
		properties?: Record<string, TSchema>;
		items?: TSchema;
		anyOf?: TSchema[];
	};
	const own = Object.entries(properties ?? {}).flatMap(([name, one]) => {
		const at = path ? `${path}.${name}` : name;
		return naming.test(name) ? [at] : fieldsOf(one, at);
	});
	return [...own, ...fieldsOfAll(items ? [items] : [], path), ...fieldsOfAll(anyOf ?? [], path)];
}

const fieldsOfAll = (schemas: readonly TSchema[], path: string) => schemas.flatMap((one) => fieldsOf(one, path));

it("a new field named something in a division, and nobody had asked who may see it", () => {
	const asked = new Set(rows.flatMap((row) => row.of));
	const found = server.routes.flatMap((route) => {
		if (route.method === "GET" || !("body" in route)) return [];
		return fieldsOf(route.body as TSchema).map((field) => `${route.method} ${route.path} ${field}`);
	});
	const unasked = [...new Set(found)].filter((one) => !asked.has(one) && !otherwise.some(([of]) => of.test(one)));
	expect(unasked).toEqual([]);
	expect([...asked].filter((one) => !found.includes(one))).toEqual([]);
});

it("the script that a conversation has already was refused in a callback from it, to who may not see it", async () => {
	const seen = ["conversation:callback:create", "conversation:communication:view"];
	server.admit("watcher", { grants: seen.map((permission) => ({ permission, divisions: "all" as const })) });
	const [standing, other] = [await things.script(elsewhere), await things.script(elsewhere)];
	const made = await ask("admin", "POST", "/api/v2/conversations/callbacks", callback(standing));
	const { id } = made.body.conversation;
	const path = `/api/v2/conversations/${id}/participants/customer/callbacks`;
	const again = await ask("watcher", "POST", path, callback(other));
	expect([again.status, again.body.code]).toEqual(refused);
	expect((await ask("watcher", "POST", path, callback(standing))).status).toBe(201);
});

it("a script's owner was told the names of queues and campaigns of divisions that they may not see", async () => {
	const id = await things.script(home);
	const defaultScripts = { CALL: { id } };
	await make("/api/v2/routing/queues", { name: "Seen queue", division: { id: home }, defaultScripts });
	for (const name of ["Hidden one", "Hidden two"])
		await make("/api/v2/routing/queues", { name, division: { id: elsewhere }, defaultScripts });
	await make(campaigns, await campaign({ name: "Hidden three", script: { id }, division: { id: elsewhere } }));
	const path = `/api/inlay/v1/scripts/${id}`;
	const { status, body } = await ask("editor", "DELETE", path);
	expect([status, body.code]).toEqual([409, "general.conflict"]);
	expect(body.message).toContain(
		"is shown by the queue Seen queue and 3 things that you may not see; change that first.",
	);
	const whole = (await ask("admin", "DELETE", path)).body.message;
	for (const name of ["Seen queue", "Hidden one", "Hidden two", "the campaign Hidden three"])
		expect(whole).toContain(name);
});

it("who deletes a queue was told the numbers and addresses that lead into it, whoever may see those", async () => {
	const id = await things.queue(home);
	const number = `+31800${1000 + ++made}`;
	await ask("admin", "POST", "/api/inlay/v1/entrypoints", { number, queueId: id });
	const channel = { name: fresh("Channel"), channel: "open", address: fresh("channel"), provider: "open" };
	await make("/api/inlay/v1/messaging/addresses", { ...channel, queueId: id });
	const path = `/api/v2/routing/queues/${id}`;
	const refused = await ask("queues-only", "DELETE", path);
	expect([refused.status, refused.body.code]).toEqual([409, "general.conflict"]);
	expect(refused.body.message).toContain("Calls to 2 things that you may not see lead into the queue");
	const whole = (await ask("admin", "DELETE", path)).body.message;
	for (const name of [number, channel.name]) expect(whole).toContain(name);
});

it("who deletes a contact list was told the names of another division's campaigns", async () => {
	const id = await things.contactList(home);
	await make(campaigns, await campaign({ name: "Hidden four", contactList: { id }, division: { id: elsewhere } }));
	const { status, body } = await ask("editor", "DELETE", `${outbound}/contactlists/${id}`);
	expect([status, body.message]).toEqual([409, expect.stringContaining("is used by 1 thing that you may not see;")]);
});

it("a web service was deleted that scripts ask, and their steps failed in front of agents", async () => {
	const { scripts, webServices } = server.services;
	const by = { userId: "ada" };
	await webServices.hosts.change({ services: ["127.0.0.1"] }, undefined, by);
	const settings = { method: "GET" as const, headers: [], secretHeaders: [], body: "", inputs: [], outputs: [] };
	const address = "https://127.0.0.1/orders";
	const service = await webServices.create({ name: "Stock", address, ...settings, timeoutSeconds: 1 }, by);
	const step = { kind: "callService" as const, serviceId: service.id, inputs: [], outputs: [] };
	const document = sampleScript({ actions: [{ id: "ask", name: "Ask", steps: [step] }] });
	const seen = await scripts.create({ name: "Asks here", divisionId: home, document });
	const hidden = await scripts.create({ name: "Asks there", divisionId: elsewhere, document });
	await scripts.create({ name: "Asks nothing", divisionId: home, document: sampleScript() });
	const path = `/api/inlay/v1/web-services/${service.id}`;
	const refused = await ask("editor", "DELETE", path);
	expect([refused.status, refused.body.code]).toEqual([409, "general.conflict"]);
	expect(refused.body.message).toBe(
		"The web service Stock is asked by the script Asks here and 1 thing that you may not see; change that first.",
	);
	// What agents get stays asked for, until it is published anew.
	await scripts.publish(seen.id, undefined, by);
	const silent = { name: seen.name, divisionId: home, document: sampleScript() };
	await scripts.change(seen.id, silent, undefined, by);
	await scripts.change(hidden.id, { ...silent, name: hidden.name, divisionId: elsewhere }, undefined, by);
	expect((await ask("editor", "DELETE", path)).body.message).toContain("is asked by the script Asks here; change");
	await scripts.publish(seen.id, undefined, by);
	expect((await ask("editor", "DELETE", path)).status).toBe(204);
});
