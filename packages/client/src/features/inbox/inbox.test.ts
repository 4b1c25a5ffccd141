import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Workspace } from "../../shell/workspace.ts";
import { inboxOf } from "./inbox.ts";
import { tabs } from "./tabs.ts";

/** As much of a workspace as the message-waiting indicator works with. */
function workspaceWith(permissions: readonly string[]) {
	const held = signal(permissions);
	const asked: string[] = [];
	const told: unknown[] = [];
	const news = signal(0);
	const queue = { type: "queue", id: "q", name: "Support", unread: 1 };
	const counted = { unread: 2, newest: { id: "v1", seconds: 8 }, mailboxes: [queue], conversations: ["c1"] };
	const shown: string[] = [];
	const session = {
		voicemailNews: news,
		messagesLeft: signal(new Set()),
		api: { get: async (path: string) => (asked.push(path), structuredClone(counted)) },
		clock: { after: () => () => {} },
	};
	const workspace = {
		session,
		can: (permission: string) => held.value.includes(permission),
		toasts: { show: ({ text }: { text: string }) => shown.push(text) },
		runtime: { news: { voicemailChanged: (waiting: unknown) => told.push(waiting) } },
	} as unknown as Workspace;
	return { workspace, held, asked, told, news, session, queue, shown };
}

it("VM-9: without the permission there was a voicemail tab, or the menu counted messages", async () => {
	const { workspace, asked, held, told, session } = workspaceWith(["conversation:call:add"]);
	const { unread } = inboxOf(workspace);
	expect(tabs.filter(({ permissions }) => permissions.some((one) => workspace.can(one)))).toEqual([]);
	expect([unread.value, asked.length, told.length]).toEqual([0, 0, 0]);
	held.value = ["voicemail:voicemail:receive"];
	await expect.poll(() => unread.value).toBe(2);
	expect([...session.messagesLeft.value]).toEqual(["c1"]);
	held.value = [];
	expect([unread.value, session.messagesLeft.value.size]).toEqual([0, 0]);
});

it("a script that names inlay:voicemail was told of every look, or of no change", async () => {
	const { workspace, told, news, asked } = workspaceWith(["voicemail:voicemail:receive"]);
	inboxOf(workspace);
	await expect.poll(() => told.length).toBe(1);
	expect(told).toEqual([{ unread: 2, newest: { id: "v1", seconds: 8 } }]);
	news.value++;
	await expect.poll(() => asked.length).toBe(2);
	await Promise.resolve();
	expect(told).toHaveLength(1);
});

it("a message that was left in a queue was told to nobody who sees to it, or told of at every look", async () => {
	const { workspace, news, asked, queue, shown } = workspaceWith(["voicemail:voicemail:receive"]);
	inboxOf(workspace);
	await expect.poll(() => asked.length).toBe(1);
	for (const unread of [1, 2, 2, 1]) {
		queue.unread = unread;
		const before = asked.length;
		news.value++;
		await expect.poll(() => asked.length).toBe(before + 1);
		await Promise.resolve();
	}
	expect(shown).toEqual(["Somebody has left Support a message."]);
});
