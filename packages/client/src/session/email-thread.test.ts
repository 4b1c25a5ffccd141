import { expect, it } from "vitest";
import { readEmails } from "./email-thread.ts";

const mail = (id: string, conversationId = "c2") => ({
	id,
	conversationId,
	direction: "inbound",
	from: { email: "clara@bell.example", ...(id === "m3" ? { name: "Clara Bell" } : {}) },
	text: `Text of ${id}`,
	at: "2026-11-27T02:00:00.000Z",
});

it("a script that asked for an email's transcript was told that there is none of calls", async () => {
	const asked: string[] = [];
	const pages = [
		{ entities: [mail("m3"), mail("m4")], hasMore: true },
		{ entities: [mail("m1", "c1"), mail("m2")], hasMore: true },
	];
	const get = async <T>(path: string) => {
		asked.push(path);
		return pages.shift() as T;
	};
	const found = await readEmails({ get }, "c2");
	expect(found.map(({ id, from, text }) => [id, from, text])).toEqual([
		["m2", "clara@bell.example", "Text of m2"],
		["m3", "Clara Bell", "Text of m3"],
		["m4", "clara@bell.example", "Text of m4"],
	]);
	expect(asked).toEqual([
		"/api/inlay/v1/conversations/emails/c2/thread?pageSize=50",
		"/api/inlay/v1/conversations/emails/c2/thread?pageSize=50&before=m3",
	]);
});
