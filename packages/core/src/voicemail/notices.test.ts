import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createNotices, type NoticeMail, type Notices, textOf } from "./notices.ts";
import { type MailboxWorld, mailboxWorld } from "./test-support/mailbox-world.ts";

let world: MailboxWorld;
let notices: Notices;
let sent: NoticeMail[] = [];
/** The mail server takes nothing for so many tries. */
let failing = 0;

beforeAll(async () => {
	world = await mailboxWorld();
	notices = createNotices(world.kernel, {
		policies: world.voicemails.policies,
		voicemail: (id) => world.voicemails.find(id),
		emailOf: async (userId) => `${userId}@acme.test`,
		async send(mail) {
			if (failing-- > 0) throw new Error("the server is away");
			sent.push(mail);
			return true;
		},
	});
	const isOurs = (from: string) => from.endsWith("@acme.test");
	world.voicemails.useNotices(notices, async (from) => isOurs(from));
	world.voicemails.policies.useSenders(async (_trx, from) => isOurs(from));
	await notices.start();
});
afterAll(async () => {
	await notices.stop();
	await world.close();
});
beforeEach(() => {
	sent = [];
});

const put = async (body: object) => (await world.call("admin", "PUT", "/policy", body)).json();

/** What is due is done. */
async function due(): Promise<void> {
	await world.kernel.jobs.runDue();
	await notices.idle();
}

test("mails were promised that no server could send: the sender is refused by name", async () => {
	const refused = async (body: object) => (await put(body)).details?.[0]?.fieldName;
	expect(await refused({ sendEmailNotifications: true })).toBe("inlayNoticeFrom");
	expect(await refused({ sendEmailNotifications: true, inlayNoticeFrom: "voicemail@else.test" })).toBe(
		"inlayNoticeFrom",
	);
	const body = await put({ enabled: true, sendEmailNotifications: true, inlayNoticeFrom: "voicemail@acme.test" });
	expect(body).toMatchObject({ sendEmailNotifications: true, inlayNoticeFrom: "voicemail@acme.test" });
});

test("a message in one's own or a group's mailbox is told by email, to those who want it, once", async () => {
	await world.leave({ type: "user", id: "anna" });
	await due();
	await due();
	expect(sent.map(({ from, to }) => [from, to])).toEqual([["voicemail@acme.test", "anna@acme.test"]]);
	expect(sent[0]?.subject).toContain("Clara, +31201234567");
	const body = (await world.call("ben", "PATCH", "/me/policy", { sendEmailNotifications: false })).json();
	expect(body).toMatchObject({ sendEmailNotifications: false, inlayEmailNotices: true });
	await world.leave({ type: "group", id: "returns" });
	await world.leave({ type: "queue", id: "support" });
	await due();
	expect(sent.map((one) => one.to)).toEqual(["anna@acme.test", "anna@acme.test"]);
});

test("the mail server was away for a moment, and nobody was ever told", async () => {
	failing = 1;
	await world.leave({ type: "user", id: "eva" });
	await due();
	expect(sent).toEqual([]);
	(world.kernel.clock as unknown as { advance(ms: number): void }).advance(61_000);
	await due();
	expect(sent.map((one) => one.to)).toEqual(["eva@acme.test"]);
});

test("a mail without personal data said who called", () => {
	const message = { callerName: "Clara\r\nBcc: x", callerAddress: "tel:+31201234567", durationMs: 8_400 };
	const owner = { type: "user" as const, id: "anna" };
	expect(JSON.stringify(textOf({ ...message, owner }, { isBare: true }))).not.toMatch(/Clara|\+31|0:08/);
	const told = textOf({ ...message, owner }, { isBare: false });
	expect(told.subject).toBe("New voicemail from Clara Bcc: x, +31201234567 (0:08)");
});
