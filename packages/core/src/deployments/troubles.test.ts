import { expect, it } from "vitest";
import { OperatorLog } from "../kernel/operator-log.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { keptLog } from "../test-support/log-lines.ts";
import { DeploymentTroubles } from "./troubles.ts";

function kept() {
	const clock = new FakeClock();
	const operators = new OperatorLog(keptLog().log, clock);
	return { operators, clock, troubles: new DeploymentTroubles(operators, clock) };
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

it("what an earlier script did was told of the one that has mended it", () => {
	const { operators, troubles } = kept();
	operators.warn({ event: "script.failed", code: "framework.late", deploymentId: "d1" }, "");
	operators.warn({ event: "deployment.script.changed", deploymentId: "d1", version: 2 }, "");
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
