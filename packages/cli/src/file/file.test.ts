import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { openPlatform, type Transport } from "../platform/platform.ts";
import { type FakePlatform, fakePlatform, typeIds } from "../test-support/fake-platform.ts";
import { guideEnv, guideFile } from "../test-support/guide-file.ts";
import { applyPlan } from "./apply/apply-plan.ts";
import { exportFile } from "./export/export-file.ts";
import { initFile } from "./init/init-file.ts";
import { panelOrigin } from "./init/panel-origin.ts";
import { planDestruction } from "./plan/destroy-plan.ts";
import { makePlan } from "./plan/make-plan.ts";
import { readSelf } from "./plan/self.ts";
import { diffText, nothingToDelete, planText } from "./plan/words.ts";
import { readInlayFile } from "./read/read-file.ts";

const folder = mkdtempSync(join(tmpdir(), "inlay-apply-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "framework.js"), 'const id = "{{clientId}}", name = "{{appName}}";\n');

const guide = guideFile;

let fake: FakePlatform;
let told: string[];
beforeEach(() => {
	fake = fakePlatform();
	told = [];
});

const env = guideEnv;
const ports = { out: (text: string) => void told.push(text), err: (text: string) => void told.push(text) };

async function read(file: object) {
	const path = join(folder, "inlay.yaml");
	writeFileSync(path, stringify(file));
	return readInlayFile(path, env);
}

async function planned(file: object, transport: Transport = fake.transport) {
	const platform = openPlatform(fake.address, "token", transport);
	const whole = await read(file);
	const self = await readSelf(platform);
	return { platform, read: whole, self, plan: await makePlan(whole, platform, self) };
}

async function applied(file: object, transport?: Transport): Promise<0 | 1> {
	const { platform, read: whole, self, plan } = await planned(file, transport);
	return applyPlan(plan, { read: whole, platform, ports, again: () => makePlan(whole, platform, self) });
}

/** A contact center of 5 deployments, 20 groups, 50 queues and 500 people. */
function wholeCentre() {
	const numbered = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word} ${index}`);
	const [skills, codes, roles] = [numbered("Skill", 10), numbered("Code", 10), numbered("Duty", 3)];
	const [groups, queues, deployments] = [numbered("Group", 20), numbered("Queue", 50), numbered("Panel", 5)];
	const users = Array.from({ length: 500 }, (_, index) => ({
		email: `agent${index}@agents.example`,
		roles: [`Duty ${index % 3}`],
		skills: { [`Skill ${index % 10}`]: 3 },
		groups: [`Group ${index % 20}`],
		queues: [`Queue ${index % 50}`],
	}));
	const clients = deployments.map((name) => ({ name, redirectUris: ["https://crm.example/"] }));
	const file = {
		...{ inlay: 1, skills, users, clients },
		wrapupCodes: codes.map((name) => ({ name })),
		roles: roles.map((name) => ({ name, permissions: ["routing:queue:view"] })),
		groups: groups.map((name) => ({ name })),
		queues: queues.map((name, index) => ({ name, wrapupCodes: [`Code ${index % 10}`] })),
		deployments: deployments.map((name, index) => {
			return { name, client: name, script: "framework.js", groups: [`Group ${index}`], active: true };
		}),
	};
	const all = [users, skills, codes, roles, groups, queues, deployments, clients].flat().length;
	const of = { people: users.length, groups: groups.length, queues: queues.length, deployments: deployments.length };
	return { file, things: { all, ...of } };
}

/** Nothing goes out from this write on, or no answer comes back of it. */
function killAt(moment: number, isAnswered: boolean): void {
	let writes = 0;
	let isKilled = false;
	const kill = () => {
		isKilled = true;
		throw new Error("killed");
	};
	fake.intercept = (method) => {
		if (method !== "GET") writes++;
		if (isKilled) throw new Error("killed");
		if (method === "GET" || writes < moment) return undefined;
		return isAnswered ? kill : kill();
	};
}

/** What ends so is answered otherwise. */
function answering(end: string, answer: () => Response): Transport {
	const { fetch: other, pause } = fake.transport;
	const isIt = (input: unknown) => new URL(String(input)).pathname.endsWith(end);
	return { pause, fetch: async (input, init) => (isIt(input) ? answer() : other(input, init)) };
}

const only = (path: Parameters<FakePlatform["rows"]>[0], name: string) =>
	fake.rows(path).find((row) => row.name === name || row.email === name);

describe("inlay apply", () => {
	it("does the guide at once, by the platform's public API alone, and nothing the second time", async () => {
		expect(await applied(guide)).toBe(0);
		const client = only("/api/v2/oauth/clients", "expertflow-dynamics-connector");
		const deployment = only("/api/v2/integrations", "Dynamics");
		expect(deployment).toMatchObject({
			intendedState: "ENABLED",
			integrationType: { id: typeIds.private },
			configuration: {
				properties: {
					clientId: client?.id,
					groups: [only("/api/v2/groups", "Agents")?.id],
					frameworkJs: `const id = "${client?.id}", name = "expertflow-dynamics-connector";\n`,
				},
			},
		});
		expect(only("/api/v2/users", "bo@agents.example")).toMatchObject({ password: env.FIRST });
		// Switched on when everything else is there.
		expect(fake.writes.at(-1)).toBe(`PATCH /api/v2/integrations/${deployment?.id}`);
		const [writes, before] = [fake.writes.length, fake.snapshot()];
		expect(await applied(guide)).toBe(0);
		expect(fake.writes).toHaveLength(writes);
		expect(fake.snapshot()).toEqual(before);
		expect(fake.departures).toEqual([]);
	});

	it("plans without a write, and says what would be done", async () => {
		const { plan } = await planned(guide);
		expect(fake.writes).toEqual([]);
		const text = planText(plan);
		expect(text).toContain('+ OAuth client "expertflow-dynamics-connector"');
		expect(text).toContain('~ deployment "Dynamics": switched on');
		expect(text).toContain("Plan: 13 to create, 1 to change, 0 to delete.");
	});

	it("killed at any moment and run again, it ends as if it had not been", async () => {
		expect(await applied(guide)).toBe(0);
		const all = fake.writes.length;
		const moments = Array.from({ length: 10 }, (_, index) => 1 + Math.floor((index * (all - 1)) / 9));
		for (const [index, moment] of moments.entries()) {
			const isAnswered = index % 2 === 1;
			fake = fakePlatform();
			killAt(moment, isAnswered);
			await applied(guide).catch(() => undefined);
			fake.intercept = undefined;
			expect([moment, isAnswered, await applied(guide)]).toEqual([moment, isAnswered, 0]);
			expect((await planned(guide)).plan.steps).toEqual([]);
			for (const path of ["/api/v2/oauth/clients", "/api/v2/integrations", "/api/v2/presence/definitions"] as const) {
				const names = fake.rows(path).map(({ name, languageLabels }) => name ?? JSON.stringify(languageLabels));
				expect(names).toEqual([...new Set(names)]);
			}
			expect(fake.departures).toEqual([]);
		}
	});

	it("a script went live with {{clientId}} in it, where nothing says which client that is", async () => {
		const bare = { inlay: 1, deployments: [{ name: "Bare", script: "framework.js" }] };
		await expect(planned(bare)).rejects.toThrow(
			/deployments\[0\]\.script: The script has \{\{clientId\}\} in it.*write client/,
		);
		writeFileSync(join(folder, "odd.js"), 'const id = "{{ clientID }}", own = "{{customer}}";\n');
		const odd = { inlay: 1, deployments: [{ name: "Bare", script: "odd.js" }] };
		await expect(planned(odd)).rejects.toThrow(
			/\{\{ clientID \}\} in it, which nothing fills in\. Write \{\{clientId\}\}/,
		);
		expect(fake.writes).toEqual([]);
	});

	it("a file that says nothing of a deployment's client left its id out of the script", async () => {
		expect(await applied(guide)).toBe(0);
		const id = only("/api/v2/oauth/clients", "expertflow-dynamics-connector")?.id;
		writeFileSync(join(folder, "next.js"), 'const id = "{{clientId}}", name = "{{appName}}", next = 1;\n');
		const file = { inlay: 1, deployments: [{ name: "Dynamics", script: "next.js" }] };
		expect(await applied(file)).toBe(0);
		const properties = only("/api/v2/integrations", "Dynamics")?.configuration as {
			properties: { frameworkJs: string };
		};
		expect(properties.properties.frameworkJs).toBe(
			`const id = "${id}", name = "expertflow-dynamics-connector", next = 1;\n`,
		);
		expect((await planned(file)).plan.steps).toEqual([]);
	});

	it("a contact center of five hundred people costs a request for each thing it gets, sixteen at a time", async () => {
		const { file, things } = wholeCentre();
		let [atOnce, mostAtOnce] = [0, 0];
		const transport: Transport = {
			...fake.transport,
			async fetch(input, init) {
				mostAtOnce = Math.max(mostAtOnce, ++atOnce);
				// Whoever else may go out is out before this one is answered.
				await new Promise((answered) => setImmediate(answered));
				return fake.transport.fetch(input, init).finally(() => atOnce--);
			},
		};
		expect([await applied(file, transport), fake.departures]).toEqual([0, []]);
		// One for each thing, one for each person's skills, and for members, codes and deployments what a request takes of them.
		const { people, groups, queues, deployments } = things;
		const needed = things.all + people + groups + 2 * queues + 2 * deployments;
		const giving = fake.writes.filter((one) => /authorization\/roles\/[^/]+$/.test(one)).length;
		expect(fake.writes.length - giving).toBe(needed);
		expect(giving).toBeLessThan(people / 5);
		expect(mostAtOnce).toBe(16);
		expect((await planned(file)).plan.steps).toEqual([]);
	});

	it("leaves alone what the file does not name", async () => {
		fake.add("/api/v2/groups", { name: "Agents", description: "Somebody else's words" });
		fake.add("/api/v2/groups", { name: "Others" });
		expect(await applied({ inlay: 1, groups: [{ name: "Agents" }] })).toBe(0);
		expect(fake.writes).toEqual([]);
		expect(only("/api/v2/groups", "Agents")).toMatchObject({ description: "Somebody else's words" });
	});

	it("does not overwrite what a colleague has changed since the plan, does the rest, and plans anew", async () => {
		await applied(guide);
		const group = only("/api/v2/groups", "Agents");
		const changed = {
			...guide,
			groups: [{ ...guide.groups[0], description: "Mine" }],
			wrapupCodes: [{ name: "Sorted out", description: "Mine too" }],
		};
		const { platform, read: whole, self, plan } = await planned({ ...changed, queues: [] });
		if (group) Object.assign(group, { description: "Theirs", version: 7 });
		const again = () => makePlan(whole, platform, self);
		expect(await applyPlan(plan, { read: whole, platform, ports, again })).toBe(1);
		expect(group).toMatchObject({ description: "Theirs" });
		expect(only("/api/v2/routing/wrapupcodes", "Sorted out")).toMatchObject({ description: "Mine too" });
		expect(told.join("\n")).toMatch(/group "Agents": left as it is: .*its description since the plan/);
		expect(told.join("\n")).toContain('description: "Theirs" → "Mine"');
	});

	it("says what failed with its field, what waits for it, and does the rest", async () => {
		fake.intercept = (method, path) => {
			if (method === "POST" && path === "/api/v2/oauth/clients") throw new TypeError("gone");
			return undefined;
		};
		expect(await applied(guide)).toBe(1);
		const text = told.join("\n");
		expect(text).toMatch(/OAuth client "expertflow-dynamics-connector": failed: .*does not answer/);
		expect(text).toMatch(/deployment "Dynamics": not done: it needs OAuth client/);
		expect(text).toMatch(/queue "Support": made/);
		expect(text).toMatch(/11 of 14 done, 1 failed, 2 wait for these/);
	});

	it("what was done although its answer was lost is not done twice: it is planned anew at once", async () => {
		const isLost = new Set(["POST /api/v2/users", "POST /api/v2/oauth/clients"]);
		fake.intercept = (method, path) => {
			if (!isLost.delete(`${method} ${path}`)) return undefined;
			return () => {
				throw new TypeError("terminated");
			};
		};
		expect(await applied(guide)).toBe(0);
		expect(told.join("\n")).toContain("planned anew");
		expect(told.at(-1)).toBe("Done: 14 of 14.");
		expect(fake.rows("/api/v2/users")).toHaveLength(2);
		expect((await planned(guide)).plan.steps).toEqual([]);
	});

	it.each([
		[{ clients: [{ name: "Automation", active: false }] }, "switch it off would lock you out"],
		[{ clients: [{ name: "Automation", grantType: "CODE" }] }, "another grant type"],
		[
			{ clients: [{ name: "Automation", rolesIn: { "*": ["Agent"] } }] },
			"it would lose Master Admin in every division",
		],
		[{ remove: { clients: ["Automation"] } }, "delete it would lock you out"],
		[{ roles: [{ name: "Master Admin", permissions: ["routing:queue:view"] }] }, "without oauth:client:edit"],
	])("refuses to lock its own client out: %j", async (file, text) => {
		await expect(applied({ inlay: 1, ...file })).rejects.toThrow(text);
		expect(fake.writes).toEqual([]);
	});

	it("two roles that were each spared for the other's sake were taken away together", async () => {
		const policy = { domain: "oauth", entityName: "client", actionSet: ["edit"] };
		const keeper = fake.add("/api/v2/authorization/roles", { name: "Keeper", permissionPolicies: [policy] });
		const [admin] = fake.rows("/api/v2/authorization/roles");
		const own = [admin, keeper].map((role) => ({
			subjectId: fake.selfId,
			role: { id: role?.id },
			division: { id: "*" },
		}));
		const transport = answering("/authorization/subjects/me", () => Response.json({ id: fake.selfId, grants: own }));
		const without = (name: string) => ({ name, permissions: ["routing:queue:view"] });
		const both = { inlay: 1, roles: [without("Keeper"), without("Master Admin")] };
		await expect(applied(both, transport)).rejects.toThrow(
			/"Keeper".*oauth:client:edit.*"Master Admin".*oauth:client:edit/s,
		);
		await expect(
			applied({ inlay: 1, roles: [without("Master Admin")], remove: { roles: ["Keeper"] } }, transport),
		).rejects.toThrow("could not undo this");
		expect(fake.writes).toEqual([]);
		expect(await applied({ inlay: 1, roles: [without("Master Admin")] }, transport)).toBe(0);
	});

	it("what could not be guarded, as nobody told who is signed in, was done without a word", async () => {
		const transport = answering("/authorization/subjects/me", () => new Response("{}", { status: 403 }));
		const { plan } = await planned({ inlay: 1, skills: ["Billing"] }, transport);
		expect(plan.notes.join()).toMatch(/nothing keeps this from locking you out/);
		expect((await planned({ inlay: 1, skills: ["Billing"] })).plan.notes).toEqual([]);
	});

	it("names in another case were compared letter by letter: what was given was taken away, and things were renamed", async () => {
		const names = [...guide.groups, ...guide.queues, ...guide.deployments].map(({ name }) => name);
		expect(await applied(guide)).toBe(0);
		const before = fake.snapshot();
		const shouted = {
			inlay: 1,
			users: [
				{
					email: "ANN@agents.example",
					roles: ["agent", "ON DUTY"],
					skills: { BILLING: 4 },
					languages: { english: 5 },
					groups: ["AGENTS"],
				},
			],
			queues: [
				{
					name: "SUPPORT",
					wrapupCodes: ["sorted OUT", "call AGAIN"],
					members: ["ANN@agents.example", "bo@AGENTS.example"],
				},
			],
			deployments: [
				{ ...guide.deployments[0], name: "DYNAMICS", client: "Expertflow-Dynamics-Connector", groups: ["agents"] },
			],
		};
		expect(await applied(shouted)).toBe(0);
		expect(fake.snapshot()).toEqual(before);
		const changed = {
			inlay: 1,
			users: [{ ...shouted.users[0], roles: ["agent", "ON DUTY", "master ADMIN"] }],
			queues: [{ ...shouted.queues[0], description: "New" }],
			deployments: [{ ...shouted.deployments[0], notes: "New" }],
		};
		expect(await applied(changed)).toBe(0);
		expect((await planned(changed)).plan.steps).toEqual([]);
		const { links } = fake.snapshot() as { links: [string, unknown[]][] };
		const ann = only("/api/v2/users", "ann@agents.example");
		expect(links.find(([key]) => key === `${ann?.id}/grants`)?.[1]).toHaveLength(3);
		for (const name of names)
			expect(
				["/api/v2/groups", "/api/v2/routing/queues", "/api/v2/integrations"].some((path) =>
					only(path as "/api/v2/groups", name),
				),
			).toBe(true);
	});

	it("a member who may not come back kept all the others out", async () => {
		await applied(guide);
		const queue = only("/api/v2/routing/queues", "Support");
		const own = `/api/v2/routing/queues/${queue?.id}/members`;
		const { platform, read: whole, self, plan } = await planned({ inlay: 1, remove: { queues: ["Support"] } });
		const before = (await platform.list(own)).map(({ id }) => id);
		expect(before.length).toBeGreaterThan(1);
		const refused = new Response('{"message":"Ann is deactivated."}', { status: 400 });
		const transport: Transport = {
			...fake.transport,
			async fetch(input, init) {
				const sent = String(init?.body ?? "");
				const comes = init?.method === "POST" && String(input).endsWith("/members");
				if (comes && sent.includes(String(before[0]))) return refused.clone();
				if (init?.method === "DELETE") return new Response('{"message":"Calls are under way."}', { status: 409 });
				return fake.transport.fetch(input, init);
			},
		};
		const refusing = openPlatform(fake.address, "token", transport);
		const again = () => makePlan(whole, platform, self);
		expect(await applyPlan(plan, { read: whole, platform: refusing, ports, again })).toBe(1);
		expect((await platform.list(own)).map(({ id }) => id)).toEqual(before.slice(1));
		expect(told.join("\n")).toMatch(
			/Calls are under way\. Not all of its 2 members could be put back: Ann is deactivated\./,
		);
	});

	it.each([401, 403])(
		"a refusal with %i was taken for one of each member, who were asked for one by one",
		async (status) => {
			await applied(guide);
			const own = `/api/v2/routing/queues/${only("/api/v2/routing/queues", "Support")?.id}/members`;
			const { platform, read: whole, self, plan } = await planned({ inlay: 1, remove: { queues: ["Support"] } });
			const sent: string[] = [];
			const transport: Transport = {
				...fake.transport,
				async fetch(input, init) {
					const { pathname, search } = new URL(String(input));
					if (pathname !== own || init?.method !== "POST") {
						if (init?.method === "DELETE") return new Response('{"message":"Calls are under way."}', { status: 409 });
						return fake.transport.fetch(input, init);
					}
					sent.push(search);
					return search === "" ? new Response("{}", { status }) : fake.transport.fetch(input, init);
				},
			};
			const refusing = openPlatform(fake.address, "token", transport);
			const again = () => makePlan(whole, platform, self);
			expect(await applyPlan(plan, { read: whole, platform: refusing, ports, again })).toBe(1);
			expect(sent).toEqual(["?delete=true", ""]);
		},
	);

	it("members who had never left a queue were put back, and set to what they had been", async () => {
		await applied(guide);
		const own = `/api/v2/routing/queues/${only("/api/v2/routing/queues", "Support")?.id}/members`;
		const { platform, read: whole, self, plan } = await planned({ inlay: 1, remove: { queues: ["Support"] } });
		const [first] = await platform.list(own);
		await platform.send("PATCH", own, [{ id: first?.id, joined: false }]);
		const writes: string[] = [];
		const transport = answering("/members", () => new Response("{}", { status: 403 }));
		const refusing: Transport = {
			...transport,
			fetch: (input, init) => {
				if (init?.method === "POST" || init?.method === "PATCH") writes.push(init.method);
				return (init?.method === "POST" ? transport : fake.transport).fetch(input, init);
			},
		};
		const again = () => makePlan(whole, platform, self);
		const context = { read: whole, platform: openPlatform(fake.address, "token", refusing), ports, again };
		expect(await applyPlan(plan, context)).toBe(1);
		expect(writes).toEqual(["POST"]);
	});

	it("what was made in a division made with it was sent twice", async () => {
		const file = {
			inlay: 1,
			divisions: ["Sales"].map((name) => ({ name })),
			wrapupCodes: [{ name: "Sold", division: "Sales" }],
		};
		expect(await applied(file)).toBe(0);
		expect(fake.writes).toEqual(["POST /api/v2/authorization/divisions", "POST /api/v2/routing/wrapupcodes"]);
	});

	it("roles given to many were given to each again when the server could not answer", async () => {
		let asked = 0;
		fake.intercept = (method, path) => {
			if (method !== "POST" || !path.startsWith("/api/v2/authorization/roles/")) return undefined;
			asked++;
			if (asked === 1) throw new TypeError("terminated");
			return undefined;
		};
		const users = ["a@x.example", "b@x.example", "c@x.example"].map((email) => ({ email, roles: ["Agent"] }));
		expect(await applied({ inlay: 1, users })).toBe(0);
		expect(asked).toBe(2);
	});

	it("a queue that could not be deleted stayed without its members", async () => {
		await applied(guide);
		const queue = only("/api/v2/routing/queues", "Support");
		const late = fake.add("/api/v2/users", { email: "late@agents.example", name: "Late" });
		const members = () => {
			const { links } = fake.snapshot() as { links: [string, [string, unknown][]][] };
			return links.find(([key]) => key === `${queue?.id}/members`)?.[1].map(([id]) => id);
		};
		const before = members() ?? [];
		const own = `/api/v2/routing/queues/${queue?.id}/members`;
		const { platform, read: whole, self, plan } = await planned({ inlay: 1, remove: { queues: ["Support"] } });
		await platform.send("POST", own, [{ id: late.id }]);
		await platform.send("PATCH", own, [{ id: late.id, joined: false, ringNumber: 2 }]);
		fake.intercept = (method, path) => {
			if (method === "DELETE" && path.startsWith("/api/v2/routing/queues/")) throw new TypeError("under way");
			return undefined;
		};
		const again = () => makePlan(whole, platform, self);
		expect(await applyPlan(plan, { read: whole, platform, ports, again })).toBe(1);
		expect(members()?.sort()).toEqual([...before, late.id].sort());
		const states = (await platform.list(own)).map(({ id, joined, ringNumber }) => [id, joined, ringNumber]);
		expect(states.filter(([, joined]) => joined === false)).toEqual([[late.id, false, 2]]);
		expect(fake.writes).toContain(`POST ${own}`);
		fake.intercept = undefined;
		expect(await applied({ inlay: 1, remove: { queues: ["Support"] } })).toBe(0);
		expect(only("/api/v2/routing/queues", "Support")).toBeUndefined();
	});

	it("a deployment was opened to everybody where the type's schema may not be read", async () => {
		const transport = answering("/configschemas/properties", () => new Response("{}", { status: 403 }));
		expect(await applied(guide, transport)).toBe(0);
		expect(only("/api/v2/integrations", "Dynamics")).toMatchObject({
			intendedState: "ENABLED",
			configuration: {
				properties: { groups: [only("/api/v2/groups", "Agents")?.id], frameworkJs: expect.any(String) },
			},
		});
	});

	it("what was done was not told where it could not be planned anew", async () => {
		const { platform, read: whole, plan } = await planned(guide);
		fake.intercept = (method, path) => {
			if (method === "POST" && path === "/api/v2/oauth/clients") throw new TypeError("gone");
			return undefined;
		};
		const again = () => Promise.reject(new Error("The token has ended."));
		expect(await applyPlan(plan, { read: whole, platform, ports, again })).toBe(1);
		expect(told.join("\n")).toMatch(/cannot be planned anew: The token has ended\..*11 of 14 done, 1 failed/s);
	});

	it("a client whose answer was lost was made without a word of its secret", async () => {
		let isLost = false;
		fake.intercept = (method, path) => {
			if (isLost || method !== "POST" || path !== "/api/v2/oauth/clients") return undefined;
			isLost = true;
			return () => {
				throw new TypeError("terminated");
			};
		};
		const clients = [{ name: "Nightly", grantType: "CLIENT-CREDENTIALS", roles: ["Agent"] }];
		expect(await applied({ inlay: 1, clients })).toBe(0);
		expect(told.join("\n")).toContain('client "Nightly" has a secret that nobody has seen');
	});

	it("refuses two of the same name with both ids and the line", async () => {
		const [a, b] = [1, 2].map(() => fake.add("/api/v2/oauth/clients", { name: "CRM", authorizedGrantType: "CODE" }));
		const file = { inlay: 1, clients: [{ name: "CRM" }] };
		await expect(applied(file)).rejects.toThrow(new RegExp(`:3:11: clients\\[0\\]\\.name: .*${a?.id} and ${b?.id}`));
	});

	it.each([
		[{ groups: [{ name: "A", members: ["nobody@example.com"] }] }, 'groups[0].members[0]: There is no user "nobody@'],
		[{ deployments: [{ name: "A", client: "None" }] }, 'deployments[0].client: There is no OAuth client "None"'],
		[{ users: [{ email: "a@b", roles: ["None"] }] }, 'users[0].roles[0]: There is no role "None"'],
		[{ users: [{ email: "a@b", skills: { None: 1 } }] }, 'users[0].skills.None: There is no skill "None"'],
		[{ users: [{ email: "a@b", groups: ["None"] }] }, 'users[0].groups[0]: There is no group "None"'],
	])("refuses what names nothing: %j", async (file, text) => {
		await expect(applied({ inlay: 1, ...file })).rejects.toThrow(text);
		expect(fake.writes).toEqual([]);
	});

	it("adopts what is there by its name, case of e-mail addresses aside", async () => {
		fake.add("/api/v2/users", { email: "Ann@Example.com", name: "Ann Old" });
		await applied({ inlay: 1, users: [{ email: "ann@example.com", name: "Ann" }] });
		expect(fake.rows("/api/v2/users")).toHaveLength(1);
		expect(only("/api/v2/users", "Ann")).toBeDefined();
	});

	it("deletes what remove names and nothing else, each after what names it", async () => {
		await applied(guide);
		const rest = {
			inlay: 1,
			remove: { queues: ["Support", "Never there"], wrapupCodes: ["Sorted out"], skills: ["Refunds"] },
		};
		expect(await applied(rest)).toBe(0);
		expect(only("/api/v2/routing/queues", "Support")).toBeUndefined();
		expect(only("/api/v2/routing/wrapupcodes", "Call again")).toBeDefined();
		const deleted = fake.writes.filter((one) => one.startsWith("DELETE"));
		expect(deleted.findIndex((one) => one.includes("/queues/"))).toBeLessThan(
			deleted.findIndex((one) => one.includes("/routing/wrapupcodes/")),
		);
		expect(fake.departures).toEqual([]);
	});

	it("replaces a deployment whose type is another, and says why", async () => {
		await applied(guide);
		const before = only("/api/v2/integrations", "Dynamics")?.id;
		const file = { ...guide, deployments: [{ ...guide.deployments[0], type: "public" }] };
		const { plan } = await planned(file);
		expect(planText(plan)).toContain("because it is private and shall be public");
		expect(await applied(file)).toBe(0);
		expect(only("/api/v2/integrations", "Dynamics")?.id).not.toBe(before);
		expect(fake.rows("/api/v2/integrations")).toHaveLength(1);
	});

	describe("a deployment of another type was made empty, and the old one deleted first", () => {
		const file = { inlay: 1, deployments: [{ name: "Dynamics", type: "public" }] };
		const typed = { id: typeIds.public };

		/** As the guide makes it, with more than the new one can have. */
		async function prepared() {
			await applied(guide);
			const configuration = only("/api/v2/integrations", "Dynamics")?.configuration as Record<string, unknown>;
			configuration.notes = "Ask Ann first.";
			const properties = configuration.properties as Record<string, unknown>;
			Object.assign(properties, { allowedOrigins: ["https://crm.example"], url: "https://gone.example" });
			const { url: _url, ...kept } = structuredClone(properties);
			fake.writes.length = 0;
			return {
				intendedState: "ENABLED",
				integrationType: typed,
				configuration: { notes: "Ask Ann first.", properties: kept },
			};
		}

		it("it has all that the file does not write; what it cannot have is named", async () => {
			const expected = await prepared();
			const text = planText((await planned(file)).plan);
			expect(text).toContain("Not carried over, as the new one cannot have it: url.");
			expect(text).toMatch(/groups: Agents/);
			expect(text).toContain('~ deployment "Dynamics": switched on');
			expect(await applied(file)).toBe(0);
			const [made, ...others] = fake.rows("/api/v2/integrations");
			expect(others).toEqual([]);
			expect(made).toMatchObject({ name: "Dynamics", ...expected });
			expect(made?.configuration).toMatchObject({ name: "Dynamics" });
			const methods = fake.writes.map((one) => one.split(" ")[0]);
			expect(methods).toEqual(["POST", "PUT", "PATCH", "PATCH", "DELETE", "PUT"]);
			expect((await planned(file)).plan.steps).toEqual([]);
			expect(fake.departures).toEqual([]);
		});

		it("a public one of whose type the file says nothing was made a private one", async () => {
			await prepared();
			expect(await applied(file)).toBe(0);
			fake.writes.length = 0;
			expect(await applied({ inlay: 1, deployments: [{ name: "Dynamics", notes: "New" }] })).toBe(0);
			expect(fake.writes).toEqual([expect.stringMatching(/^PUT /)]);
			expect(only("/api/v2/integrations", "Dynamics")?.integrationType).toEqual(typed);
		});

		it("the old one is as it was where the new one cannot be made", async () => {
			await prepared();
			const old = structuredClone(only("/api/v2/integrations", "Dynamics"));
			fake.intercept = (method, path) => {
				if (method === "PUT" && path.endsWith("/config/current")) throw new TypeError("gone");
				return undefined;
			};
			expect(await applied(file)).toBe(1);
			expect(only("/api/v2/integrations", "Dynamics")).toEqual(old);
			fake.intercept = undefined;
			expect(await applied(file)).toBe(0);
			expect(fake.rows("/api/v2/integrations")).toHaveLength(1);
		});

		it.each([1, 2, 3, 4, 5, 6])("stopped at write %i and run again, it ends as if it had not been", async (moment) => {
			for (const isAnswered of [false, true]) {
				fake = fakePlatform();
				const expected = await prepared();
				killAt(moment, isAnswered);
				await applied(file).catch(() => undefined);
				fake.intercept = undefined;
				expect(await applied(file)).toBe(0);
				expect(fake.rows("/api/v2/integrations")).toEqual([expect.objectContaining({ name: "Dynamics" })]);
				expect(only("/api/v2/integrations", "Dynamics")).toMatchObject(expected);
				expect((await planned(file)).plan.steps).toEqual([]);
			}
		});

		it("a name whose answer was lost at the very end was said to be done", async () => {
			await prepared();
			let isLost = false;
			fake.intercept = (method) => {
				if (method !== "PUT" || isLost || !fake.writes.some((one) => one.startsWith("DELETE"))) return undefined;
				isLost = true;
				throw new TypeError("terminated");
			};
			expect(await applied(file)).toBe(0);
			expect(isLost).toBe(true);
			expect((await planned(file)).plan.steps).toEqual([]);
		});

		it("one that becomes public makes room for a sixth private one", async () => {
			const five = [1, 2, 3, 4, 5].map((number) => ({ name: `CRM ${number}` }));
			expect(await applied({ inlay: 1, deployments: five })).toBe(0);
			const sixth = { inlay: 1, deployments: [{ name: "CRM 6" }, { name: "CRM 1", type: "public" }] };
			fake.writes.length = 0;
			expect(await applied(sixth)).toBe(0);
			expect(fake.writes.findIndex((one) => one.startsWith("DELETE"))).toBeLessThan(
				fake.writes.lastIndexOf("POST /api/v2/integrations"),
			);
			const names = fake.rows("/api/v2/integrations").map(({ name }) => name);
			expect(names.toSorted()).toEqual(["CRM 1", "CRM 2", "CRM 3", "CRM 4", "CRM 5", "CRM 6"]);
		});
	});

	it("tells of the sixth private deployment before it is hit, and makes room first where one goes", async () => {
		const five = [1, 2, 3, 4, 5].map((number) => ({ name: `CRM ${number}` }));
		expect(await applied({ inlay: 1, deployments: five })).toBe(0);
		const six = { inlay: 1, deployments: [...five, { name: "CRM 6" }] };
		await expect(applied(six)).rejects.toThrow("deployments[5].name: There would be 6 private deployments, and 5");
		const room = { inlay: 1, deployments: [{ name: "CRM 6" }], remove: { deployments: ["CRM 1"] } };
		expect(await applied(room)).toBe(0);
		expect(fake.rows("/api/v2/integrations")).toHaveLength(5);
	});

	it("puts no more than fifty into a group at once where the platform takes no more", async () => {
		const people = Array.from({ length: 120 }, (_, index) => ({ email: `p${index}@example.com`, name: `P${index}` }));
		const file = { inlay: 1, users: people, groups: [{ name: "All", members: people.map(({ email }) => email) }] };
		expect(await applied(file)).toBe(0);
		expect(fake.writes.filter((one) => one.endsWith("/members"))).toHaveLength(3);
	});

	it("leaves out, and says so, what this organization's configuration has no property for", async () => {
		const file = { ...guide, deployments: [{ ...guide.deployments[0], isolation: true }] };
		const { plan } = await planned(file);
		expect(plan.notes.join()).toMatch(/isolation is left out/);
		await applied(file);
		expect(JSON.stringify(only("/api/v2/integrations", "Dynamics"))).not.toContain("isolation");
	});
});

it("export, then plan: no change; secrets are not in it", async () => {
	await applied(guide);
	const platform = openPlatform(fake.address, "token", fake.transport);
	const { yaml, scripts } = await exportFile(platform, "inlay.schema.json");
	const [[path = "", script = ""] = []] = scripts;
	expect(script).toBe('const id = "{{clientId}}", name = "expertflow-dynamics-connector";\n');
	writeFileSync(join(folder, "exported.js"), script);
	writeFileSync(join(folder, "exported.yaml"), yaml.replace(path, "exported.js"));
	expect(yaml).not.toContain(env.FIRST);
	const whole = await readInlayFile(join(folder, "exported.yaml"), {});
	expect(whole.file.users?.map(({ email }) => email)).toEqual(["ann@agents.example", "bo@agents.example"]);
	const plan = await makePlan(whole, platform, await readSelf(platform));
	expect(plan.steps).toEqual([]);
	expect(fake.departures).toEqual([]);
});

describe("inlay destroy", () => {
	it("deletes what the file describes, in reverse order, and leaves everything else as it was", async () => {
		fake.add("/api/v2/routing/skills", { name: "Older" });
		const before = fake.snapshot() as { store: [string, { id: string; state?: string }[]][] };
		await applied(guide);
		const platform = openPlatform(fake.address, "token", fake.transport);
		const whole = await read(guide);
		const destruction = () => readSelf(platform).then((self) => planDestruction(whole, platform, self));
		expect(await applyPlan(await destruction(), { read: whole, platform, ports, again: destruction })).toBe(0);
		const after = fake.snapshot() as typeof before;
		const living = after.store.map(([path, rows]) => [path, rows.filter(({ state }) => state !== "deleted")]);
		expect(living).toEqual(before.store);
		expect((await destruction()).steps).toEqual([]);
		const off = fake.writes.findIndex(
			(one) =>
				one.startsWith("PATCH /api/v2/integrations/") &&
				one === fake.writes.findLast((w) => w.startsWith("PATCH /api/v2/integrations/")),
		);
		expect(off).toBeLessThan(fake.writes.findIndex((one) => one.startsWith("DELETE /api/v2/integrations/")));
		expect(fake.departures).toEqual([]);
	});

	it("a second destroy said that the organization has what the file says", async () => {
		const platform = openPlatform(fake.address, "token", fake.transport);
		const whole = await read({ inlay: 1, queues: [{ name: "Gone already" }] });
		const none = planText(await planDestruction(whole, platform, await readSelf(platform)), nothingToDelete);
		expect(none).toBe(nothingToDelete);
		expect(none).not.toContain("has what");
	});

	it("refuses to delete the client that it is signed in by", async () => {
		const platform = openPlatform(fake.address, "token", fake.transport);
		const whole = await read({ inlay: 1, clients: [{ name: "Automation" }] });
		await expect(planDestruction(whole, platform, await readSelf(platform))).rejects.toThrow("lock you out");
	});
});

it("init wrote redirect URIs for the usual port of the panel, where the server has another", async () => {
	const location = "https://panel.example:9443/crm/index.html";
	const asked: string[] = [];
	const leading: typeof fetch = async (input) => {
		asked.push(String(input));
		return new Response(null, { status: 307, headers: { location } });
	};
	expect(await panelOrigin("http://localhost:8080", leading)).toBe("https://panel.example:9443");
	expect(asked).toEqual(["http://localhost:8080/crm/index.html"]);
	const away = () => Promise.reject(new TypeError("fetch failed"));
	expect(await panelOrigin("http://localhost:8080", away)).toBe("http://localhost:8083");
	const another: typeof fetch = async () => new Response("It works!");
	expect(await panelOrigin("https://inlay.example", another)).toBe("https://inlay.example:446");
});

it("init writes the guide's path with its fourteen scopes, and never over anything", async () => {
	const at = join(folder, "new");
	const options = {
		kind: "plain",
		panel: "https://apps.mypurecloud.de",
		region: "mypurecloud.de",
		origin: "https://crm.example",
	} as const;
	await initFile(at, options);
	const whole = await readInlayFile(join(at, "inlay.yaml"), {});
	expect(whole.file.clients?.[0]).toMatchObject({ name: "expertflow-dynamics-connector", grantType: "TOKEN" });
	expect(whole.file.clients?.[0]?.scopes).toHaveLength(14);
	expect(whole.scripts.get("framework.js")).toContain('clientIds: { "mypurecloud.de": "{{clientId}}" }');
	await expect(initFile(at, options)).rejects.toThrow("is there already");
	expect(await readFile(join(at, "inlay.yaml"), "utf8")).toContain("yaml-language-server: $schema=");
	expect(await applied({ ...whole.file, deployments: [] })).toBe(0);
});

it("inlay diff said that there is no difference, and then told of some", () => {
	const same = { steps: [], notes: [] };
	expect(diffText(same, [])).toBe("No difference.");
	const told = diffText(same, ['queue "Sales"']);
	expect(told).toContain('Only in the organization (left alone by apply):\n  queue "Sales"');
	expect(told).not.toContain("No difference");
});
