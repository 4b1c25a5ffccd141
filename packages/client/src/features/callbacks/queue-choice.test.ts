import { expect, test } from "vitest";
import { queuesToChoose } from "./queue-choice.ts";

const sales = { id: "sales", name: "Sales" };
const open = { id: "open", name: "Open", mediaSettings: { callback: { inlayQueueChoice: true } } };

test.each([
	["a queue that lets agents choose", "open", ["open", "sales"]],
	["one that does not", "sales", ["sales"]],
	["one that is not the agent's", "other", []],
	["no queue", undefined, []],
])("a callback of an interaction of %s", (_what, queueId, offered) => {
	expect(queuesToChoose([sales, open], queueId).map(({ id }) => id)).toEqual(offered);
});
