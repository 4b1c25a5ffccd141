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
	await call("DELETE", `groups/${other}`);
	const last = await call("GET", config);
	expect(last.properties.groups, "who was let in by a group alone is not everybody").toEqual([other]);
	await call("PUT", config, last);
	await expect(
		call("PUT", config, { ...last, version: last.version + 1, properties: { groups: [one] } }),
	).rejects.toThrow("groups that do not exist");
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
	["routing/queues", { name: "Q", acwSettings: { wrapupPrompt: "OPTIONAL", timeoutMs: 5000 } }, "timeoutMs"],
])("was taken and dropped: %s %j", async (path, body, field) => {
	const refused = call("POST", path, body);
	await expect(refused).rejects.toThrow("not.supported");
	await expect(refused).rejects.toThrow(field);
});
