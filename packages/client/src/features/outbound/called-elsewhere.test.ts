import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Workspace } from "../../shell/workspace.ts";
import { calledElsewhere, offeredElsewhere } from "./offered.ts";

it("a preview's countdown that dialled in another view left nothing lasting: it is said until the agent looks, also after its end", () => {
	const preview = (id: string, calls: object[], state = "connected") => ({
		...{ id, campaign: "preview", isUntouched: calls.length === 0, state },
		...(calls.length > 0 && state === "connected" ? { call: { state: "dialing" } } : {}),
		source: { participants: [{ userId: "me", callbacks: [{}], calls }] },
	});
	const listed = signal([preview("c1", [])]);
	const [view, selectedId, typing] = [signal("contacts"), signal("c1"), signal(undefined)];
	const workspace = { session: { conversations: { listed } }, view, selectedId, typing } as unknown as Workspace;
	const shown = () => [offeredElsewhere(workspace)?.id, calledElsewhere(workspace)?.id];
	expect(shown()).toEqual(["c1", undefined]);
	const byItself = { inlayDialedBy: "timer" };
	listed.value = [preview("c1", [byItself])];
	expect(shown(), "called by itself").toEqual([undefined, "c1"]);
	listed.value = [preview("c1", [byItself], "disconnected")];
	expect(shown(), "and over").toEqual([undefined, "c1"]);
	view.value = "interactions";
	expect(shown(), "looked at").toEqual([undefined, undefined]);
	view.value = "contacts";
	expect(shown(), "known").toEqual([undefined, undefined]);
	listed.value = [preview("c2", [{}])];
	expect(shown(), "whom the agent has called, in a view or tab of theirs, was not called by itself").toEqual([
		undefined,
		undefined,
	]);
	listed.value = [preview("c3", [byItself, {}])];
	expect(shown(), "the agent calls once more, and knows").toEqual([undefined, undefined]);
	listed.value = [preview("c4", [byItself])];
	view.value = "interactions";
	selectedId.value = "c4";
	view.value = "contacts";
	expect(shown(), "looked at while nobody asked").toEqual([undefined, undefined]);
});
