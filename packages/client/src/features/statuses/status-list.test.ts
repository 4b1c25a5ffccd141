import { noUiRules } from "@inlay/contract";
import { expect, it } from "vitest";
import type { PresenceChoice } from "../../session/presence-store.ts";
import { isStatusOf, statusEntries } from "./status-list.ts";

const choice = (id: string, system: string, label?: string): PresenceChoice => ({
	id,
	system,
	primary: label === undefined,
	label: () => label,
});
const offered = [
	choice("p1", "AVAILABLE"),
	choice("p2", "BREAK"),
	choice("p3", "BREAK", "Coffee"),
	choice("p4", "MEAL"),
];
const rules = (part: Partial<ReturnType<typeof noUiRules>["statuses"]>) => ({ ...noUiRules().statuses, ...part });
const texts = (part: Partial<ReturnType<typeof noUiRules>["statuses"]>) =>
	statusEntries(offered, rules(part), "en").map(({ text }) => text);

it("hiding a system's status took the organization's own beneath it along", () => {
	expect(texts({ hide: ["break"] })).toEqual(["Available", "Coffee", "Meal"]);
	expect(texts({ hide: ["coffee", "p4"] })).toEqual(["Available", "Break"]);
	expect(texts({ hide: ["p1", "p2", "p3", "p4"] }), "one that hides all hides none").toHaveLength(4);
});

it("a script had no way to define a status: one that it adds takes another's presence", () => {
	const lunch = { id: "lunch", text: "Lunch", status: "MEAL" };
	const entries = statusEntries(offered, rules({ add: [lunch], hide: ["meal"], order: ["lunch"] }), "en");
	expect(entries[0]).toMatchObject({ id: "lunch", text: "Lunch", system: "MEAL", added: lunch });
	expect(entries.map(({ text }) => text)).toEqual(["Lunch", "Available", "Break", "Coffee"]);
	expect(isStatusOf(lunch, offered[3])).toBe(true);
	expect(isStatusOf({ ...lunch, status: "Coffee" }, offered[2])).toBe(true);
	expect(isStatusOf({ ...lunch, status: "BREAK" }, offered[2]), "the system's own").toBe(false);
});
