import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { RecentCall } from "../session/recent-calls.ts";
import { outcomeSentence } from "./outcome-text.ts";
import type { Workspace } from "./workspace.ts";

const call = { key: "c1", id: "c1", name: "Clara Bell", address: "", outcome: "ended" } as RecentCall;

function panelWith(...purposes: string[]): Workspace {
	const participants = purposes.map((purpose, at) => ({
		...{ id: `p${at}`, purpose },
		calls: [{ state: "connected", connectedTime: "2026-01-05T09:00:00Z" }],
	}));
	const conversations = { sources: signal([{ id: "c1", participants }]) };
	return { session: { conversations }, whoOf: ({ name }: RecentCall) => name } as unknown as Workspace;
}

it("whom the moderator took out of a conference read that the customer's call was ended", () => {
	expect(outcomeSentence(panelWith("customer", "agent"), call)).toBe(
		"You were taken out of the call with Clara Bell, which goes on.",
	);
	expect(outcomeSentence(panelWith("customer"), call)).toBe("The call with Clara Bell was ended.");
	expect(outcomeSentence(panelWith(), call)).toBe("The call with Clara Bell was ended.");
	expect(outcomeSentence(panelWith("customer", "agent"), { ...call, outcome: "busy" })).toBe("Clara Bell is busy.");
});
