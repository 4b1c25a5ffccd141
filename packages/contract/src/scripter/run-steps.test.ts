import { beforeEach, describe, expect, it } from "vitest";
import type { ScriptDocument, ScriptStep, ScriptValue } from "./agent-script.ts";
import { type OutwardStep, runChange, runSteps, type StepPort, StepRefused } from "./run-steps.ts";

let values: Record<string, ScriptValue>;
let done: string[];
let isOpen: boolean;
let refuse: string | undefined;

beforeEach(() => {
	values = { count: 1, product: "" };
	done = [];
	isOpen = true;
	refuse = undefined;
});

const alert = (text: string): ScriptStep => ({ kind: "alert", text });
const set = (variable: string, value: string): ScriptStep => ({ kind: "setVariable", variable, value });

function portOf(document: Partial<ScriptDocument> = {}): StepPort {
	const whole = {
		pages: [],
		actions: [],
		variables: [
			{ name: "count", type: "number" as const },
			{ name: "product", type: "string" as const },
		],
		...document,
	};
	return {
		document: whole,
		lookup: (name) => values[name] ?? null,
		openPage: (pageId) => void done.push(`page ${pageId}`),
		setVariable: (name, value) => {
			values[name] = value;
			done.push(`${name}=${value}`);
		},
		async perform(step: OutwardStep) {
			if (step.kind === refuse) throw new StepRefused("You may not.");
			done.push(step.kind === "alert" ? step.text : step.kind);
		},
		async callService({ serviceId, inputs }) {
			if (refuse === "callService") throw new StepRefused("It does not answer.");
			done.push(`${serviceId} ${inputs.map(({ value }) => value).join()}`);
			return { total: 7, name: "Lamp" };
		},
		refusal: (code, subject) => `${code} ${subject}`.trim(),
		isOpen: () => isOpen,
	};
}

const watching = (onChange: ScriptStep[]) => ({
	id: "1",
	name: "One",
	root: {
		kind: "container" as const,
		id: "root",
		layout: "column" as const,
		children: [{ kind: "numberInput" as const, id: "n", label: "Count", variable: "count", onChange }],
	},
});

describe("a script's steps", () => {
	it("what a web service answers becomes values, with what those trigger; one that does not answer stops the rest", async () => {
		const outputs = [
			{ name: "total", variable: "count" },
			{ name: "constructor", variable: "product" },
		];
		const ask = { kind: "callService", serviceId: "orders", inputs: [{ name: "id", value: "4711" }], outputs } as const;
		const step: ScriptStep = { ...ask, inputs: [...ask.inputs], outputs };
		values.product = "before";
		const port = portOf({ pages: [watching([alert("changed")])] });
		await runSteps([step, alert("then")], port);
		expect(done).toEqual(["orders 4711", "count=7", "changed", "product=", "then"]);
		refuse = "callService";
		await expect(runSteps([step, alert("never")], port)).rejects.toThrow("It does not answer.");
		expect(done).toHaveLength(5);
	});

	it("are done in their order, with what a page and an action bring", async () => {
		const pages = [{ ...watching([]), onLoad: [alert("opened")] }];
		const actions = [{ id: "a", name: "A", steps: [set("count", "{{count}} + 1"), alert("added")] }];
		await runSteps(
			[{ kind: "run", actionId: "a" }, { kind: "changePage", pageId: "1" }, alert("end")],
			portOf({ pages, actions }),
		);
		expect(done).toEqual(["count=2", "added", "page 1", "opened", "end"]);
	});

	it("stop at the first that fails, and say why", async () => {
		refuse = "blindTransfer";
		const steps: ScriptStep[] = [
			alert("a"),
			{ kind: "blindTransfer", to: { kind: "queue", queueId: "q" } },
			alert("b"),
		];
		await expect(runSteps(steps, portOf())).rejects.toThrow("You may not.");
		expect(done).toEqual(["a"]);
	});

	it("a value that changes itself for ever froze the panel: it ends after fifty steps, in words", async () => {
		const port = portOf({ pages: [watching([set("count", "{{count}} + 1")])] });
		await expect(runChange("count", 5, port)).rejects.toThrow("endless");
		expect(done).toHaveLength(51);
	});

	it("a value that its variable does not take is refused by name", async () => {
		await expect(runSteps([set("count", "'many'")], portOf())).rejects.toThrow("value.unfit count");
		expect(done).toEqual([]);
	});

	it("what stays the same triggers nothing", async () => {
		await runChange("count", 1, portOf({ pages: [watching([alert("changed")])] }));
		expect(done).toEqual([]);
		await runChange("count", "2", portOf({ pages: [watching([alert("changed")])] }));
		expect(done).toEqual(["count=2", "changed"]);
	});

	it("end with the interaction in which they began", async () => {
		isOpen = false;
		await runSteps([alert("late")], portOf());
		expect(done).toEqual([]);
	});
});
