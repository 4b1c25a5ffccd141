import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { messagesOf } from "../../conversations/message/model.ts";
import { communicationOf, isConnected, isStaff, waitingAcd } from "../../conversations/model.ts";
import { restMediaConversation } from "../../conversations/projection/flat.ts";
import { conversationWorld, type World } from "../../conversations/test-support/world.ts";
import type { Trx } from "../../kernel/database/database.ts";
import { attachWebSockets } from "../../kernel/http/websocket.ts";
import type { FakeClock } from "../../test-support/fake-clock.ts";
import { messageStore } from "../message-store.ts";
import { createMessaging, type Messaging } from "../messaging.ts";
import { defaultMessenger, type MessageAddress, type MessengerSettings } from "../model.ts";
import { Admission, isProof } from "./admission.ts";
import { Bursts } from "./bursts.ts";
import { closing } from "./guest-connection.ts";
import { readGuestFrame, requireStorable } from "./guest-frames.ts";
import { guestStore } from "./guest-store.ts";
import { readMessenger } from "./messenger-settings.ts";
import { FakeGuestPage } from "./test-support/guest-page.ts";
import { type SessionAddresses, TranscriptLimits } from "./transcript-limits.ts";

const shop = "https://shop.example";
let world: World;
let messaging: Messaging;
let server: Server;
let stop: () => void;
const pages: FakeGuestPage[] = [];
let count = 0;
let areNamesAway = false;

beforeAll(async () => {
	world = await conversationWorld();
	const namesOf = async (ids: readonly string[]) => {
		if (areNamesAway) throw new Error("no names");
		return new Map(ids.map((id) => [id, "Anna"]));
	};
	const country = async () => "NL";
	messaging = createMessaging(world.kernel, {
		conversations: world.conversations,
		country,
		namesOf,
		organizationId: async () => "org",
	});
	await messaging.start();
	server = createServer();
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	stop = attachWebSockets(server, [messaging.web.socket], { trustProxy: ["127.0.0.1"] }).close;
});
afterAll(async () => {
	for (const page of pages) page.cut();
	stop();
	await new Promise((done) => server.close(done));
	await messaging.stop();
	await world.close();
});

const minute = 60_000;
const advance = (ms: number) => (world.kernel.clock as FakeClock).advance(ms);

/** A messenger whose queue has an agent. */
async function story(looks: Partial<MessengerSettings> = {}, threadingHours = 72) {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const id = `messenger-${++count}`;
	const address: MessageAddress = {
		...{
			id,
			name: `Shop ${count}`,
			channel: "webmessaging",
			address: id,
			queueId: queue.id,
			provider: "web",
			version: 1,
		},
		settings: {
			...{ threadingHours, optOutText: "", optInText: "", helpText: "" },
			messenger: { ...defaultMessenger, origins: [shop], ...looks },
		},
	};
	await world.kernel.database.change((trx) => messaging.addresses.store.save(trx, address));
	return { queue, agent, address, by: { userId: agent } };
}
type Story = Awaited<ReturnType<typeof story>>;

/** Customers sit at machines of their own: each may begin as many sessions as anybody. */
function page({ address }: Pick<Story, "address">, origin: string | undefined = shop) {
	const { port } = server.address() as AddressInfo;
	const url = `ws://127.0.0.1:${port}/inlay/webmessaging/${address.id}`;
	const made = new FakeGuestPage(url, origin, `192.0.2.${pages.length + 1}`);
	pages.push(made);
	return made;
}

async function conversationOf(one: Story, guest: FakeGuestPage) {
	const thread = await messaging.web.guests.resume(one.address, guest.of("session")[0]?.token ?? "");
	const look = await messaging.web.guests.look(one.address, thread);
	const found = await world.conversations.get(look.thread?.conversationId ?? "");
	if (!found) throw new Error("There is no conversation.");
	return found;
}

/** The agent takes it. @returns how to write in it */
async function answered(one: Story, guest: FakeGuestPage) {
	const { id } = await conversationOf(one, guest);
	await world.offer(id, one.queue.id, one.agent);
	const own = (await conversationOf(one, guest)).participants.findLast(isStaff);
	await world.conversations.patchParticipant(id, own?.id ?? "", { state: "connected" }, one.by);
	return id;
}

async function reply(one: Story, id: string, text: string) {
	const own = (await world.conversations.get(id))?.participants.findLast(
		(party) => isStaff(party) && isConnected(party),
	);
	const message = await messaging.write(id, own ? communicationOf(own).id : "", text, one.by);
	await world.kernel.jobs.runDue();
	await messaging.outbox.idle();
	return message.id;
}

async function end(one: Story, id: string) {
	const own = (await world.conversations.get(id))?.participants.findLast(
		(party) => isStaff(party) && isConnected(party),
	);
	await world.conversations.patchParticipant(id, own?.id ?? "", { state: "disconnected" }, one.by);
}

/** All messages up to that one, as they are kept. */
async function wrote({ address }: Story, token: string, last: number) {
	const session = await messaging.web.guests.resume(address, token);
	const { thread } = await messaging.web.guests.look(address, session);
	const [first] = (await messaging.threadOf(thread?.id ?? "", 1)).messages;
	await world.kernel.database.change(async (trx) => {
		for (let at = 2; first && at <= last; at++)
			await messageStore.add(trx, { ...first, id: `${first.id}-${at}`, providerId: `by-hand-${at}`, text: `m${at}` });
	});
}

/** A customer who has written once. */
async function writing(one: Story, text = "Hello", attributes?: Record<string, string>) {
	const guest = page(one);
	const { token = "" } = await guest.hello();
	guest.write(text, attributes ? { attributes } : {});
	await guest.next("ack");
	return { guest, token };
}

test("WM-1: what a customer writes waits in the queue as a web message, with what the form asked", async () => {
	const one = await story();
	const { guest } = await writing(one, "Where is my lamp?", { Name: "Carol", Order: "4217" });
	const conversation = await conversationOf(one, guest);
	expect(waitingAcd(conversation)?.queueId).toBe(one.queue.id);
	const [customer] = conversation.participants;
	expect(customer).toMatchObject({ name: "Carol", attributes: { Name: "Carol", Order: "4217" } });
	expect(restMediaConversation(conversation).participants[0]).toMatchObject({ type: "webmessaging" });
	expect(guest.of("state").at(-1)?.state?.phase).toBe("waiting");
	const id = await answered(one, guest);
	const replied = await reply(one, id, "On its way.");
	const shown = await guest.next("message", 2);
	expect(shown).toMatchObject({ text: "On its way.", seq: 2, name: "Anna", direction: "outbound" });
	await expect.poll(() => guest.of("state").at(-1)?.state).toMatchObject({ phase: "answered" });
	guest.send({ type: "seen", seq: 2, isRead: false });
	await expect.poll(async () => (await messaging.find(replied))?.status).toBe("delivery-success");
	guest.send({ type: "seen", seq: 2, isRead: true });
	await expect.poll(async () => (await messaging.find(replied))?.status).toBe("read");
});

test("WM-2: a page that comes again has all messages once and in their order, and what it sends again is one message", async () => {
	const one = await story();
	const { guest, token } = await writing(one, "One");
	const id = await answered(one, guest);
	guest.cut();
	await reply(one, id, "Two");
	const again = page(one);
	expect(await again.hello(token, 1)).toMatchObject({ from: 1 });
	const names = ["Three", "Four", "Five"].map((text) => again.write(text));
	again.cut();
	const third = page(one);
	await third.hello(token, 1);
	for (const [index, clientId] of names.entries()) third.write(["Three", "Four", "Five"][index] ?? "", { clientId });
	await third.next("ack", 3);
	await third.next("message", 4);
	expect(third.texts).toEqual(["Two", "Three", "Four", "Five"]);
	expect(third.of("message").map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
	const fresh = page(one);
	expect(await fresh.hello(token)).toMatchObject({ from: 0 });
	await fresh.next("message", 5);
	expect(fresh.texts).toEqual(["One", "Two", "Three", "Four", "Five"]);
	const [customer] = (await world.conversations.get(id))?.participants ?? [];
	expect(customer && messagesOf(customer).messages).toHaveLength(4);
});

test("two tabs show the same session", async () => {
	const one = await story();
	const { guest, token } = await writing(one, "One");
	const tab = page(one);
	await tab.hello(token);
	tab.write("From the other tab");
	await guest.next("message", 2);
	expect(guest.texts).toEqual(["One", "From the other tab"]);
});

test("a page that was away for long gets the newest, and the older ones when it asks", async () => {
	const one = await story();
	const { token } = await writing(one, "m1");
	await wrote(one, token, 60);
	const again = page(one);
	expect(await again.hello(token, 3)).toMatchObject({ from: 10 });
	await again.next("message", 50);
	expect([again.texts[0], again.texts.at(-1)]).toEqual(["m11", "m60"]);
	again.send({ type: "older", before: 11 });
	const { messages = [] } = await again.next("older");
	expect([messages.length, messages[0]?.text, messages.at(-1)?.seq]).toEqual([10, "m1", 10]);
});

test("WM-3: each side sees that the other is writing, and nobody else does", async () => {
	const one = await story();
	const { guest, token } = await writing(one);
	await answered(one, guest);
	await world.kernel.told();
	guest.send({ type: "typing" });
	const topic = `v2.users.${one.agent}.conversations.inbound.typing.event`;
	const told = async () =>
		(await world.kernel.told())
			.flatMap(({ announcements }) => announcements)
			.filter(({ topics }) => topics.includes(topic));
	await expect.poll(async () => (await told()).length).toBe(1);
	expect((await told())[0]?.eventBody).toMatchObject({ events: [{ eventType: "Typing" }] });
	const session = await messaging.web.guests.resume(one.address, token);
	await messaging.typing(one.address.id, session.id);
	await guest.next("typing");
	const stranger = await writing(one, "I am somebody else");
	expect(stranger.guest.of("typing")).toEqual([]);
});

test("WM-5: after the agent's end the customer writes on with the same conversation, or begins anew, as it is set", async () => {
	const one = await story();
	const { guest } = await writing(one);
	const id = await answered(one, guest);
	await end(one, id);
	await expect.poll(() => guest.of("state").at(-1)?.state).toMatchObject({ phase: "ended", isWritable: true });
	advance(71 * 60 * minute);
	guest.write("And another thing");
	await guest.next("ack", 2);
	const again = await conversationOf(one, guest);
	expect([again.id, again.internal.routing?.preferredUserIds]).toEqual([id, [one.agent]]);

	const closed = await story({ afterEnd: "startAnew" });
	const other = await writing(closed);
	await end(closed, await answered(closed, other.guest));
	await expect.poll(() => other.guest.of("state").at(-1)?.state).toMatchObject({ phase: "ended", isWritable: false });
	other.guest.write("Hello?");
	expect(await other.guest.next("error")).toMatchObject({ code: "message.session.ended" });
	const next = await writing(closed, "Anew");
	expect(next.token).not.toBe(other.token);
	expect(next.guest.texts).toEqual(["Anew"]);
});

test("the customer ends: the agent is let go, and nothing more is written in the session", async () => {
	const one = await story();
	const { guest, token } = await writing(one);
	const id = await answered(one, guest);
	guest.send({ type: "end" });
	await expect.poll(async () => (await world.conversations.get(id))?.endTime).toBeDefined();
	await expect.poll(() => guest.of("state").at(-1)?.state).toMatchObject({ phase: "ended", isWritable: false });
	const again = page(one);
	await again.hello(token);
	again.write("Wait");
	expect(await again.next("error")).toMatchObject({ code: "message.session.ended" });
});

test("WM-6: a session is over so long after its last message: its pages are told, and its secret opens nothing", async () => {
	const one = await story({ sessionMinutes: 10 });
	const { guest, token } = await writing(one);
	const { expiresAt = "" } = guest.of("state").at(-1)?.state ?? {};
	expect(Date.parse(expiresAt) - world.kernel.clock.now().getTime()).toBe(10 * minute);
	advance(9 * minute);
	guest.write("Still here");
	await guest.next("ack", 2);
	advance(9 * minute);
	await expect(messaging.web.guests.resume(one.address, token)).resolves.toBeDefined();
	advance(minute);
	guest.write("Too late");
	expect(await guest.next("error")).toMatchObject({ code: "message.session.expired" });
	const again = page(one);
	await again.opened();
	again.send({ type: "hello", token, lastSeq: 2 });
	expect(await again.next("error")).toMatchObject({ code: "message.session.expired" });
	await expect.poll(() => again.closed).toBe(closing.expired);
});

test.each([
	["a page of another origin", "https://evil.example", 403],
	["a page of a look-alike origin", "https://shop.example.evil.example", 403],
	["no page at all", "", 403],
	["a page in a sandbox", "null", 403],
])("WM-7: the socket was opened by %s", async (_what, origin, status) => {
	const one = await story();
	expect(await page(one, origin).opened()).toBe(status);
});

test("WM-7: where no origin is listed no page may embed the messenger, and one that is taken away loses it", async () => {
	expect(await page(await story({ origins: [] })).opened()).toBe(403);
	const unknown = { address: { id: "nobody" } as MessageAddress };
	expect(await page(unknown).opened()).toBe(404);
	const one = await story();
	const { guest } = await writing(one);
	const { version: _version, settings, ...rest } = one.address;
	const messenger = { ...defaultMessenger, origins: ["https://other.example"] };
	await world.kernel.database.change((trx) =>
		messaging.addresses.store.save(trx, { ...rest, version: 2, settings: { ...settings, messenger } }),
	);
	guest.write("May I?");
	await expect.poll(() => guest.closed).toBe(closing.origin);
	expect(await messaging.web.allowsOrigin(shop)).toBe(true);
	const conversation = await conversationOf(one, guest);
	expect(await messaging.web.isPageOf(conversation, shop)).toBe(false);
	expect(await messaging.web.isPageOf(conversation, "https://other.example")).toBe(true);
});

test("WM-8: markup is kept and told as the text that it is", async () => {
	const one = await story();
	const text = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
	const { guest } = await writing(one, text, { "na\u202eme": "<b>\u202eCarol</b>" });
	expect((await guest.next("message")).text).toBe(text);
	expect((await conversationOf(one, guest)).participants[0]).toMatchObject({ name: "<b>Carol</b>" });
});

test.each(["\ud83d", "\u0000"])("a page that sent %j was an error of the database", async (odd) => {
	const one = await story();
	const { guest } = await writing(one);
	const clientId = "half-a-pair";
	guest.send({ type: "message", clientId, text: "Hello", attributes: { [odd]: "Carol" } });
	expect(await guest.next("error")).toMatchObject({ code: "constraint.validation", clientId });
	guest.write("Still here");
	expect((await guest.next("ack", 2)).seq).toBe(2);
});

test("whose long name was cut within a character could not write at all", async () => {
	const one = await story();
	const { guest } = await writing(one, "Hello", { name: `${"a".repeat(99)}😀` });
	expect((await conversationOf(one, guest)).participants[0]?.name).toBe("a".repeat(99));
});

test("a frame that is nested thousands deep was an error of the server", () => {
	const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
	const frame = readGuestFrame(`{"type":"typing","x":${deep}}`) ?? { type: "typing" };
	expect(() => requireStorable(frame)).toThrow(expect.objectContaining({ status: 400 }));
	expect(readGuestFrame('{"type":"typing"}')).toEqual({ type: "typing" });
});

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(2_000_000, 7)]);

/** What a page is given to bring a file with. */
async function ticketFor(guest: FakeGuestPage, name: string, size: number, clientId = `file-${name}-${size}`) {
	guest.send({ type: "file", clientId: clientId.replaceAll(".", "-"), name, size });
	return String((await guest.next("ticket", guest.of("ticket").length + 1)).ticket);
}

async function bytesOf(file: { key: string } | undefined) {
	const chunks = [];
	for await (const chunk of (await world.kernel.storage.get(file?.key ?? ""))?.body ?? []) chunks.push(chunk);
	return Buffer.concat(chunks);
}

test("WM-4: a picture of 2 MB goes both ways, once however often it is sent, and is read by link", async () => {
	const one = await story();
	const { guest } = await writing(one);
	const ticket = await ticketFor(guest, "lamp.png", png.length, "picture-1");
	const { seq } = await messaging.web.takeFile(ticket, Readable.from([png]));
	expect(await guest.next("message", 2)).toMatchObject({
		seq,
		text: "lamp.png",
		file: { type: "image/png", size: png.length },
	});
	await expect(messaging.web.takeFile(ticket, Readable.from([png]))).rejects.toMatchObject({
		code: "message.file.ticket",
	});
	const again = await ticketFor(guest, "lamp.png", png.length, "picture-1");
	expect(await messaging.web.takeFile(again, Readable.from([png]))).toEqual({ seq });
	guest.send({ type: "link", seq });
	expect((await guest.next("link")).url).toContain("/api/inlay/v1/files?ticket=");
	const id = await answered(one, guest);
	const exchange = (await world.conversations.get(id))?.internal.exchange;
	const { messages } = await messaging.threadOf(exchange?.threadId ?? "", 10);
	expect((await bytesOf(messages[1]?.file)).equals(png)).toBe(true);
	const file = await messaging.files.keep({ name: "bill.pdf", size: 9 }, Readable.from([Buffer.from("%PDF-1.7\n")]));
	const own = (await world.conversations.get(id))?.participants.findLast(isStaff);
	await messaging.write(id, own ? communicationOf(own).id : "", file.name, one.by, { file });
	expect(await guest.next("message", 3)).toMatchObject({ file: { name: "bill.pdf", type: "application/pdf" } });
	guest.send({ type: "link", seq: 1 });
	expect(await guest.next("error")).toMatchObject({ code: "not.found" });
});

test.each([
	["a page", "page.html", 100, "message.file.type"],
	["a drawing that runs scripts", "logo.svg", 100, "message.file.type"],
	["a program behind a picture's name", "picture.png.exe", 100, "message.file.type"],
	["26 MB", "large.png", 26 * 1024 * 1024, "message.file.size"],
	["nothing", "empty.txt", 0, "invalid.value"],
])("WM-4: %s is refused before it is sent", async (_what, name, size, code) => {
	const { guest } = await writing(await story());
	guest.send({ type: "file", clientId: "a-file-of-mine", name, size });
	expect(await guest.next("error")).toMatchObject({ code, clientId: "a-file-of-mine" });
});

test.each([
	["a page under a picture's name", "a.png", "<!doctype html><script>alert(1)</script>", "message.file.type"],
	["a page under a text's name", "a.txt", "  <html><script>alert(1)</script>", "message.file.type"],
	["a program under a text's name", "b.txt", "MZ\u0000\u0001", "message.file.type"],
	["more than was said", "c.txt", "x".repeat(2000), "message.file.size"],
	["less than was said", "d.txt", "x", "invalid.value"],
])("WM-4: %s was kept", async (_what, name, content, code) => {
	const size = code === "message.file.size" ? 1000 : content.length + (code === "invalid.value" ? 1 : 0);
	const keeping = messaging.files.keep({ name, size }, Readable.from([Buffer.from(content)]));
	const error = await keeping.catch((refused: unknown) => refused);
	expect((error as { code?: string }).code).toBe(code);
});

test("a messenger that takes no files says so, and who sends many waits", async () => {
	const { guest } = await writing(await story({ files: false }));
	guest.send({ type: "file", clientId: "a-file-of-mine", name: "a.png", size: 10 });
	expect(await guest.next("error")).toMatchObject({ code: "message.file.off" });
	const other = (await writing(await story())).guest;
	for (let at = 0; at < 11; at++) other.send({ type: "file", clientId: `file-number-${at}`, name: "a.png", size: 10 });
	expect(await other.next("error")).toMatchObject({ code: "too.many.messages" });
	expect(other.of("ticket")).toHaveLength(10);
});

test.each([
	["no JSON", "hello", 1007],
	["an unknown word", { type: "toString" }, 1007],
	["a message before it says who it is", { type: "message", clientId: "12345678", text: "Hi" }, closing.unknown],
	["a number that is none", { type: "hello", lastSeq: -1 }, 1007],
	["a secret that is no text", { type: "hello", lastSeq: 0, token: { $ne: 1 } }, 1007],
	["a forged secret", { type: "hello", lastSeq: 0, token: "a".repeat(32) }, closing.expired],
])("a page that sends %s is closed", async (_what, frame, code) => {
	const guest = page(await story());
	await guest.opened();
	guest.send(frame);
	await expect.poll(() => guest.closed).toBe(code);
});

test("the secret of one messenger opened a session of another one", async () => {
	const { token } = await writing(await story());
	const other = page(await story());
	await other.opened();
	other.send({ type: "hello", token, lastSeq: 0 });
	await expect.poll(() => other.closed).toBe(closing.expired);
});

test("secrets are kept as hashes alone", async () => {
	const { token } = await writing(await story());
	const kept = await world.kernel.database.db.selectFrom("message_guests").selectAll().execute();
	expect(JSON.stringify(kept)).not.toContain(token);
});

test("what is too long, empty, has a NUL or comes as a flood is refused, and nothing of it is kept", async () => {
	const one = await story();
	const { guest } = await writing(one, "x".repeat(4000));
	guest.write("x".repeat(4001));
	expect(await guest.next("error")).toMatchObject({ code: "message.too.long" });
	guest.write("   ");
	expect(await guest.next("error", 2)).toMatchObject({ code: "message.empty" });
	for (let at = 0; at < 30; at++) guest.write(`flood ${at}`);
	await expect.poll(() => guest.of("error").at(-1)).toMatchObject({ code: "too.many.messages" });
	await expect.poll(() => guest.of("ack").length + guest.of("error").length).toBe(33);
	const clientId = guest.write("a\u0000b");
	await expect.poll(() => guest.of("error").at(-1)).toMatchObject({ code: "constraint.validation", clientId });
	const session = await messaging.web.guests.resume(one.address, guest.of("session")[0]?.token ?? "");
	const { thread } = await messaging.web.guests.look(one.address, session);
	expect((await messaging.threadOf(thread?.id ?? "", 50)).messages).toHaveLength(guest.of("ack").length);
});

test("many sessions of one address cost work, and end", async () => {
	const admission = new Admission({ free: 2, most: 3 });
	const ip = "192.0.2.7";
	expect([admission.challenge(ip), admission.enter(ip), admission.challenge(ip), admission.enter(ip)]).toEqual([
		undefined,
		true,
		undefined,
		true,
	]);
	const challenge = admission.challenge(ip);
	if (!challenge) throw new Error("It cost nothing.");
	let proof = 0;
	while (!isProof(challenge, String(proof))) proof++;
	expect(isProof({ ...challenge, nonce: "another" }, String(proof))).toBe(false);
	expect([admission.enter(ip), admission.enter(ip)]).toEqual([true, false]);
	expect(admission.challenge("192.0.2.8")).toBeUndefined();
});

test("bursts count the newest, whenever the time began", () => {
	const bursts = new Bursts(2, 1000);
	expect([0, 10, 500, 1005, 1006, 1011].map((at) => bursts.take("a", at))).toEqual([
		true,
		true,
		false,
		true,
		false,
		true,
	]);
	expect(bursts.take("b", 500)).toBe(true);
});

test.each([
	[{ origins: ["*"] }, "settings.messenger.origins[0]"],
	[{ origins: [shop, "https://shop.example/path"] }, "settings.messenger.origins[1]"],
	[{ color: "red;background:url(x)" }, "settings.messenger.color"],
	[{ form: [{ key: "a b", label: "A", isRequired: true }] }, "settings.messenger.form[0].key"],
	[
		{
			form: [
				{ key: "name", label: "A", isRequired: true },
				{ key: "Name", label: "B", isRequired: true },
			],
		},
		"settings.messenger.form[1].key",
	],
])("a messenger was kept with %o", (wish, field) => {
	const error = (() => {
		try {
			return readMessenger(wish, undefined, { requireTypable() {} });
		} catch (refused) {
			return refused;
		}
	})();
	expect(error).toMatchObject({ status: 400, options: { details: [{ fieldName: field }] } });
});

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one" }] });
const signIn = { issuer: "https://shop.example/", audience: "messenger", keys: jwks };

const head = { alg: "ES256", kid: "one" };

/** A token of the shop's own sign-in. */
function jwtOf(claims: object, header: object = head) {
	const exp = Math.floor(world.kernel.clock.now().getTime() / 1000) + 300;
	const parts = [header, { iss: signIn.issuer, aud: [signIn.audience, "other"], exp, ...claims }];
	const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
	const mark = sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
	return `${input}.${mark.toString("base64url")}`;
}

test("a customer who is signed in with the page has one exchange on every device, and nobody else sees it", async () => {
	const one = await story({ signIn });
	const [laptop, phone, guest] = [page(one), page(one), page(one)];
	const claims = { sub: "customer-7", name: "Carol Ross", email: "carol@shop.example" };
	await laptop.opened();
	laptop.send({ type: "hello", lastSeq: 0, jwt: jwtOf(claims) });
	await laptop.next("session");
	expect(laptop.of("session")[0]?.token, "the page's sign-in is the key").toBeUndefined();
	const attributes = { name: "Somebody Else", "signedin.id": "customer-1", topic: "lamp" };
	laptop.send({ type: "message", clientId: "laptop-1", text: "Where is my lamp?", attributes });
	await laptop.next("ack");
	await phone.opened();
	phone.send({ type: "hello", lastSeq: 0, jwt: jwtOf(claims) });
	await expect.poll(() => phone.of("message").map(({ text }) => text)).toEqual(["Where is my lamp?"]);
	phone.send({ type: "message", clientId: "phone-01", text: "The green one" });
	await expect.poll(() => laptop.of("message").map(({ text }) => text)).toEqual(["Where is my lamp?", "The green one"]);
	await guest.opened();
	guest.send({ type: "hello", lastSeq: 0 });
	await guest.next("session");
	guest.send({ type: "message", clientId: "guest-01", text: "Hello", attributes: { "signedin.id": "customer-7" } });
	await guest.next("ack");
	expect(guest.of("message").map(({ text }) => text)).toEqual(["Hello"]);
	const customers = (await world.conversations.live()).flatMap(({ internal, participants }) =>
		internal.exchange?.addressId === one.address.id ? participants.slice(0, 1) : [],
	);
	const who = new Map(customers.map(({ name = "", attributes }) => [name.slice(0, 7), attributes?.["signedin.id"]]));
	expect(Object.fromEntries(who)).toEqual({ "Carol R": "customer-7", Visitor: undefined });
});

test.each([
	["another's key", () => jwtOf({ sub: "x" }).replace(/.{8}$/, "AAAAAAAA")],
	["no signature", () => `${jwtOf({ sub: "x" }, { alg: "none" }).split(".").slice(0, 2).join(".")}.`],
	["a key taken for a password", () => jwtOf({ sub: "x" }, { alg: "HS256" })],
	["over", () => jwtOf({ sub: "x", exp: 1 })],
	["for somebody else", () => jwtOf({ sub: "x", aud: "billing" })],
	["of somebody else", () => jwtOf({ sub: "x", iss: "https://evil.example/" })],
	["of nobody", () => jwtOf({})],
	["nothing", () => "a.b.c"],
	["with something to be understood that nobody does", () => jwtOf({ sub: "x" }, { ...head, crit: ["exp"] })],
	[
		"with what must be understood, of another house",
		() => jwtOf({ sub: "x" }, { ...head, crit: ["urn:b"], "urn:b": 1 }),
	],
	["of a blank", () => jwtOf({ sub: " \t" })],
	["of whom no text may name", () => jwtOf({ sub: "a\u0000b" })],
	["with a mail address that no text may have", () => jwtOf({ sub: "x", email: "a\u0000@b.example" })],
	["without an end", () => jwtOf({ sub: "x", exp: undefined })],
])("a page's sign-in let somebody in by a token that was %s", async (_what, token) => {
	const one = await story({ signIn });
	const guest = page(one);
	await guest.opened();
	guest.send({ type: "hello", lastSeq: 0, jwt: token() });
	await expect.poll(() => guest.of("error")).toMatchObject([{ code: "message.signin.refused" }]);
	expect(guest.of("session")).toEqual([]);
	const without = await story();
	const stranger = page(without);
	await stranger.opened();
	stranger.send({ type: "hello", lastSeq: 0, jwt: jwtOf({ sub: "x" }) });
	await expect.poll(() => stranger.of("error")).toMatchObject([{ code: "message.signin.refused" }]);
});

test("an agent did not read who a customer is whose page says nothing more of them", async () => {
	const one = await story({ signIn });
	const guest = page(one);
	await guest.opened();
	guest.send({ type: "hello", lastSeq: 0, jwt: jwtOf({ sub: "customer-9", email: "dave@shop.example" }) });
	await guest.next("session");
	guest.write("Hello");
	await guest.next("ack");
	const [found] = (await world.conversations.live()).filter(
		({ internal }) => internal.exchange?.addressId === one.address.id,
	);
	expect(found?.participants[0]?.attributes).toMatchObject({
		"signedin.id": "customer-9",
		"signedin.email": "dave@shop.example",
	});
});

test("who is signed in with the page could not begin anew once their conversation was over", async () => {
	const one = await story({ signIn, afterEnd: "startAnew" });
	const [before, after] = [page(one), page(one)];
	const hello = { type: "hello", lastSeq: 0, jwt: jwtOf({ sub: "customer-10" }) };
	await before.opened();
	before.send(hello);
	await before.next("session");
	before.write("Hello");
	await before.next("ack");
	const live = await world.conversations.live();
	const { id = "" } = live.find(({ internal }) => internal.exchange?.addressId === one.address.id) ?? {};
	await world.offer(id, one.queue.id, one.agent);
	const own = (await world.conversations.get(id))?.participants.findLast(isStaff);
	await world.conversations.patchParticipant(id, own?.id ?? "", { state: "connected" }, one.by);
	await end(one, id);
	await expect.poll(() => before.of("state").at(-1)?.state).toMatchObject({ phase: "ended", isWritable: false });
	before.send({ type: "end" });
	await expect
		.poll(() => world.kernel.database.db.selectFrom("message_guests").selectAll().execute())
		.toContainEqual(expect.objectContaining({ subject: "customer-10", ended_at: expect.any(Date) }));
	await after.opened();
	after.send(hello);
	expect(await after.next("session")).toMatchObject({ from: 0, state: { phase: "new", isWritable: true } });
});

test("operators were not told that nobody could sign in with their page", async () => {
	const told: unknown[] = [];
	world.kernel.operators.listen((line) => told.push(line));
	const one = await story({ signIn });
	for (const token of [jwtOf({ sub: "x", aud: "billing" }), "a.b.c"]) {
		const guest = page(one);
		await guest.opened();
		guest.send({ type: "hello", lastSeq: 0, jwt: token });
		await guest.next("error");
	}
	const about = { event: "message.signin.refused", deploymentId: one.address.id, unverified: true };
	await expect
		.poll(() => told)
		.toEqual([
			expect.objectContaining({ ...about, reason: "audience" }),
			expect.objectContaining({ ...about, reason: "malformed" }),
		]);
	expect(JSON.stringify(told)).not.toContain("192.0.2.");
});

test("sessions that no page can go on with were kept for good; one that is written in stays", async () => {
	const one = await story();
	const idle = page(one);
	await idle.hello();
	const { guest, token } = await writing(one);
	const ids = async () => {
		const kept = world.kernel.database.db.selectFrom("message_guests").select("created_at");
		return (await kept.where("address_id", "=", one.address.id).execute()).length;
	};
	advance(20 * 24 * 60 * minute);
	await messaging.web.guests.prune();
	expect(await ids()).toBe(2);
	const fresh = await story();
	await writing(fresh);
	await world.kernel.database.db
		.updateTable("message_threads")
		.set({ last_at: world.kernel.clock.now() })
		.where("address_id", "=", one.address.id)
		.execute();
	advance(12 * 24 * 60 * minute);
	await messaging.web.guests.prune();
	expect(await ids()).toBe(1);
	advance(20 * 24 * 60 * minute);
	await messaging.web.guests.prune();
	expect(await ids()).toBe(0);
	guest.cut();
	await expect(messaging.web.guests.resume(one.address, token)).rejects.toThrow();
});

test("a customer has what was said sent to them, once somebody has answered, and a few times at most", async () => {
	const sent: Array<{ from: string; to: string; subject: string; text: string }> = [];
	let isTaken = true;
	let mailServer = Promise.resolve();
	messaging.web.useMail({
		holdSender: async () => true,
		canSend: async () => true,
		send: async (mail) => {
			await mailServer;
			if (isTaken) sent.push(mail);
			return isTaken;
		},
	});
	const one = await story({ transcriptFrom: "service@shop.example", title: "Shop" });
	const { guest } = await writing(one, "Is it there?", { name: "Carol" });
	const ask = (email: string) => guest.send({ type: "transcript", email });
	const refusedAs = async (code: string, count: number) =>
		expect(await guest.next("error", count)).toMatchObject({ code });
	// Whoever would write to strangers by it has to be answered first.
	ask("stranger@customer.test");
	await refusedAs("message.transcript.off", 1);
	await reply(one, await answered(one, guest), "Since this morning.");
	await expect.poll(() => guest.texts).toContain("Since this morning.");
	ask("carol@customer.test, spy@customer.test");
	await refusedAs("email.recipient.invalid", 2);
	ask("carol@customer.test");
	expect(await guest.next("transcript")).toMatchObject({ email: "carol@customer.test" });
	expect(sent).toMatchObject([{ from: "service@shop.example", to: "carol@customer.test", subject: "Shop" }]);
	expect(sent[0]?.text).toMatch(/^> .*UTC Carol: Is it there\?\n2.*UTC Anna: Since this morning\.$/);
	isTaken = false;
	ask("carol2@customer.test");
	await refusedAs("message.transcript.failed", 3);
	ask("carol3@customer.test");
	await refusedAs("message.transcript.failed", 4);
	isTaken = true;
	areNamesAway = true;
	ask("carol3@customer.test");
	await refusedAs("message.transcript.failed", 5);
	areNamesAway = false;
	// What failed was none of the three. A slow server of mails held up all that the customer wrote after it.
	let goesOn = () => {};
	mailServer = new Promise((resolve) => (goesOn = resolve));
	ask("carol4@customer.test");
	guest.send({ type: "message", clientId: "meanwhile", text: "Thank you" });
	await expect.poll(() => guest.texts).toContain("Thank you");
	expect(sent).toHaveLength(1);
	goesOn();
	expect(await guest.next("transcript", 2)).toMatchObject({ email: "carol4@customer.test" });
	ask("carol5@customer.test");
	expect(await guest.next("transcript", 3)).toMatchObject({ email: "carol5@customer.test" });
	ask("carol6@customer.test");
	await refusedAs("message.transcript.often", 6);
	expect(() => readMessenger({ transcriptFrom: "a@b.test, c@d.test" }, undefined, world.kernel.outgoing)).toThrow(
		"transcriptFrom",
	);
});

test("of two mails at once to one new address the one that failed took back that the other was sent", async () => {
	const one = await story();
	await writing(one);
	const { database } = world.kernel;
	const guests = database.db.selectFrom("message_guests").where("address_id", "=", one.address.id);
	const { id } = await guests.select("id").executeTakeFirstOrThrow();
	const change = <T>(work: (trx: Trx) => Promise<T>) => database.change(work);
	const begin = (key: string, mailId: string) =>
		change((trx) => guestStore.beginMail(trx, id, { key, mailId, most: 1 }));
	const end = (key: string, mailId: string, isSent: boolean) =>
		change((trx) => guestStore.endMail(trx, id, { key, mailId, isSent }));
	const mailed = async () => (await guests.select("mailed").executeTakeFirstOrThrow()).mailed;
	expect([await begin("k", "1"), await begin("k", "2"), await begin("other", "3")]).toEqual([true, true, false]);
	await end("k", "2", true);
	await end("k", "1", false);
	expect(await mailed()).toEqual(["k"]);
	// What failed alone counts no more.
	await begin("k", "4");
	await end("k", "4", true);
	expect(await mailed()).toEqual(["k"]);
	expect(await begin("other", "5")).toBe(false);
});

test("a session was a relay: one address counted as many by what stands behind a plus, and there was no end by network or messenger", async () => {
	const mailed = new Map<string, Set<string>>();
	const kept: SessionAddresses = {
		async begin(id, key, _mailId, most) {
			const own = mailed.get(id) ?? new Set();
			mailed.set(id, own);
			return own.has(key) || (own.size < most && own.add(key) !== undefined);
		},
		end: async () => {},
	};
	const told: string[] = [];
	let limits = new TranscriptLimits(kept);
	const take = async (to: string, guestId = "g", ip = "192.0.2.1", messengerId = "m") =>
		typeof (await limits.take({ to, guestId, ip, messengerId })) !== "string";
	const many = async (count: number, wish: (n: number) => Promise<boolean>) =>
		(await Promise.all(Array.from({ length: count }, (_none, n) => wish(n)))).filter(Boolean).length;
	expect(await many(10, (n) => take(`Vic.Tim+${n}@customer.test`, `g${n}`))).toBe(3);
	limits = new TranscriptLimits(kept, (of, { ip }) => told.push(`${of} ${ip}`));
	expect(await many(30, (n) => take(`to${n}@customer.test`, `h${n}`))).toBe(10);
	expect(await many(300, (n) => take(`to${n}@else.test`, `i${n}`, `198.51.100.${n}`))).toBe(90);
	expect(await take("to@else.test", "j", "198.51.100.1", "another")).toBe(true);
	// Who has had none was told that theirs was sent often enough, and operators heard of nothing.
	const first = { to: "first@else.test", guestId: "k" };
	expect(await limits.take({ ...first, ip: "192.0.2.1", messengerId: "another" })).toBe("busy");
	expect(await limits.take({ ...first, ip: "203.0.113.1", messengerId: "m" })).toBe("busy");
	expect(told).toEqual(["network 192.0.2.1", expect.stringMatching(/^messenger /)]);
	// What a session wrote is known after a restart.
	for (const to of ["one", "two", "three", "four", "one"]) {
		limits = new TranscriptLimits(kept);
		expect(await take(`${to}@customer.test`), to).toBe(to !== "four");
	}
});

test("by an address of no domain here conversations were to be sent, and it was taken in silence", async () => {
	const mail = { canSend: async () => true, send: async () => true };
	messaging.web.useMail({ ...mail, holdSender: async (_trx, from) => from.endsWith("@shop.example") });
	const { queue } = await story();
	const wish = (transcriptFrom: string) => ({
		...{ name: `By mail ${++count}`, channel: "webmessaging" as const, queueId: queue.id, provider: "web" as const },
		settings: { messenger: { transcriptFrom } },
	});
	await expect(messaging.addresses.create(wish("service@else.example"))).rejects.toMatchObject({
		...{ status: 400, options: { details: [{ fieldName: "settings.messenger.transcriptFrom" }] } },
	});
	const kept = await messaging.addresses.create(wish("service@shop.example"));
	// What stands there may stay, so that the rest can be changed.
	messaging.web.useMail({ ...mail, holdSender: async () => false });
	const name = `Renamed ${count}`;
	const changed = { ...wish("service@shop.example"), name };
	expect(await messaging.addresses.change(kept.id, changed, undefined, {})).toMatchObject({ name });
});
