import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ThreadMessage, ThreadPage } from "../../session/message-thread.ts";
import type { Notification } from "../../session/notifications.ts";
import { fileProblem } from "./composer-model.ts";
import { beginsDay, fateOf, withNewest, withOlder } from "./thread.ts";
import { ThreadModel } from "./thread-model.ts";
import { TypingModel } from "./typing-model.ts";

const message = (id: string, more: Partial<ThreadMessage> = {}): ThreadMessage => ({
	...{ id, direction: "outbound", text: id, status: "sent", automatic: false, at: "2026-03-01T10:00:00.000Z" },
	...more,
});
const page = (ids: string, hasMore = false): ThreadPage => ({
	...{ channel: "sms", our: "+1", their: "+2", hasMore },
	entities: [...ids].map((id) => message(id)),
});
const ids = (shown: { messages: readonly ThreadMessage[] } | undefined) => shown?.messages.map(({ id }) => id).join("");

describe("a thread", () => {
	it("lost what was loaded of older messages with each new one, or showed it twice", () => {
		const first = withNewest(undefined, page("def", true));
		const more = withOlder(first, page("abcd"));
		expect([ids(more), more.hasMore]).toEqual(["abcdef", false]);
		const newer = withNewest(more, page("efg", true));
		expect([ids(newer), newer.hasMore]).toEqual(["abcdefg", false]);
	});

	it("hid that messages are missing between what was loaded and what is newest", () => {
		const gap = withNewest(withNewest(undefined, page("abc")), page("xyz", true));
		expect([ids(gap), gap.hasMore]).toEqual(["xyz", true]);
	});

	it("told a status of the customer's own messages, or none of a failed one", () => {
		expect(fateOf(message("a", { direction: "inbound", status: "received" }))).toBeUndefined();
		expect(["queued", "sent", "delivery-success", "read", "delivery-failed", "failed"].map(fate)).toEqual([
			...["queued", "sent", "delivered", "read", "failed", "failed"],
		]);
	});

	it("stood under the wrong day", () => {
		const two = [message("a"), message("b"), message("c", { at: "2026-03-03T10:00:00.000Z" })];
		expect(two.map((_one, at) => beginsDay(two, at))).toEqual([true, false, true]);
	});

	it("an answer that came late put an older state over a newer one", async () => {
		const answers: ((given: ThreadPage) => void)[] = [];
		const get = () => new Promise<ThreadPage>((done) => answers.push(done));
		const model = new ThreadModel({ get: get as never }, "c");
		model.follow("one");
		model.follow("one");
		model.follow("two");
		expect(answers).toHaveLength(2);
		answers[1]?.(page("ab"));
		answers[0]?.(page("a"));
		await expect.poll(() => model.state.value).toBe("ready");
		expect(ids(model.shown.value)).toBe("ab");
	});
});

const fate = (status: string) => fateOf(message("a", { status }));

it.each([
	["lamp.png", 1_000, undefined],
	["lamp.PNG", 25 * 1024 * 1024, undefined],
	["lamp.png", 26 * 1024 * 1024, "A file may have at most 25 MB."],
	["page.html", 10, "Files of this kind are not taken."],
	["lamp.png.exe", 10, "Files of this kind are not taken."],
])("WM-4: %s of %i bytes was sent to be refused, or refused to be sent", (name, size, problem) => {
	expect(fileProblem({ name, size })).toBe(problem);
});

describe("that the customer is writing", () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	const news = (conversationId: string): Notification => ({
		topicName: "v2.users.anna.conversations.inbound.typing.event",
		eventBody: { conversationId },
	});

	it("WM-3: stood there for ever, for another conversation, or from before it was opened", () => {
		const otherNews = signal<Notification | undefined>(news("c"));
		const model = new TypingModel({ otherNews }, "c");
		expect(model.isTyping.value).toBe(false);
		otherNews.value = news("another");
		expect(model.isTyping.value).toBe(false);
		otherNews.value = news("c");
		expect(model.isTyping.value).toBe(true);
		vi.advanceTimersByTime(4_000);
		otherNews.value = news("c");
		vi.advanceTimersByTime(4_000);
		expect(model.isTyping.value).toBe(true);
		vi.advanceTimersByTime(1_000);
		expect(model.isTyping.value).toBe(false);
		otherNews.value = news("c");
		model.over();
		expect(model.isTyping.value).toBe(false);
		model.dispose();
	});
});
