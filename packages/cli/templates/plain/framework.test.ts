import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { bundleFramework } from "@inlay/cli/bundle";
import { runFrameworkScript } from "@inlay/framework/harness";

const { code } = await bundleFramework(new URL("./framework.ts", import.meta.url), { readable: true });
const log = { attributes: {}, contacts: [], relations: [], notes: "Wants tea" };

/** The script in a fake panel; `status` is what the CRM answers with. */
function start({ status = 200 } = {}) {
	const run = runFrameworkScript(code);
	// What the script tells the console of a refusal is no failure of the test.
	run.globals.console = { ...console, error: () => undefined };
	run.globals.fetch = async () => ({ ok: status < 400, status, json: async () => ({ id: 7 }) });
	run.initialSetup();
	return run;
}

test("a call opens its case, else whoever has the number", () => {
	const run = start();
	run.deliver.call({ attributes: { caseid: "4711" } });
	run.expect.pop({ url: "https://crm.example.com/cases/4711" });
	run.deliver.call({ displayAddress: "+49 30 12345" });
	run.expect.pop({ url: "https://crm.example.com/contacts?search=%2B49%2030%2012345" });
});

test("a log is saved in the CRM, and stays unsaved where that refuses it", async () => {
	for (const [status, outcome] of [
		[200, "saved"],
		[500, "failed"],
	] as const) {
		const run = start({ status });
		const answer = run.processCallLog(log, run.deliver.call(), "interactionDisconnected");
		while (answer.outcome === "pending") await setImmediate();
		assert.equal(answer.outcome, outcome);
		run.expect.order(["callback screenPop", "callback processCallLog", `log ${outcome}`]);
	}
});
