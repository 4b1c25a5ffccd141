import { troubleKinds } from "@inlay/contract/home";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "../kernel/database/database.ts";
import { DatabaseAway } from "../kernel/database/database-errors.ts";
import { OperatorLog } from "../kernel/operator-log.ts";
import type { GrantedPermission } from "../kernel/principal.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { testApi, testPrincipal } from "../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { signInRefused } from "../users/events.ts";
import { agentTroubleRoutes } from "./trouble-routes.ts";
import { AgentTroubles } from "./troubles.ts";

const known = new Set(["d1"]);
const knownIds = { peek: () => known, get: async () => known };
let kernel: TestKernel<FakeClock>;
let troubles: AgentTroubles;

beforeAll(async () => {
	kernel = await testKernel({ clock: new FakeClock() });
});
afterAll(() => kernel.close());
beforeEach(async () => {
	await kernel.database.db.deleteFrom("agent_troubles").execute();
	troubles = new AgentTroubles(kernel, knownIds);
});

const failed = { event: "script.failed", code: "framework.script.error", deploymentId: "d1" };
const refused = { event: "panel.refused", code: "user.not.in.group", deploymentId: "d1" };
const recent = () => troubles.recent(troubleKinds, 100);
/** As the users domain writes them. */
async function refuseSignIns(
	...refusals: Array<{ reason: string; userId?: string; clientId?: string }>
): Promise<void> {
	await kernel.database.change((trx) => kernel.events.append(trx, refusals.map(signInRefused)));
	await expect
		.poll(async () => {
			await troubles.stop();
			return (await recent()).reduce((sum, { kind, count }) => sum + (kind === "sign-in" ? count : 0), 0);
		})
		.toBe(refusals.length);
}
/** As after a kill: nothing is in memory. */
const restart = () => {
	troubles = new AgentTroubles(kernel, knownIds);
};

describe("what agents meet", () => {
	it("was forgotten with a restart, and stood there once for each time", async () => {
		for (const userId of ["u1", "u2", "u1"])
			kernel.operators.warn({ ...failed, detail: "x is not defined", userId }, "");
		await troubles.stop();
		restart();
		kernel.clock.advance(60_000);
		kernel.operators.warn({ ...failed, userId: "u3" }, "");
		kernel.operators.warn({ ...refused, userId: "u1" }, "");
		await troubles.stop();
		const [group, script] = (await recent()).toSorted((a, b) => a.code.length - b.code.length);
		expect(group).toMatchObject({ kind: "panel", code: "user.not.in.group", count: 1, people: ["u1"] });
		expect(script).toMatchObject({ kind: "script", count: 4, detail: "x is not defined", people: ["u3", "u1", "u2"] });
		expect(script && script.lastAt.getTime() - script.firstAt.getTime()).toBe(60_000);
	});

	it("takes of refused sign-ins neither address nor what was typed, and of unknown clients no cause each", async () => {
		const signIn = { address: "203.0.113.9", nameMark: "hunter2" };
		await refuseSignIns(
			{ ...signIn, reason: "wrong-password", userId: "u1" },
			{ ...signIn, reason: "unknown-client", clientId: "made-up-1" },
			{ ...signIn, reason: "unknown-client", clientId: "made-up-2" },
		);
		const found = await recent();
		expect(found.map(({ code, count, detail }) => [code, count, detail]).toSorted()).toEqual([
			["unknown-client", 2, "made-up-2"],
			["wrong-password", 1, undefined],
		]);
		expect(JSON.stringify(found)).not.toMatch(/203\.0\.113|hunter2/);
	});

	it("tells an agent's devices apart from what is wrong with the panel", async () => {
		kernel.operators.warn({ event: "panel.finding", code: "panel.microphone.refused", deploymentId: "d1" }, "");
		kernel.operators.warn({ event: "panel.finding", code: "panel.socket.blocked", deploymentId: "d1" }, "");
		await troubles.stop();
		expect((await recent()).map(({ kind }) => kind).toSorted()).toEqual(["device", "panel"]);
	});

	it("keeps nothing of made-up deployments, nor of a script that another has replaced", async () => {
		kernel.operators.warn({ ...failed, deploymentId: "made-up" }, "");
		kernel.operators.warn(failed, "");
		kernel.operators.warn(refused, "");
		kernel.operators.warn(
			{ event: "deployment.script.changed", forEverybody: true, deploymentId: "d1", version: 2 },
			"",
		);
		await troubles.stop();
		expect((await recent()).map(({ kind }) => kind)).toEqual(["panel"]);
		restart();
		kernel.operators.warn(failed, "");
		await troubles.stop();
		kernel.operators.warn(
			{ event: "deployment.script.changed", forEverybody: true, deploymentId: "d1", version: 3 },
			"",
		);
		await troubles.stop();
		expect((await recent()).map(({ kind }) => kind)).toEqual(["panel"]);
	});

	it("failures of a staged version stood there after it was withdrawn", async () => {
		const changed = {
			event: "deployment.script.changed",
			deploymentId: "d1",
			forEverybody: false,
			version: 1,
			settings: [],
		};
		kernel.operators.warn({ ...failed, scriptVersion: 1 }, "");
		kernel.operators.warn({ ...failed, scriptVersion: 2, detail: "staged" }, "");
		await troubles.stop();
		expect((await recent()).map(({ scriptVersion }) => scriptVersion).toSorted()).toEqual([1, 2]);
		kernel.operators.warn({ ...failed, scriptVersion: 2 }, "");
		kernel.operators.warn(changed, "");
		await troubles.stop();
		expect((await recent()).map(({ scriptVersion, count }) => [scriptVersion, count])).toEqual([[1, 1]]);
	});

	it("goes after thirty days, and what strangers say goes before what is known", async () => {
		kernel.operators.warn(refused, "");
		await troubles.stop();
		for (let minute = 0; minute < 4; minute++) {
			kernel.clock.advance(61_000);
			for (let index = 0; index < 180; index++)
				kernel.operators.warn({ ...failed, code: `framework.${minute}.${index}`, unverified: true }, "");
			await troubles.stop();
		}
		const { rows } = { rows: await kernel.database.db.selectFrom("agent_troubles").select("code").execute() };
		expect(rows).toHaveLength(500);
		expect(rows.map(({ code }) => code)).toContain("user.not.in.group");
		kernel.clock.advance(31 * 24 * 3_600_000);
		expect(await recent()).toEqual([]);
	});
});

describe("while the database is away", () => {
	it("tried three times a second, and kept whatever browsers told meanwhile", async () => {
		const operators = new OperatorLog(kernel.log, kernel.clock);
		let isAway = false;
		let tries = 0;
		const tell = (what: object) => {
			for (let index = 0; index < 150; index++) operators.warn({ ...failed, ...what, code: `framework.${index}` }, "");
		};
		const change: Database["change"] = async (work) => {
			if (!isAway) return kernel.database.change(work);
			if (tries++ === 0) tell(refused);
			throw new DatabaseAway();
		};
		troubles = new AgentTroubles({ ...kernel, operators, database: { ...kernel.database, change } }, knownIds);
		await troubles.start();
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
		try {
			isAway = true;
			tell({});
			await vi.advanceTimersByTimeAsync(10_000);
		} finally {
			vi.useRealTimers();
		}
		expect(tries).toBe(5);
		isAway = false;
		await troubles.stop();
		const kept = await troubles.recent(troubleKinds, 1_000);
		expect(kept).toHaveLength(200);
		expect(kept.filter(({ kind }) => kind === "script").length).toBeLessThan(150);
	});
});

describe("who reads it", () => {
	const holding = (...permissions: string[]) =>
		testPrincipal({ grants: permissions.map((permission): GrantedPermission => ({ permission, divisions: "all" })) });
	const ports = {
		deploymentNames: async () => new Map([["d1", "Sales CRM"]]),
		clientNames: async () => new Map([["c1", "CRM client"]]),
		people: async (ids: readonly string[], where: "all" | ReadonlySet<string>) =>
			new Map(where === "all" ? ids.map((id) => [id, `Name of ${id}`]) : []),
		badCalls: async () => [
			{ fault: "sent.silent" as const, calls: 3, firstAt: kernel.clock.now(), lastAt: kernel.clock.now(), people: [] },
		],
	};

	it("sees of each kind what they might read elsewhere, and nobody's name without leave", async () => {
		kernel.operators.warn({ ...refused, userId: "u1" }, "");
		await refuseSignIns({ reason: "disabled-client", clientId: "c1", userId: "u1" });
		const api = await testApi(agentTroubleRoutes(troubles, ports), {
			all: testPrincipal(),
			integrations: holding("integrations:integration:view"),
			clients: holding("oauth:client:view", "directory:user:view"),
			calls: holding("conversation:communication:view"),
			nobody: holding("routing:queue:view"),
		});
		const ask = async (as: string) => (await api.call("GET", "/api/inlay/v1/diagnostics/troubles", { as })).json();
		expect((await ask("all")).entities.map((one: { kind: string }) => one.kind).toSorted()).toEqual([
			"call",
			"panel",
			"sign-in",
		]);
		expect((await ask("integrations")).entities).toMatchObject([
			{ kind: "panel", deployment: { id: "d1", name: "Sales CRM" }, people: [] },
		]);
		expect((await ask("clients")).entities).toMatchObject([
			{ kind: "sign-in", client: { name: "CRM client" }, people: [{ id: "u1", name: "Name of u1" }] },
		]);
		expect((await ask("calls")).entities).toMatchObject([{ kind: "call", code: "sent.silent", count: 3 }]);
		expect((await ask("nobody")).code).toBe("missing.any.permissions");
		await api.close();
	});
});
