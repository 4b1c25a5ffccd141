import assert from "node:assert/strict";
import { test } from "node:test";
import { bundleFramework } from "@inlay/cli/bundle";
import { runFrameworkScript } from "@inlay/framework/harness";

const { code } = await bundleFramework(new URL("./framework.ts", import.meta.url), { readable: true });
const log = { attributes: {}, contacts: [], relations: [], notes: "Wants tea" };

function start(hostOrigin = "https://crm.example.com") {
	const run = runFrameworkScript(code, { hostOrigin });
	run.initialSetup();
	return run;
}

test("the page is told whose record to show", () => {
	const run = start();
	const call = run.deliver.call({ attributes: { caseid: "4711" }, displayAddress: "+493012345" });
	const pop = { searchString: "+493012345", caseId: "4711", interactionId: call.id };
	assert.deepEqual(
		run.host.received.map(({ type }) => type),
		["ready", "pop"],
	);
	assert.deepEqual(
		run.host.of("pop").map(({ data }) => data),
		[pop],
	);
});

test("a log is saved once the page says so, and is not where it says no", () => {
	const run = start();
	const [first, second] = [run.deliver.call({ id: "1" }), run.deliver.call({ id: "2" })];
	const saved = run.processCallLog(log, first, "interactionDisconnected");
	const failed = run.processCallLog(log, second, "interactionDisconnected");
	assert.equal(saved.outcome, "pending");
	run.host.send("logSaved", { interactionId: "1", id: 9 });
	run.host.send("logFailed", { interactionId: "2" });
	assert.deepEqual([saved, failed], [{ outcome: "saved", id: "9" }, { outcome: "failed" }]);
});

test("the page dials, and no other page does", () => {
	const run = start();
	run.host.send("dial", { number: "+493012345" });
	assert.deepEqual(
		run.actions.map(({ action }) => action),
		["clickToDial"],
	);
	const stranger = start("https://evil.example");
	stranger.host.send("dial", { number: "+493012345" });
	assert.deepEqual([stranger.actions, stranger.host.received], [[], []]);
});
