import { afterAll, beforeAll, expect, it } from "vitest";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

async function call(method: "GET" | "PUT" | "POST" | "DELETE", path: string, payload?: object) {
	const headers = { authorization: "Bearer admin" };
	const answer = await server.http.inject({ method, url: `/api/v2/${path}`, headers, ...(payload ? { payload } : {}) });
	if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
	return answer.body === "" ? undefined : answer.json();
}

async function group(name: string): Promise<string> {
	return (await call("POST", "groups", { name, type: "official", visibility: "public", rulesVisible: true })).id;
}

it("a configuration that was read could not be sent back once a group that it named had been deleted", async () => {
	const config = `integrations/${server.ids.integrationId}/config/current`;
	const [one, other] = [await group("One"), await group("Other")];
	const before = await call("GET", config);
	await call("PUT", config, { ...before, properties: { ...before.properties, groups: [one, other] } });
	await call("DELETE", `groups/${one}`);
	const without = await call("GET", config);
	expect([without.properties.groups, without.version]).toEqual([[other], before.version + 2]);
	await call("PUT", config, without);
	await expect(
		call("PUT", config, { ...without, version: without.version + 1, properties: { groups: [one] } }),
	).rejects.toThrow("groups that do not exist");
});

it("a group that alone opens a deployment was deleted, and nobody was told that nobody could use it any more", async () => {
	const config = `integrations/${server.ids.integrationId}/config/current`;
	const id = await group("Alone");
	const before = await call("GET", config);
	const closed = await call("PUT", config, { ...before, properties: { ...before.properties, groups: [id] } });
	const refused = call("DELETE", `groups/${id}`);
	await expect(refused).rejects.toThrow("group.in.use");
	await expect(refused).rejects.toThrow("Panel");
	expect(await call("GET", config)).toEqual(closed);
	expect((await call("GET", `groups/${id}`)).name).toBe("Alone");
	// An administrator who says so opens it to everybody by that.
	await call("DELETE", `groups/${id}?opensDeployments=true`);
	const open = await call("GET", config);
	expect([open.properties.groups, open.version]).toEqual([[], closed.version + 1]);
});

it("roles were given to a group that says that it holds none, and it said so again while it held them", async () => {
	const id = await group("Roleless");
	const path = `groups/${id}`;
	const grant = `authorization/subjects/${id}/divisions/*/roles/${server.ids.roleId}?subjectType=PC_GROUP`;
	const made = await call("GET", path);
	expect(made.rolesEnabled, "as on the platform").toBe(true);
	await call("PUT", path, { version: 1, rolesEnabled: false });
	await expect(call("POST", grant)).rejects.toThrow("group.without.roles");
	await call("PUT", path, { version: 2, rolesEnabled: true });
	await call("POST", grant);
	await expect(call("PUT", path, { version: 3, rolesEnabled: false })).rejects.toThrow("rolesEnabled");
});

it.each([
	["groups", { name: "Hidden", type: "official", visibility: "members", rulesVisible: true }, "visibility"],
	[
		"groups",
		{ name: "Ring", type: "official", visibility: "public", rulesVisible: true, callsEnabled: true },
		"callsEnabled",
	],
	["presence/definitions", { languageLabels: { en: "X" }, systemPresence: "Meal", type: "System" }, "type"],
	["presencedefinitions", { languageLabels: { en: "X" }, systemPresence: "Meal", divisionId: "x" }, "divisionId"],
	["authorization/roles", { name: "Flat", permissions: ["routing:queue:add", "admin"] }, "permissions"],
	[
		"authorization/roles",
		{
			name: "Some",
			permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"], namedResources: ["q"] }],
		},
		"permissionPolicies.0.namedResources",
	],
	["routing/queues", { name: "Q", acwSettings: { wrapupPrompt: "OPTIONAL", timeoutMs: 5000 } }, "timeoutMs"],
])("was taken and dropped: %s %j", async (path, body, field) => {
	const refused = call("POST", path, body);
	await expect(refused).rejects.toThrow("not.supported");
	await expect(refused).rejects.toThrow(field);
});

it("a queue was told to be like another one when it stood already, and was as before", async () => {
	const { queueId } = server.ids;
	const made = await call("POST", "routing/queues", { name: "Like Sales", sourceQueueId: queueId });
	const refused = call("PUT", `routing/queues/${made.id}`, { ...made, sourceQueueId: queueId });
	await expect(refused).rejects.toThrow("sourceQueueId");
	await expect(refused).rejects.toThrow("not.supported");
	await call("PUT", `routing/queues/${made.id}`, made);
});

it.each([
	["roles of a client that people sign in with", "roleDivisions", { authorizedGrantType: "CODE" }],
	["role ids of one", "roleIds", { authorizedGrantType: "CODE" }],
	["role ids beside other roles", "roleIds", { authorizedGrantType: "CLIENT-CREDENTIALS", other: true }],
	["scopes of a client with roles", "scope", { authorizedGrantType: "CLIENT-CREDENTIALS", scope: ["users"] }],
])(
	"was taken and dropped: %s",
	async (_what, field, { other, ...wanted }: { other?: boolean } & Record<string, unknown>) => {
		const { roleId } = server.ids;
		const { id: another } = await call("POST", "authorization/roles", {
			name: `Another ${field} ${other}`,
			permissions: [],
		});
		const roleDivisions = [{ roleId, divisionId: "*" }];
		const body = {
			name: `Client ${field}`,
			...wanted,
			...(field === "roleIds" ? { roleIds: [another] } : {}),
			...(field === "roleIds" && !other ? {} : { roleDivisions }),
		};
		await expect(call("POST", "oauth/clients", body)).rejects.toThrow(`"fieldName":"${field}"`);
	},
);

it("a client that was read is taken back whole, also with the grant type changed", async () => {
	const roleDivisions = [{ roleId: server.ids.roleId, divisionId: "*" }];
	const machine = { name: "Whole", authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions };
	const { secret: _secret, ...made } = await call("POST", "oauth/clients", machine);
	const path = `oauth/clients/${made.id}`;
	const again = await call("PUT", path, made);
	const person = await call("PUT", path, { ...again, authorizedGrantType: "CODE", scope: ["users"] });
	expect([person.roleDivisions, person.scope]).toEqual([[], ["users"]]);
	const back = await call("PUT", path, { ...person, authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions });
	expect([back.roleDivisions, back.scope]).toEqual([roleDivisions, []]);
});
