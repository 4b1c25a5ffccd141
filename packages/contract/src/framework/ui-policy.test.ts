import { describe, expect, it } from "vitest";
import { ProblemList } from "./problems.ts";
import { readUiPolicy } from "./read-ui-policy.ts";
import { arrange, uiRulesFor } from "./ui-policy.ts";

function read(raw: unknown) {
	const problems = new ProblemList();
	const policy = readUiPolicy(raw, "config.settings.ui", problems);
	return { policy, problems: problems.all().map(({ code, path }) => `${code} ${path}`) };
}

const namesOf = (names: string[]) => names;
const shown = (policy: ReturnType<typeof read>["policy"], groups?: string[]) => {
	const statuses = [
		["p1", "AVAILABLE"],
		["p2", "BREAK", "Break"],
		["p3", "BREAK", "Coffee"],
	];
	const rules = uiRulesFor(policy, groups).statuses;
	return arrange(statuses, rules, namesOf).map(({ item, text }) => text ?? item.at(-1));
};

describe("settings.ui", () => {
	it("hides by id, by the contract's name or by what agents read, in any spelling", () => {
		expect(shown(read({ hide: { statuses: ["coffee"] } }).policy, [])).toEqual(["AVAILABLE", "Break"]);
		expect(shown(read({ hide: { Statuses: ["p1", "break"] } }).policy, [])).toEqual([]);
	});

	it("renames and orders, and what it does not name follows as it was", () => {
		const { policy } = read({ rename: { statuses: { p2: "Pause" } }, order: { statuses: ["Coffee"] } });
		expect(shown(policy, [])).toEqual(["Coffee", "AVAILABLE", "Pause"]);
	});

	it("gave a queue called Constructor no name at all", () => {
		const { queues } = uiRulesFor(read({ rename: { queues: { Sales: "New customers" } } }).policy, []);
		const arranged = arrange(["Constructor", "Sales"], queues, (name) => [name]);
		expect(arranged).toEqual([{ item: "Constructor" }, { item: "Sales", text: "New customers" }]);
	});

	it("holds for groups on top of what holds for everybody", () => {
		const { policy, problems } = read({
			hide: { statuses: ["Coffee"] },
			groups: [
				{ groups: ["Sales"], show: { statuses: ["Coffee"] }, hide: { statuses: ["AVAILABLE"] } },
				{ groups: ["g-2"], rename: { statuses: { AVAILABLE: "Free" } } },
			],
		});
		expect(problems).toEqual([]);
		expect(shown(policy, [])).toEqual(["AVAILABLE", "Break"]);
		expect(shown(policy, ["x", "sales"])).toEqual(["Break", "Coffee"]);
		expect(shown(policy, ["g-2"])).toEqual(["Free", "Break"]);
	});

	it("showed for a moment what an agent's group hides, before the groups were known", () => {
		const { policy } = read({
			hide: { statuses: ["Coffee"] },
			groups: [{ groups: ["Sales"], hide: { statuses: ["Break"] }, show: { statuses: ["Coffee"] } }],
		});
		expect(shown(policy, undefined)).toEqual(["AVAILABLE"]);
	});

	it("adds entries, which other rules may name", () => {
		const home = { id: "crmHome", text: "CRM home", url: "https://crm.example/" };
		const { policy, problems } = read({
			add: {
				menu: [home],
				statuses: [{ id: "lunch", text: "Lunch", status: "MEAL" }],
				callControls: [{ id: "case", text: "Case" }],
			},
			order: { menu: ["crmHome", "settings"], callControls: ["case"] },
		});
		expect(problems).toEqual([]);
		const rules = uiRulesFor(policy, []);
		expect(rules.menu.add).toEqual([home]);
		expect(rules.menu.order).toEqual(["crmhome", "settings"]);
		expect(rules.statuses.add).toEqual([{ id: "lunch", text: "Lunch", status: "MEAL" }]);
	});

	it.each<[string, unknown, string]>([
		["is no object", "hide everything", "ui.not.object config.settings.ui"],
		["hides nothing that is", { hide: { menu: ["Inbox"] } }, "ui.name.unknown config.settings.ui.hide.menu[0]"],
		["spells a part wrong", { hide: { menus2: ["callLog"] } }, "ui.part.unknown config.settings.ui.hide.menus2"],
		["knows another verb", { remove: { menu: [] } }, "ui.action.unknown config.settings.ui.remove"],
		["is no list", { hide: { queues: "Sales" } }, "ui.not.list config.settings.ui.hide.queues"],
		["names nothing", { hide: { queues: [" "] } }, "ui.name.invalid config.settings.ui.hide.queues[0]"],
		["hides the way out", { hide: { menu: ["signOut"] } }, "ui.needed config.settings.ui.hide.menu"],
		["hides hanging up", { hide: { callControls: ["disconnect"] } }, "ui.needed config.settings.ui.hide.callControls"],
		[
			"renames to nothing",
			{ rename: { menu: { callLog: "" } } },
			"ui.text.invalid config.settings.ui.rename.menu.callLog",
		],
		["adds a queue", { add: { queues: [{ id: "q", text: "Q" }] } }, "ui.add.invalid config.settings.ui.add.queues"],
		["adds without an id", { add: { menu: [{ text: "X" }] } }, "ui.add.id config.settings.ui.add.menu[0].id"],
		[
			"adds what there is",
			{ add: { menu: [{ id: "settings", text: "X" }] } },
			"ui.add.id config.settings.ui.add.menu[0].id",
		],
		[
			"adds a script as an address",
			{ add: { menu: [{ id: "x", text: "X", url: "javascript:alert(1)" }] } },
			"ui.add.url config.settings.ui.add.menu[0].url",
		],
		[
			"adds a status that is none",
			{ add: { statuses: [{ id: "x", text: "X" }] } },
			"ui.add.status config.settings.ui.add.statuses[0].status",
		],
		["names no groups", { groups: [{ hide: {} }] }, "ui.groups.missing config.settings.ui.groups[0].groups"],
		["has one group", { groups: { Sales: {} } }, "ui.groups.invalid config.settings.ui.groups"],
	])("was wrong in silence: one that %s", (_what, raw, problem) => {
		const { policy, problems } = read(raw);
		expect(problems).toEqual([problem]);
		const rules = uiRulesFor(policy, ["Sales"]);
		expect(Object.values(rules).every(({ hide, add }) => hide.length === 0 && add.length === 0)).toBe(true);
	});

	it("leaves the rest in force when one entry is wrong", () => {
		const { policy, problems } = read({ hide: { menu: ["signOut", "callLog", 5] } });
		expect(problems).toHaveLength(2);
		expect(uiRulesFor(policy, []).menu.hide).toEqual(["calllog"]);
	});
});
