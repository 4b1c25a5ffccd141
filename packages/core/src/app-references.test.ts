import { Readable } from "node:stream";
import type { ScriptStep } from "@inlay/contract/scripter/agent-script";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { publicTypeId } from "./deployments/model.ts";
import { StagedReleases } from "./deployments/staged-release.ts";
import { ApiError } from "./kernel/http/api-error.ts";
import { sampleScript } from "./scripter/test-support/sample-script.ts";
import { testPrincipal } from "./test-support/test-api.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";
import { WebCalls } from "./voice/webcalls/web-calls.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

let made = 0;
const fresh = (what: string) => `${what} ${++made}`;

async function ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, payload?: unknown) {
	const headers = { authorization: "Bearer admin" };
	const url = path.startsWith("/api/") ? path : `/api/v2${path}`;
	const answer = await server.http.inject({ method, url, headers, ...(payload ? { payload: payload as object } : {}) });
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

async function newId(path: string, body: object): Promise<string> {
	const { status, body: answer } = await ask("POST", path, body);
	if (status >= 300) throw new Error(`${path} ${status} ${JSON.stringify(answer)}`);
	return answer.id;
}

const things = {
	division: () => newId("/authorization/divisions", { name: fresh("Division") }),
	user: async () =>
		newId("/users", { name: fresh("User"), email: `user${++made}@example.com`, divisionId: await home() }),
	queue: () => newId("/routing/queues", { name: fresh("Queue") }),
	code: () => newId("/routing/wrapupcodes", { name: fresh("Code") }),
	role: () => newId("/authorization/roles", { name: fresh("Role"), permissions: [] }),
	group: () => newId("/groups", { name: fresh("Group"), type: "official", rulesVisible: true, visibility: "public" }),
	presence: () => newId("/presence/definitions", { ...presence, languageLabels: { en: fresh("Pause") } }),
	list: () =>
		newId("/outbound/contactlists", {
			...{ name: fresh("List"), columnNames: ["name", "cell"], phoneColumns: [{ columnName: "cell", type: "cell" }] },
		}),
	domain: async () => (await server.services.mailing.places.createDomain(`sends${++made}.example`, {})).id,
	label: () => newId("/routing/utilization/labels", { name: fresh("Label") }),
	location: () => newId("/locations", { name: fresh("Place") }),
	company: () => newId("/externalcontacts/organizations", { name: fresh("Company") }),
	ruleSet: () => newId("/outbound/rulesets", { name: fresh("Rules"), rules: [] }),
	async script() {
		const { scripts } = server.services;
		const by = { userId: server.ids.adminId };
		const written = { name: fresh("Script"), divisionId: await home(), document: sampleScript() };
		const { id } = await scripts.create(written, by);
		await scripts.publish(id, undefined, by);
		return id;
	},
	async service() {
		const settings = { method: "GET" as const, headers: [], secretHeaders: [], body: "", inputs: [], outputs: [] };
		const address = "https://service.invalid/orders";
		await server.services.webServices.hosts.change({ services: ["service.invalid"] }, undefined, {});
		const made = { name: fresh("Service"), address, ...settings, timeoutSeconds: 1 };
		return (await server.services.webServices.create(made, {})).id;
	},
	async asset() {
		const { assets } = server.services.cannedResponses;
		const { id, ticket } = await assets.begin(
			{ name: "prices.txt", divisionId: await home() },
			{ userId: server.ids.adminId },
		);
		await assets.bring(ticket, Readable.from([Buffer.from("text")]));
		return id;
	},
	async client() {
		const id = await newId("/oauth/clients", { ...codeClient, name: fresh("Client") });
		const { body } = await ask("GET", `/oauth/clients/${id}`);
		await ask("PUT", `/oauth/clients/${id}`, { ...body, state: "inactive" });
		return id;
	},
};

const tomorrow = () => new Date(server.kernel.clock.now().getTime() + 86_400_000).toISOString();
const home = () => server.services.authorization.homeDivisionId();
const presence = { systemPresence: "Break" };
const codeClient = { authorizedGrantType: "CODE", registeredRedirectUri: ["https://crm.example.com/"] };

async function configure(properties: object) {
	const path = `/integrations/${server.ids.integrationId}/config/current`;
	const { body } = await ask("GET", path);
	return ask("PUT", path, { ...body, properties: { ...body.properties, ...properties } });
}

async function withBody(path: string, changes: object) {
	const { body } = await ask("GET", path);
	return ask("PUT", path, { ...body, ...changes });
}

type Thing = keyof typeof things;

/** What no request of an administrator does, done by the service behind it. */
async function done(work: Promise<unknown>): Promise<{ status: number }> {
	try {
		await work;
		return { status: 200 };
	} catch (error) {
		if (error instanceof ApiError) return { status: error.status };
		throw error;
	}
}

function changeProvider(changes: object) {
	const by = testPrincipal({ userId: server.ids.adminId });
	return server.services.sso.providers.update(by, server.ids.providerId ?? "", changes);
}
const gives = (gift: object) => done(changeProvider({ gifts: [gift] }));

const comesIn = (queueId: string) =>
	server.services.conversations.calls.startInboundCall({
		customer: { name: "Cy", address: "+31201234567" },
		dnis: "+31800",
		queueId,
		provider: "test",
	});

/** A call that an agent of some other queue has taken. */
async function talking() {
	const { conversations } = server.services;
	const [userId, queueId] = [await things.user(), await things.queue()];
	const { id: conversationId, participants } = await comesIn(queueId);
	await conversations.calls.mediaConnected(conversationId, participants[0]?.id ?? "");
	const offered = await server.kernel.database.change((trx) =>
		conversations.assignAgent(trx, { conversationId, queueId, userId, timeoutSeconds: 20 }),
	);
	const participantId = offered.participants.at(-1)?.id ?? "";
	await conversations.calls.mediaConnected(conversationId, participantId);
	return { conversationId, participantId, userId, queueId };
}

function inQueue(what: string, refer: () => Promise<(queueId: string) => Promise<unknown>>) {
	return {
		what,
		to: "queue" as const,
		end: (id: string) => ask("DELETE", `/routing/queues/${id}`),
		refer: async (id: string) => {
			const referring = await refer();
			return () => done(referring(id));
		},
		dangling: (id: string) => sql<{ id: string }>`
			select id from conversations c where ended_at is null and (document #>> '{internal,next,queue,id}' = ${id}
				or exists (select from conversation_participants p where p.conversation_id = c.id and p.queue_id = ${id}))
			union all select number from voice_entry_points where queue_id::text = ${id}
			union all select id from message_addresses where queue_id::text = ${id}
			union all select id from email_routes where queue_id::text = ${id}`,
	};
}

/** To what a rule set, or a campaign, names; `path` is where it stands in what is kept. */
function inOutbound(
	what: string,
	to: "queue" | "list" | "ruleSet" | "script",
	path: string[],
	refer: (id: string) => Promise<{ path: string; body: object }>,
) {
	const ends = { queue: "/routing/queues", list: "/outbound/contactlists", ruleSet: "/outbound/rulesets" };
	return {
		what,
		to,
		end: (id: string) =>
			to === "script"
				? done(server.services.scripts.remove(id, undefined, {}, "server"))
				: ask("DELETE", `${ends[to]}/${id}`),
		async refer(id: string) {
			const { path: to, body } = await refer(id);
			return () => ask("POST", to, { name: fresh("Outbound"), ...body });
		},
		dangling: (id: string) =>
			sql<{ id: string }>`select id from outbound_things where value #>> ${path} = ${id} or value #> ${path} ? ${id}`,
	};
}
function scriptThat(step: ScriptStep) {
	return { name: fresh("Script"), document: sampleScript({ onLoad: [step] }) };
}
const askingScript = (serviceId: string) => scriptThat({ kind: "callService", serviceId, inputs: [], outputs: [] });
const ruleSetOf = async (body: object) => ({ path: "/outbound/rulesets", body: { rules: [], ...body } });
const appending = (contactListId: string) => ({
	...{ name: "On", category: "DIALER_WRAPUP", conditions: [] },
	actions: [{ type: "Action", actionTypeName: "INLAY_APPEND_TO_LIST", properties: { contactListId } }],
});
async function campaignOf(body: object) {
	const called = { contactList: { id: await things.list() }, phoneColumns: [{ columnName: "cell" }] };
	const caller = { callerName: "Inlay", callerAddress: "+493012345600", dialingMode: "preview" };
	return { path: "/outbound/campaigns", body: { ...called, ...caller, ...body } };
}

/** To a domain, by an address of it from which mails are sent. */
function sending(what: string, refer: (from: string) => Promise<unknown>, named: string) {
	return {
		what,
		to: "domain" as const,
		end: (id: string) => done(server.services.mailing.places.removeDomain(id, undefined, {}, "server")),
		refer: async (id: string) => () => done(refer(`service@${id}`)),
		dangling: (id: string) => sql<{ id: string }>`
			select id::text from ${sql.raw(named)} = ${`service@${id}`}
				and not exists (select from email_domains where id = ${id})`,
	};
}

/** Each kind of reference that a request can make: to what, how it is ended, and how it is referred to. */
const references: Array<{
	what: string;
	to: Thing;
	end: (id: string) => Promise<unknown>;
	refer: (id: string) => Promise<() => Promise<{ status: number }>>;
	/** Rows that refer to what has gone. */
	dangling: (id: string) => ReturnType<typeof sql<{ id: string }>>;
}> = [
	madeIn("a user", "users", (division) => ({
		path: "/users",
		body: { name: fresh("User"), email: `user${++made}@example.com`, divisionId: division },
	})),
	madeIn("a queue", "queues", (division) => ({
		path: "/routing/queues",
		body: { name: fresh("Queue"), division: { id: division } },
	})),
	madeIn("a wrap-up code", "wrapup_codes", (division) => ({
		path: "/routing/wrapupcodes",
		body: { name: fresh("Code"), division: { id: division } },
	})),
	madeIn("a contact", "external_contacts", (division) => ({
		path: "/externalcontacts/contacts",
		body: { lastName: fresh("Doe"), division: { id: division } },
	})),
	madeIn("an organization of contacts", "external_organizations", (division) => ({
		path: "/externalcontacts/organizations",
		body: { name: fresh("Company"), division: { id: division } },
	})),
	{
		what: "a queue that labels what comes in",
		to: "label",
		end: (id) => ask("DELETE", `/routing/utilization/labels/${id}?forceDelete=true`),
		refer: async (id) => () => ask("POST", "/routing/queues", { name: fresh("Queue"), inlayUtilizationLabel: { id } }),
		dangling: (id) => sql<{ id: string }>`
			select id from queues where settings #>> '{inlayUtilizationLabel,id}' = ${id}`,
	},
	{
		what: "what a person takes of a label",
		to: "label",
		end: (id) => ask("DELETE", `/routing/utilization/labels/${id}?forceDelete=true`),
		async refer(id) {
			const user = await things.user();
			return () =>
				ask("PUT", `/routing/users/${user}/utilization`, { utilization: {}, labelUtilizations: { [id]: {} } });
		},
		dangling: (id) => sql<{ id: string }>`select user_id as id from utilizations where labels ? ${id}`,
	},
	{
		what: "a user at a location",
		to: "location",
		end: (id) => ask("DELETE", `/locations/${id}`),
		async refer(id) {
			const user = await things.user();
			return () => ask("PATCH", `/users/${user}`, { version: 1, locations: [{ id }] });
		},
		dangling: (id) => sql<{ id: string }>`select id from users where locations @> ${JSON.stringify([{ id }])}::jsonb`,
	},
	{
		what: "a contact of an organization",
		to: "company",
		end: (id) => ask("DELETE", `/externalcontacts/organizations/${id}`),
		refer: async (id) => () =>
			ask("POST", "/externalcontacts/contacts", { lastName: fresh("Roe"), externalOrganization: { id } }),
		dangling: (id) => sql<{ id: string }>`select id from external_contacts where organization_id = ${id}`,
	},
	{
		what: "a library of responses for a queue",
		to: "queue",
		end: (id) => ask("DELETE", `/routing/queues/${id}`),
		refer: async (queueId) => () =>
			ask("POST", "/responsemanagement/libraries", { name: fresh("Library"), inlay: { queueIds: [queueId] } }),
		dangling: (id) => sql<{ id: string }>`select id from response_libraries where ${id} = any(queue_ids)`,
	},
	{
		what: "a file that a response brings along",
		to: "asset",
		end: (id) => ask("DELETE", `/responsemanagement/responseassets/${id}`),
		async refer(id) {
			const library = await newId("/responsemanagement/libraries", { name: fresh("Library") });
			const written = { libraries: [{ id: library }], texts: [{ content: "Here it is" }], assets: [{ id }] };
			return () => ask("POST", "/responsemanagement/responses", { name: fresh("Response"), ...written });
		},
		dangling: (id) => sql<{ id: string }>`select response_id as id from canned_response_assets where asset_id = ${id}`,
	},
	inDivision("a file of responses brought into a division", "response_assets", async (divisionId) => {
		const { assets } = server.services.cannedResponses;
		return () => done(assets.begin({ name: "prices.txt", divisionId }, {}));
	}),
	movedInto("a file of responses", "response_assets", things.asset, (id, divisionId) =>
		ask("PUT", `/responsemanagement/responseassets/${id}`, { name: "prices.txt", divisionId }),
	),
	madeIn("a presence", "presence_definitions", (division) => ({
		path: "/presence/definitions",
		body: { ...presence, languageLabels: { en: fresh("Pause") }, divisionId: division },
	})),
	movedInto("a queue", "queues", things.queue, (id, division) =>
		withBody(`/routing/queues/${id}`, { division: { id: division } }),
	),
	movedInto("a wrap-up code", "wrapup_codes", things.code, (id, division) =>
		withBody(`/routing/wrapupcodes/${id}`, { division: { id: division } }),
	),
	movedInto("a presence", "presence_definitions", things.presence, (id, division) =>
		withBody(`/presence/definitions/${id}`, { divisionId: division }),
	),
	{
		what: "a grant in a division",
		to: "division",
		end: (id) => ask("DELETE", `/authorization/divisions/${id}`),
		async refer(division) {
			const [user, role] = [await things.user(), await things.role()];
			return () => ask("POST", `/authorization/subjects/${user}/divisions/${division}/roles/${role}`, {});
		},
		dangling: (id) => sql`select subject_id as id from grants where division_id = ${id}`,
	},
	{
		what: "a client with a role",
		to: "role",
		end: (id) => ask("DELETE", `/authorization/roles/${id}`),
		refer: async (roleId) => () =>
			ask("POST", "/oauth/clients", {
				name: fresh("Client"),
				authorizedGrantType: "CLIENT-CREDENTIALS",
				roleDivisions: [{ roleId, divisionId: "*" }],
			}),
		dangling: (id) => sql`select subject_id as id from grants where role_id = ${id}`,
	},
	{
		what: "a grant to a user",
		to: "user",
		end: (id) => ask("DELETE", `/users/${id}`),
		refer: async (user) => () => ask("PUT", `/users/${user}/roles`, [server.ids.roleId]),
		dangling: (id) => sql`select subject_id as id from grants where subject_id = ${id}`,
	},
	{
		what: "a member of a queue",
		to: "user",
		end: (id) => ask("DELETE", `/users/${id}`),
		async refer(user) {
			const queue = await things.queue();
			return () => ask("POST", `/routing/queues/${queue}/members`, [{ id: user }]);
		},
		dangling: (id) => sql`select queue_id as id from queue_members where user_id = ${id}`,
	},
	{
		what: "a member of a group",
		to: "user",
		end: (id) => ask("DELETE", `/users/${id}`),
		async refer(user) {
			const group = await things.group();
			return () => ask("POST", `/groups/${group}/members`, { memberIds: [user] });
		},
		dangling: (id) => sql`select group_id as id from group_members where user_id = ${id}`,
	},
	{
		what: "a user who went on queue",
		to: "user",
		end: (id) => ask("PATCH", `/users/${id}`, { state: "inactive", version: 1 }),
		async refer(user) {
			await ask("PUT", `/users/${user}/roles`, [await agentRole()]);
			return () =>
				ask("PATCH", `/users/${user}/presences/purecloud`, { presenceDefinition: { systemPresence: "On Queue" } });
		},
		dangling: (id) => sql`select user_id as id from routing_statuses where user_id = ${id} and on_queue`,
	},
	{
		what: "a wrap-up code of a queue",
		to: "code",
		end: (id) => ask("DELETE", `/routing/wrapupcodes/${id}`),
		async refer(code) {
			const queue = await things.queue();
			return () => ask("POST", `/routing/queues/${queue}/wrapupcodes`, [{ id: code }]);
		},
		dangling: (id) => sql`select queue_id as id from queue_wrapup_codes where code_id = ${id}`,
	},
	inQueue("a call that comes into a queue", async () => comesIn),
	inQueue("a call transferred into a queue", async () => {
		const { conversationId, participantId, userId } = await talking();
		const by = { userId, may: () => true };
		return (queueId) => server.services.conversations.transfer(conversationId, participantId, { queueId }, by);
	}),
	inQueue("a callback agreed upon for a queue", async () => (queueId) => {
		const wish = { callbackNumbers: ["+31201234567"], queueId, callbackScheduledTime: tomorrow() };
		return server.services.conversations.callbacks.create(wish, {});
	}),
	inQueue("a number that leads into a queue", async () => {
		const number = `+3180${++made}`;
		const { entryPoints } = server.services;
		return (queueId) => server.kernel.database.change((trx) => entryPoints.put(trx, { number, queueId, origins: [] }));
	}),
	inQueue("an address for messages that a queue answers", async () => {
		const address = { name: fresh("Address"), channel: "open", address: fresh("channel"), provider: "open" } as const;
		return (queueId) => server.services.messaging.addresses.create({ ...address, queueId });
	}),
	inQueue("an address for emails that a queue answers", async () => {
		const { places } = server.services.mailing;
		const domain = `shop${++made}.example`;
		await places.createDomain(domain, {});
		return (queueId) => places.createRoute(domain, { pattern: "support", fromName: "Support", queueId });
	}),
	sending(
		"a messenger by which conversations are mailed",
		async (transcriptFrom) => {
			const channel = { channel: "webmessaging", provider: "web", queueId: await things.queue() } as const;
			const settings = { messenger: { transcriptFrom } };
			return server.services.messaging.addresses.create({ name: fresh("Messenger"), ...channel, settings });
		},
		"message_addresses where settings #>> '{messenger,transcriptFrom}'",
	),
	sending(
		"a sender of notices of voicemails",
		(noticeFrom) => server.services.voicemails.policies.setOrganization({ noticeFrom }, undefined, {}),
		"voicemail_policy where policy ->> 'noticeFrom'",
	),
	...(["queue", "group"] as const).map((to) => ({
		what: `a ${to} that gets what no mailbox takes`,
		to,
		end: (id: string) => ask("DELETE", to === "queue" ? `/routing/queues/${id}` : `/groups/${id}`),
		refer: async (id: string) => () => ask("PUT", "/voicemail/policy", { inlayOverflow: { type: to, id } }),
		dangling: (id: string) =>
			sql<{ id: string }>`select id::text from voicemail_policy where policy #>> '{overflow,id}' = ${id}`,
	})),
	{
		what: "a queue to which a mailbox leads on",
		to: "queue",
		end: (id) => ask("DELETE", `/routing/queues/${id}`),
		refer: async (inlayExitQueueId) => () => ask("PUT", "/voicemail/policy", { inlayExitQueueId }),
		dangling: (id) => sql`select id::text from voicemail_policy where policy ->> 'exitQueueId' = ${id}`,
	},
	inOutbound("a rule set of a contact list", "list", ["contactListId"], (id) => ruleSetOf({ contactList: { id } })),
	inOutbound("a rule set that puts contacts onto a list", "list", ["listIds"], (id) =>
		ruleSetOf({ rules: [appending(id)] }),
	),
	inOutbound("a rule set of a queue", "queue", ["queueId"], (id) => ruleSetOf({ queue: { id } })),
	inOutbound("a campaign of a contact list", "list", ["contactListId"], (id) => campaignOf({ contactList: { id } })),
	inOutbound("a campaign with a script", "script", ["scriptId"], (id) => campaignOf({ script: { id } })),
	inOutbound("a campaign with rules", "ruleSet", ["ruleSetIds"], (id) => campaignOf({ ruleSets: [{ id }] })),
	{
		what: "a script that asks a web service",
		to: "service",
		end: (id) => ask("DELETE", `/api/inlay/v1/web-services/${id}`),
		refer: async (serviceId) => () => ask("POST", "/api/inlay/v1/scripts", askingScript(serviceId)),
		dangling: (id) => sql<{ id: string }>`select id from agent_scripts where document #>> '{onLoad,0,serviceId}' = ${id}
			and not exists (select from web_services where id = ${id})`,
	},
	{
		what: "a script that leads into a queue",
		to: "queue",
		end: (id) => ask("DELETE", `/routing/queues/${id}`),
		refer: async (queueId) => () =>
			ask("POST", "/api/inlay/v1/scripts", scriptThat({ kind: "blindTransfer", to: { kind: "queue", queueId } })),
		dangling: (id) => sql<{
			id: string;
		}>`select id from agent_scripts where document #>> '{onLoad,0,to,queueId}' = ${id}
			and not exists (select from queues where id = ${id})`,
	},
	{
		what: "a location about which a user is asked",
		to: "user",
		end: (id) => ask("DELETE", `/users/${id}`),
		refer: async (userId) => () => ask("POST", "/locations", { name: fresh("Place"), contactUser: userId }),
		dangling: (id) => sql`select id from locations where value ->> 'contactUserId' = ${id}`,
	},
	{
		what: "a license of a user",
		to: "user",
		end: (id) => ask("DELETE", `/users/${id}`),
		refer: async (userId) => () =>
			ask("POST", "/license/organization", {
				assignments: [{ licenseId: "communicate", userIdsAdd: [], userIdsRemove: [userId] }],
			}),
		dangling: (id) => sql`select user_id as id from user_licenses where user_id = ${id}`,
	},
	{
		what: "a group that an identity provider gives",
		to: "group",
		end: (id) => ask("DELETE", `/groups/${id}`),
		refer: async (groupId) => () => gives({ groupId }),
		dangling: (id) => sql`select provider_id as id from identity_provider_gifts where group_id = ${id}`,
	},
	{
		what: "a role that an identity provider gives",
		to: "role",
		end: (id) => ask("DELETE", `/authorization/roles/${id}`),
		refer: async (roleId) => () => gives({ roleId, divisionId: "*" }),
		dangling: (id) => sql`select provider_id as id from identity_provider_gifts where role_id = ${id}`,
	},
	{
		what: "a division for those whom an identity provider makes an account for",
		to: "division",
		end: (id) => ask("DELETE", `/authorization/divisions/${id}`),
		refer: async (divisionId) => () => done(changeProvider({ divisionId })),
		dangling: (id) => sql`select id from identity_providers where division_id = ${id}`,
	},
	{
		what: "a deployment for a group",
		to: "group",
		end: (id) => ask("DELETE", `/groups/${id}`),
		async refer(group) {
			const groups = [await things.group(), group];
			return () => configure({ groups });
		},
		dangling: (id) =>
			sql`select id::text from deployments where properties->'groups' @> ${JSON.stringify([id])}::jsonb`,
	},
	{
		what: "a version of framework.js for some groups first",
		to: "group",
		end: (id) => ask("DELETE", `/groups/${id}`),
		async refer(group) {
			const deployment = await server.services.deployments.install({ name: fresh("Staged"), typeId: publicTypeId });
			const releases = new StagedReleases(server.services.deployments);
			await releases.uploadForEverybody(deployment.id, "window.Framework = {};", {});
			const groups = [await things.group(), group];
			return () => done(releases.upload(deployment.id, "window.Framework = { config: {} };", { groups }));
		},
		dangling: (id) => sql`select id::text from deployments where staged->'groups' @> ${JSON.stringify([id])}::jsonb`,
	},
	{
		what: "a version of framework.js that somebody alone tries",
		to: "user",
		end: (id) => ask("DELETE", `/users/${id}`),
		async refer(userId) {
			const deployment = await server.services.deployments.install({ name: fresh("Tried"), typeId: publicTypeId });
			const releases = new StagedReleases(server.services.deployments);
			await releases.uploadForEverybody(deployment.id, "window.Framework = {};", {});
			return () => done(releases.upload(deployment.id, "window.Framework = { config: {} };", { userId }));
		},
		dangling: (id) => sql`select id::text from deployments where staged->>'userId' = ${id}`,
	},
	{
		what: "a deployment for one group alone",
		to: "group",
		end: (id) => ask("DELETE", `/groups/${id}`),
		refer: async (group) => () => configure({ groups: [group] }),
		dangling: (id) =>
			sql`select id::text from deployments where properties->'groups' @> ${JSON.stringify([id])}::jsonb`,
	},
	{
		what: "a deployment with a client",
		to: "client",
		end: (id) => ask("DELETE", `/oauth/clients/${id}`),
		refer: async (clientId) => () => configure({ clientId }),
		dangling: (id) => sql`select id::text from deployments where properties->>'clientId' = ${id}`,
	},
];

async function agentRole(): Promise<string> {
	return (await server.services.authorization.defaultRole("agent")).id;
}

function inDivision(what: string, table: string, refer: (id: string) => Promise<() => Promise<{ status: number }>>) {
	return {
		what,
		to: "division" as const,
		end: (id: string) => ask("DELETE", `/authorization/divisions/${id}`),
		refer,
		dangling: (id: string) => sql<{ id: string }>`select id from ${sql.table(table)} where division_id = ${id}`,
	};
}

function madeIn(what: string, table: string, request: (division: string) => { path: string; body: object }) {
	return inDivision(`${what} made in a division`, table, async (division) => {
		const { path, body } = request(division);
		return () => ask("POST", path, body);
	});
}

function movedInto(
	what: string,
	table: string,
	make: () => Promise<string>,
	move: (id: string, division: string) => Promise<{ status: number }>,
) {
	return inDivision(`${what} moved into a division`, table, async (division) => {
		const id = await make();
		return () => move(id, division);
	});
}

const rounds = 6;

it.each(references.map((one) => [one.what, one] as const))(
	"%s was kept when what it names was deleted at the same moment",
	async (_what, { to, end, refer, dangling }) => {
		const standing = await refer(await things[to]());
		expect((await standing()).status).toBeLessThan(300);
		for (let round = 0; round < rounds; round++) {
			const id = await things[to]();
			const referring = await refer(id);
			const [gone, referred] =
				round % 2 ? await both(() => end(id), referring) : (await both(referring, () => end(id))).reverse();
			const [endStatus, status] = [statusOf(gone), statusOf(referred)];
			expect(status).toBeLessThan(500);
			expect(endStatus).toBeLessThan(500);
			if (endStatus < 300) {
				expect((await dangling(id).execute(server.kernel.database.db)).rows).toEqual([]);
			} else expect(status).toBeLessThan(300);
		}
	},
);

function both(first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<unknown[]> {
	return Promise.all([first(), second()]);
}

function statusOf(answer: unknown): number {
	return (answer as { status: number }).status;
}

it("a queue was deleted while its call was talked in, forced or not, and its customer came back to nothing", async () => {
	const { conversationId, participantId, queueId } = await talking();
	for (const forced of ["", "?forceDelete=true"]) {
		const { status, body } = await ask("DELETE", `/routing/queues/${queueId}${forced}`);
		expect([status, body.code]).toEqual([409, "general.conflict"]);
		expect(body.message).toMatch(/are under way, and may come back to it: 1\. Let them end, or end them, first\.$/);
	}
	await server.services.conversations.partyLeft(conversationId, participantId, "transport.failure");
	expect((await server.services.conversations.get(conversationId))?.participants.at(-1)).toMatchObject({
		purpose: "acd",
		queueId,
	});
	await server.services.conversations.disconnect(conversationId, {});
	expect((await ask("DELETE", `/routing/queues/${queueId}`)).status).toBe(200);
});

it("a number led into a queue that had been deleted: it goes out of service with it, once that is forced", async () => {
	const { entryPoints } = server.services;
	const [queueId, number] = [await things.queue(), `+3180${++made}`];
	await server.kernel.database.change((trx) => entryPoints.put(trx, { number, queueId, origins: [] }));
	const { status, body } = await ask("DELETE", `/routing/queues/${queueId}`);
	expect([status, body.code]).toEqual([409, "general.conflict"]);
	expect(body.message).toContain(number);
	expect((await ask("DELETE", `/routing/queues/${queueId}?forceDelete=true`)).status).toBe(200);
	expect(await entryPoints.find(number)).toBeUndefined();
});

it("deleting a queue with members and numbers named the members alone, and force took the numbers too", async () => {
	const { entryPoints } = server.services;
	const [queueId, numbers] = [await things.queue(), [`+3180${++made}`, `+3180${++made}`]];
	for (const number of numbers) {
		await server.kernel.database.change((trx) => entryPoints.put(trx, { number, queueId, origins: [] }));
	}
	const members = [{ id: await things.user() }, { id: await things.user() }];
	await ask("POST", `/routing/queues/${queueId}/members`, members);
	const { status, body } = await ask("DELETE", `/routing/queues/${queueId}`);
	expect([status, body.code]).toEqual([409, "general.conflict"]);
	expect(body.message).toContain(`has members: 2, and calls to ${numbers.join(", ")} lead into it.`);
	expect(body.message).toMatch(/forceDelete=true removes the members from it and takes the numbers out of service\.$/);
	expect(await entryPoints.find(numbers[0] ?? "")).toBeDefined();
	expect((await ask("DELETE", `/routing/queues/${queueId}?forceDelete=true`)).status).toBe(200);
	for (const number of numbers) expect(await entryPoints.find(number)).toBeUndefined();
});

it("a page that called while the queue was deleted was told the queue's id", async () => {
	const { conversations, entryPoints } = server.services;
	const [queueId, number, origins] = [await things.queue(), `+3180${++made}`, ["https://shop.example"]];
	await server.kernel.database.change((trx) => entryPoints.put(trx, { number, queueId, origins }));
	const find = async (wanted: string) => {
		const found = await entryPoints.find(wanted);
		await ask("DELETE", `/routing/queues/${queueId}?forceDelete=true`);
		return found;
	};
	const webCalls = new WebCalls(conversations, { ...entryPoints, find }, async () => "NL");
	await expect(webCalls.start({ to: number }, origins[0])).rejects.toMatchObject({
		status: 404,
		message: `No number with id ${number}.`,
	});
});

it("rules went on naming a queue that had been deleted", async () => {
	const queueId = await things.queue();
	const id = await newId("/outbound/rulesets", { name: fresh("Rules"), rules: [], queue: { id: queueId } });
	expect((await ask("GET", `/outbound/rulesets/${id}`)).body).toMatchObject({ queue: { id: queueId }, version: 1 });
	expect((await ask("DELETE", `/routing/queues/${queueId}`)).status).toBe(200);
	const { body } = await ask("GET", `/outbound/rulesets/${id}`);
	expect([body.queue, body.version]).toEqual([undefined, 2]);
});

it("a campaign's queue was deleted without a word, and the campaign stood still", async () => {
	const queue = { id: await things.queue() };
	const { path, body } = await campaignOf({ queue });
	const name = fresh("Campaign");
	await newId(path, { ...body, name });
	const refused = await ask("DELETE", `/routing/queues/${queue.id}`);
	expect([refused.status, refused.body.code]).toEqual([409, "general.conflict"]);
	expect(refused.body.message).toContain(`is used by the campaign ${name}.`);
	expect((await ask("DELETE", `/routing/queues/${queue.id}?forceDelete=true`)).status).toBe(200);
});

it.each<[string, ScriptStep]>([
	["no queue with id gone", { kind: "blindTransfer", to: { kind: "queue", queueId: "gone" } }],
	["no queue with id gone", { kind: "consultTransfer", to: { kind: "queue", queueId: "gone" } }],
	["no user with id gone", { kind: "blindTransfer", to: { kind: "user", userId: "gone" } }],
	["no wrap-up code with id gone", { kind: "setWrapUpCode", code: "gone" }],
	["no web service with id gone", { kind: "callService", serviceId: "gone", inputs: [], outputs: [] }],
])("a script was saved and published that leads to what there is not: %s", async (said, step) => {
	const { status, body } = await ask("POST", "/api/inlay/v1/scripts", scriptThat(step));
	expect([status, body.code, body.message]).toEqual([400, "invalid.value", `document: ${said}.`]);
});

it.each<[string, "user" | "code", (id: string) => ScriptStep]>([
	["a person", "user", (userId) => ({ kind: "blindTransfer", to: { kind: "user", userId } })],
	["a wrap-up code", "code", (code) => ({ kind: "setWrapUpCode", code })],
])(
	"a script that names %s who is gone was published: it is saved only, so that it can be mended",
	async (_what, kind, step) => {
		const id = await things[kind]();
		const script = scriptThat(step(id));
		const { body } = await ask("POST", "/api/inlay/v1/scripts", script);
		const publish = () => ask("POST", `/api/inlay/v1/scripts/${body.id}/publish`);
		expect((await publish()).status).toBe(200);
		const path = { user: "/users", code: "/routing/wrapupcodes" }[kind];
		expect((await ask("DELETE", `${path}/${id}`)).status).toBeLessThan(300);
		expect((await ask("PUT", `/api/inlay/v1/scripts/${body.id}`, script)).status).toBe(200);
		const refused = await publish();
		expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining(id)]);
		expect((await ask("PUT", `/api/inlay/v1/scripts/${body.id}`, { ...script, document: sampleScript() })).status).toBe(
			200,
		);
		expect((await publish()).status).toBe(200);
	},
);

it("a queue was deleted into which a script leads, and agents were told when they pressed its button", async () => {
	const queueId = await things.queue();
	const script = scriptThat({ kind: "blindTransfer", to: { kind: "queue", queueId } });
	const { body } = await ask("POST", "/api/inlay/v1/scripts", script);
	const refused = await ask("DELETE", `/routing/queues/${queueId}`);
	expect([refused.status, refused.body.message]).toEqual([409, expect.stringContaining(`the script ${script.name}`)]);
	expect((await ask("DELETE", `/routing/queues/${queueId}?forceDelete=true`)).status).toBe(200);
	// What it said before stays, so that it can be mended step by step.
	expect((await ask("PUT", `/api/inlay/v1/scripts/${body.id}`, script)).status).toBe(200);
});
