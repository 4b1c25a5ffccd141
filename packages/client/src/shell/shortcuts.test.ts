import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { LiveInteraction } from "../session/interaction.ts";
import { subjectOf } from "./shortcuts.ts";
import type { Workspace } from "./workspace.ts";

/** A workspace with these interactions, one of which is selected. */
function desk(listed: Pick<LiveInteraction, "id" | "state">[], selected: string) {
	const calls = listed.map((each) => ({ media: "call", held: false, ...each })) as unknown as LiveInteraction[];
	const alerting = calls.find(({ state }) => state === "alerting");
	const parts = {
		alerting: signal(alerting),
		selectedId: signal<string | undefined>(selected),
		session: { conversations: { listed: signal(calls) } },
	};
	return parts as unknown as Pick<Workspace, "alerting" | "session" | "selectedId">;
}

describe("the keys that stand on a call's buttons", () => {
	const customer = { id: "customer", state: "connected" } as const;
	const colleague = { id: "colleague", state: "alerting" } as const;

	it("those on Decline of a call that rings ended the customer's call", () => {
		expect(subjectOf(desk([customer, colleague], "colleague"), "hangUp")?.id).toBe("customer");
		expect(subjectOf(desk([colleague], "colleague"), "hangUp")).toBeUndefined();
	});

	it("are for the call that rings, or for the one that is talked in", () => {
		const workspace = desk([customer, colleague], "colleague");
		expect(subjectOf(workspace, "answer")?.id).toBe("colleague");
		expect(subjectOf(workspace, "hold")?.id).toBe("customer");
		expect(subjectOf(desk([{ id: "away", state: "dialing" }], "away"), "mute")).toBeUndefined();
		expect(subjectOf(desk([{ id: "away", state: "dialing" }], "away"), "hangUp")?.id).toBe("away");
	});
});
