import { expect, it } from "vitest";
import type { Workspace } from "../../shell/workspace.ts";
import { type TimelineEntry, TimelineModel } from "./timeline-model.ts";

const entry = (id: string): TimelineEntry => ({
	...{ id, mediaType: "call", direction: "inbound", startTime: "2026-01-05T09:00:00.000Z", users: [] },
});

/** A model of the call `now`, and what the server is asked and answers. */
function modelWith(answer: () => Promise<{ entities: readonly TimelineEntry[]; isAll?: boolean }>) {
	const asked: string[] = [];
	const get = (path: string) => {
		asked.push(path);
		return answer();
	};
	const workspace = { session: { api: { get } } } as unknown as Workspace;
	return { model: new TimelineModel(workspace, { id: "now" }), asked, workspace };
}

it("is all but the interaction itself", async () => {
	const { model, asked } = modelWith(async () => ({ entities: [entry("now"), entry("before"), entry("first")] }));
	expect(model.earlier.value).toBe("loading");
	await expect.poll(() => model.earlier.value).toEqual([entry("before"), entry("first")]);
	expect(asked).toEqual(["/inlay/conversations/now/timeline"]);
});

it("a card read a hundred conversations again each time it was opened, and told the first hundred as if they were all", async () => {
	const { model, asked, workspace } = modelWith(async () => ({
		entities: [entry("now"), entry("before")],
		isAll: false,
	}));
	await expect.poll(() => model.count).toBe("1+");
	model.dispose();
	const again = new TimelineModel(workspace, { id: "now" }, { isKept: true });
	expect([again.earlier.value, again.count, asked.length]).toEqual([[entry("before")], "1+", 1]);
	// The list itself is read anew.
	new TimelineModel(workspace, { id: "now" });
	expect(asked).toHaveLength(2);
});

it("says that it did not load, and loads again", async () => {
	let isThere = false;
	const { model } = modelWith(() =>
		isThere ? Promise.resolve({ entities: [entry("before")] }) : Promise.reject(new Error("away")),
	);
	await expect.poll(() => model.earlier.value).toBe("failed");
	isThere = true;
	await model.load();
	expect(model.earlier.value).toEqual([entry("before")]);
});

it("an answer that came after its card had gone was shown", async () => {
	let answer: (value: { entities: TimelineEntry[] }) => void = () => {};
	const { model } = modelWith(() => new Promise((resolve) => (answer = resolve)));
	model.dispose();
	answer({ entities: [entry("before")] });
	await Promise.resolve();
	expect(model.earlier.value).toBe("loading");
});
