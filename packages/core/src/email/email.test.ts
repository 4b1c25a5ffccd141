import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditWriter } from "../audit/writer.ts";
import { emailOf } from "../conversations/email/model.ts";
import { isStaff, waitingAcd } from "../conversations/model.ts";
import { restMediaConversation } from "../conversations/projection/flat.ts";
import { withFirstChange } from "../kernel/database/first-change.ts";
import type { OperatorLine } from "../kernel/operator-log.ts";
import { draftStore } from "./draft-store.ts";
import { inboundStore } from "./inbound-store.ts";
import { nobodysAddress } from "./reading/plain.ts";
import { carol, letter } from "./test-support/letter.ts";
import { mailWorld } from "./test-support/mail-world.ts";

let one: Awaited<ReturnType<typeof mailWorld>>;
beforeAll(async () => {
	one = await mailWorld();
});
afterAll(() => one.close());

/** What the carrier was given last, read again. */
async function lastSent() {
	const mail = one.carrier.sent.at(-1);
	if (!mail) throw new Error("Nothing was sent.");
	return { envelope: mail.envelope, raw: mail.raw.toString(), ...(await PostalMime.parse(mail.raw)) };
}

/** A customer's mail in an agent's hand. */
async function inHand(
	settings: Parameters<typeof one.story>[0] = {},
	raw = letter({ "Message-ID": "<first@customer.test>" }, "Hello"),
) {
	const story = await one.story(settings);
	await one.take(story, raw);
	const { id } = await one.only(story);
	const own = await one.answer(story, id);
	return { ...story, id, own };
}

const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("EM-1 a customer's mail with umlauts, a picture and a PDF waits in the queue, and nothing in it runs", async () => {
	const story = await one.story();
	const pdf = Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(60_000, "x")]).toString("base64");
	const html = `<p onclick="steal()">Grüße <img src="cid:logo@customer.test"><script>steal()</script><a href="javascript:steal()">here</a></p>`;
	const body = [
		...["--mixed", 'Content-Type: multipart/related; boundary="rel"', "", "--rel"],
		...["Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", html, "--rel"],
		...["Content-Type: image/png; name=logo.png", "Content-ID: <logo@customer.test>", "Content-Disposition: inline"],
		...["Content-Transfer-Encoding: base64", "", png, "--rel--", "--mixed"],
		...["Content-Type: application/pdf; name=invoice.pdf", "Content-Disposition: attachment; filename=invoice.pdf"],
		...["Content-Transfer-Encoding: base64", "", pdf.replace(/(.{76})/g, "$1\n"), "--mixed--"],
	].join("\n");
	const subject = "=?utf-8?Q?Gr=C3=B6=C3=9Fe_falsch?=";
	await one.take(story, letter({ Subject: subject }, body, 'multipart/mixed; boundary="mixed"'));
	const waiting = await one.only(story);
	expect(waitingAcd(waiting)?.queueId).toBe(story.queue.id);
	expect(waiting.address).toBe(carol);
	expect(waiting.participants.map((part) => emailOf(part).subject)).toEqual(["Größe falsch", "Größe falsch"]);
	const [mail] = await one.mailing.ofConversation(waiting.id);
	const link = '<a target="_blank" rel="noopener noreferrer nofollow">here</a>';
	expect(mail?.html).toBe(`<p>Grüße <img src="cid:logo@customer.test" alt="" />${link}</p>`);
	expect(mail?.attachments).toMatchObject([
		{ name: "logo.png", contentId: "logo@customer.test" },
		{ name: "invoice.pdf", contentType: "application/pdf", size: 60_009 },
	]);
});

test("EM-2 an answer goes to the customer with her mail's id, without bcc in its headers, and hers comes back into it", async () => {
	const mine = await inHand({ signature: "Your shop" });
	const sending = {
		...{ kind: "Reply" as const, to: [{ email: carol, name: "Carol" }], bcc: [{ email: "boss@shop.example" }] },
		...{ subject: "Re: Where is my order?", text: "It comes today." },
	};
	const mail = await one.mailing.writing.send(mine.id, sending, undefined, mine.by);
	await one.settled();
	const sent = await lastSent();
	expect(sent.inReplyTo).toBe("<first@customer.test>");
	expect(sent.references?.split(/\s+/).at(-1)).toBe("<first@customer.test>");
	expect(sent.from?.address).toBe(mine.our);
	expect(sent.raw).not.toMatch(/boss@/);
	expect(sent.envelope.to).toEqual([carol, "boss@shop.example"]);
	expect(sent.text).toMatch(/^It comes today\.\n\n-- \nYour shop\n\n[\s\S]*> Hello/);
	expect(sent.messageId).toBe(mail.messageId);
	expect(await one.mailing.find(mail.id)).toMatchObject({ state: "sent" });
	await one.take(mine, letter({ "In-Reply-To": mail.messageId, Subject: "Re: Where is my order?" }, "Thank you"));
	expect((await one.only(mine)).id).toBe(mine.id);
	const all = await one.mailing.ofConversation(mine.id);
	expect(all.map(({ direction, text }) => [direction, text.split("\n")[0]])).toEqual([
		["inbound", "Hello"],
		["outbound", "It comes today."],
		["inbound", "Thank you"],
	]);
	const agent = restMediaConversation(await one.only(mine)).participants.at(-1);
	expect(agent).toMatchObject({ subject: "Re: Where is my order?", messagesSent: 1, messageId: all[2]?.id });
});

test("a program that heard no answer sent its mail again, and the customer had it twice", async () => {
	const mine = await inHand({ signature: "Your shop" });
	const before = one.carrier.sent.length;
	const sending = { to: [{ email: carol }], bcc: [{ email: "boss@shop.example" }], text: "It comes today." };
	const send = (more: object = {}, seen?: number) =>
		one.mailing.writing.send(mine.id, { ...sending, ...more }, seen, mine.by);
	// At once, neither finds what the other has sent; whoever finds no draft any more is told what became of it.
	const [first, atOnce, later] = [...(await Promise.all([send(), send()])), await send()];
	expect([atOnce?.id, later?.id]).toEqual([first?.id, first?.id]);
	// Who says that it is a new one, or says something else, is believed; so is who has put it into a draft.
	const ids = [first?.id, (await send({}, 0)).id, (await send({ text: "Or tomorrow." })).id];
	await one.mailing.drafts.save(mine.id, { subject: "Again" }, undefined, mine.by);
	ids.push((await send()).id);
	expect(new Set(ids).size).toBe(4);
	await one.settled();
	expect(one.carrier.sent.length - before).toBe(4);
	expect((await one.mailing.drafts.get(mine.id, mine.by)).version).toBe(0);
});

test("a server that was killed before it had sent a mail said, asked again, that it had", async () => {
	const mine = await inHand();
	const { outbox, writing, drafts } = one.mailing;
	outbox.order = () => Promise.reject(new Error("killed"));
	const claims: string[] = [];
	const isClaimed = await withFirstChange(
		{ write: async () => void claims.push("written"), takeBack: async () => void claims.push("taken back") },
		async (isWritten) => {
			await expect(writing.send(mine.id, { text: "It comes today." }, undefined, mine.by)).rejects.toThrow("killed");
			return isWritten();
		},
	);
	Reflect.deleteProperty(outbox, "order");
	expect([claims, isClaimed]).toEqual([["written"], false]);
	expect(await drafts.get(mine.id, mine.by)).toMatchObject({ version: 0, text: "" });
	await expect(writing.send(mine.id, { text: "It comes." }, 3, mine.by)).rejects.toMatchObject({
		code: "email.draft.stale",
	});
	await writing.send(mine.id, { text: "It comes today." }, 0, mine.by);
	await one.settled();
	expect((await lastSent()).text).toMatch(/^It comes today/);
});

test("a mail in which somebody writes of U+0000 by its escape was acknowledged, and came to nobody", async () => {
	const text = 'It says "C:\\u0000" and \\u0000';
	const mine = await inHand({}, letter({ "Message-ID": "<nul@customer.test>" }, `${text} here, an\u0000d there`));
	const [mail] = await one.mailing.ofConversation(mine.id);
	expect(mail?.text.trim()).toBe(`${text} here, and there`);
	await one.mailing.drafts.save(mine.id, { text }, undefined, mine.by);
	expect((await one.mailing.drafts.get(mine.id, mine.by)).text).toBe(text);
	const named = {
		"Message-ID": "<nul-2@customer.test>",
		Subject: "=?utf-8?Q?A=00B?=",
		From: "=?utf-8?Q?Ca=00rol?= <c@c.test>",
	};
	const other = await inHand({}, letter(named, "Hello"));
	expect((await one.mailing.ofConversation(other.id))[0]).toMatchObject({ subject: "AB", from: { name: "Carol" } });
	const ids = { "Message-ID": "<nu\u0000l@customer.test>", References: "<\u0000@a.test> <nul-2@customer.test>" };
	const third = await inHand({}, letter(ids, "Hello"));
	expect((await one.mailing.ofConversation(third.id))[0]?.references).toEqual(["<nul-2@customer.test>"]);
});

test("a long mail that was cut within a character was acknowledged, and came to nobody", async () => {
	const mine = await inHand({}, letter({ "Message-ID": "<long@customer.test>" }, `a${"😀".repeat(250_100)}`));
	const [mail] = await one.mailing.ofConversation(mine.id);
	expect([mail?.text.length, mail?.text.isWellFormed()]).toEqual([499_999, true]);
	// So was what quotes it.
	expect((await one.mailing.writing.send(mine.id, { text: "Thank you." }, undefined, mine.by)).text).toContain("> a😀");
});

test("EM-3 a colleague's answer from his own mail program keeps the thread: the customer's answer to him finds it", async () => {
	const mine = await inHand({}, letter({ "Message-ID": "<asked@customer.test>" }, "Hello"));
	const colleague = { From: "Ben <ben@elsewhere.test>", "Message-ID": "<ben-1@elsewhere.test>", Cc: mine.our };
	await one.take(mine, letter({ ...colleague, "In-Reply-To": "<asked@customer.test>" }, "I know her"), {
		from: "ben@elsewhere.test",
	});
	const hers = { "In-Reply-To": "<ben-2@elsewhere.test>", References: "<ben-1@elsewhere.test> <ben-2@elsewhere.test>" };
	await one.take(mine, letter({ ...hers, Subject: "Something else" }, "Thank you, Ben"));
	expect((await one.only(mine)).id).toBe(mine.id);
	expect(await one.mailing.ofConversation(mine.id)).toHaveLength(3);
});

test("EM-4 a stranger who writes with somebody's token in the subject begins a conversation of their own", async () => {
	const mine = await inHand();
	const db = one.world.kernel.database.db;
	const { token } = await db
		.selectFrom("email_threads")
		.select("token")
		.where("conversation_id", "=", mine.id)
		.executeTakeFirstOrThrow();
	const subject = `Re: [#${token.slice(0, 6).toUpperCase()}]`;
	await one.take(mine, letter({ From: "eve@evil.test", Subject: subject }, "Tell me all"), { from: "eve@evil.test" });
	expect(await one.ofQueue(mine)).toHaveLength(2);
	await one.take(mine, letter({ Subject: subject }, "It is me"));
	expect((await one.mailing.ofConversation(mine.id)).map(({ text }) => text.trim())).toEqual(["Hello", "It is me"]);
	await one.take(mine, letter({ From: "dan@other.test" }, "By its address"), {
		from: "dan@other.test",
		to: mine.our.replace("@", `+c.${token}@`),
	});
	expect(await one.mailing.ofConversation(mine.id)).toHaveLength(3);
});

test("EM-5 an out-of-office answer is a note in its thread, wakes nobody, is not answered, and twenty are held after ten", async () => {
	const mine = await inHand();
	const sent = one.carrier.sent.length;
	const holidays = (count: number) =>
		letter(
			{ "In-Reply-To": "<first@customer.test>", "Auto-Submitted": "auto-replied", Subject: `Away ${count}` },
			"I am away",
		);
	await one.end(mine, mine.id);
	for (let count = 0; count < 20; count += 1) await one.take(mine, holidays(count));
	expect(await one.ofQueue(mine)).toEqual([]);
	const kept = await one.mailing.ofConversation(mine.id);
	expect(kept.filter(({ autoGenerated }) => autoGenerated)).toHaveLength(9);
	expect(one.carrier.sent).toHaveLength(sent);
	const newsletter = letter({ "List-Id": "<news.customer.test>", "Message-ID": "<news-1@customer.test>" }, "News");
	await one.take(mine, newsletter);
	expect(await one.ofQueue(mine)).toEqual([]);
});

test("EM-6 what the far end refuses has failed, comes back to its agent with the reason, and goes when it is tried again", async () => {
	const mine = await inHand();
	one.carrier.next.push({ refused: "550 5.1.1 no such user unknown@customer.test" });
	const sending = { to: [{ email: "unknown@customer.test" }], subject: "Hi", text: "Are you there?" };
	const mail = await one.mailing.writing.send(mine.id, sending, undefined, mine.by);
	await one.settled();
	expect(await one.mailing.find(mail.id)).toMatchObject({
		state: "failed",
		error: { message: expect.stringContaining("550") },
	});
	expect((await one.only(mine)).internal.email?.failed).toContain("no such user");
	await one.mailing.writing.retry(mine.id, mail.id, mine.by);
	await one.settled();
	expect(await one.mailing.find(mail.id)).toMatchObject({ state: "sent" });
	expect((await one.only(mine)).internal.email?.failed).toBeUndefined();
	expect((await lastSent()).messageId).toBe(mail.messageId);
});

test("EM-6 a refusal that comes when the conversation has ended brings it back, to the agent of before first", async () => {
	const mine = await inHand();
	one.carrier.next.push({ refused: "550 5.1.1 no such user" });
	const mail = await one.mailing.writing.send(
		mine.id,
		{ to: [{ email: carol }], subject: "Hi", text: "Bye" },
		undefined,
		mine.by,
	);
	await one.end(mine, mine.id);
	await one.settled();
	const again = await one.only(mine);
	expect(again.id).not.toBe(mine.id);
	expect(again.internal.routing?.preferredUserIds).toEqual([mine.agent]);
	expect(again.internal.email?.failed).toContain("no such user");
	expect(emailOf(again.participants[0] as never).messageId).toBe(mail.id);
});

test("a server that is away is asked again after 1, 5 and 30 minutes, 2, 8 and 24 hours, and the mail has failed then", async () => {
	const mine = await inHand();
	one.carrier.next.push(...Array.from({ length: 7 }, () => "away" as const));
	const mail = await one.mailing.writing.send(
		mine.id,
		{ to: [{ email: carol }], subject: "Hi", text: "Bye" },
		undefined,
		mine.by,
	);
	for (const minutes of [0, 1, 5, 30, 120, 480]) {
		one.advance(minutes * 60_000);
		await one.settled();
		expect((await one.mailing.find(mail.id))?.state).toBe("queued");
	}
	one.advance(1440 * 60_000);
	await one.settled();
	expect(await one.mailing.find(mail.id)).toMatchObject({ state: "failed", error: { code: "email.unreachable" } });
});

test("a delivery report fails the mail that it is about and is a note in its thread", async () => {
	const mine = await inHand();
	const mail = await one.mailing.writing.send(
		mine.id,
		{ to: [{ email: carol }], subject: "Hi", text: "Bye" },
		undefined,
		mine.by,
	);
	await one.settled();
	const report = [
		...["--r", "Content-Type: text/plain", "", "Sorry", "--r", "Content-Type: message/delivery-status", ""],
		...["Reporting-MTA: dns; mx.customer.test", "", "Final-Recipient: rfc822; carol@customer.test", "Action: failed"],
		...[
			"Status: 5.2.2",
			"Diagnostic-Code: smtp; 552 5.2.2 mailbox full",
			"",
			"--r",
			"Content-Type: text/rfc822-headers",
			"",
		],
		...[`Message-ID: ${mail.messageId}`, "Subject: Hi", "", "--r--"],
	].join("\n");
	const head = { From: "MAILER-DAEMON@mx.customer.test", "In-Reply-To": mail.messageId, Subject: "Undelivered" };
	await one.take(mine, letter(head, report, 'multipart/report; report-type=delivery-status; boundary="r"'), {
		from: "",
	});
	expect(await one.mailing.find(mail.id)).toMatchObject({
		state: "failed",
		error: { code: "email.bounced", message: "552 5.2.2 mailbox full" },
	});
	expect((await one.mailing.ofConversation(mine.id)).at(-1)).toMatchObject({
		autoGenerated: true,
		direction: "inbound",
	});
	expect((await one.only(mine)).internal.email?.failed).toContain("mailbox full");
});

test("a delivery report that is read again, by a server that was killed in the middle, is told once", async () => {
	const mine = await inHand();
	const sending = { to: [{ email: carol }], subject: "Hi", text: "Bye" };
	const mail = await one.mailing.writing.send(mine.id, sending, undefined, mine.by);
	await one.settled();
	await one.end(mine, mine.id);
	const { outbox } = one.mailing;
	await outbox.bounced(mail.messageId, "552 mailbox full");
	const again = await one.only(mine);
	await one.answer(mine, again.id);
	await one.end(mine, again.id);
	expect(await one.ofQueue(mine)).toEqual([]);
	await outbox.bounced(mail.messageId, "552 mailbox full");
	expect(await one.ofQueue(mine)).toEqual([]);
});

test("a draft made of tags that close nothing held the whole server up for six seconds", async () => {
	const mine = await inHand();
	const html = "<b>".repeat(80_000) + "</i>".repeat(60_000);
	const kept = await one.mailing.drafts.save(mine.id, { text: "Mine" }, 0, mine.by);
	await expect(one.mailing.drafts.save(mine.id, { html }, kept.version, mine.by)).rejects.toMatchObject({
		status: 400,
		message: expect.stringContaining("tags"),
	});
	expect(await one.mailing.drafts.get(mine.id, mine.by)).toMatchObject({ text: "Mine", version: kept.version });
});

test("EM-7 the same mail, brought again by a server that has heard no answer, is one; so is our own that comes back", async () => {
	const mine = await inHand();
	const again = letter({ "Message-ID": "<first@customer.test>" }, "Hello");
	await one.take(mine, again);
	await one.take(mine, again);
	expect(await one.mailing.ofConversation(mine.id)).toHaveLength(1);
	await one.mailing.writing.send(mine.id, { to: [{ email: carol }], subject: "Hi", text: "Bye" }, undefined, mine.by);
	await one.settled();
	await one.take(mine, (await lastSent()).raw);
	expect(await one.mailing.ofConversation(mine.id)).toHaveLength(2);
	expect(await one.ofQueue(mine)).toHaveLength(1);
});

test("EM-8 a draft that was saved in two places is kept as the first has saved it; the second is told", async () => {
	const mine = await inHand();
	const { drafts } = one.mailing;
	const begun = await drafts.get(mine.id, mine.by);
	expect(begun).toMatchObject({
		version: 0,
		kind: "Reply",
		to: [{ email: carol, name: "Carol" }],
		subject: "Re: Where is my order?",
	});
	const first = await drafts.save(mine.id, { text: "One\nTwo\nThree" }, 0, mine.by);
	expect(first.version).toBe(1);
	await expect(drafts.save(mine.id, { text: "Four" }, 0, mine.by)).rejects.toMatchObject({
		status: 409,
		code: "email.draft.stale",
	});
	expect(await drafts.get(mine.id, mine.by)).toMatchObject({ text: "One\nTwo\nThree", version: 1 });
	const stranger = { userId: await one.world.agent(mine.queue.id) };
	await expect(drafts.get(mine.id, stranger)).rejects.toMatchObject({ status: 403 });
});

test("EM-9 the signature stands in a mail once, however often the draft was saved and its kind changed", async () => {
	const mine = await inHand({ signature: "Your shop" });
	for (const kind of ["Reply", "Forward", "ReplyAll", "Reply"] as const)
		await one.mailing.drafts.save(mine.id, { kind, text: "Hello" }, undefined, mine.by);
	await one.mailing.writing.send(mine.id, {}, undefined, mine.by);
	await one.settled();
	expect((await lastSent()).text?.match(/Your shop/g)).toHaveLength(1);
});

test("an agent's own signature stands under their mails where the address lets it, filled in, and as they change it in one mail", async () => {
	const mine = await inHand({
		signature: "{{customerName}}, we are {{queueName}}. {{nobodyKnows}} {{constructor}} {{__proto__}}",
	});
	const { drafts, writing, signatures } = one.mailing;
	const shown = async () => writing.signatureOf(await drafts.get(mine.id, mine.by));
	expect(await shown()).toBe(`Carol, we are ${mine.queue.name}.`);
	await signatures.keepOwn(mine.agent, " {{agentFirstName}} of the shop ");
	expect(await shown()).toBe("Anna of the shop");
	await drafts.save(mine.id, { text: "Hello", signature: "A. of the shop" }, undefined, mine.by);
	await drafts.save(mine.id, { kind: "Forward" }, undefined, mine.by);
	expect(await shown()).toBe("A. of the shop");
	await drafts.save(mine.id, { kind: "Reply", signature: null }, undefined, mine.by);
	await writing.send(mine.id, {}, undefined, mine.by);
	await one.settled();
	const sent = await lastSent();
	expect(sent.text).toMatch(/^Hello\n\n-- \nAnna of the shop\n\n[\s\S]*> Hello/);
	expect(sent.html).toContain("-- <br>Anna of the shop</div>");
	// What it was in one mail is nothing to the next.
	expect(await shown()).toBe("Anna of the shop");
});

test("an address whose agents sign once, and with its own words, signs the first mail of a thread alone", async () => {
	const mine = await inHand({ signature: "Your shop", hasOwnSignatures: false, signsOnce: true });
	await one.mailing.signatures.keepOwn(mine.agent, "Mine");
	// What could not be sent nobody has read: the next one is the first.
	one.carrier.next.push({ refused: "550 no" });
	await one.mailing.writing.send(mine.id, { text: "None" }, undefined, mine.by);
	await one.settled();
	expect((await one.mailing.ofConversation(mine.id)).at(-1)?.state).toBe("failed");
	for (const text of ["One", "Two"]) await one.mailing.writing.send(mine.id, { text }, undefined, mine.by);
	await one.settled();
	const [first, second] = (await one.mailing.ofConversation(mine.id)).slice(-2);
	expect([first?.text, second?.text]).toEqual([
		expect.stringMatching(/^One\n\n-- \nYour shop/),
		expect.stringMatching(/^Two\n\n(?!-- )/),
	]);
});

test("an address's own words stand under mails also where a draft had others, or was kept before agents had their own", async () => {
	const mine = await inHand({ signature: "Your shop" });
	const { drafts, writing, signatures, places } = one.mailing;
	await signatures.keepOwn(mine.agent, "Mine");
	await drafts.save(mine.id, { text: "Hello", signature: "Nobody's" }, undefined, mine.by);
	const shown = async () => writing.signatureOf(await drafts.get(mine.id, mine.by));
	expect(await shown()).toBe("Nobody's");
	await places.changeRoute(
		"shop.example",
		mine.route.id,
		{ ...mine.route, settings: { hasOwnSignatures: false } },
		undefined,
	);
	expect(await shown()).toBe("Your shop");
	// As a row of before says nothing of it.
	const { db } = one.world.kernel.database;
	const settings = sql<string>`settings - 'hasOwnSignatures'`;
	await db.updateTable("email_routes").set({ settings }).where("id", "=", mine.route.id).execute();
	expect((await places.store.route(mine.route.id))?.settings.hasOwnSignatures).toBe(false);
	expect(await shown()).toBe("Your shop");
	const empty = sql<string>`settings - 'hasOwnSignatures' || '{"signature": " "}'`;
	await db.updateTable("email_routes").set({ settings: empty }).where("id", "=", mine.route.id).execute();
	expect((await places.store.route(mine.route.id))?.settings.hasOwnSignatures).toBe(true);
});

test("what one agent had put under a draft stood under the mail of whom it was transferred to", async () => {
	const mine = await inHand({ signature: "{{agentName}}" });
	const { drafts, writing, signatures } = one.mailing;
	await drafts.save(mine.id, { text: "Hello", signature: "Anna herself" }, undefined, mine.by);
	const kept = await drafts.get(mine.id, mine.by);
	const ben = await one.world.agent(mine.queue.id);
	await signatures.keepOwn(ben, "Ben");
	await one.world.kernel.database.change((trx) => draftStore.save(trx, { ...kept, userId: ben, signature: "B." }));
	// Anna has it in hand, and Ben has written in it before her.
	expect(await writing.signatureOf(await drafts.get(mine.id, mine.by))).toBe("Anna Agent");
	await writing.send(mine.id, { text: "Hello Carol" }, undefined, mine.by);
	await one.settled();
	expect((await lastSent()).text).toMatch(/^Hello Carol\n\n-- \nAnna Agent\n\n/);
});

const heldOf = async ({ route }: { route: { id: string } }) =>
	(await one.mailing.spam.held(route.id, { pageSize: 100, pageNumber: 1 })).mails;

test("what was kept aside beyond the latest two hundred nobody reached, and none of it ever went", async () => {
	const mine = await inHand();
	const { spam } = one.mailing;
	const raw = Buffer.from(letter({ "X-Spam-Flag": "YES" }, "Cheap"));
	await spam.mark(mine.id, mine.by);
	await one.take(mine, raw);
	const [first] = await heldOf(mine);
	const { db } = one.world.kernel.database;
	const kept = await db
		.selectFrom("email_inbound")
		.selectAll()
		.where("id", "=", first?.id ?? "")
		.executeTakeFirstOrThrow();
	const more = Array.from({ length: 105 }, (_none, index) => {
		const { position: _theirs, about, ...row } = kept;
		return {
			...row,
			id: `more-${index}`,
			hash: `${index}`,
			about: JSON.stringify(about),
			at: new Date(kept.at.getTime() + index),
		};
	});
	await db.insertInto("email_inbound").values(more).execute();
	const at = (pageNumber: number) => spam.held(mine.route.id, { pageSize: 50, pageNumber });
	expect([(await at(1)).total, (await at(3)).mails.length, (await at(3)).mails.at(-1)?.id]).toEqual([
		106,
		6,
		first?.id,
	]);
	// Of one sender so many, the latest; the raw form that they all share stays with those.
	expect(await spam.prune()).toBe(6);
	expect([(await at(1)).total, (await at(1)).mails[0]?.id, (await at(2)).mails.at(-1)?.id]).toEqual([
		100,
		"more-104",
		"more-5",
	]);
	expect(await one.world.kernel.storage.get(kept.raw_key)).toBeDefined();
	await expect(spam.letIn(mine.route.id, first?.id ?? "", mine.by)).rejects.toMatchObject({ status: 404 });
	await db
		.updateTable("email_inbound")
		.set({ at: new Date(0) })
		.where("raw_key", "=", kept.raw_key)
		.execute();
	expect(await spam.prune()).toBe(100);
	expect((await at(1)).total).toBe(0);
	expect(await one.world.kernel.storage.get(kept.raw_key)).toBeUndefined();
	// That it came is known still: from a mailbox in which it lies it is not brought again.
	await one.take(mine, raw);
	expect((await at(1)).total).toBe(0);
});

test("the raw form of what was let go stayed for good where the server was killed, or another one let its last mail go", async () => {
	const mine = await inHand();
	const { spam } = one.mailing;
	const { database, storage } = one.world.kernel;
	await spam.mark(mine.id, mine.by);
	await one.take(mine, letter({ "X-Spam-Flag": "YES" }, "Cheaper"));
	const [held] = await heldOf(mine);
	const ids = [held?.id ?? "", "twin"];
	const all = database.db.selectFrom("email_inbound").selectAll();
	const { position: _own, about: _said, ...row } = await all.where("id", "=", ids[0] ?? "").executeTakeFirstOrThrow();
	await database.db
		.insertInto("email_inbound")
		.values({ ...row, id: "twin", hash: "twin", about: null })
		.execute();
	// Two servers at once: neither sees that the other one lets go, and the first one's is not over yet.
	const { promise: both, resolve } = Promise.withResolvers<void>();
	const first = database.change(async (trx) => {
		await inboundStore.letGo(trx, ids.slice(0, 1));
		await both;
	});
	await database.change((trx) => inboundStore.letGo(trx, ids.slice(1)));
	await spam.prune();
	expect(await storage.get(row.raw_key)).toBeDefined();
	resolve();
	await first;
	// Killed here: the next round finds it.
	await spam.prune();
	expect(await storage.get(row.raw_key)).toBeUndefined();
	const after = await all.where("id", "in", ids).execute();
	expect(after.map(({ state }) => state)).toEqual(["dropped", "dropped"]);
});

test("many senders, or one who invents them, filled what is kept aside without end", async () => {
	const mine = await inHand();
	const { spam } = one.mailing;
	const { db } = one.world.kernel.database;
	await sql`update email_inbound set state = 'dropped' where state = 'held'`.execute(db);
	await spam.mark(mine.id, mine.by);
	await one.take(mine, letter({}, "Cheap"));
	const told: OperatorLine[] = [];
	one.world.kernel.operators.listen((line) => told.push(line));
	const [first] = await heldOf(mine);
	/** As many more, each of a sender of its own. */
	const more = (count: number, size: number) =>
		sql`
		insert into email_inbound (id, route_id, raw_key, message_id, hash, size, mail_from, rcpt_to, state, at, why, about)
		select gen_random_uuid()::text, route_id, raw_key, message_id, gen_random_uuid()::text, ${size}::int, mail_from, rcpt_to,
			'held', at, why, jsonb_build_object('from', gen_random_uuid()::text)
		from email_inbound, generate_series(1, ${count}::int) where id = ${first?.id}`.execute(db);
	const total = async () => (await spam.held(mine.route.id, { pageSize: 25, pageNumber: 1 })).total;
	await more(3, 400_000_000);
	// Of more than a gibibyte the oldest go: what came first, and one of the three after it.
	expect([await spam.prune(), await total()]).toEqual([2, 2]);
	await sql`update email_inbound set size = 10 where route_id = ${mine.route.id}`.execute(db);
	await more(5_000, 10);
	expect([await spam.prune(), await total()]).toEqual([2, 5_000]);
	expect(told.filter(({ event }) => event === "email.held.full")).toHaveLength(1);
	await sql`delete from email_inbound where route_id = ${mine.route.id}`.execute(db);
});

test("what an agent calls spam ends for that reason, and its sender is kept off that address until they are let in again", async () => {
	const mine = await inHand();
	const { spam } = one.mailing;
	const stranger = { userId: "00000000-0000-4000-8000-00000000dead" };
	await expect(spam.mark(mine.id, stranger)).rejects.toMatchObject({ status: 403 });
	await spam.mark(mine.id, mine.by);
	const ended = await one.world.conversations.get(mine.id);
	const own = ended?.participants.find(({ id }) => id === mine.own);
	expect(own && emailOf(own)).toMatchObject({ state: "disconnected", disconnectType: "spam", spam: true });
	await one.take(mine, letter({ Subject: "Buy now" }, "Cheap"));
	expect(await one.ofQueue(mine)).toEqual([]);
	expect(await spam.blocked(mine.route.id)).toMatchObject([{ sender: carol, userId: mine.agent }]);
	const [held] = await heldOf(mine);
	expect(held).toMatchObject({ why: "blocked", from: carol, subject: "Buy now" });
	// Another address of the organization's is written to as before.
	const other = await inHand();
	expect(other.id).not.toBe(mine.id);
	await spam.letIn(mine.route.id, held?.id ?? "", mine.by);
	await one.settled();
	expect((await one.only(mine)).internal.email?.their).toBe(carol);
	await expect(spam.letIn(mine.route.id, held?.id ?? "", mine.by)).rejects.toMatchObject({ status: 404 });
	await spam.unblock(mine.route.id, carol.toUpperCase(), mine.by);
	await one.take(mine, letter({}, "Another"));
	expect((await one.ofQueue(mine)).length).toBe(2);
	expect(await heldOf(mine)).toEqual([]);
});

test("that a sender was kept off an address, and that a mail was let in, stood in no audit", async () => {
	const { kernel } = one.world;
	auditWriter(kernel);
	const mine = await inHand();
	await one.mailing.spam.mark(mine.id, mine.by);
	await one.take(mine, letter({}, "Cheap"));
	const [held] = await heldOf(mine);
	await one.mailing.spam.letIn(mine.route.id, held?.id ?? "", mine.by);
	await one.settled();
	const { rows } = await sql`select * from audit_entries where entity_id = ${mine.route.id} order by seq`.execute(
		kernel.database.db,
	);
	expect(rows).toMatchObject([
		{ user_id: mine.agent, entity_type: "EmailRoute", changes: [{ property: "blocked", newValues: [carol] }] },
		{ user_id: mine.agent, entity_type: "EmailRoute", changes: [{ property: "held", oldValues: [held?.id] }] },
	]);
});

test("a second click on Spam was refused, and mails in which nobody reads a sender kept each other off", async () => {
	const mine = await one.story();
	await one.take(mine, letter({ From: "Nobody" }, "Buy"), { from: " " });
	const { id } = await one.only(mine);
	await one.answer(mine, id);
	const { spam } = one.mailing;
	const [mail] = await one.mailing.ofConversation(id);
	expect(mail?.from.email).toBe(nobodysAddress);
	// Both at once too, and it is said that nobody is kept off.
	expect(await Promise.all([1, 2, 3].map(() => spam.mark(id, mine.by)))).toEqual([undefined, undefined, undefined]);
	await expect(spam.mark(id, { userId: randomUUID() })).rejects.toMatchObject({ status: 403 });
	expect(await spam.blocked(mine.route.id)).toEqual([]);
});

test("an agent could keep anybody off an address: by an email to somebody who had never written", async () => {
	const story = await one.story();
	const wish = { queueId: story.queue.id, their: { email: "victim@customer.test" }, subject: "Hi", text: "" };
	const { id } = await one.mailing.writing.begin(wish, story.by);
	expect(await one.mailing.spam.mark(id, story.by)).toBeUndefined();
	expect(await one.mailing.spam.blocked(story.route.id)).toEqual([]);
});

test("what a filter calls spam is kept aside where the address says so, but not what answers us", async () => {
	const mine = await inHand({ holdsSpam: true });
	const spam = { "X-Spam-Flag": "YES" };
	await one.take(mine, letter({ ...spam, "In-Reply-To": "<first@customer.test>" }, "And also"));
	expect((await one.mailing.ofConversation(mine.id)).length).toBe(2);
	await one.take(mine, letter({ ...spam, Subject: "Prize" }, "You have won"));
	expect(await heldOf(mine)).toMatchObject([{ why: "spam", subject: "Prize" }]);
	await one.end(mine, mine.id);
	await one.mailing.places.changeRoute(
		"shop.example",
		mine.route.id,
		{ ...mine.route, settings: { holdsSpam: false } },
		undefined,
	);
	await one.take(mine, letter({ ...spam, Subject: "Prize again" }, "You have won"));
	const waiting = await one.only(mine);
	expect(waiting.participants.map((part) => emailOf(part).spam)).toEqual([true, true]);
});

test("a file that was taken out of a draft could be read by its link, and one that did not fit stayed", async () => {
	const pdf = Buffer.from("%PDF-1.7\n").toString("base64");
	const body = [
		...["--mixed", "Content-Type: text/plain", "", "See there", "--mixed"],
		...["Content-Type: application/pdf; name=invoice.pdf", "Content-Disposition: attachment; filename=invoice.pdf"],
		...["Content-Transfer-Encoding: base64", "", pdf, "--mixed--"],
	].join("\n");
	const raw = letter({ "Message-ID": "<files@customer.test>" }, body, 'multipart/mixed; boundary="mixed"');
	const mine = await inHand({}, raw);
	const { drafts } = one.mailing;
	const { storage } = one.world.kernel;
	const isThere = async (key = "") => (await storage.get(key).catch(() => undefined)) !== undefined;
	await drafts.save(mine.id, { kind: "Forward" }, undefined, mine.by);
	const note = { name: "note.txt", type: "text/plain", bytes: Buffer.alloc(6 * 1024 * 1024, "a") };
	const [theirs, own] = (await drafts.attach(mine.id, note, mine.by)).attachments;
	expect([theirs?.name, await isThere(own?.key)]).toEqual(["invoice.pdf", true]);
	for (const file of [theirs, own]) await drafts.detach(mine.id, file?.id ?? "", mine.by);
	expect([await isThere(theirs?.key), await isThere(own?.key)]).toEqual([true, false]);
	const keys: string[] = [];
	const { put } = storage;
	storage.put = (key, ...rest) => {
		keys.push(key);
		return put.call(storage, key, ...rest);
	};
	const both = await Promise.allSettled([1, 2].map(() => drafts.attach(mine.id, note, mine.by)));
	expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
	storage.put = put;
	const there = await Promise.all(keys.map(isThere));
	expect([there.length, there.filter(Boolean).length]).toEqual([2, 1]);
});

test("of two mails that were sent at once one went out, and both were answered as sent", async () => {
	const mine = await inHand();
	const subjects = ["first", "second", "third"];
	await Promise.all(
		subjects.map((subject) =>
			one.mailing.writing.send(mine.id, { subject, text: `It is the ${subject}.` }, undefined, mine.by),
		),
	);
	await one.settled();
	const sent = (await one.mailing.ofConversation(mine.id)).filter(({ direction }) => direction === "outbound");
	expect(sent.map(({ subject, text }) => [subject, text.split("\n")[0]]).sort()).toEqual(
		subjects.map((subject) => [subject, `It is the ${subject}.`]),
	);
});

test("EM-10 eleven megabytes and a program that is called a PDF are refused by name", async () => {
	const mine = await inHand();
	const { drafts } = one.mailing;
	const large = { name: "film.mp4", type: "video/mp4", bytes: Buffer.alloc(11 * 1024 * 1024) };
	await expect(drafts.attach(mine.id, large, mine.by)).rejects.toMatchObject({ code: "email.size" });
	const program = { name: "invoice.pdf", type: "application/pdf", bytes: Buffer.from("MZ\u0090\0program") };
	await expect(drafts.attach(mine.id, program, mine.by)).rejects.toMatchObject({ code: "attachment.type" });
	const note = { name: "../../note.txt", type: "text/plain", bytes: Buffer.from("hello") };
	const from = ({ bytes, ...file }: typeof note) => ({ ...file, size: bytes.length, bytes: async () => bytes });
	const both = [from(note), from(program)];
	await expect(drafts.attachAll(mine.id, both, mine.by)).rejects.toMatchObject({ code: "attachment.type" });
	expect((await drafts.get(mine.id, mine.by)).attachments).toEqual([]);
	const kept = await drafts.attach(mine.id, note, mine.by);
	expect(kept.attachments).toMatchObject([{ name: "note.txt", size: 5 }]);
	await one.mailing.writing.send(mine.id, { text: "See there" }, undefined, mine.by);
	await one.settled();
	const [file] = (await lastSent()).attachments;
	expect([file?.filename, Buffer.from(file?.content as ArrayBuffer).toString()]).toEqual(["note.txt", "hello"]);
});

test("the files of a response were all read, to be refused as too many megabytes", async () => {
	const mine = await inHand();
	let read = 0;
	const bytes = async () => {
		read += 1;
		return Buffer.from("hello");
	};
	const prices = { name: "prices.pdf", type: "application/pdf", size: 6 * 1024 * 1024, bytes };
	const refused = one.mailing.drafts.attachAll(mine.id, [prices, prices], mine.by);
	await expect(refused).rejects.toMatchObject({ code: "email.size" });
	expect(read).toBe(0);
});

test("a response that was chosen twice put its file there twice, also at the same moment", async () => {
	const mine = await inHand();
	const bytes = async () => Buffer.from("hello");
	const prices = { name: "prices.txt", type: "text/plain", size: 5, assetId: "prices", bytes };
	const choose = () => one.mailing.drafts.attachAll(mine.id, [prices], mine.by);
	await Promise.all([choose(), choose()]);
	expect((await choose()).attachments).toMatchObject([{ name: "prices.txt", assetId: "prices" }]);
	const { drafts } = one.mailing;
	const [file] = (await drafts.get(mine.id, mine.by)).attachments;
	await drafts.detach(mine.id, file?.id ?? "", mine.by);
	expect((await choose()).attachments).toHaveLength(1);
});

test("an answer to all leaves out our own addresses and adds nobody; a forwarded mail takes its files along", async () => {
	const head = { Cc: "dan@customer.test, Carol <carol@customer.test>", "Reply-To": "orders@customer.test" };
	const mine = await inHand({}, letter({ ...head, "Message-ID": "<all@customer.test>" }, "Hello"));
	const all = await one.mailing.drafts.save(mine.id, { kind: "ReplyAll" }, undefined, mine.by);
	expect(all.to).toEqual([{ email: "orders@customer.test" }]);
	expect(all.cc.map(({ email }) => email)).toEqual(["support@shop.example", "dan@customer.test"]);
	const reply = await one.mailing.drafts.save(mine.id, { kind: "Reply" }, undefined, mine.by);
	expect(reply).toMatchObject({ to: [{ email: "orders@customer.test" }], cc: [] });
	const forward = await one.mailing.drafts.save(mine.id, { kind: "Forward" }, undefined, mine.by);
	expect(forward).toMatchObject({ to: [], cc: [], subject: "Fwd: Where is my order?" });
});

test("an answer within 72 hours begins a new conversation of the same thread, and asks the agent of before first", async () => {
	const mine = await inHand();
	await one.end(mine, mine.id);
	one.advance(3_600_000);
	await one.take(mine, letter({ "In-Reply-To": "<first@customer.test>" }, "One more thing"));
	const again = await one.only(mine);
	expect(again.id).not.toBe(mine.id);
	expect(again.internal.email?.threadId).toBe((await one.world.conversations.get(mine.id))?.internal.email?.threadId);
	expect(again.internal.routing?.preferredUserIds).toEqual([mine.agent]);
});

test("an agent writes first, on behalf of a queue that has an address; the customer's answer comes to them", async () => {
	const story = await one.story();
	const wish = { queueId: story.queue.id, their: { email: "dan@customer.test" }, subject: "Your order", text: "Draft" };
	const { id } = await one.mailing.writing.begin(wish, story.by);
	expect(await one.mailing.drafts.get(id, story.by)).toMatchObject({
		kind: "New",
		to: [{ email: "dan@customer.test" }],
		text: "Draft",
	});
	const mail = await one.mailing.writing.send(id, { text: "It is here." }, undefined, story.by);
	await one.settled();
	expect(await lastSent()).toMatchObject({ subject: "Your order", envelope: { to: ["dan@customer.test"] } });
	const answer = { From: "dan@customer.test", "In-Reply-To": mail.messageId };
	await one.take(story, letter(answer, "Great"), { from: "dan@customer.test" });
	expect((await one.only(story)).id).toBe(id);
	const other = await one.world.queue();
	await expect(one.mailing.writing.begin({ ...wish, queueId: other.id }, story.by)).rejects.toMatchObject({
		code: "email.route.noOutbound",
	});
});

test("of a mail that reached only some the others are told by name, and only they get it again", async () => {
	const mine = await inHand();
	one.carrier.next.push({ partly: "gone@customer.test" });
	const to = [{ email: carol }, { email: "gone@customer.test" }];
	const mail = await one.mailing.writing.send(mine.id, { to, subject: "Hi", text: "Bye" }, undefined, mine.by);
	await one.settled();
	expect(await one.mailing.find(mail.id)).toMatchObject({
		state: "failed",
		error: { recipients: ["gone@customer.test"] },
	});
	await one.mailing.writing.retry(mine.id, mail.id, mine.by);
	await one.settled();
	expect((await lastSent()).envelope.to).toEqual(["gone@customer.test"]);
});

test("a mail that nobody can read is there with its raw form", async () => {
	const story = await one.story();
	const deep = Array.from(
		{ length: 80 },
		(_, depth) => `--b${depth}\r\nContent-Type: multipart/mixed; boundary=b${depth + 1}\r\n`,
	).join("\r\n");
	await one.take(story, letter({}, deep, "multipart/mixed; boundary=b0"));
	const { id } = await one.only(story);
	const [mail] = await one.mailing.ofConversation(id);
	expect(mail).toMatchObject({
		subject: "Unreadable mail",
		from: { email: carol },
		attachments: [{ name: "mail.eml" }],
	});
});

test("what a transferred email's draft holds is the next agent's", async () => {
	const mine = await inHand();
	await one.mailing.drafts.save(mine.id, { text: "Half written" }, undefined, mine.by);
	const other = await one.world.agent(mine.queue.id);
	await one.world.conversations.transfer(mine.id, mine.own, { userId: other }, mine.by);
	const rung = (await one.only(mine)).participants.findLast((part) => isStaff(part) && part.userId === other);
	await one.world.conversations.patchParticipant(mine.id, rung?.id ?? "", { state: "connected" }, { userId: other });
	expect(await one.mailing.drafts.get(mine.id, { userId: other })).toMatchObject({ text: "Half written" });
	await expect(one.mailing.drafts.get(mine.id, mine.by)).rejects.toMatchObject({ status: 403 });
});

test("a mail server that is none was saved", async () => {
	const server = { port: 25, security: "none" as const };
	for (const host of ["mail.example:25", "..", "-", "127.1", "2130706433", "mail..example", "fe80::1%lo"])
		await expect(
			one.mailing.places.createDomain("wrong.example", { smtp: { ...server, host } }),
			host,
		).rejects.toMatchObject({
			status: 400,
			options: { details: [expect.objectContaining({ fieldName: "smtp.host" })] },
		});
	const kept = await one.mailing.places.createDomain("right.example", { smtp: { ...server, host: "Mail_1.example." } });
	expect(kept.smtp?.host).toBe("mail_1.example.");
});

test("a DKIM selector and an address with two dots side by side were saved", async () => {
	const { places } = one.mailing;
	const fieldIs = (fieldName: string) => ({ options: { details: [expect.objectContaining({ fieldName })] } });
	const smtp = (dkimSelector: string) => ({
		smtp: { host: "mail.example", port: 25, security: "none" as const, dkimSelector },
	});
	for (const selector of ["a..b", "a.-b", ".a", "a."])
		await expect(places.createDomain("dotted.example", smtp(selector)), selector).rejects.toMatchObject(
			fieldIs("smtp.dkimSelector"),
		);
	const kept = await places.createDomain("dotted.example", smtp("M1.sub_2.mail"));
	expect(kept.smtp?.dkimSelector).toBe("m1.sub_2.mail");
	const wish = { pattern: "a..b", fromName: "A", queueId: (await one.world.queue()).id };
	await expect(places.createRoute("dotted.example", wish)).rejects.toMatchObject(fieldIs("pattern"));
});

test("what was sent waits for the seconds of its address, and is a draft again when it is taken back", async () => {
	const mine = await inHand({ signature: "Your shop" });
	const before = one.carrier.sent.length;
	const sending = { to: [{ email: carol }], subject: "Hi", text: "Wrong", isUndoable: true };
	const { writing, drafts } = one.mailing;
	const wrong = await writing.send(mine.id, sending, undefined, mine.by);
	await one.settled();
	expect(one.carrier.sent.length).toBe(before);
	const back = await writing.undo(mine.id, wrong.id, mine.by);
	expect(back).toMatchObject({ text: "Wrong", to: [{ email: carol }], subject: "Hi" });
	expect(await drafts.get(mine.id, mine.by)).toMatchObject({ text: "Wrong", version: back.version });
	const own = (await one.only(mine)).participants.at(-1);
	const all = await one.mailing.ofConversation(mine.id);
	expect([own && emailOf(own).messageId, all.length]).toEqual([all[0]?.id, 1]);
	one.advance(6_000);
	await one.settled();
	expect(one.carrier.sent.length).toBe(before);
	const right = await writing.send(mine.id, { text: "Right", isUndoable: true }, back.version, mine.by);
	await drafts.save(mine.id, { text: "Another one" }, undefined, mine.by);
	await expect(writing.undo(mine.id, right.id, mine.by)).rejects.toMatchObject({ code: "email.notUndoable" });
	one.advance(5_000);
	await one.settled();
	expect((await lastSent()).text).toMatch(/^Right/);
	await expect(writing.undo(mine.id, right.id, mine.by)).rejects.toMatchObject({ code: "email.notUndoable" });
	expect(one.carrier.sent.length).toBe(before + 1);
});

test("scripts were not told of the files of a mail that was taken back", async () => {
	const mine = await inHand();
	const { writing, drafts } = one.mailing;
	const told = async () => (await one.only(mine)).participants.map((part) => emailOf(part).draftAttachments).at(-1);
	await drafts.attach(mine.id, { name: "note.txt", type: "text/plain", bytes: Buffer.from("hello") }, mine.by);
	const before = await told();
	expect(before).toMatchObject([{ name: "note.txt", contentLength: 5 }]);
	const mail = await writing.send(mine.id, { text: "See there", isUndoable: true }, undefined, mine.by);
	expect(await told()).toEqual([]);
	await writing.undo(mine.id, mail.id, mine.by);
	expect(await told()).toEqual(before);
});

test("a recipient who was typed by half kept the whole draft from being saved", async () => {
	const mine = await inHand();
	const { drafts, writing } = one.mailing;
	const typed = { to: [{ email: "dan@" }, { email: carol }], text: "Long text", isUnfinished: true };
	await drafts.save(mine.id, typed, undefined, mine.by);
	expect(await drafts.get(mine.id, mine.by)).toMatchObject({
		to: [{ email: "dan@" }, { email: carol }],
		text: "Long text",
	});
	await expect(writing.send(mine.id, {}, undefined, mine.by)).rejects.toMatchObject({
		status: 400,
		code: "email.recipient.invalid",
	});
	await writing.send(mine.id, { to: [{ email: carol }] }, undefined, mine.by);
	await one.settled();
	expect((await lastSent()).envelope.to).toEqual([carol]);
});
