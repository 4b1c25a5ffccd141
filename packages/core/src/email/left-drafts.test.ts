import { afterAll, beforeAll, expect, test } from "vitest";
import { emailOf } from "../conversations/email/model.ts";
import { isStaff } from "../conversations/model.ts";
import { carol, letter } from "./test-support/letter.ts";
import { mailWorld } from "./test-support/mail-world.ts";

let one: Awaited<ReturnType<typeof mailWorld>>;
beforeAll(async () => {
	one = await mailWorld();
});
afterAll(() => one.close());

let letters = 0;

/** A customer's mail in an agent's hand. */
async function inHand() {
	const story = await one.story();
	letters += 1;
	const messageId = `<left-${letters}@customer.test>`;
	await one.take(story, letter({ "Message-ID": messageId }, "Hello"));
	const { id } = await one.only(story);
	const own = await one.answer(story, id);
	return { ...story, id, own, messageId };
}

const answerTo = ({ messageId }: { messageId: string }, text: string) => letter({ "In-Reply-To": messageId }, text);

test("what an agent had typed was lost when they ended the email: the customer's next one has it", async () => {
	const mine = await inHand();
	const { drafts, goingOn } = one.mailing;
	await drafts.save(mine.id, { text: "Three long lines", cc: [{ email: "ben@customer.test" }] }, 0, mine.by);
	await one.end(mine, mine.id);
	// What was typed in the last second comes after the end.
	await drafts.save(mine.id, { text: "Three long lines, and more", isUnfinished: true }, 1, mine.by);
	await expect(drafts.save(mine.id, { text: "Old" }, 1, mine.by)).rejects.toMatchObject({ code: "email.draft.stale" });
	expect(await drafts.get(mine.id, mine.by)).toMatchObject({ text: "Three long lines, and more", version: 2 });
	expect(await goingOn.left(mine.agent)).toMatchObject([{ conversationId: mine.id }]);
	await one.take(mine, answerTo(mine, "Are you there?"));
	const next = await one.only(mine);
	expect(next.id).not.toBe(mine.id);
	await one.answer(mine, next.id);
	expect(await drafts.get(next.id, mine.by)).toMatchObject({
		...{ text: "Three long lines, and more", cc: [{ email: "ben@customer.test" }], version: 2 },
	});
	expect(await goingOn.left(mine.agent)).toEqual([]);
	expect(await drafts.get(mine.id, mine.by)).toMatchObject({ text: "", version: 0 });
});

test("last words came from somebody else, too late or of no version", async () => {
	const mine = await inHand();
	const { drafts } = one.mailing;
	const colleague = { userId: await one.world.agent(mine.queue.id) };
	await one.end(mine, mine.id);
	await expect(drafts.save(mine.id, { text: "Mine" }, 0, colleague)).rejects.toMatchObject({ status: 403 });
	await expect(drafts.save(mine.id, { text: "Mine" }, undefined, mine.by)).rejects.toMatchObject({ status: 403 });
	one.advance(31_000);
	await expect(drafts.save(mine.id, { text: "Mine" }, 0, mine.by)).rejects.toMatchObject({ status: 403 });
});

test("an agent goes on with what they had begun when it ended, in a conversation that writes to the same customer", async () => {
	const mine = await inHand();
	const { drafts, goingOn, writing } = one.mailing;
	const colleague = { userId: await one.world.agent(mine.queue.id) };
	await drafts.save(mine.id, { text: "Nearly done" }, 0, mine.by);
	await one.end(mine, mine.id);
	await expect(goingOn.goOn(mine.id, colleague)).rejects.toMatchObject({ status: 403 });
	const [first, again] = await Promise.allSettled([goingOn.goOn(mine.id, mine.by), goingOn.goOn(mine.id, mine.by)]);
	// Twice at once is once: the second finds nothing left there.
	const [id] = [first, again].flatMap((all) => (all?.status === "fulfilled" ? [all.value] : []));
	if (id === undefined) throw new Error("Nobody goes on.");
	expect((await one.only(mine)).id).toBe(id);
	expect(await drafts.get(id, mine.by)).toMatchObject({ text: "Nearly done", kind: "Reply", to: [{ email: carol }] });
	const sent = await writing.send(id, { text: "Done" }, undefined, mine.by);
	expect([sent.references, sent.threadId]).toEqual([
		[mine.messageId],
		(await one.mailing.ofConversation(mine.id))[0]?.threadId,
	]);
});

test("a customer who has written again meanwhile is not written to twice: their conversation has the draft", async () => {
	const mine = await inHand();
	const { drafts, goingOn } = one.mailing;
	await drafts.save(mine.id, { text: "Nearly done" }, 0, mine.by);
	await one.end(mine, mine.id);
	await one.take(mine, answerTo(mine, "Are you there?"));
	await expect(goingOn.goOn(mine.id, mine.by)).rejects.toMatchObject({ status: 404 });
	await drafts.save(mine.id, { text: "A last word" }, 0, mine.by);
	await expect(goingOn.goOn(mine.id, mine.by)).rejects.toMatchObject({ code: "email.goesOn" });
	await drafts.discard(mine.id, mine.by);
	expect(await goingOn.left(mine.agent)).toEqual([]);
});

test("a mail was sent and the email ended: it could not be taken back any more", async () => {
	const mine = await inHand();
	const { writing, drafts } = one.mailing;
	const sent = await writing.send(mine.id, { text: "Too soon", isUndoable: true }, 0, mine.by);
	await one.end(mine, mine.id);
	const draft = await writing.undo(mine.id, sent.id, mine.by);
	const next = await one.only(mine);
	expect([draft.conversationId, draft.text]).toEqual([next.id, "Too soon"]);
	expect(next.participants.filter(isStaff).map(({ userId }) => userId)).toEqual([mine.agent]);
	expect((await drafts.get(next.id, mine.by)).text).toBe("Too soon");
	one.advance(6_000);
	await one.settled();
	expect(one.carrier.sent.some(({ raw }) => raw.toString().includes("Too soon"))).toBe(false);
});

test("“Waiting to be sent” stayed for who had ended the email right after sending", async () => {
	const mine = await inHand();
	const { writing } = one.mailing;
	await writing.send(mine.id, { text: "On its way", isUndoable: true }, 0, mine.by);
	await one.end(mine, mine.id);
	const written = async () => {
		const found = await one.world.conversations.get(mine.id);
		const own = found?.participants.find(({ id }) => id === mine.own);
		return own && emailOf(own).messagesSent;
	};
	const before = await written();
	one.advance(6_000);
	await one.settled();
	expect([before, await written()]).toEqual([0, 1]);
});
