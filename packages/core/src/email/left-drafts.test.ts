import { afterAll, beforeAll, expect, test } from "vitest";
import { emailOf } from "../conversations/email/model.ts";
import { isStaff } from "../conversations/model.ts";
import { draftStore } from "./draft-store.ts";
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

const begun = { text: "Three long lines" };
const stranger = { userId: "somebody-else" };

/** A draft of an agent's, as it is kept. */
function theirs({ id, agent }: { id: string; agent: string }) {
	const nothing = { to: [], cc: [], bcc: [], subject: "", text: "", attachments: [] };
	const at = one.world.kernel.clock.now();
	return { ...nothing, conversationId: id, userId: agent, version: 1, kind: "Reply" as const, at };
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
	expect(await Promise.all([mine.agent, "nobody"].map(goingOn.hasDrafts))).toEqual([true, false]);
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

test("who had written was kept off nothing, against what was said, where their thread's latest conversation had no email of theirs", async () => {
	const mine = await inHand();
	const { drafts, goingOn, spam } = one.mailing;
	await drafts.save(mine.id, { text: "Nearly done" }, 0, mine.by);
	await one.end(mine, mine.id);
	const next = await goingOn.goOn(mine.id, mine.by);
	// Both of two clicks are told the same.
	expect(await Promise.all([spam.mark(next, mine.by), spam.mark(next, mine.by)])).toEqual([carol, carol]);
	expect(await spam.blocked(mine.route.id)).toMatchObject([{ sender: carol }]);
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

test("what went on in a colleague's conversation and ended there unsent was shown to its writer, and refused to them", async () => {
	const mine = await inHand();
	const { drafts, goingOn } = one.mailing;
	const file = { name: "note.txt", type: "text/plain", bytes: Buffer.from("hello") };
	const colleague = { ...mine, agent: await one.world.agent(mine.queue.id), by: { userId: "" } };
	colleague.by.userId = colleague.agent;
	for (const act of [
		async (id: string) => drafts.discard(id, mine.by),
		async (id: string) => expect(await drafts.get(await goingOn.goOn(id, mine.by), mine.by)).toMatchObject(begun),
	]) {
		await drafts.save((await one.only(mine)).id, begun, undefined, mine.by);
		await drafts.attach((await one.only(mine)).id, file, mine.by);
		await one.end(mine, (await one.only(mine)).id);
		await one.take(mine, answerTo(mine, "Are you there?"));
		const { id } = await one.only(mine);
		// They are asked first for a minute.
		one.advance(61_000);
		await one.settled();
		await one.answer(colleague, id);
		await one.end(colleague, id);
		expect(await goingOn.left(mine.agent)).toMatchObject([{ conversationId: id, ...begun }]);
		expect(await drafts.get(id, mine.by)).toMatchObject(begun);
		for (const refused of [drafts.get, drafts.discard, goingOn.goOn])
			await expect(refused(id, stranger)).rejects.toMatchObject({ status: 403 });
		await act(id);
		expect(await goingOn.left(mine.agent)).toEqual([]);
		if ((await one.ofQueue(mine)).length > 0) continue;
		await one.take(mine, answerTo(mine, "Hello?"));
		await one.answer(mine, (await one.only(mine)).id);
	}
});

test("what was typed last, after the customer had written again, was left behind or refused as stale", async () => {
	const mine = await inHand();
	const { drafts, goingOn } = one.mailing;
	await drafts.save(mine.id, { text: "Nearly" }, 0, mine.by);
	await one.end(mine, mine.id);
	await one.take(mine, answerTo(mine, "Are you there?"));
	const next = await one.only(mine);
	const kept = await drafts.save(mine.id, { text: "Nearly done" }, 1, mine.by);
	expect(kept).toMatchObject({ conversationId: next.id, text: "Nearly done", version: 2 });
	await one.answer(mine, next.id);
	await drafts.save(next.id, { text: "" }, 2, mine.by);
	// What they had was moved and emptied: this is all that there is of it.
	await drafts.save(mine.id, { text: "And more" }, 2, mine.by);
	expect(await goingOn.left(mine.agent)).toMatchObject([{ conversationId: mine.id, text: "And more" }]);
	await expect(drafts.save(mine.id, { text: "Old" }, 2, mine.by)).rejects.toMatchObject({ code: "email.draft.stale" });
});

test("who went on with their draft met an emptied one, or a colleague's, and theirs stayed behind", async () => {
	const mine = await inHand();
	const { drafts, goingOn } = one.mailing;
	await one.end(mine, mine.id);
	await one.take(mine, answerTo(mine, "Are you there?"));
	await drafts.save(mine.id, { text: "A last word" }, 0, mine.by);
	const next = await one.only(mine);
	await one.answer(mine, next.id);
	await drafts.save(next.id, { text: "Oh" }, 0, mine.by);
	await drafts.save(next.id, { text: "" }, 1, mine.by);
	expect(await goingOn.left(mine.agent)).toMatchObject([{ conversationId: mine.id }]);
	expect(await goingOn.goOn(mine.id, mine.by)).toBe(next.id);
	// An editor that is open there is told that it was changed.
	expect(await drafts.get(next.id, mine.by)).toMatchObject({ text: "A last word", version: 3 });
	await one.end(mine, next.id);
	await one.take(mine, answerTo(mine, "Hello?"));
	const last = await one.only(mine);
	const colleague = { ...mine, agent: await one.world.agent(mine.queue.id), by: { userId: "" } };
	colleague.by.userId = colleague.agent;
	one.advance(61_000);
	await one.settled();
	await one.answer(colleague, last.id);
	await drafts.save(last.id, { text: "A colleague's" }, undefined, colleague.by);
	await one.world.kernel.database.change((trx) => draftStore.save(trx, { ...theirs(mine), text: "Mine" }));
	await one.end(colleague, last.id);
	expect(await drafts.get(await goingOn.goOn(mine.id, mine.by), mine.by)).toMatchObject({ text: "Mine" });
	expect(await goingOn.left(colleague.agent)).toMatchObject([{ conversationId: last.id, text: "A colleague's" }]);
});

test("emptied drafts took the places of those that say something", async () => {
	const { kernel } = one.world;
	const mine = await inHand();
	const other = { ...(await inHand()), by: mine.by };
	await one.end(mine, mine.id);
	await one.end({ ...other, by: { userId: other.agent } }, other.id);
	await kernel.database.change((trx) => draftStore.save(trx, { ...theirs(mine), text: "Mine" }));
	one.advance(1_000);
	await kernel.database.change((trx) =>
		draftStore.save(trx, { ...theirs(other), userId: mine.agent, text: " \n\u00a0" }),
	);
	const left = async () =>
		(await draftStore.left(kernel.database.db, mine.agent, 1)).map(({ conversationId }) => conversationId);
	expect(await left()).toEqual([mine.id]);
	await kernel.database.change((trx) =>
		draftStore.save(trx, { ...theirs(other), userId: mine.agent, html: "<p>x</p>" }),
	);
	expect(await left()).toEqual([other.id]);
});

test("an email that was over told whoever had had it to whom the next one of its thread was written", async () => {
	const mine = await inHand();
	const { drafts } = one.mailing;
	await one.end(mine, mine.id);
	await one.take(mine, letter({ "In-Reply-To": mine.messageId, Subject: "Secret", Cc: "eve@customer.test" }, "Hello?"));
	const of = (may: boolean) => drafts.get(mine.id, { ...mine.by, may: () => may });
	expect((await of(true)).subject).toBe("Re: Secret");
	expect((await of(false)).subject).not.toContain("Secret");
	const seen = await drafts.save(mine.id, { kind: "ReplyAll" }, 0, { ...mine.by, may: () => false });
	expect([seen.subject, seen.cc]).toEqual([(await of(false)).subject, []]);
});

test("a conversation went on naming the files of a draft that was thrown away, or that went on elsewhere", async () => {
	const mine = await inHand();
	const { drafts, goingOn } = one.mailing;
	const file = { name: "note.txt", type: "text/plain", bytes: Buffer.from("hello") };
	const told = async (id: string) =>
		(await one.world.conversations.get(id))?.participants.findLast(isStaff)?.emails?.[0]?.draftAttachments;
	await drafts.attach(mine.id, file, mine.by);
	await one.end(mine, mine.id);
	expect(await told(mine.id)).toHaveLength(1);
	const next = await goingOn.goOn(mine.id, mine.by);
	expect([await told(mine.id), await told(next)]).toEqual([[], [expect.objectContaining({ name: "note.txt" })]]);
	await one.end(mine, next);
	await drafts.discard(next, mine.by);
	expect(await told(next)).toEqual([]);
});

test("a file that was on its way when the email was ended was refused", async () => {
	const mine = await inHand();
	const { drafts, goingOn } = one.mailing;
	const file = { name: "note.txt", type: "text/plain", bytes: Buffer.from("hello") };
	await one.end(mine, mine.id);
	await drafts.attach(mine.id, file, mine.by);
	expect(await goingOn.left(mine.agent)).toMatchObject([{ attachments: [{ name: "note.txt" }] }]);
	await expect(drafts.attach(mine.id, file, stranger)).rejects.toMatchObject({ status: 403 });
	one.advance(31_000);
	await expect(drafts.attach(mine.id, file, mine.by)).rejects.toMatchObject({ status: 403 });
});

test("who took back what they had sent, after a colleague had the email, was told that it was not sent", async () => {
	const mine = await inHand();
	const { writing, drafts, goingOn } = one.mailing;
	const sent = await writing.send(mine.id, { text: "On its way", isUndoable: true }, 0, mine.by);
	await drafts.save(mine.id, { text: "Half written" }, 0, mine.by);
	const other = await one.world.agent(mine.queue.id);
	await one.world.conversations.transfer(mine.id, mine.own, { userId: other }, mine.by);
	await expect(writing.undo(mine.id, sent.id, mine.by)).rejects.toMatchObject({ code: "email.notUndoable" });
	// What was handed on is the next agent's.
	await expect(drafts.discard(mine.id, mine.by)).rejects.toMatchObject({ status: 403 });
	await expect(goingOn.goOn(mine.id, mine.by)).rejects.toMatchObject({ status: 403 });
	one.advance(6_000);
	await one.settled();
	expect(one.carrier.sent.some(({ raw }) => raw.toString().includes("On its way"))).toBe(true);
});

test("a mail was sent and the email ended: it could not be taken back any more", async () => {
	const mine = await inHand();
	const { writing, drafts, goingOn } = one.mailing;
	const sent = await writing.send(mine.id, { text: "Too soon", isUndoable: true }, 0, mine.by);
	await drafts.save(mine.id, { text: "Another one" }, 0, mine.by);
	await one.end(mine, mine.id);
	const draft = await writing.undo(mine.id, sent.id, mine.by);
	const next = await one.only(mine);
	expect([draft.conversationId, draft.text]).toEqual([next.id, "Too soon"]);
	expect(next.participants.filter(isStaff).map(({ userId }) => userId)).toEqual([mine.agent]);
	expect((await drafts.get(next.id, mine.by)).text).toBe("Too soon");
	// What they had begun after it is not in its way, and not lost.
	expect(await goingOn.left(mine.agent)).toMatchObject([{ conversationId: mine.id, text: "Another one" }]);
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
