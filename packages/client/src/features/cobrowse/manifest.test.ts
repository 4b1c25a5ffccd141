import { expect, it } from "vitest";
import { readInteraction } from "../../session/read-interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { manifest } from "./manifest.ts";

const workspace = { can: () => true } as unknown as Workspace;

it.each([
	["sms", false],
	["open", false],
	["webmessaging", true],
] as const)("whoever writes by %s was asked to show a page: %s", (type, isOffered) => {
	const messages = [{ id: "m", state: "connected", type }];
	const participants = [
		{ id: "p1", purpose: "customer", messages },
		{ id: "p2", purpose: "agent", userId: "me", messages },
	];
	const call = readInteraction({ id: "c", participants } as never, "me");
	expect(call && manifest.card?.shows(call, workspace)).toBe(isOffered);
});

it("a caller was no longer asked", () => {
	const calls = [{ id: "k", state: "connected" }];
	const participants = [
		{ id: "p1", purpose: "customer", calls },
		{ id: "p2", purpose: "agent", userId: "me", calls },
	];
	const call = readInteraction({ id: "c", participants } as never, "me");
	expect(call && manifest.card?.shows(call, workspace)).toBe(true);
});
