import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ConnectionPorts } from "./connection.ts";
import { partsOf } from "./links.ts";
import { Memory } from "./memory.ts";
import { sha256Head, solve } from "./proof.ts";
import type { ServerFrame } from "./protocol.ts";
import { SessionModel } from "./session-model.ts";

/** What a browser keeps, for all pages of a test. */
function storage() {
	const kept = new Map<string, string>();
	return Object.assign(Object.create({}), {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem(this: Record<string, string>, key: string, value: string) {
			kept.set(key, value);
			this[key] = value;
		},
		removeItem(this: Record<string, string>, key: string) {
			kept.delete(key);
			delete this[key];
		},
	});
}

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal("localStorage", storage());
	vi.stubGlobal("addEventListener", () => {});
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

const start = Date.parse("2026-03-01T10:00:00Z");
const state = { phase: "waiting", isWritable: true, expiresAt: "2026-03-01T11:00:00Z" } as const;
const now = "2026-03-01T10:00:00Z";
const greeting = { type: "session", token: "secret", from: 0, state, now } as const;
let ids = 0;

/** A page with the messenger, and the server's end of its connection. */
function page() {
	const sent: Array<Record<string, unknown>> = [];
	let ports: ConnectionPorts | undefined;
	let isUp = false;
	let isStarted = false;
	const clock = { at: start };
	const brought: string[][] = [];
	const opened: string[] = [];
	const complaints: string[] = [];
	const model = new SessionModel({
		memory: new Memory("m1"),
		connect(given) {
			ports = given;
			return {
				start: () => {
					isStarted = true;
				},
				stop: () => {
					isStarted = false;
					isUp = false;
				},
				settled() {},
				send(frame) {
					if (isUp) sent.push(frame as Record<string, unknown>);
					return isUp;
				},
			};
		},
		bring: async (ticket, file) => {
			brought.push([ticket, file.name]);
			if (file.name.startsWith("bad")) throw new Error("400");
		},
		open: (url) => void opened.push(url),
		isVisible: () => true,
		complain: (text) => void complaints.push(text),
		now: () => clock.at,
		newId: () => `id-${++ids}`,
	});
	return {
		model,
		sent,
		brought,
		opened,
		complaints,
		clock,
		isStarted: () => isStarted,
		up() {
			isUp = true;
			ports?.opened();
		},
		down() {
			isUp = false;
			ports?.changed(false);
		},
		get: (frame: ServerFrame) => ports?.received(frame),
		texts: () => model.messages.value.map(({ text }) => text),
		written: () => sent.filter(({ type }) => type === "message").map(({ text }) => text),
	};
}

const message = (seq: number, text: string, more = {}) =>
	({ type: "message", seq, direction: "outbound", text, at: now, ...more }) as const;

it("what was written without a connection was lost, or stood there twice", () => {
	const one = page();
	one.model.send("One", { name: "Carol" });
	one.up();
	expect(one.sent).toEqual([{ type: "hello", lastSeq: 0 }]);
	one.get(greeting);
	expect(one.sent.at(-1)).toMatchObject({ text: "One", attributes: { name: "Carol" } });
	one.down();
	one.model.send("Two");
	one.model.send("Three");
	one.up();
	expect(one.sent.at(-1)).toEqual({ type: "hello", lastSeq: 0, token: "secret" });
	one.get({ ...greeting, token: undefined });
	expect(one.written()).toEqual(["One", "One", "Two", "Three"]);
	const [first = "", second = "", third = ""] = one.model.unsent.value.map(({ clientId }) => clientId);
	one.get(message(1, "One", { direction: "inbound", clientId: first }));
	one.get({ type: "ack", clientId: first, seq: 1 });
	one.get(message(2, "Two", { direction: "inbound", clientId: second }));
	one.get(message(2, "Two", { direction: "inbound", clientId: second }));
	one.get({ type: "ack", clientId: third, seq: 3 });
	one.get(message(3, "Three", { direction: "inbound", clientId: third }));
	expect([one.texts(), one.model.unsent.value]).toEqual([["One", "Two", "Three"], []]);
});

it("a reload in mid-sentence lost the sentence, and what was still to be sent", () => {
	const before = page();
	before.model.send("Sent while offline");
	before.model.type("Half a sen");
	const after = page();
	expect(after.model.draft.value).toBe("Half a sen");
	after.model.start();
	expect(after.isStarted()).toBe(true);
	after.up();
	after.get(greeting);
	expect(after.written()).toEqual(["Sent while offline"]);
	const third = page();
	third.model.start();
	third.up();
	expect(third.sent).toEqual([{ type: "hello", lastSeq: 0, token: "secret" }]);
});

it("a page that was away for long showed a gap as if nothing had been written in it", () => {
	const one = page();
	one.model.send("Hello");
	one.up();
	one.get(greeting);
	for (const seq of [1, 2, 3]) one.get(message(seq, `m${seq}`));
	one.down();
	one.up();
	expect(one.sent.at(-1)).toMatchObject({ type: "hello", lastSeq: 3 });
	one.get({ ...greeting, from: 40 });
	one.get(message(41, "m41"));
	expect([one.texts(), one.model.hasOlder.value]).toEqual([["m41"], true]);
	one.model.askOlder();
	one.model.askOlder();
	expect(one.sent.filter(({ type }) => type === "older")).toEqual([{ type: "older", before: 41 }]);
	const { type: _type, ...older } = message(40, "m40");
	one.get({ type: "older", messages: [older] });
	expect(one.texts()).toEqual(["m40", "m41"]);
});

it("a transcript had the newest fifty messages alone", async () => {
	const one = page();
	one.model.send("Hello");
	one.up();
	one.get({ ...greeting, from: 100 });
	one.get(message(101, "m101"));
	const older = (from: number) => Array.from({ length: 50 }, (_, at) => message(from + at, `m${from + at}`));
	const whole = one.model.whole();
	one.get({ type: "older", messages: older(51) });
	one.get({ type: "older", messages: older(1) });
	const all = await whole;
	expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 101 }, (_, at) => at + 1));
	expect(one.sent.filter(({ type }) => type === "older").map(({ before }) => before)).toEqual([101, 51]);
});

it("a transcript was cut off where a message came meanwhile, and all of it was shown and read out", async () => {
	const one = page();
	one.model.send("Hello");
	one.up();
	one.get({ ...greeting, from: 150 });
	one.get(message(151, "m151"));
	const older = (from: number) => Array.from({ length: 50 }, (_, at) => message(from + at, `m${from + at}`));
	const whole = one.model.whole();
	one.get(message(152, "meanwhile"));
	one.get({ type: "older", messages: older(101) });
	expect(one.texts()).toEqual(["m151", "meanwhile"]);
	one.model.askOlder();
	one.get({ type: "older", messages: older(51) });
	one.get({ type: "older", messages: older(101) });
	expect(one.texts().length, "what the customer asks for is shown").toBe(52);
	one.get(message(153, "last"));
	one.get({ type: "older", messages: older(1) });
	expect((await whole).map(({ seq }) => seq)).toEqual(Array.from({ length: 153 }, (_, at) => at + 1));
	expect(one.texts().length).toBe(53);
});

it("a transcript of more pages than are given at once never ended, and older ones could not be asked for again", async () => {
	const one = page();
	one.model.send("Hello");
	one.up();
	one.get({ ...greeting, from: 1 });
	one.get(message(2, "m2"));
	const asked = () => one.sent.filter(({ type }) => type === "older").length;
	const whole = one.model.whole();
	one.model.askOlder();
	expect(asked()).toBe(2);
	one.get({ type: "error", code: "too.many.messages", text: "" });
	vi.advanceTimersByTime(3_000);
	one.model.askOlder();
	expect(asked()).toBe(4);
	one.get({ type: "older", messages: [message(1, "m1")] });
	expect((await whole).map(({ text }) => text)).toEqual(["m1", "m2"]);
	expect(one.texts()).toEqual(["m1", "m2"]);
});

it("a transcript without a connection is what the page has", async () => {
	const one = page();
	one.model.send("Hello");
	one.up();
	one.get({ ...greeting, from: 100 });
	one.get(message(101, "m101"));
	const whole = one.model.whole();
	one.down();
	expect((await whole).map(({ text }) => text)).toEqual(["m101"]);
});

it("a conversation is asked for by mail, and what became of that is said", () => {
	const one = page();
	one.model.send("Hello");
	one.model.mail("carol@customer.test");
	expect(one.model.mailed.value).toEqual({ state: "failed" });
	one.up();
	one.get(greeting);
	one.model.mail("carol@customer.test");
	expect([one.sent.at(-1), one.model.mailed.value]).toEqual([
		{ type: "transcript", email: "carol@customer.test" },
		{ state: "asked" },
	]);
	one.get({ type: "transcript", email: "carol@customer.test" });
	expect(one.model.mailed.value).toEqual({ state: "sent", email: "carol@customer.test" });
	one.model.mail("carol@customer.test");
	one.get({ type: "error", code: "message.transcript.failed", text: "no" });
	expect(one.model.mailed.value).toEqual({ state: "failed" });
	// No other address helps.
	for (const code of ["message.transcript.often", "message.transcript.busy"]) {
		one.model.mail("carol@customer.test");
		one.get({ type: "error", code, text: "no" });
		expect(one.model.mailed.value).toEqual({ state: "many" });
	}
});

it("the badge counted what had been read, and the agent was told that what nobody saw was read", () => {
	const one = page();
	one.model.send("Hello");
	one.up();
	one.get(greeting);
	one.get(message(1, "Hello, Carol"));
	expect([one.model.unread.value, one.sent.at(-1)]).toEqual([1, { type: "seen", seq: 1, isRead: false }]);
	one.model.setOpen(true);
	expect([one.model.unread.value, one.sent.at(-1)]).toEqual([0, { type: "seen", seq: 1, isRead: true }]);
	one.model.setOpen(false);
	expect(one.sent.at(-1)).toEqual({ type: "seen", seq: 1, isRead: true });
});

it("WM-3: that the customer writes is told every three seconds at most; the agent's is gone after five", () => {
	const one = page();
	one.model.send("Hello");
	one.up();
	one.get(greeting);
	const told = () => one.sent.filter(({ type }) => type === "typing").length;
	for (const text of ["a", "ab", "abc"]) one.model.type(text);
	expect(told()).toBe(1);
	one.clock.at += 3_000;
	one.model.type("abcd");
	expect(told()).toBe(2);
	one.get({ type: "typing" });
	expect(one.model.isTyping.value).toBe(true);
	vi.advanceTimersByTime(5_000);
	expect(one.model.isTyping.value).toBe(false);
	one.get({ type: "typing" });
	one.get(message(1, "There"));
	expect(one.model.isTyping.value).toBe(false);
});

it("WM-6: a session says that it ends, is cleared from the page, and what was not sent stands in the box", () => {
	const one = page();
	one.model.send("Hello");
	one.up();
	// The customer's clock is wrong by a day.
	one.clock.at -= 86_400_000;
	one.get(greeting);
	one.get(message(1, "Hi"));
	one.clock.at += 54 * 60_000;
	vi.advanceTimersByTime(5_000);
	expect(one.model.minutesLeft.value).toBeUndefined();
	one.clock.at += 2 * 60_000;
	vi.advanceTimersByTime(5_000);
	expect(one.model.minutesLeft.value).toBe(4);
	one.clock.at += 4 * 60_000;
	vi.advanceTimersByTime(5_000);
	expect([one.texts(), one.model.isExpired.value, one.model.draft.value]).toEqual([[], true, "Hello"]);
	expect(Object.keys(localStorage).filter((key) => key.endsWith("token"))).toEqual([]);
});

it("what the server refuses says why and can be sent again; a flood is sent later by itself", () => {
	const one = page();
	one.model.send("Too long");
	one.up();
	one.get(greeting);
	const [{ clientId = "" } = {}] = one.model.unsent.value;
	one.get({ type: "error", code: "message.too.long", text: "It is too long.", clientId });
	const [failed] = one.model.unsent.value;
	expect(failed?.failed).toBe("It is too long.");
	if (failed) one.model.again(failed);
	expect(one.model.unsent.value).toMatchObject([{ text: "Too long" }]);
	expect(one.model.unsent.value[0]?.clientId).not.toBe(clientId);
	one.get({ type: "error", code: "too.many.messages", text: "Wait.", clientId });
	const before = one.written().length;
	vi.advanceTimersByTime(3_000);
	expect(one.written().length).toBe(before + 1);
});

it("WM-4: a file waits for the connection, goes once by the address it is given, and is opened by its link", async () => {
	const one = page();
	one.model.send("Hello");
	one.model.sendFile(new File(["x"], "lamp.png"));
	one.up();
	one.get(greeting);
	const [asked] = one.sent.filter(({ type }) => type === "file");
	expect(asked).toMatchObject({ name: "lamp.png", size: 1 });
	one.get({ type: "ticket", clientId: String(asked?.clientId), ticket: "t1" });
	await vi.advanceTimersByTimeAsync(0);
	expect([one.brought, one.model.unsent.value.map(({ text }) => text)]).toEqual([[["t1", "lamp.png"]], ["Hello"]]);
	one.model.sendFile(new File(["x"], "bad.png"));
	one.get({ type: "ticket", clientId: String(one.sent.at(-1)?.clientId), ticket: "t2" });
	await vi.advanceTimersByTimeAsync(0);
	expect(one.model.unsent.value.at(-1)).toMatchObject({ text: "bad.png", failed: "The file was not sent. Try again." });
	one.model.openFile(2);
	expect(one.sent.at(-1)).toEqual({ type: "link", seq: 2 });
	one.get({ type: "link", seq: 2, url: "https://inlay.example/f" });
	expect(one.opened).toEqual(["https://inlay.example/f"]);
});

it("a server that asks for work gets it", async () => {
	vi.useRealTimers();
	const one = page();
	one.model.send("Hello");
	one.up();
	one.get({ type: "challenge", nonce: "abc", bits: 6 });
	await expect.poll(() => one.sent.at(-1)).toMatchObject({ type: "hello", proof: expect.any(String) });
	const { proof } = one.sent.at(-1) ?? {};
	const hash = createHash("sha256").update(`abc:${proof}`).digest();
	expect(hash.readUInt32BE(0) >>> 26).toBe(0);
	expect(await solve("abc", 6)).toBe(proof);
});

it.each(["", "abc", "x".repeat(55), "Zm9vYmFyYmF6cXV4:12345678"])("the hash of %o is SHA-256", (text) => {
	expect(sha256Head(text)).toBe(createHash("sha256").update(text).digest().readUInt32BE(0));
});

it.each([
	["See https://shop.example/a?b=1.", ["See ", { href: "https://shop.example/a?b=1" }, "."]],
	["javascript:alert(1) data:text/html,x", ["javascript:alert(1) data:text/html,x"]],
	['<a href="https://evil.example">x</a>', ['<a href="', { href: "https://evil.example" }, '">x</a>']],
	["(http://a.example)", ["(", { href: "http://a.example" }, ")"]],
	["https://", ["https://"]],
])("WM-8: a link in %o led elsewhere than it says", (text, parts) => {
	expect(partsOf(text)).toEqual(parts);
});

it("where a browser keeps nothing, the messenger failed", () => {
	const refuses = () => {
		throw new Error("denied");
	};
	vi.stubGlobal("localStorage", { getItem: refuses, setItem: refuses, removeItem: refuses });
	const one = page();
	one.model.send("Hello");
	one.up();
	one.get(greeting);
	one.get(message(1, "Hi"));
	expect(one.texts()).toEqual(["Hi"]);
});

/** A token of that person: what is signed is looked at by the server alone. */
const jwtOf = (sub: string, more = "") => `e30.${btoa(JSON.stringify({ sub, more }))}.c2ln`;
const settle = () => vi.advanceTimersByTimeAsync(0);
const known = { ...greeting, token: undefined };
const fresh = { ...known, state: { ...state, phase: "new" } } as const;

it("who is signed in with the page stayed a guest, or kept their conversation when they signed out", async () => {
	const one = page();
	one.model.send("As a guest");
	one.up();
	one.get(greeting);
	one.model.setOpen(true);
	let token: string | undefined = jwtOf("carol");
	one.model.signIn(async () => token);
	expect([one.isStarted(), one.texts()]).toEqual([true, []]);
	one.up();
	await settle();
	expect(one.sent.at(-1)).toEqual({ type: "hello", lastSeq: 0, jwt: token });
	one.get(known);
	one.get(message(1, "Hello Carol"));
	one.down();
	token = jwtOf("carol", "a fresh one");
	one.up();
	await settle();
	expect(one.sent.at(-1)).toEqual({ type: "hello", lastSeq: 1, jwt: token });
	token = undefined;
	one.down();
	one.up();
	await settle();
	expect([one.sent.at(-1), one.texts()]).toEqual([{ type: "hello", lastSeq: 0, token: "secret" }, []]);
	one.model.signIn(undefined);
	one.up();
	expect(one.sent.at(-1)).toEqual({ type: "hello", lastSeq: 0, token: "secret" });
});

it("who was not signed in was locked out of a page with a sign-in, and had no guest's form", async () => {
	const one = page();
	one.model.signIn(async () => undefined);
	one.model.setOpen(true);
	expect([one.model.isReady.value, one.model.isFirst.value, one.isStarted()]).toEqual([false, false, true]);
	one.up();
	await settle();
	expect([one.model.isFirst.value, one.model.isOffline.value, one.isStarted(), one.sent]).toEqual([
		true,
		false,
		false,
		[],
	]);
	one.model.send("Hello", { name: "Carol" });
	expect(one.isStarted()).toBe(true);
	one.up();
	expect(one.sent).toEqual([{ type: "hello", lastSeq: 0 }]);
	one.get(greeting);
	expect(one.sent.at(-1)).toMatchObject({ text: "Hello", attributes: { name: "Carol" } });
});

it("a token that could not be had once made a guest of its owner, or was never asked for again", async () => {
	const one = page();
	let tries = 0;
	one.model.signIn(async () => {
		if (++tries < 3) throw new Error("Failed to fetch");
		return jwtOf("carol");
	});
	one.model.setOpen(true);
	one.up();
	await settle();
	expect([one.sent, one.model.isReady.value, one.model.isOffline.value]).toEqual([[], false, true]);
	expect(one.complaints).toEqual(["the page's sign-in gave no token: Failed to fetch"]);
	await vi.advanceTimersByTimeAsync(3_000);
	expect([tries, one.sent]).toEqual([2, []]);
	await vi.advanceTimersByTimeAsync(6_000);
	expect(one.sent).toEqual([{ type: "hello", lastSeq: 0, jwt: jwtOf("carol") }]);
});

it("a signed-in customer was never asked what the administrator wants to know", async () => {
	const one = page();
	one.model.signIn(jwtOf("carol"));
	one.model.setOpen(true);
	one.up();
	await settle();
	expect([one.model.isReady.value, one.model.isFirst.value]).toEqual([false, false]);
	one.get(fresh);
	expect([one.model.isReady.value, one.model.isFirst.value]).toEqual([true, true]);
	one.model.send("Hello", { order: "4217" });
	expect([one.sent.at(-1)?.attributes, one.model.isFirst.value]).toEqual([{ order: "4217" }, false]);
	const other = page();
	other.model.signIn(jwtOf("carol"));
	other.model.setOpen(true);
	other.up();
	await settle();
	other.get(known);
	expect([other.model.isReady.value, other.model.isFirst.value]).toEqual([true, false]);
});

it("what one person wrote was sent as the next one, also by a page that came later", async () => {
	const one = page();
	one.model.send("A guest's");
	one.up();
	one.get(greeting);
	const guests = one.sent.at(-1)?.clientId;
	one.model.type("A guest's dra");
	one.model.setOpen(true);
	const as = async (at: ReturnType<typeof page>, who: string) => {
		at.model.signIn(jwtOf(who));
		at.model.setOpen(true);
		at.up();
		await settle();
		at.sent.length = 0;
		at.get(fresh);
	};
	await as(one, "alice");
	expect([one.written(), one.model.draft.value]).toEqual([[], ""]);
	one.model.send("Alice's");
	one.model.type("Alice's dra");
	await as(one, "bob");
	expect([one.written(), one.model.unsent.value, one.model.draft.value]).toEqual([[], [], ""]);
	const later = page();
	await as(later, "bob");
	expect([later.written(), later.model.draft.value]).toEqual([[], ""]);
	await as(later, "alice");
	expect([later.written(), later.model.draft.value]).toEqual([["Alice's"], "Alice's dra"]);
	later.model.signIn(undefined);
	later.up();
	later.get(known);
	expect([later.written(), later.model.draft.value]).toEqual([["Alice's", "A guest's"], "A guest's dra"]);
	// By its name it is the same message, also where the first page has brought it.
	expect(later.sent.at(-1)?.clientId).toBe(guests);
});

it("what somebody who was signed in lets others see went on when they had gone", async () => {
	const one = page();
	one.model.setOpen(true);
	one.model.signIn(jwtOf("alice"));
	one.up();
	await settle();
	one.get(known);
	one.get({ type: "share", sessionId: "s1", key: "k1", agent: "Anna" });
	one.model.signIn(jwtOf("alice", "fresh"));
	one.up();
	await settle();
	expect([one.model.share.value?.sessionId, one.model.left.value]).toEqual(["s1", 0]);
	const after = page();
	after.model.signIn(undefined);
	expect(after.model.left.value).toBe(1);
	one.model.signIn(jwtOf("bob"));
	one.up();
	await settle();
	expect([one.model.left.value, one.model.share.value]).toEqual([1, undefined]);
});

it("a late token signed in who had gone already, also by the same function", async () => {
	const one = page();
	const answers: Array<(token: string) => void> = [];
	const by = () => new Promise<string>((done) => answers.push(done));
	one.model.setOpen(true);
	one.model.signIn(by);
	one.up();
	one.model.signIn(by);
	one.up();
	answers[1]?.(jwtOf("bob"));
	await settle();
	answers[0]?.(jwtOf("alice"));
	await settle();
	expect(one.sent).toEqual([{ type: "hello", lastSeq: 0, jwt: jwtOf("bob") }]);
});

it("every visitor of a page with a sign-in was connected, also who never opened the messenger", async () => {
	const one = page();
	one.model.signIn(jwtOf("carol"));
	expect(one.isStarted()).toBe(false);
	one.model.setOpen(true);
	expect(one.isStarted()).toBe(true);
	one.up();
	await settle();
	one.get(known);
	const again = page();
	again.model.signIn(jwtOf("carol"));
	expect(again.isStarted()).toBe(true);
	const other = page();
	other.model.signIn(jwtOf("dave"));
	other.up();
	await settle();
	expect([other.sent, other.isStarted()]).toEqual([[], false]);
});

it("all who signed in by one browser had one mark of what they had read", async () => {
	const unread = async (who: string) => {
		const one = page();
		one.model.signIn(jwtOf(who));
		one.model.setOpen(true);
		one.model.setOpen(false);
		one.up();
		await settle();
		one.get(known);
		one.get(message(1, "Hello"));
		const before = one.model.unread.value;
		one.model.setOpen(true);
		return before;
	};
	const inTurn: number[] = [];
	for (const who of ["alice", "bob", "alice"]) {
		localStorage.setItem(`inlay.messenger.m1.as."${who}".known`, "1");
		inTurn.push(await unread(who));
	}
	expect(inTurn).toEqual([1, 1, 0]);
});

it("who is signed in stood before a closed box when their conversation was over", async () => {
	const one = page();
	one.model.signIn(jwtOf("carol"));
	one.model.setOpen(true);
	one.up();
	await settle();
	one.get({ ...known, state: { ...state, phase: "ended", isWritable: false } } as const);
	one.model.forget();
	expect([one.sent.at(-1), one.isStarted(), one.model.isReady.value]).toEqual([{ type: "end" }, true, false]);
	one.up();
	await settle();
	one.get(fresh);
	expect([one.model.isReady.value, one.model.isFirst.value]).toEqual([true, true]);
});
