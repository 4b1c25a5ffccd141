import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { bundleFramework } from "@inlay/cli/bundle";
import { runFrameworkScript } from "@inlay/framework/harness";

const { code } = await bundleFramework(new URL("./framework.ts", import.meta.url), { readable: true });
const log = { attributes: {}, contacts: [], relations: [], notes: "Wants tea" };
const ada = { id: "17", name: "Ada Lovelace", phone: "+493012345" };

/** The script in a fake panel with a fake CRM: `asked` is what that was asked for, and answers are by method and path. */
function start(answers: Record<string, unknown> = {}) {
	const [asked, opened]: [string[], string[]] = [[], []];
	const run = runFrameworkScript(code);
	run.globals.open = (address: string) => opened.push(address);
	run.globals.fetch = async (address: string, { method }: { method: string }) => {
		const what = `${method} ${address.replace("https://crm.example.com/api/", "")}`;
		asked.push(what);
		return { ok: what in answers, status: 503, json: async () => answers[what] };
	};
	run.initialSetup();
	return { run, asked, opened };
}

test("a call opens its case, else the one contact that has the number", async () => {
	const { run, opened } = start({ "GET contacts?search=%2B493012345": [ada] });
	run.deliver.call({ attributes: { caseid: "4711" } });
	run.deliver.call({ displayAddress: "+493012345" });
	run.deliver.call({ displayAddress: "+4930999" });
	while (opened.length < 3) await setImmediate();
	assert.deepEqual(opened.sort(), [
		"https://crm.example.com/cases/4711",
		"https://crm.example.com/contacts/17",
		"https://crm.example.com/contacts?search=%2B4930999",
	]);
});

test("a log is made once, and changed from then on", async () => {
	const { run, asked } = start({ "POST calls": { id: 9 }, "PUT calls/9": { id: 9 } });
	const call = run.deliver.call();
	const first = run.processCallLog(log, call, "interactionDisconnected");
	while (first.outcome === "pending") await setImmediate();
	const second = run.processCallLog({ ...log, id: first.id }, call, "interactionChanged");
	while (second.outcome === "pending") await setImmediate();
	assert.deepEqual(
		[first, second],
		[
			{ outcome: "saved", id: "9" },
			{ outcome: "saved", id: "9" },
		],
	);
	const saves = asked.filter((what) => !what.startsWith("GET"));
	assert.deepEqual(saves, ["POST calls", "PUT calls/9"]);
});

test("a CRM that is down fails the log and the search, and answers both", async () => {
	const { run } = start();
	const answers = [run.processCallLog(log, run.deliver.call(), "interactionDisconnected"), run.contactSearch("Ada")];
	while (answers.some(({ outcome }) => outcome === "pending")) await setImmediate();
	assert.deepEqual(
		answers.map(({ outcome }) => outcome),
		["failed", "failed"],
	);
});
