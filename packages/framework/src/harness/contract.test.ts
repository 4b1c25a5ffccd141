import { describe, expect, it } from "vitest";
import { type RunOptions, runFrameworkScript, sampleInteraction } from "./run-script.ts";

/** A script with these callbacks; `seen` collects what they are given. */
function run(callbacks: string, before = "") {
	const script = `var seen = []; ${before}
		window.Framework = { config: { name: "n", clientIds: {}, customInteractionAttributes: [], settings: {} }, ${callbacks} };`;
	const started = runFrameworkScript(script);
	return { ...started, seen: () => started.globals.seen as unknown[][] };
}
const log = { id: 7, attributes: { pef_priority: "1" }, contacts: [], relations: [] };

describe("callbacks in the harness (framework-contract 5)", () => {
	it("a script of 2018 calls the third argument of screenPop", () => {
		const script = run("screenPop(text, interaction, done) { seen.push([text, interaction.id, done()]); }");
		script.screenPop("ada@example.com", sampleInteraction({ id: "i" }));
		expect(script.seen()).toEqual([["ada@example.com", "i", undefined]]);
	});

	it("processCallLog reports success late, with a number as the CRM's id, or a failure, or never", () => {
		const script = run(
			"processCallLog(log, interaction, name, ok, bad) { seen.push([log.id, name]); later = ok; worse = bad; }",
			"var later, worse;",
		);
		const answers = ["interactionChanged", "anything else"].map((name) =>
			script.processCallLog(log, sampleInteraction(), name),
		);
		expect(answers.map((answer) => answer.outcome)).toEqual(["pending", "pending"]);
		(script.globals.later as (saved: { id: number }) => void)({ id: 9 });
		expect(answers).toEqual([{ outcome: "pending" }, { outcome: "saved", id: 9 }]);
		const third = script.processCallLog(log, sampleInteraction(), "openCallLog");
		(script.globals.worse as () => void)();
		expect(third.outcome).toBe("failed");
		expect(script.seen()).toEqual([
			[7, "interactionChanged"],
			[7, "anything else"],
			[7, "openCallLog"],
		]);
	});

	it("openCallLog gets the interaction although samples do not ask for it", () => {
		const script = run("openCallLog(...given) { seen.push([given.length, given[1].id]); }");
		script.openCallLog(log, sampleInteraction({ id: "i" }));
		expect(script.seen()).toEqual([[2, "i"]]);
	});

	it("contactSearch fails with an empty list, answers later, or never", () => {
		const script = run("contactSearch(text, ok, bad) { if (text === 'bad') bad([]); if (text === 'good') ok([]); }");
		expect(["bad", "good", "never"].map((text) => script.contactSearch(text).outcome)).toEqual([
			"failed",
			"found",
			"pending",
		]);
	});

	it("a callback that is missing switches its feature off and breaks nothing", () => {
		const script = run("");
		expect(() => {
			script.initialSetup();
			script.screenPop("1", sampleInteraction());
			script.openCallLog(log, sampleInteraction());
		}).not.toThrow();
		expect(script.processCallLog(log, sampleInteraction(), "x").outcome).toBe("pending");
	});

	it("what a script does to what it was given reaches nobody else", () => {
		const script = run("screenPop(text, interaction) { interaction.id = 'changed'; }");
		const interaction = sampleInteraction({ id: "i" });
		script.screenPop("1", interaction);
		expect(interaction.id).toBe("i");
	});

	it("callbacks are the script's own methods: `this` is the framework", () => {
		const script = run("initialSetup() { seen.push([this === window.Framework, this.config.name]); }");
		script.initialSetup();
		expect(script.seen()).toEqual([[true, "n"]]);
	});
});

describe("subscriptions in the harness (framework-contract 8)", () => {
	const subscribed = (request: string) => {
		const script = run("", `PureCloud.subscribe(${request});`);
		return { ...script, categories: () => script.seen().map(([category]) => category) };
	};
	const collect = "callback: function (category, data) { seen.push([category, data]); }";

	it("a subscriber without categories was sent transcripts, which only those get who name them", () => {
		const all = subscribed(`[{ type: "Notification", ${collect} }]`);
		const named = subscribed(`[{ type: "Notification", categories: ["conversationTranscription"], ${collect} }]`);
		for (const script of [all, named]) {
			script.emit("Notification", "conversationTranscription", {});
			script.emit("Notification", "interactionSelection", {});
		}
		expect([all.categories(), named.categories()]).toEqual([["interactionSelection"], ["conversationTranscription"]]);
	});

	it("names match whatever their case and separators, and types do not mix", () => {
		const script = subscribed(`[{ type: "interaction", categories: ["CHANGE", "blind_transfer"], ${collect} }]`);
		script.emit("Interaction", "change", {});
		script.emit("Interaction", "blindTransfer", {});
		script.emit("Interaction", "add", {});
		script.emit("UserAction", "change", {});
		expect(script.categories()).toEqual(["change", "blindTransfer"]);
	});

	it("a single subscription instead of a list threw, and an unusable one threw at its first event", () => {
		expect(() => subscribed(`[{ type: "Interaction" }, { type: "Weather", ${collect} }, null]`)).not.toThrow();
		const script = subscribed(`{ type: "Interaction", ${collect} }`);
		script.emit("Interaction", "add", {});
		expect(script.categories()).toEqual(["add"]);
		const unusable = subscribed('[{ type: "Interaction" }]');
		expect(() => unusable.emit("Interaction", "add", {})).not.toThrow();
	});

	it("come in addition to earlier ones, at any moment", () => {
		const script = subscribed(`[{ type: "Interaction", ${collect} }]`);
		script.emit("Interaction", "add", {});
		(script.globals.PureCloud as { subscribe(list: unknown): void }).subscribe([
			{ type: "Interaction", callback: (category: string) => script.seen().push([`${category} again`]) },
		]);
		script.emit("Interaction", "change", { old: {}, new: {} });
		expect(script.categories()).toEqual(["add", "change", "change again"]);
	});

	it("a plain function was called as a method of its entry, which it is not in the panel", () => {
		const script = run(
			"",
			"PureCloud.subscribe([{ type: 'UserAction', callback: function () { seen.push([this === window]); } }]);",
		);
		script.emit("UserAction", "status", { status: "ON_QUEUE" });
		expect(script.seen()).toEqual([[true]]);
	});

	it("some transfer steps carry no interaction", () => {
		const script = subscribed(`[{ type: "Interaction", ${collect} }]`);
		script.emit("Interaction", "completeConsultTransfer", undefined);
		expect(script.seen()).toEqual([["completeConsultTransfer", undefined]]);
	});
});

describe("actions in the harness (framework-contract 6)", () => {
	it("both spellings of adding attributes are one action", () => {
		const script = run(
			"",
			"PureCloud.addCustomAttributes({ a: 1 }); PureCloud.Interaction.addCustomAttributes({ a: 2 });",
		);
		expect(script.actions.map((one) => one.action)).toEqual([
			"Interaction.addCustomAttributes",
			"Interaction.addCustomAttributes",
		]);
	});

	it("calls that are no actions but stand in scripts of the field do nothing", () => {
		const script = run("", "PureCloud.addAttribute(1); PureCloud.Interaction.getCurrentInteraction();");
		expect(script.actions.map((one) => one.action)).toEqual(["addAttribute", "Interaction.getCurrentInteraction"]);
	});

	it("the token comes at once, each time it is asked for", () => {
		const script = run(
			"",
			"for (var i = 0; i < 2; i++) PureCloud.User.getAuthToken(function (t) { seen.push([t]); });",
		);
		expect(script.seen()).toEqual([["test-token"], ["test-token"]]);
	});

	it("every action of the contract is there", () => {
		const names = [
			"clickToDial",
			"addAssociation",
			"addTransferContext",
			"addCustomAttributes",
			"subscribe",
			"Interaction.updateState",
			"Interaction.addCustomAttributes",
			"Interaction.Chat.getTranscript",
			"User.getAuthToken",
			"User.updateStatus",
			"User.setView",
			"User.Notification.notifyUser",
			"User.Notification.setAudioConfiguration",
		];
		const script = run("", `seen.push(${JSON.stringify(names)}.map((name) => typeof eval("PureCloud." + name)));`);
		expect(script.seen()[0]).toEqual(names.map(() => "function"));
	});
});

describe("the page in the harness (framework-contract 9)", () => {
	it("reads JSON texts alone, and nothing that is meant for another page", () => {
		const script = run(
			"",
			`parent.postMessage(JSON.stringify({ type: "good" }), "https://crm.example");
			parent.postMessage(JSON.stringify({ type: "any" }), "*");
			parent.postMessage("no json", "*");
			parent.postMessage({ type: "object" }, "*");
			parent.postMessage(JSON.stringify({ type: "elsewhere" }), "https://other.example");`,
		);
		expect(script.host.received.map((message) => message.type)).toEqual(["good", "any"]);
		expect(script.host.unreadable).toHaveLength(3);
	});

	it("an interaction has its keys in the order that the original sends them", () => {
		const keys = Object.keys(sampleInteraction({ disposition: undefined } as object));
		expect(keys.slice(0, 3)).toEqual(["id", ...keys.slice(1, 3)]);
		expect(Object.keys(sampleInteraction({ name: "x", id: "y" }))).toEqual(Object.keys(sampleInteraction()));
	});
});

describe("PureCloud.Inlay in the harness", () => {
	const asks = (request: string) =>
		`var told = []; PureCloud.Inlay.request(${request}).then((done) => told.push(done), (failed) => told.push(failed.code, failed.id));
		window.Framework = { config: { name: "n", clientIds: {}, customInteractionAttributes: [], settings: {} } };`;
	const told = async (request: string, answers = {}) => {
		const started = runFrameworkScript(asks(request), { answers });
		await Promise.resolve();
		await new Promise((resolve) => setImmediate(resolve));
		return { told: started.globals.told, actions: started.actions };
	};

	it("a script that asked the panel for its queues threw in its own test, as the harness had no PureCloud.Inlay", async () => {
		const queues = [{ id: "q", name: "Sales", joined: true }];
		expect(await told('"queues"', { queues: () => queues })).toEqual({
			told: [queues],
			actions: [{ action: "Inlay.request", arguments: ["queues", undefined] }],
		});
		expect((await told('"logOut", {}')).told).toEqual([{ asks: false }]);
	});

	it("refuses by the panel's own rule what is unknown or unusable, and what the test refuses", async () => {
		expect((await told('"toString", {}')).told).toEqual(["inlay.request.unknown", "request-1"]);
		expect((await told('"record", { interactionId: "i", on: 1 }, { id: "mine" }')).told).toEqual([
			"inlay.request.invalid",
			"mine",
		]);
		const record = () => {
			throw Object.assign(new Error("No."), { code: "missing.permissions" });
		};
		expect((await told('"record", { interactionId: "i", on: true }', { record })).told).toEqual([
			"missing.permissions",
			"request-1",
		]);
	});

	it("an answer that never came was waited for without end", async () => {
		const answers = { queues: () => new Promise<never>(() => {}) };
		const { globals } = runFrameworkScript(asks('"queues", {}, { timeoutMs: 20 }'), { answers });
		await expect.poll(() => globals.told).toEqual(["inlay.request.deadline", "request-1"]);
	});
});

it("attributes came as a test wrote them, and not as the panel hands them over: listed ones, in lower case", () => {
	const script = (names: string, options: RunOptions = {}) =>
		runFrameworkScript(
			`window.Framework = { config: { name: "n", clientIds: {}, customInteractionAttributes: ${names}, settings: {} },
			initialSetup() {}, screenPop() {} };`,
			options,
		);
	const given = { attributes: { CaseId: "4711", other: "1" } };
	expect(script('["CaseID"]').deliver.call(given).attributes).toEqual({ caseid: "4711" });
	expect(script('["CaseID"]').deliver.call().attributes).toEqual({});
	expect(script("[]").deliver.call(given).attributes).toBeUndefined();
	const asWritten = script('["CaseID"]', { preserveAttributeCase: true });
	expect(asWritten.deliver.call(given).attributes, "with the deployment's switch").toEqual({ CaseID: "4711" });
});
