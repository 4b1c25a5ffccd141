import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Outgoing } from "../../kernel/outgoing/outgoing.ts";
import { imapBox } from "../test-support/imap-box.ts";
import { letter } from "../test-support/letter.ts";
import { mailWorld } from "../test-support/mail-world.ts";
import { ImapClient } from "./imap-client.ts";

let one: Awaited<ReturnType<typeof mailWorld>>;
let box: ReturnType<typeof imapBox>;
const actor = { type: "user" as const, id: "admin" };
const server = () => ({
	host: "127.0.0.1",
	port: box.port,
	security: "none" as const,
	user: "shop",
	password: "secret",
});

beforeAll(async () => {
	one = await mailWorld();
	await one.mailing.imap.start();
});
afterAll(() => one.close());
beforeEach(async () => {
	box = imapBox();
	await box.start();
});
afterEach(async () => {
	for (const { routeId } of await one.mailing.mailboxes.store.all())
		await one.mailing.mailboxes.remove("shop.example", routeId, undefined, actor as never);
	await box.stop();
});

/** An address whose mails lie in the box. */
async function withBox() {
	const story = await one.story();
	await one.mailing.mailboxes.set("shop.example", story.route.id, server(), undefined, actor as never);
	return story;
}

const from = (index: number) => letter({ From: `c${index}@customer.test`, Subject: `Mail ${index}` }, "Hello");

test("EM-11 twenty mails that came while the mailbox's server was down are there once, also when it counts anew", async () => {
	const story = await withBox();
	await vi.waitFor(() => expect(one.mailing.imap.stateOf(story.route.id).isOpen).toBe(true));
	await box.stop();
	await vi.waitFor(() => expect(one.mailing.imap.stateOf(story.route.id).trouble).toBeTruthy());
	for (let index = 0; index < 20; index += 1) box.put(from(index));
	await box.start();
	await vi.waitFor(() => expect([box.inbox().length, box.imported().length]).toEqual([0, 20]));
	await one.settled();
	const subjects = async () =>
		(await one.ofQueue(story)).map((found) => found.participants[0]?.emails?.[0]?.subject).sort();
	const wanted = Array.from({ length: 20 }, (_, index) => `Mail ${index}`).sort();
	expect(await subjects()).toEqual(wanted);
	await box.stop();
	box.renumber();
	await box.start();
	await vi.waitFor(() => expect([box.inbox().length, box.imported().length]).toEqual([0, 20]));
	await one.settled();
	expect(await subjects()).toEqual(wanted);
});

test("EM-11 a mail that was kept before the connection broke is put aside later and not read again", async () => {
	const story = await withBox();
	await vi.waitFor(() => expect(one.mailing.imap.stateOf(story.route.id).isOpen).toBe(true));
	box.cutAt = "UID MOVE";
	box.put(from(1));
	await vi.waitFor(() => expect(box.imported()).toHaveLength(1));
	await one.settled();
	expect(box.fetched).toHaveLength(1);
	expect(await one.ofQueue(story)).toHaveLength(1);
});

test("a mailbox that was in use before had all that was read in it brought as new work", async () => {
	const read = () => ({ flags: new Set(["\\Seen"]) });
	box.put(from(1), { ...read(), isOld: true });
	box.put(from(2), { isOld: true });
	// Somebody was quicker, in a program of their own.
	box.put(from(3), read());
	const story = await withBox();
	await vi.waitFor(() => expect(box.imported().map(({ uid }) => uid)).toEqual([2, 3]));
	await one.settled();
	expect(await one.ofQueue(story)).toHaveLength(2);
	expect(box.inbox().map(({ uid }) => uid)).toEqual([1]);
});

test("a server that moves nothing has its mails marked as seen; one that is too large stays, flagged", async () => {
	box.abilities = "IMAP4rev1 LOGINDISABLED AUTH=PLAIN";
	box.put(letter({}, "x".repeat(70).concat("\n").repeat(230_000)));
	box.put(from(2));
	const story = await withBox();
	await vi.waitFor(() => expect(box.inbox().map(({ flags }) => [...flags])).toEqual([["\\Flagged"], ["\\Seen"]]));
	await one.settled();
	expect(await one.ofQueue(story)).toHaveLength(1);
	expect(box.fetched).toEqual([2]);
});

test("a wrong password is told in the server's words, a mailbox has one address, and its password is never sent in the open", async () => {
	const story = await one.story();
	const { mailboxes, imap } = one.mailing;
	const set = (change: object) =>
		mailboxes.set("shop.example", story.route.id, { ...server(), ...change }, undefined, actor as never);
	await set({ password: "wrong" });
	await vi.waitFor(() => expect(imap.stateOf(story.route.id).trouble).toContain("wrong password"));
	await set({});
	await vi.waitFor(() => expect(imap.stateOf(story.route.id)).toMatchObject({ isOpen: true }));
	const other = await one.story();
	await expect(
		mailboxes.set("shop.example", other.route.id, server(), undefined, actor as never),
	).rejects.toMatchObject({ status: 400 });
	for (const [change, field] of [
		[{ host: "mail.example.com" }, "security"],
		[{ user: "two\r\nlines" }, "user"],
		[{ host: "mail.example:143" }, "host"],
		[{ user: "another", password: undefined }, "password"],
		// Another program listens there.
		[{ port: box.port + 1, password: undefined }, "password"],
	] as const)
		await expect(set(change), field).rejects.toMatchObject({
			status: 400,
			options: { details: [expect.objectContaining({ fieldName: field })] },
		});
});

test("a mailbox's server could be the database beside Inlay", async () => {
	const strict = new Outgoing([], { warn: () => {} });
	await expect(ImapClient.open({ ...server(), folder: "INBOX" }, strict)).rejects.toThrow("--may-call");
});

test("an older mail that was passed over, and marked as unread later, was put aside though nobody here had it", async () => {
	box.put(from(1), { flags: new Set(["\\Seen"]), isOld: true });
	box.put(from(2));
	await withBox();
	await vi.waitFor(() => expect(box.imported().map(({ uid }) => uid)).toEqual([2]));
	box.inbox()[0]?.flags.clear();
	for (const uid of [3, 4]) {
		box.put(from(uid));
		await vi.waitFor(() => expect(box.imported().map((mail) => mail.uid)).toContain(uid));
	}
	expect(box.inbox().map(({ uid }) => uid)).toEqual([1]);
});

test("a mailbox went on being read after its address, or the address's queue, was gone", async () => {
	const { places, imap } = one.mailing;
	for (const end of [
		({ route }: Awaited<ReturnType<typeof withBox>>) =>
			places.removeRoute("shop.example", route.id, undefined, actor as never),
		({ queue }: Awaited<ReturnType<typeof withBox>>) =>
			one.world.kernel.database.change((trx) => places.endQueue(trx, queue.id)),
	]) {
		const story = await withBox();
		await vi.waitFor(() => expect(imap.stateOf(story.route.id).isOpen).toBe(true));
		box.fetched = [];
		await end(story);
		box.put(from(1));
		await vi.waitFor(() => expect(box.connections()).toBe(0));
		expect([box.fetched, imap.stateOf(story.route.id)]).toEqual([[], { isOpen: false }]);
	}
});

test("whoever took a mailbox away waited for its server, which said nothing", async () => {
	box.isSilent = true;
	const { mailboxes, imap } = one.mailing;
	for (const security of ["none", "tls", "starttls"] as const) {
		const { route } = await one.story();
		await mailboxes.set("shop.example", route.id, { ...server(), security }, undefined, actor as never);
		await vi.waitFor(() => expect(box.connections()).toBe(1));
		await mailboxes.remove("shop.example", route.id, undefined, actor as never);
		await vi.waitFor(() => expect(box.connections()).toBe(0));
		expect(imap.stateOf(route.id)).toEqual({ isOpen: false });
		const place = { ...server(), security, folder: "INBOX" };
		const opening = ImapClient.open(place, one.world.kernel.outgoing, { withinMs: 50 });
		await expect(opening, security).rejects.toThrow("does not answer");
		await vi.waitFor(() => expect(box.connections()).toBe(0));
	}
});

test("of a mailbox that may be read and not changed one mail was brought, and then none", async () => {
	box.refuses = /^UID (?:MOVE|STORE)/;
	box.refusal = "[NOPERM] Permission denied";
	const story = await withBox();
	for (const count of [1, 2, 3]) {
		box.put(from(count));
		await vi.waitFor(async () =>
			expect(await one.mailing.inbound.taken(story.route.id, [`imap:7/${count}`])).toContain(`imap:7/${count}`),
		);
	}
	await one.settled();
	expect(await one.ofQueue(story)).toHaveLength(3);
	expect([box.inbox().length, box.fetched]).toEqual([3, [1, 2, 3]]);
	// It was tried once, and is told as what it is; what is unread there is not looked for each time.
	await vi.waitFor(() => expect(one.mailing.imap.stateOf(story.route.id)).toMatchObject({ isReadOnly: true }));
	const asked = () => box.commands.filter((command) => /^UID (?:MOVE|STORE)/.test(command)).length;
	const searches = () => box.commands.filter((command) => command.includes("SEARCH")).length;
	const [before, looks] = [asked(), searches()];
	await vi.waitFor(() => expect(searches() - looks).toBeGreaterThan(2));
	expect(asked() - before).toBe(0);
	expect(box.commands.filter((command) => command.includes("UNFLAGGED")).length).toBeLessThan(2);
	expect(await one.mailing.mailboxFacts()).toEqual([
		{ id: `shop.example/${story.route.id}`, address: story.our, host: "127.0.0.1", isReadOnly: true },
	]);
});

test("a mailbox that was in use, full or away for a moment was taken for one that may not be changed", async () => {
	for (const refusal of ["[INUSE] locked", "[OVERQUOTA] full", "[UNAVAILABLE] later", "no word of why"]) {
		Object.assign(box, { refuses: /^UID (?:MOVE|STORE)/, refusal });
		const story = await withBox();
		const tries = () => box.commands.filter((command) => command.startsWith("UID STORE")).length;
		const [before, there] = [tries(), box.imported().length];
		box.put(from(1));
		await vi.waitFor(() => expect(tries() - before).toBeGreaterThan(2));
		expect(one.mailing.imap.stateOf(story.route.id)).toMatchObject({ isOpen: true, isReadOnly: false });
		box.refuses = undefined;
		await vi.waitFor(() => expect(box.imported()).toHaveLength(there + 1));
		expect(new Set(box.fetched).size).toBe(box.fetched.length);
		await one.mailing.mailboxes.remove("shop.example", story.route.id, undefined, actor as never);
	}
});

test("whether a mailbox may be changed was found out anew after each time that its connection broke", async () => {
	const { imap } = one.mailing;
	for (const readOnly of [
		{ opened: "[READ-ONLY]", permanentFlags: "\\Seen" },
		{ opened: "[READ-WRITE]", permanentFlags: "" },
		{ opened: "[READ-WRITE]", permanentFlags: "\\Seen", refuses: /^UID (?:MOVE|STORE)/, refusal: "[NOPERM] no" },
	]) {
		Object.assign(box, { refuses: undefined, ...readOnly });
		const { route } = await withBox();
		box.put(from(1));
		await vi.waitFor(() => expect(imap.stateOf(route.id)).toMatchObject({ isOpen: true, isReadOnly: true }));
		// Somebody reads it in a program of their own: there is nothing left to try.
		for (const { flags } of box.inbox()) flags.add("\\Seen");
		await box.stop();
		await vi.waitFor(() => expect(imap.stateOf(route.id).isOpen).toBe(false));
		await box.start();
		await vi.waitFor(() => expect(imap.stateOf(route.id).isOpen).toBe(true));
		expect(imap.stateOf(route.id).isReadOnly).toBe(true);
		Object.assign(box, { opened: "[READ-WRITE]", permanentFlags: "\\Seen", refuses: undefined });
		await box.stop();
		await vi.waitFor(() => expect(imap.stateOf(route.id).isOpen).toBe(false));
		await box.start();
		box.put(from(2));
		await vi.waitFor(() => expect(imap.stateOf(route.id)).toMatchObject({ isOpen: true, isReadOnly: false }));
		await one.mailing.mailboxes.remove("shop.example", route.id, undefined, actor as never);
	}
});

test("trouble with a mailbox stood on its address's page alone: Health has it, in the server's words", async () => {
	const story = await one.story();
	const wrong = { ...server(), password: "wrong" };
	await one.mailing.mailboxes.set("shop.example", story.route.id, wrong, undefined, actor as never);
	const facts = async () => (await one.mailing.mailboxFacts())[0];
	await vi.waitFor(async () => expect((await facts())?.trouble?.detail).toContain("wrong password"));
	const { address, id, host, trouble } = (await facts()) ?? {};
	expect(id).toBe(`shop.example/${story.route.id}`);
	expect([address, host, Number.isNaN(Date.parse(trouble?.since ?? ""))]).toEqual([story.our, "127.0.0.1", false]);
});

test("a mailbox that cannot be read filled the log, each time with a stack", async () => {
	const story = await one.story();
	const { log } = one.world.kernel;
	const { warn } = log;
	const told: object[] = [];
	log.warn = ((about: object) => told.push(about)) as typeof warn;
	let tries = 0;
	const { store } = one.mailing.mailboxes;
	const of = store.of.bind(store);
	store.of = (id, on) => {
		tries += id === story.route.id ? 1 : 0;
		return of(id, on);
	};
	const wrong = { ...server(), password: "wrong" };
	await one.mailing.mailboxes.set("shop.example", story.route.id, wrong, undefined, actor as never);
	await vi.waitFor(() => expect(tries).toBeGreaterThan(3));
	await one.mailing.mailboxes.remove("shop.example", story.route.id, undefined, actor as never);
	Object.assign(log, { warn });
	Object.assign(store, { of });
	const ofBox = told.filter((about) => "routeId" in about && about.routeId === story.route.id);
	expect(ofBox).toEqual([{ routeId: story.route.id, trouble: expect.stringContaining("wrong password") }]);
});

test("a mailbox that was changed twice at once was read by two, of whom one stayed for ever", async () => {
	const { imap } = one.mailing;
	const { route } = await withBox();
	const isOpen = () => vi.waitFor(() => expect(imap.stateOf(route.id).isOpen).toBe(true));
	await Promise.all([1, 2, 3].map(() => imap.changed(route.id)));
	await isOpen();
	await imap.stop();
	await vi.waitFor(() => expect(box.connections()).toBe(0));
	await imap.start();
	await isOpen();
	await Promise.all([imap.changed(route.id), imap.stop(), imap.changed(route.id)]);
	expect(imap.stateOf(route.id)).toEqual({ isOpen: false });
	await imap.start();
	await isOpen();
	await imap.stop();
	await vi.waitFor(() => expect(box.connections()).toBe(0));
	await imap.start();
});

test("a server that says it waits for mails, and does not, was asked again without a pause", async () => {
	box.refuses = /^IDLE/;
	const story = await withBox();
	const looks = () => box.commands.filter((command) => command.includes("SEARCH")).length;
	await vi.waitFor(() => expect(looks()).toBeGreaterThan(3));
	expect(box.commands.filter((command) => command === "IDLE")).toHaveLength(1);
	expect(one.mailing.imap.stateOf(story.route.id)).toMatchObject({ isOpen: true });
});

test("a server's word about a mail's flags, or a mail that it does not give, was taken for an empty mail", async () => {
	box.unasked = (uid) => `* 1 FETCH (UID ${uid} FLAGS (\\Seen))`;
	box.bodyIsNil = true;
	const story = await withBox();
	box.put(from(1));
	await vi.waitFor(() => expect(box.fetched.length).toBeGreaterThan(1));
	expect(box.inbox()).toHaveLength(1);
	box.bodyIsNil = false;
	await vi.waitFor(() => expect(box.imported()).toHaveLength(1));
	await one.settled();
	const [found, ...others] = await one.ofQueue(story);
	expect([found?.participants[0]?.emails?.[0]?.subject, others]).toEqual(["Mail 1", []]);
});
