import { expect, it } from "vitest";
import type { ApiClient } from "./api.ts";
import { CallActions } from "./call-actions.ts";
import { readInteraction } from "./read-interaction.ts";
import type { WireParticipant } from "./wire.ts";

async function pathFor(other: Partial<WireParticipant>): Promise<string> {
	const paths: string[] = [];
	const api = { patch: async (path: string) => void paths.push(path) } as unknown as ApiClient;
	const own: WireParticipant = { id: "mine", purpose: "agent", userId: "me", calls: [{ id: "k", state: "connected" }] };
	const theirs: WireParticipant = { id: "theirs", calls: [{ id: "l", state: "connected" }], ...other };
	const call = readInteraction({ id: "c1", participants: [theirs, own] }, "me");
	if (call) await new CallActions(api, () => call).setAttributes(call, { PEF_Case: "1" });
	return paths.join();
}

it("attributes went with the agent who set them and not with the call: the next agent's reports found none", async () => {
	expect(await pathFor({ purpose: "customer" })).toBe("/conversations/c1/participants/theirs/attributes");
	expect(await pathFor({ purpose: "external" })).toBe("/conversations/c1/participants/theirs/attributes");
});

it("between colleagues they stand with whoever set them", async () => {
	expect(await pathFor({ purpose: "user", userId: "u2" })).toBe("/conversations/c1/participants/mine/attributes");
});
