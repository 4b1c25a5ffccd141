import { effect } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { readInteraction } from "../session/read-interaction.ts";
import type { WireConversation, WireWrapupCode } from "../session/wire.ts";
import { WrapupNames } from "./wrapup-names.ts";

const call = (id: string, code?: string): WireConversation => ({
	id,
	participants: [
		{
			id: `p-${id}`,
			userId: "me",
			purpose: "agent",
			...(code ? { wrapup: { code } } : {}),
			calls: [{ id: `l-${id}`, state: "disconnected" }],
		},
	],
});

function desk() {
	const names = new Map<string, string>();
	const asked: { id: string; answer: (codes: WireWrapupCode[]) => void; fail: () => void }[] = [];
	let conversations: WireConversation[] = [];
	const actions = {
		wrapupName: (code: string) => names.get(code),
		wrapupCodes: ({ id }: { id: string }) =>
			new Promise<WireWrapupCode[]>((resolve, reject) => {
				const answer = (codes: WireWrapupCode[]) => {
					for (const each of codes) names.set(each.id, each.name ?? "");
					resolve(codes);
				};
				asked.push({ id, answer, fail: () => reject(new Error("refused")) });
			}),
	};
	const find = (id: string) => {
		const found = conversations.find((each) => each.id === id);
		return found && readInteraction(found, "me");
	};
	const named = new WrapupNames(actions, find);
	return {
		asked,
		names,
		ready: (next: WireConversation[]) => {
			conversations = next;
			return named.ready(next);
		},
		follow: (tell: (list: readonly WireConversation[]) => void) => effect(() => tell(named.ready(conversations))),
	};
}

describe("names of wrap-up codes", () => {
	it("lets conversations through whose code is known, or which have none", () => {
		const { ready, names, asked } = desk();
		names.set("w1", "Solved");
		const list = [call("a"), call("b", "w1")];
		expect(ready(list)).toEqual(list);
		expect(asked).toEqual([]);
	});

	it("holds back only the conversation whose code has no name yet, as it was told before", () => {
		const { ready, asked } = desk();
		const [before, other] = [call("a"), call("b")];
		ready([before, other]);
		const changed = call("b");
		expect(ready([call("a", "w1"), changed])).toEqual([before, changed]);
		expect(asked.map(({ id }) => id)).toEqual(["a"]);
	});

	it("tells it once the name has come, asking once", async () => {
		const { ready, follow, asked } = desk();
		const list = [call("a", "w1")];
		ready(list);
		const told: number[] = [];
		follow((now) => told.push(now.length));
		expect(asked).toHaveLength(1);
		asked[0]?.answer([{ id: "w1", name: "Solved" }]);
		await expect.poll(() => told).toEqual([0, 1]);
	});

	it("tells it by its id when the name cannot be had", async () => {
		const { ready, follow, asked } = desk();
		ready([call("a", "w1")]);
		const told: number[] = [];
		follow((now) => told.push(now.length));
		asked[0]?.fail();
		await expect.poll(() => told).toEqual([0, 1]);
		expect(asked).toHaveLength(1);
	});
});
