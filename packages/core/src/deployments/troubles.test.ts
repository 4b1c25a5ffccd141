import { expect, it } from "vitest";
import { OperatorLog } from "../kernel/operator-log.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { keptLog } from "../test-support/log-lines.ts";
import { DeploymentTroubles } from "./troubles.ts";

const real = ["d1", ...Array.from({ length: 700 }, (_one, at) => `${Math.floor(at / 200)}-${at % 200}`)];

function kept(ids: readonly string[] = real) {
	const clock = new FakeClock();
	const operators = new OperatorLog(keptLog().log, clock);
	const known = new Set(ids);
	const troubles = new DeploymentTroubles(operators, clock, { peek: () => known, get: async () => known });
	return { operators, clock, troubles };
}
const crm = { id: "d1" };

it("an administrator learned from agents that a script fails and panels are refused", () => {
	const { operators, clock, troubles } = kept();
	const failed = { event: "script.failed", code: "framework.script.error", deploymentId: "d1" };
	operators.warn({ ...failed, detail: "x is not defined" }, "");
	operators.warn({ ...failed, detail: "x is not defined" }, "");
	operators.warn({ event: "panel.refused", code: "user.not.in.group", deploymentId: "d1" }, "");
	operators.warn({ event: "panel.refused", code: "origin.not.allowed", deploymentId: "d1", partnerName: "crm" }, "");
	operators.warn({ event: "panel.refused", code: "user.not.in.group", deploymentId: "another" }, "");
	expect(troubles.of(crm)).toEqual({
		scripts: { count: 2, code: "framework.script.error", detail: "x is not defined", at: clock.now() },
		refusals: { count: 2, code: "origin.not.allowed", at: clock.now() },
	});
});

it("which page was not let in stood nowhere, and hid what else strangers told", () => {
	const { operators, clock, troubles } = kept();
	const refused = { event: "panel.refused", deploymentId: "d1", unverified: true };
	operators.warn({ ...refused, code: "client.unknown" }, "");
	operators.warn({ ...refused, code: "origin.not.allowed", origin: "https://crm.example" }, "");
	expect(troubles.of(crm)).toEqual({
		unverifiedRefusals: { count: 1, code: "client.unknown", at: clock.now() },
		pages: { count: 1, code: "origin.not.allowed", origin: "https://crm.example", at: clock.now() },
	});
});

it("strangers' reports of versions that they made up pushed out what agents had met", () => {
	const { operators, troubles } = kept();
	const failed = { event: "script.failed", code: "framework.script.error", deploymentId: "d1" };
	operators.warn({ ...failed, detail: "met by an agent" }, "");
	for (let version = 1; version <= 9; version++)
		operators.warn({ ...failed, detail: "made up", scriptVersion: version, unverified: true }, "", {
			key: `s${version}`,
		});
	expect(troubles.of(crm)).toMatchObject({ scripts: { detail: "met by an agent" }, unverifiedScripts: { count: 9 } });
});

it("what an earlier script did was told of the one that has mended it", () => {
	const { operators, troubles } = kept();
	operators.warn({ event: "script.failed", code: "framework.late", deploymentId: "d1" }, "");
	operators.warn({ event: "deployment.script.changed", forEverybody: true, deploymentId: "d1", version: 2 }, "");
	expect(troubles.of(crm)).toEqual({});
});

it("failures of a staged version stood there after it was withdrawn", () => {
	const { operators, clock, troubles } = kept();
	const failed = { event: "script.failed", code: "framework.script.error", deploymentId: "d1" };
	const changed = {
		event: "deployment.script.changed",
		deploymentId: "d1",
		forEverybody: false,
		version: 1,
		settings: [],
	};
	operators.warn({ ...changed, staged: { version: 2, groups: ["g"] } }, "");
	operators.warn({ ...failed, detail: "everybody's", scriptVersion: 1 }, "");
	operators.warn({ ...failed, detail: "staged", scriptVersion: 2 }, "");
	expect(troubles.of(crm).scripts?.count).toBe(2);
	operators.warn({ ...changed }, "");
	expect(troubles.of(crm).scripts).toMatchObject({ count: 1, detail: "everybody's" });
	operators.warn({ ...changed, staged: { version: 2, groups: ["g"] } }, "");
	operators.warn({ ...failed, detail: "staged again", scriptVersion: 2 }, "");
	// Released as it is, what it did is what everybody's does.
	operators.warn({ ...changed, forEverybody: true, version: 2 }, "");
	expect(troubles.of(crm).scripts).toEqual({
		...{ count: 1, code: failed.code, detail: "staged again", at: clock.now() },
	});
	operators.warn({ ...changed, forEverybody: true, version: 2, settings: ["connectOrigins"] }, "");
	expect(troubles.of(crm)).toEqual({});
});

it("keeps no secret and no more than five hundred deployments", () => {
	const { operators, clock, troubles } = kept();
	operators.warn({ event: "script.failed", code: "c", deploymentId: "d1", detail: "?token=hunter2" }, "");
	expect(JSON.stringify(troubles.of(crm))).not.toContain("hunter2");
	for (let minute = 0; minute < 3; minute++) {
		clock.advance(61_000);
		for (let index = 0; index < 200; index++) {
			operators.warn({ event: "script.failed", code: "c", deploymentId: `${minute}-${index}` }, "");
		}
	}
	expect(troubles.of(crm)).toEqual({});
	expect(troubles.of({ id: "2-199" }).scripts?.count).toBe(1);
});

it("made-up deployments pushed real ones out", () => {
	const { operators, clock, troubles } = kept(["d1"]);
	operators.warn({ event: "script.failed", code: "c", deploymentId: "d1" }, "");
	for (let minute = 0; minute < 5; minute++) {
		clock.advance(61_000);
		for (let index = 0; index < 200; index++)
			operators.warn({ event: "script.failed", code: "c", deploymentId: `made-up-${minute}-${index}` }, "");
	}
	expect(troubles.of(crm).scripts?.count).toBe(1);
	expect(troubles.of({ id: "made-up-4-1" })).toEqual({});
});

it("a stranger's text stood in the place of what the server itself had noticed", () => {
	const { operators, clock, troubles } = kept();
	const stranger = { key: "203.0.113.9", isStranger: true };
	operators.warn({ event: "script.failed", code: "framework.late", deploymentId: "d1" }, "");
	operators.warn({ event: "panel.refused", code: "client.inactive", deploymentId: "d1" }, "");
	const forged = { code: "framework.script.error", deploymentId: "d1", detail: "call 0900 123", unverified: true };
	operators.warn({ event: "script.failed", ...forged }, "", stranger);
	operators.warn({ event: "panel.finding", ...forged }, "", stranger);
	operators.warn({ ...forged, event: "panel.refused", code: "origin.not.allowed" }, "", stranger);
	const at = clock.now();
	expect(troubles.of(crm)).toEqual({
		scripts: { count: 1, code: "framework.late", at },
		refusals: { count: 1, code: "client.inactive", at },
		unverifiedScripts: { count: 2, code: "framework.script.error", detail: "call 0900 123", at },
		unverifiedRefusals: { count: 1, code: "origin.not.allowed", detail: "call 0900 123", at },
	});
});

it("strangers took all the room, and a real trouble was not told any more", () => {
	const { operators, troubles } = kept();
	for (let index = 0; index < 2000; index++) {
		const stranger = { key: `203.0.113.${index % 250}`, isStranger: true };
		operators.warn({ event: "panel.refused", code: "deployment.not.found", deploymentId: `x${index}` }, "", stranger);
	}
	operators.warn({ event: "panel.refused", code: "user.not.in.group", deploymentId: "d1" }, "", { key: "u1" });
	expect(troubles.of(crm).refusals?.code).toBe("user.not.in.group");
});

it("a deployment whose list is read only when something is told of it was forgotten", async () => {
	const operators = new OperatorLog(keptLog().log, new FakeClock());
	const known = { peek: () => undefined, get: async () => new Set(["d1"]) };
	const troubles = new DeploymentTroubles(operators, new FakeClock(), known);
	operators.warn({ event: "script.failed", code: "c", deploymentId: "d1" }, "");
	await expect.poll(() => troubles.of(crm).scripts?.count).toBe(1);
});
