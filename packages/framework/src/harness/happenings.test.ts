import { expect, test } from "vitest";
import { runFrameworkScript } from "./run-script.ts";

const log = { attributes: {}, contacts: [], relations: [], notes: "Wants tea" };

/** Opens a window for calls with a number of their own, tells the page of all others, and saves logs at once. */
const source = `
	window.Framework = {
		config: { name: "Order", clientIds: {}, customInteractionAttributes: ["caseid"] },
		initialSetup: function () {
			PureCloud.subscribe([{ type: "Interaction", callback: function () {} }]);
		},
		screenPop: function (searchString, interaction) {
			if (interaction.attributes.caseid) window.open("https://crm.example/cases/" + interaction.attributes.caseid, "record").focus();
			else parent.postMessage(JSON.stringify({ type: "open", data: { number: searchString, tags: ["a", "b"] } }), "*");
			PureCloud.addAssociation({ type: "account", id: "17" });
		},
		processCallLog: function (callLog, interaction, eventName, onSuccess, onFailure) {
			if (callLog.notes) onSuccess({ id: "9" });
			else onFailure();
		},
	};
`;

function started() {
	const run = runFrameworkScript(source);
	run.initialSetup();
	return run;
}

test("what a script does is one order, from the panel's first call to its saved log", () => {
	const run = started();
	const call = run.deliver.call();
	run.processCallLog(log, call, "interactionDisconnected");
	run.processCallLog({ ...log, notes: "" }, call, "interactionChanged");
	expect(run.happened.map(({ name }) => name)).toEqual([
		"callback initialSetup",
		"event Interaction add",
		"event Interaction change",
		"callback screenPop",
		"message open",
		"action addAssociation",
		"callback processCallLog",
		"log saved",
		"callback processCallLog",
		"log failed",
	]);
	run.expect.order(["event Interaction add", "callback screenPop", "message open", "log saved"]);
	expect(() => run.expect.order(["log saved", "message open"])).toThrow('Expected "message open" after "log saved".');
});

test("a pop is a message to the page or a window, since the last time that the script was asked", () => {
	const run = started();
	expect(() => run.expect.pop()).toThrow("never asked for a pop");
	run.deliver.call({ displayAddress: "+493012345" });
	expect(run.expect.pop({ number: "+4930" }).name).toBe("message open");
	expect(() => run.expect.pop({ number: "+4931" })).toThrow(
		/Expected a pop.*with \{"number":"\+4931"\}.*message open/s,
	);
	run.deliver.call({ attributes: { caseid: "4711" } });
	expect(run.expect.pop({ url: "cases/4711" }).data).toEqual({ url: "https://crm.example/cases/4711", name: "record" });
	expect(() => run.expect.pop({ number: "+4930" })).toThrow("Expected a pop");
});

test("logs, actions and messages are found by a part of what they hold, and missed by what they do not", () => {
	const run = started();
	run.processCallLog(log, run.deliver.call(), "interactionDisconnected");
	run.expect.log({ id: "9", callLog: { notes: "tea" } });
	run.expect.action("addAssociation", { type: "account" });
	run.expect.message("open", { tags: ["a", "b"] });
	expect(() => run.expect.log({ id: "10" })).toThrow("Expected a saved log");
	expect(() => run.expect.action("addAssociation", { type: "contact" })).toThrow("Expected the action addAssociation");
	expect(() => run.expect.action("clickToDial")).toThrow("Expected the action clickToDial.");
	expect(() => run.expect.message("open", { tags: ["a"] })).toThrow("Expected the message open");
});

test("where nothing has happened, the failure says so", () => {
	const run = runFrameworkScript("window.Framework = { config: {} };");
	expect(() => run.expect.log()).toThrow("Expected a saved log.\nNothing has happened.");
});

test("a script without screenPop was said to have been asked for a pop, and what refers to itself could not be told", () => {
	const run = runFrameworkScript(`window.Framework = { initialSetup: function () {
		var round = {};
		round.round = round;
		PureCloud.clickToDial(round);
	} };`);
	run.initialSetup();
	run.deliver.call();
	expect(run.happened.map(({ name }) => name)).not.toContain("callback screenPop");
	expect(() => run.expect.pop()).toThrow(/never asked for a pop/);
	expect(() => run.expect.pop()).toThrow(/clickToDial/);
});

test("a message expected by its data alone said that there was no message [object Object]", () => {
	const run = started();
	const misused = { id: "4711" } as unknown as string;
	expect(() => run.expect.message(misused)).toThrow(/The message's type comes first: .*given \{"id":"4711"\}/);
	expect(() => run.expect.action(misused)).toThrow(/The action's name comes first/);
});
