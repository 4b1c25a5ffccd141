import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type WholeServer, wholeServer } from "@inlay/core/test-support/whole-server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import { openPlatform, type Platform } from "../platform/platform.ts";
import { departuresOf } from "../test-support/contract-check.ts";
import { guideEnv, guideFile, guideScript } from "../test-support/guide-file.ts";
import { applyPlan } from "./apply/apply-plan.ts";
import { exportFile } from "./export/export-file.ts";
import { listOf } from "./kinds/kind.ts";
import { planDestruction } from "./plan/destroy-plan.ts";
import { makePlan, type Planned } from "./plan/make-plan.ts";
import { readSelf } from "./plan/self.ts";
import { planJson, planText } from "./plan/words.ts";
import type { FileRefused } from "./read/problems.ts";
import { type ReadFile, readInlayFile } from "./read/read-file.ts";

let server: WholeServer;
let platform: Platform;
const departures: string[] = [];
let writes = 0;
const told: string[] = [];
const folder = mkdtempSync(join(tmpdir(), "inlay-core-file-"));

beforeAll(async () => {
	server = await wholeServer();
	await server.http.listen({ port: 0, host: "127.0.0.1" });
	const { port } = server.http.server.address() as AddressInfo;
	const api = `http://127.0.0.1:${port}`;
	platform = openPlatform({ api, login: api, isRegion: false }, "admin", {
		fetch(input, init) {
			const body: unknown = init?.body === undefined ? undefined : JSON.parse(String(init.body));
			if ((init?.method ?? "GET") !== "GET") writes++;
			departures.push(...departuresOf(init?.method ?? "GET", String(input), body));
			return fetch(input, init);
		},
		pause: async () => undefined,
	});
	writeFileSync(join(folder, "framework.js"), guideScript);
});

afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true });
});

async function read(file: object): Promise<ReadFile> {
	writeFileSync(join(folder, "inlay.yaml"), stringify(file));
	return readInlayFile(join(folder, "inlay.yaml"), guideEnv);
}

async function carryOut(whole: ReadFile, make: typeof makePlan | typeof planDestruction): Promise<0 | 1> {
	const self = await readSelf(platform);
	return done(whole, await make(whole, platform, self));
}

function done(whole: ReadFile, plan: Planned): Promise<0 | 1> {
	const ports = { out: (text: string) => void told.push(text), err: (text: string) => void told.push(text) };
	return applyPlan(plan, {
		read: whole,
		platform,
		ports,
		again: async () => makePlan(whole, platform, await readSelf(platform)),
	});
}

async function stepsOf(whole: ReadFile): Promise<string[]> {
	return (await makePlan(whole, platform, await readSelf(platform))).steps.map(
		({ id, changes }) => `${id}: ${changes.map(({ field }) => field)}`,
	);
}

it("the guide by one apply, and again: no change, no writes", async () => {
	const whole = await read(guideFile);
	expect([await carryOut(whole, makePlan), told.filter((text) => text.includes("failed"))]).toEqual([0, []]);
	const [sent, before] = [writes, await server.fingerprint()];
	expect(await stepsOf(whole)).toEqual([]);
	expect(await carryOut(whole, makePlan)).toBe(0);
	expect(writes).toBe(sent);
	expect(await server.fingerprint()).toBe(before);
	const [deployment] = (await server.services.deployments.all()).filter(({ name }) => name === "Dynamics");
	expect(deployment).toMatchObject({ intendedState: "ENABLED", properties: { clientId: expect.any(String) } });
	expect(deployment?.properties.frameworkJs).toContain(deployment?.properties.clientId);
});

it("every kind is changed, what is not written stays, and a colleague's change between plan and apply is kept", async () => {
	const changed = {
		inlay: 1,
		wrapupCodes: [{ name: "Call again", description: "In a week" }],
		presenceDefinitions: [{ name: "Siesta", deactivated: true, labels: { fr: "Sieste" } }],
		roles: [{ name: "On duty", permissions: ["routing:queue:join"] }],
		clients: [{ name: "expertflow-dynamics-connector", tokenDuration: 3_600 }],
		users: [
			{
				email: "ann@agents.example",
				title: "Lead",
				skills: { Refunds: 2 },
				languages: {},
				rolesIn: { "*": ["Agent"] },
			},
			{ email: "bo@agents.example", active: false },
		],
		groups: [{ name: "Agents", description: "Mine", members: ["ann@agents.example"] }],
		queues: [
			{
				name: "Support",
				wrapupCodes: ["Call again"],
				enableTranscription: true,
				mediaSettings: { call: { alertingTimeoutSeconds: 30 } },
			},
		],
		deployments: [{ name: "Dynamics", notes: "Changed", quietChanges: true, active: false }],
	};
	const whole = await read(changed);
	const plan = await makePlan(whole, platform, await readSelf(platform));
	const [group] = (await server.services.users.groups.list({}, { pageNumber: 1, pageSize: 100 })).groups.filter(
		({ name }) => name === "Agents",
	);
	await platform.send("PUT", `/api/v2/groups/${group?.id}`, { version: group?.version, description: "Theirs" });
	expect(await done(whole, plan)).toBe(1);
	expect(told.filter((text) => text.includes("left as it is"))).toHaveLength(1);
	expect(told.filter((text) => text.includes(": failed:"))).toEqual([]);
	expect(await stepsOf(whole)).toEqual(["groups/agents: description,members"]);
	expect(await carryOut(whole, makePlan)).toBe(0);
	expect(await stepsOf(whole)).toEqual([]);
	const queue = (await server.services.queues.list({ name: "Support", divisions: "all" }, { limit: 1, offset: 0 }))
		.queues[0];
	expect(queue?.settings.acwSettings).toMatchObject({ wrapupPrompt: "OPTIONAL" });
});

it("ended a version that some groups had first without a word, and one that was put there since the plan", async () => {
	const [deployment] = (await server.services.deployments.all()).filter(({ name }) => name === "Dynamics");
	const [group] = (await server.services.users.groups.list({}, { pageNumber: 1, pageSize: 100 })).groups.filter(
		({ name }) => name === "Agents",
	);
	const scripts = `/api/inlay/v1/deployments/${deployment?.id}/scripts`;
	const stage = (source: string, replaces?: number) =>
		platform.send("POST", scripts, { source, groups: [group?.id], ...(replaces ? { replaces } : {}) });
	const stagedNow = async () => (await platform.get(scripts)).body.release as { staged?: { version: number } };
	writeFileSync(join(folder, "framework.js"), guideScript.replace("window.Framework", "/* next */ window.Framework"));
	const whole = await read({
		inlay: 1,
		deployments: [{ name: "Dynamics", client: "expertflow-dynamics-connector", script: "framework.js" }],
	});
	const unaware = await makePlan(whole, platform, await readSelf(platform));
	expect(planText(unaware)).not.toContain("ends version");
	await stage("var first;");
	const { staged } = await stagedNow();
	expect([await done(whole, unaware), (await stagedNow()).staged]).toEqual([1, staged]);
	const told2 = await makePlan(whole, platform, await readSelf(platform));
	expect(planText(told2)).toContain(`ends version ${staged?.version}, which is with some groups first: Agents`);
	expect(planJson(told2)).toMatchObject({
		changes: [
			{ changes: [{ field: "script" }, { field: "staged", before: { ...staged, groups: ["Agents"] }, after: null }] },
		],
	});
	await stage("var second;", staged?.version);
	expect([await done(whole, told2), (await stagedNow()).staged?.version]).toEqual([1, (staged?.version ?? 0) + 1]);
	expect(await carryOut(whole, makePlan)).toBe(0);
	expect((await stagedNow()).staged).toBeUndefined();
	await stage("var third;");
	const still = await makePlan(whole, platform, await readSelf(platform));
	const { staged: third } = await stagedNow();
	expect(planText(still), "a group runs another version, and nothing was said").toContain(
		`Agents run version ${third?.version} of its script, which is staged`,
	);
	expect(still.steps).toEqual([]);
	await platform.send("DELETE", `${scripts}/${third?.version}/stage`);
	writeFileSync(join(folder, "framework.js"), guideScript);
	departures.length = 0;
});

it("a name written in another case was planned to be made, and refused by the server as one that is there", async () => {
	const named = { groups: [{ name: "AGENTS" }], queues: [{ name: "support" }], wrapupCodes: [{ name: "call AGAIN" }] };
	expect(await stepsOf(await read({ inlay: 1, ...named }))).toEqual([]);
	await expect(read({ inlay: 1, skills: ["Billing", "billing"] })).rejects.toThrow("billing");
});

it("a role written in another case was given and then taken away again, as a code and a language were", async () => {
	const ann = { email: "Ann@agents.example", languages: { english: 3 } };
	const queue = { name: "SUPPORT", wrapupCodes: ["call AGAIN"] };
	const before = { inlay: 1, users: [{ ...ann, roles: ["agent"] }], queues: [queue] };
	expect(await carryOut(await read(before), makePlan)).toBe(0);
	const held = async () => {
		const [user] = (await platform.list("/api/v2/users?expand=languages")).filter(
			({ email }) => email === "ann@agents.example",
		);
		const { grants } = (await platform.get(`/api/v2/authorization/subjects/${user?.id}`)).body;
		const roles = (grants as { role: { name: string }; division: { name: string } }[]).map(({ role }) => role.name);
		const languages = listOf(user?.languages).map(({ name }) => name);
		const [found] = (await platform.list("/api/v2/routing/queues")).filter(({ name }) => name === "Support");
		const codes = await platform.list(`/api/v2/routing/queues/${found?.id}/wrapupcodes`);
		return { roles: roles.sort(), languages, codes: codes.map(({ name }) => name).sort() };
	};
	expect(await held()).toEqual({ roles: ["Agent"], languages: ["English"], codes: ["Call again"] });
	const more = {
		inlay: 1,
		users: [{ ...ann, roles: ["AGENT", "on duty"], languages: { ENGLISH: 4 } }],
		queues: [{ ...queue, description: "New", wrapupCodes: ["CALL again", "sorted OUT"] }],
	};
	for (const _time of [1, 2]) {
		expect(await carryOut(await read(more), makePlan)).toBe(0);
		const codes = ["Call again", "Sorted out"];
		expect(await held()).toEqual({ roles: ["Agent", "On duty"], languages: ["English"], codes });
		expect(await stepsOf(await read(more))).toEqual([]);
	}
});

it("a plan was green, and apply refused its permission and its passwords; who is there was asked for a first one", async () => {
	const users = ["FIRST", "SHORT", "UNSET"].map((env) => ({ email: `${env}@new.example`, password: { env } }));
	const there = { email: "ann@agents.example", password: { env: "UNSET" } };
	const roles = [{ name: "Odd", permissions: ["routing:queue:join", "routing:quee:*"] }];
	writeFileSync(join(folder, "odd.yaml"), stringify({ inlay: 1, roles, users: [there, ...users] }));
	const whole = await readInlayFile(join(folder, "odd.yaml"), { ...guideEnv, SHORT: "short" });
	const refused = await makePlan(whole, platform, await readSelf(platform)).catch((error: unknown) => error);
	expect((refused as FileRefused).problems).toMatchObject([
		{ field: "roles[0].permissions[1]", text: expect.stringContaining("routing:quee:*") },
		{ field: "users[2].password.env", text: expect.stringMatching(/SHORT.*at least 8 characters/) },
		{ field: "users[3].password.env", text: expect.stringContaining("UNSET is not set") },
	]);
	expect(await stepsOf({ ...whole, file: { inlay: 1, users: [there] } })).toEqual([]);
});

it("export, then plan: no change", async () => {
	const { yaml, scripts } = await exportFile(platform, "inlay.schema.json");
	for (const [path, text] of scripts) {
		const name = path.replaceAll("/", "-");
		writeFileSync(join(folder, name), text);
	}
	writeFileSync(join(folder, "exported.yaml"), yaml.replaceAll("script: scripts/", "script: scripts-"));
	expect(await stepsOf(await readInlayFile(join(folder, "exported.yaml"), {}))).toEqual([]);
});

it("destroy takes what the file describes, and every request so far was one of the platform's", async () => {
	const whole = await read(guideFile);
	expect([await carryOut(whole, planDestruction), told.filter((text) => text.includes("failed"))]).toEqual([0, []]);
	expect((await planDestruction(whole, platform, await readSelf(platform))).steps).toEqual([]);
	expect((await server.services.deployments.all()).map(({ name }) => name)).toEqual(["Panel"]);
	expect(departures).toEqual([]);
});
