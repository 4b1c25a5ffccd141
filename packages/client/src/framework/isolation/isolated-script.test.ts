import { afterEach, expect, it } from "vitest";
import { MemoryStorage } from "../test-support/fake-window.ts";
import { HandTimers } from "../test-support/hand-timers.ts";
import { IsolatedScript, type IsolationParts } from "./isolated-script.ts";

const ends: (() => void)[] = [];
afterEach(() => {
	for (const end of ends.splice(0)) end();
});

/** A panel's window whose frames never say anything. */
function started(hosts: readonly string[]) {
	const events = new EventTarget();
	const removed: unknown[] = [];
	const frame = {
		...{ style: {}, setAttribute: () => {}, contentWindow: { postMessage: () => {} } },
		addEventListener: events.addEventListener.bind(events),
		remove: () => removed.push(frame),
	};
	const told: string[] = [];
	const parent = { postMessage: (_data: unknown, target: string) => told.push(new URL(target).origin) };
	const document = {
		...{ referrer: "", baseURI: "https://panel.test/", hidden: false, createElement: () => frame },
		documentElement: { append: () => {} },
	};
	const window = {
		...{ parent, document, location: { origin: "https://panel.test" }, sessionStorage: new MemoryStorage() },
		...{ addEventListener: () => {}, removeEventListener: () => {} },
	} as unknown as Window;
	const reports: string[] = [];
	const taskOrder: NonNullable<IsolationParts["taskOrder"]> = {};
	const script = new IsolatedScript({
		...{ window, page: "/frame.html", hosts, actions: {} as IsolationParts["actions"], timers: new HandTimers() },
		...{ log: { info: () => {}, warn: () => {} }, report: ({ code }) => reports.push(code), taskOrder },
	});
	const loaded = script.load("https://panel.test/framework.js", () => {});
	const load = () => void events.dispatchEvent(new Event("load"));
	load();
	// Takes it away, and closes its port.
	ends.push(load);
	return { load, loaded, removed, told, reports, taskOrder, document };
}

it("a script that was to be taken away stayed, unwatched, where an entry of the list was no origin", async () => {
	const { load, loaded, removed, told, reports } = started(["crm.example", "no origin"]);
	// It has left its page.
	load();
	await loaded;
	expect(removed).toHaveLength(1);
	expect(reports).toEqual(["framework.script.left"]);
	expect(told).toEqual(["https://crm.example", "http://crm.example"]);
});

it("a panel that nobody looks at waited for a script by a timer, which browsers run once a minute there", async () => {
	const { taskOrder, document } = started([]);
	await Promise.resolve();
	expect(taskOrder.heard?.(), "before somebody's eyes it waits").toBeInstanceOf(Promise);
	document.hidden = true;
	expect(taskOrder.heard?.()).toBeUndefined();
});
