import { noUiRules } from "@inlay/contract";
import { expect, it } from "vitest";
import { type PresenceChoice, presenceMeant } from "../../session/presence-store.ts";
import { statusEntries } from "./status-list.ts";

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
	expect(presenceMeant(offered, "MEAL")?.id).toBe("p4");
	expect(presenceMeant(offered, "Coffee")?.id).toBe("p3");
	expect(presenceMeant(offered, "BREAK")?.id, "the system's own").toBe("p2");
	expect(presenceMeant(offered, undefined)).toBeUndefined();
});

it("a click took the system's status, and the menu marked the organization's own of the same name", () => {
	const named = [choice("own", "AWAY", "Break"), ...offered];
	const added = { id: "pause", text: "Pause", status: "Break" };
	expect(presenceMeant(named, added.status)?.id).toBe("p2");
	const entry = statusEntries(named, rules({ add: [added] }), "en").at(-1);
	expect(entry).toMatchObject({ text: "Pause", system: "BREAK" });
});
