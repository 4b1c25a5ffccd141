import { signal } from "@preact/signals";
import { beforeEach, expect, it, vi } from "vitest";
import type { LiveInteraction } from "../session/interaction.ts";
import { followMessages } from "./message-news.ts";
import type { Workspace } from "./workspace.ts";

beforeEach(() => {
	vi.stubGlobal("document", { hidden: false });
	return () => vi.unstubAllGlobals();
});

/** An email of which the customer has written `mails` last. */
const email = (id: string, messageId: string, state = "connected") =>
	({
		...{ id, media: "email", state, remoteName: "Carol", remoteAddress: "" },
		source: { id, participants: [{ purpose: "customer", emails: [{ messageId }] }] },
	}) as unknown as LiveInteraction;

it("a new mail in a row that was not open was marked by nothing, and told by nobody", () => {
	const all = signal<readonly LiveInteraction[]>([email("open", "1"), email("other", "1")]);
	const told: string[] = [];
	const workspace = {
		...{ view: signal("interactions"), selectedId: signal("open"), unseen: signal<ReadonlySet<string>>(new Set()) },
		session: { conversations: { all, find: () => undefined }, desk: { lead: { here: signal(false) } } },
		toasts: { show: ({ text }: { text: string }) => told.push(text) },
		nameOf: ({ remoteName }: LiveInteraction) => remoteName,
	} as unknown as Workspace;
	const stop = followMessages(workspace);
	all.value = [email("open", "2"), email("other", "2")];
	expect([[...workspace.unseen.value], told]).toEqual([["other"], ["New email from Carol"]]);
	workspace.selectedId.value = "other";
	expect([...workspace.unseen.value]).toEqual([]);
	workspace.view.value = "settings";
	all.value = [email("open", "2"), email("other", "3")];
	expect([...workspace.unseen.value]).toEqual(["other"]);
	workspace.view.value = "interactions";
	expect([...workspace.unseen.value]).toEqual([]);
	stop();
});
