import { expect, it } from "vitest";
import { type Caller, callerBy, keepTimers, type TimerWindow } from "./keep-timers.ts";

/** A window whose timers have their turn when they are told to, and who calls for them. */
function page() {
	const tasks = new Map<number, { task: () => void; isOnce: boolean }>();
	let last = 0;
	const set = (isOnce: boolean) => (task: unknown) => {
		tasks.set(++last, { task: task as () => void, isOnce });
		return last;
	};
	const clear = (id: unknown) => void tasks.delete(id as number);
	const window: TimerWindow = {
		setTimeout: set(true),
		setInterval: set(false),
		clearTimeout: clear,
		clearInterval: clear,
	};
	const early = window.setInterval(() => said.push("from before"));
	const said: string[] = [];
	/** The calls of each are made by one who is named in the stack. */
	const names: Record<string, ReturnType<Caller>> = { byPanel: "panel", byScript: "script" };
	const caller: Caller = (stack) => names[/by(?:Panel|Script)/.exec(String(stack))?.[0] ?? ""];
	let broken = 0;
	keepTimers(window, caller, () => void broken++);
	const turn = () => {
		for (const [id, { task, isOnce }] of [...tasks]) {
			if (isOnce) tasks.delete(id);
			task();
		}
		return said.splice(0);
	};
	const say = (what: string) => () => void said.push(what);
	return { window, tasks, early, turn, say, broken: () => broken };
}

function byPanel<Value>(call: () => Value): Value {
	return call();
}

function byScript<Value>(call: () => Value): Value {
	return call();
}

it("a script that cleared every number ended the panel's own timers", () => {
	const { window, turn, say, broken } = page();
	byPanel(() => window.setInterval(say("each second")));
	byPanel(() => window.setTimeout(say("soon")));
	byScript(() => window.setTimeout(say("its own")));
	byScript(() => {
		let highest = window.setTimeout(say("highest")) as number;
		do {
			window.clearTimeout(highest);
			window.clearInterval(highest);
		} while (highest-- > 0);
	});
	expect([turn(), broken()]).toEqual([["from before", "each second", "soon"], 4]);
});

it("each clears timers of their own, and those that are over", () => {
	const { window, tasks, early, turn, say, broken } = page();
	const first = byScript(() => window.setTimeout(say("first")));
	expect(turn()).toEqual(["from before", "first"]);
	const own = byScript(() => Array.from({ length: 100 }, () => window.setTimeout(say("never"))));
	const panels = byPanel(() => Array.from({ length: 100 }, () => window.setInterval(say("never"))));
	byScript(() => [...own, first, undefined, null, 0].forEach((id) => void window.clearTimeout(id)));
	byPanel(() => [...panels, early].forEach((id) => void window.clearInterval(id)));
	expect([tasks.size, broken()]).toEqual([0, 0]);
});

it("where a library has replaced the timers, all are cleared as the browser does", () => {
	const { window, tasks, say, broken } = page();
	const { setTimeout, clearTimeout } = window;
	const panels = byPanel(() => window.setTimeout(say("never")));
	window.setTimeout = (...given) => byScript(() => setTimeout(...given));
	window.clearTimeout = (...given) => byScript(() => clearTimeout(...given));
	const later = byPanel(() => window.setTimeout(say("never")));
	byPanel(() => window.clearTimeout(panels));
	byPanel(() => window.clearTimeout(later));
	expect([tasks.size, broken()]).toEqual([1, 0]);
});

it.each([
	[
		"panel",
		"Error\n    at window.clearTimeout (https://i/crm/assets/ground-1.js:1:2)\n    at end (https://i/crm/assets/shell.js:1:2)",
	],
	[
		"script",
		"Error\n    at x (https://i/crm/assets/ground-1.js:1:2)\n    at Array.forEach (<anonymous>)\n    at https://i/crm/deployments/a/framework.js:1:2",
	],
	["panel", "clearTimeout@https://i/crm/assets/ground-1.js:1:2\nend@https://i/crm/assets/shell.js:3:4\n"],
	[
		"script",
		"clearTimeout@https://i/crm/assets/ground-1.js:1:2\nscreenPop@https://i/crm/deployments/a/framework.js:3:4\nguard@https://i/crm/assets/shell.js:3:4\n",
	],
	[undefined, "Error\n    at x (https://i/crm/assets/ground-1.js:1:2)"],
	[undefined, ""],
	[undefined, 5],
])("who calls is read of a stack: %s", (who, stack) => {
	expect(callerBy("https://i/crm/assets/")(stack)).toBe(who);
});
