import { expect, it } from "vitest";
import type { ApiClient } from "./api.ts";
import { Directory } from "./directory.ts";

it("a colleague in a call was said to be free: they are found with what they do now", async () => {
	const summary = (own: number, queue: number) => ({
		call: { enterprise: { active: own }, contactCenter: { active: queue } },
	});
	const results = [
		{ id: "a", name: "Al", conversationSummary: summary(0, 1) },
		{ id: "b", name: "Bo", conversationSummary: summary(1, 0) },
		{ id: "c", name: "Cy", conversationSummary: summary(0, 0) },
		{ id: "d", name: "Di" },
	];
	const asked: { expand: string[]; sortOrder: string }[] = [];
	const post = async (_path: string, body: { expand: string[]; sortOrder: string }) => {
		asked.push(body);
		return { results };
	};
	const found = await new Directory({ post } as unknown as ApiClient, "me").people("x");
	expect(found.map(({ isInCall }) => isInCall)).toEqual([true, true, false, false]);
	expect(asked[0]?.expand).toContain("conversationSummary");
	expect(asked[0]?.sortOrder).toBe("SCORE");
});
