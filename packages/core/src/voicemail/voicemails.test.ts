import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { testPrincipal } from "../test-support/test-api.ts";
import { readPcmWav } from "../voice/media/pcm-wav.ts";
import { GreetingFiles } from "./greeting-files.ts";
import { monoWav } from "./greetings.ts";
import { createMailboxes } from "./mailboxes.ts";
import { type MailboxWorld, mailboxWorld } from "./test-support/mailbox-world.ts";

let world: MailboxWorld;
beforeAll(async () => {
	world = await mailboxWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.kernel.database.db.deleteFrom("voicemails").execute();
	world.receivers.add("eva");
});

const anna = { type: "user", id: "anna" } as const;
const ben = { type: "user", id: "ben" } as const;
const returns = { type: "group", id: "returns" } as const;
const dayMs = 86_400_000;

/** What users were told of on their topics, as `user action`. */
async function told(after: Awaited<ReturnType<MailboxWorld["kernel"]["newest"]>>): Promise<string[]> {
	return (await world.kernel.told(after)).flatMap(({ announcements }) =>
		announcements.flatMap(({ topics, eventBody }) =>
			topics.map((topic) => `${topic.split(".")[2]} ${(eventBody as { action: string }).action}`),
		),
	);
}

it("VM-2: heard in one tab, a message went on waiting in the other; marked unread it waits again", async () => {
	const { id } = await world.leave(anna);
	expect(await world.waiting("anna")).toEqual([1]);
	const mark = await world.kernel.newest();
	const read = await world.call("anna", "PATCH", `/messages/${id}`, { read: true });
	expect(read.json()).toMatchObject({
		id,
		read: true,
		audioRecordingDurationSeconds: 8,
		inlayReadBy: { name: "Anna" },
	});
	expect(await world.waiting("anna")).toEqual([0]);
	// A second click changes nothing and tells nobody.
	await world.call("anna", "PUT", `/messages/${id}`, { ...read.json() });
	expect(await told(mark)).toEqual(["anna updated"]);
	await world.call("anna", "PATCH", `/messages/${id}`, { read: false });
	expect(await world.waiting("anna")).toEqual([1]);
	expect((await world.call("anna", "GET", "/me/mailbox")).json()).toMatchObject({
		ownerType: "User",
		totalCount: 1,
		unreadCount: 1,
		usageSizeBytes: 200,
	});
});

it("VM-3: forwarded to Ben, a message went without its note, or left Anna", async () => {
	const { id } = await world.leave(anna);
	const mark = await world.kernel.newest();
	const body = { voicemailMessageId: id, userId: "ben", inlayNote: "please call" };
	const copy = (await world.call("anna", "POST", "/messages", body)).json();
	expect(copy).toMatchObject({
		user: { id: "ben" },
		note: "please call",
		copiedFrom: { user: { id: "anna", name: "Anna" } },
	});
	expect(await told(mark)).toEqual(["ben created", "anna updated"]);
	expect(await world.waiting("anna", "ben")).toEqual([1, 1]);
	const original = (await world.call("anna", "GET", `/messages/${id}`)).json();
	expect(original).toMatchObject({ read: false, copiedTo: [{ user: { id: "ben" } }] });
	expect(original.note).toBeUndefined();
	await world.call("ben", "PATCH", `/messages/${copy.id}`, { read: true });
	expect(await world.waiting("anna", "ben")).toEqual([1, 0]);
});

it("VM-3: forwarded to a group, a message was heard of by nobody, or went where nobody would ever hear it", async () => {
	const { id } = await world.leave({ type: "user", id: "eva" });
	const before = await world.waiting("anna", "ben");
	const body = (groupId: string) => ({ voicemailMessageId: id, groupId, inlayNote: "yours?" });
	const copy = (await world.call("eva", "POST", "/messages", body("returns"))).json();
	expect(copy).toMatchObject({ group: { name: "Returns" }, note: "yours?", copiedFrom: { user: { id: "eva" } } });
	expect(await world.waiting("anna", "ben")).toEqual(before.map((one) => one + 1));
	const refused = await world.call("eva", "POST", "/messages", body("nobodys"));
	expect([refused.statusCode, refused.json().code]).toEqual([400, "voicemail.disabled"]);
	await world.call("ben", "PATCH", `/messages/${copy.id}`, { deleted: true });
});

it("a queue's people heard nothing of what was left there", async () => {
	const mark = await world.kernel.newest();
	await world.leave({ type: "queue", id: "support" });
	expect(await told(mark)).toEqual(["ben created"]);
	expect(await world.waiting("ben"), "the badge counts one's own").toEqual(await world.waiting("anna"));
});

it("VM-4: a group's message waits for each member until one has heard it, and says who", async () => {
	const { id } = await world.leave(returns);
	expect(await world.waiting("anna", "ben", "eva")).toEqual([1, 1, 0]);
	const mark = await world.kernel.newest();
	await world.call("ben", "PATCH", `/messages/${id}`, { read: true });
	expect(await told(mark)).toEqual(["anna updated", "ben updated"]);
	expect(await world.waiting("anna", "ben")).toEqual([0, 0]);
	const claim = `/api/v2/inlay/voicemail/messages/${id}/claim`;
	await world.call("anna", "POST", claim, { claimed: true });
	const [found] = (await world.call("anna", "GET", "/messages")).json().entities;
	expect(found).toMatchObject({
		group: { name: "Returns" },
		inlayReadBy: { name: "Ben" },
		inlayClaimedBy: { id: "anna" },
	});
	// Two of them said that they take it, and the last one had it.
	for (const claimed of [true, false]) {
		const late = await world.call("ben", "POST", claim, { claimed });
		expect([late.statusCode, late.json().code]).toEqual([409, "voicemail.claimed"]);
	}
	expect((await world.call("anna", "POST", claim, { claimed: false })).json().inlayClaimedBy).toBeUndefined();
});

it("VM-6: deleted and undone it is back; eight days after it was deleted its file is gone from storage", async () => {
	const { id, key } = await world.leave(anna);
	expect((await world.call("anna", "DELETE", `/messages/${id}`)).statusCode).toBe(200);
	expect((await world.call("anna", "GET", "/me/messages")).json().total).toBe(0);
	expect((await world.call("anna", "GET", `/messages/${id}/media`)).statusCode).toBe(404);
	world.kernel.clock.advance(5000);
	await world.call("anna", "PATCH", `/messages/${id}`, { deleted: false });
	expect((await world.call("anna", "GET", "/me/messages")).json().total).toBe(1);
	world.kernel.clock.advance(8 * dayMs);
	await world.kernel.jobs.runDue();
	expect((await world.call("anna", "GET", `/messages/${id}`)).statusCode).toBe(200);
	const copy = (await world.call("anna", "POST", "/messages", { voicemailMessageId: id, userId: "ben" })).json();
	await world.call("anna", "DELETE", `/messages/${id}`);
	world.kernel.clock.advance(8 * dayMs);
	await settle();
	expect((await world.call("anna", "GET", `/messages/${id}`)).statusCode).toBe(404);
	// Ben has a copy, which is of the same sound.
	const kept = await world.kernel.storage.get(key);
	kept?.body.destroy();
	expect(kept).toBeDefined();
	await world.call("ben", "DELETE", `/messages/${copy.id}`);
	world.kernel.clock.advance(8 * dayMs);
	await settle();
	expect(await world.kernel.storage.get(key)).toBeUndefined();
});

/** What is due is done, and what follows from it. */
async function settle(): Promise<void> {
	await world.kernel.jobs.runDue();
	await world.kernel.jobs.runDue();
	await world.voicemails.purge.idle();
}

it("VM-7: a link plays without a token for five minutes; another user's message does not exist", async () => {
	const { id } = await world.leave(anna);
	const { mediaFileUri, waveformData } = (await world.call("anna", "GET", `/messages/${id}/media?formatId=WAV`)).json();
	expect(waveformData).toEqual([0.5]);
	const open = () => world.api.call("GET", mediaFileUri.replace("http://localhost", ""));
	expect((await open()).rawPayload.length).toBe(200);
	world.kernel.clock.advance(299_000);
	expect((await open()).statusCode).toBe(200);
	world.kernel.clock.advance(2000);
	expect((await open()).statusCode).toBe(403);
	for (const [method, path] of [
		["GET", ""],
		["GET", "/media"],
		["PATCH", ""],
		["DELETE", ""],
	] as const) {
		const body = method === "PATCH" ? { read: true } : undefined;
		expect((await world.call("ben", method, `/messages/${id}${path}`, body)).statusCode).toBe(404);
	}
	const taken = await world.call("ben", "POST", "/messages", { voicemailMessageId: id, userId: "ben" });
	expect(taken.json().details[0].fieldName).toBe("voicemailMessageId");
	expect((await world.call("anna", "GET", `/messages/${id}/media?formatId=MP3`)).statusCode).toBe(400);
});

it("somebody who receives no voicemail was sent one that nobody would hear", async () => {
	const { id } = await world.leave(anna);
	world.receivers.delete("eva");
	const refused = await world.call("anna", "POST", "/messages", { voicemailMessageId: id, userId: "eva" });
	expect([refused.statusCode, refused.json().code]).toEqual([400, "voicemail.disabled"]);
	const both = { voicemailMessageId: id, userId: "ben", groupId: "returns" };
	expect((await world.call("anna", "POST", "/messages", both)).json().details[0].fieldName).toBe("userId");
});

it("a group's mailbox was open to who is no member, and a colleague's to everybody", async () => {
	await world.leave(returns);
	await world.leave(ben);
	for (const path of ["/groups/returns/messages", "/groups/returns/mailbox"]) {
		expect((await world.call("anna", "GET", path)).statusCode).toBe(200);
		expect((await world.call("eva", "GET", path)).json()).toMatchObject({ status: 403, code: "not.a.member" });
	}
	expect((await world.call("anna", "GET", "/users/ben/messages")).statusCode).toBe(403);
	expect((await world.call("admin", "GET", "/users/ben/messages")).json().total).toBe(1);
	expect((await world.call("admin", "GET", "/queues/support/messages")).json().total).toBe(0);
	expect((await world.call("anna", "DELETE", "/messages")).statusCode).toBe(200);
	expect((await world.call("admin", "GET", "/users/ben/messages")).json().total).toBe(1);
});

it("a full mailbox took copies beyond what it holds, and a kept-for time was forgotten", async () => {
	const policy = { inlayMaximumMessages: 1, inlayRetentionDays: 3, enabled: true, alertTimeoutSeconds: 20 };
	const saved = await world.call("admin", "PUT", "/policy", policy);
	expect(saved.json()).toMatchObject({ ...policy, maximumRecordingTimeSeconds: 180 });
	const stale = await world.call("admin", "PUT", "/policy", { enabled: false, version: saved.json().version - 1 });
	expect([stale.statusCode, stale.json().code]).toEqual([409, "version.conflict"]);
	const { id } = await world.leave(anna);
	await world.leave(ben);
	const full = await world.call("anna", "POST", "/messages", { voicemailMessageId: id, userId: "ben" });
	expect([full.statusCode, full.json().code]).toEqual([409, "voicemail.mailbox.full"]);
	world.kernel.clock.advance(3 * dayMs);
	await world.kernel.jobs.runDue();
	expect((await world.call("anna", "GET", `/messages/${id}`)).statusCode).toBe(404);
	await world.call("admin", "PUT", "/policy", { inlayRetentionDays: null, inlayMaximumMessages: 100 });
	const odd = await world.call("admin", "PUT", "/policy", { inlayStraightPresences: ["Lunch"] });
	expect(odd.json().details[0].fieldName).toBe("inlayStraightPresences");
});

it("how long one's phone rings is one's own, and tells whether one has a mailbox", async () => {
	const mine = await world.call("anna", "PATCH", "/me/policy", { alertTimeoutSeconds: 12 });
	expect(mine.json()).toMatchObject({ alertTimeoutSeconds: 12, enabled: true });
	expect((await world.call("ben", "GET", "/me/policy")).json().alertTimeoutSeconds).toBe(20);
	expect((await world.call("admin", "GET", "/userpolicies/anna")).json().alertTimeoutSeconds).toBe(12);
	expect((await world.call("anna", "GET", "/userpolicies/ben")).statusCode).toBe(403);
	const group = await world.call("admin", "PATCH", "/groups/returns/policy", { enabled: false });
	expect(group.json()).toMatchObject({ name: "Returns", enabled: false });
	const queue = "/api/inlay/v1/voicemail/queues/support/policy";
	const off = { enabled: false, whenUnstaffed: false };
	expect((await world.call("admin", "GET", queue)).json()).toEqual(off);
	expect((await world.call("admin", "PUT", queue, { enabled: true })).json()).toEqual({ ...off, enabled: true });
	expect((await world.call("anna", "PUT", queue, { enabled: false })).statusCode).toBe(403);
});

it("of two who changed a mailbox's rules side by side the later overwrote the earlier", async () => {
	const changes = { "/me/policy": { alertTimeoutSeconds: 30 }, "/groups/returns/policy": { enabled: true } };
	const queue = {
		path: "/api/inlay/v1/voicemail/queues/support/policy",
		method: "PUT",
		body: { enabled: true },
	} as const;
	const others = Object.entries(changes).map(
		([path, body]) => ({ path: `/api/v2/voicemail${path}`, method: "PATCH", body }) as const,
	);
	for (const { path, method, body } of [queue, ...others]) {
		const { etag } = (await world.api.call("GET", path, { as: "admin" })).headers;
		const change = () => world.api.call(method, path, { as: "admin", body, headers: { "if-match": String(etag) } });
		const [first, second] = [await change(), await change()];
		expect([first.statusCode, second.statusCode], path).toEqual([200, 409]);
		expect(first.headers.etag).toBe((await world.api.call("GET", path, { as: "admin" })).headers.etag);
	}
});

it("VM-8: a greeting of one's own is what callers hear until it is taken back, and then its file is gone", async () => {
	const path = "/api/v2/inlay/voicemail/me/greeting";
	expect((await world.call("anna", "GET", path)).json()).toEqual({ kind: "standard" });
	const tone = Int16Array.from({ length: 5 * 8000 }, (_, at) => 8000 * Math.sin((2 * Math.PI * 1000 * at) / 8000));
	const saved = await world.call("anna", "PUT", path, { audio: monoWav(tone).toString("base64") });
	expect(saved.json()).toMatchObject({ kind: "recorded", durationMs: 5000 });
	const heard = await world.api.call("GET", saved.json().url.replace("http://localhost", ""));
	expect(readPcmWav(heard.rawPayload).samples).toEqual(tone);
	await world.voicemails.policies.setOrganization({ enabled: true }, undefined, {});
	const mailboxes = createMailboxes(world.voicemails, { isReachable: () => true });
	const key = (await mailboxes.ofUser("anna"))?.greeting ?? "";
	const files = new GreetingFiles({ ...world.kernel, folder: await mkdtemp(join(tmpdir(), "inlay-greetings-")) });
	const ready = Promise.withResolvers<void>();
	expect(files.path(key, ready.resolve)).toBe("loading");
	await ready.promise;
	expect(readPcmWav(await readFile(files.path(key, () => {}))).samples).toEqual(tone);
	expect((await world.call("anna", "DELETE", path)).statusCode).toBe(204);
	await settle();
	expect(await world.kernel.storage.get(key)).toBeUndefined();
	expect((await mailboxes.ofUser("anna"))?.greeting).toBeUndefined();
	for (const audio of ["aGVsbG8=", monoWav(new Int16Array(61 * 8000)).toString("base64")]) {
		const refused = await world.call("anna", "PUT", path, { audio });
		expect([refused.statusCode, refused.json().details[0].fieldName]).toEqual([400, "audio"]);
	}
	const shared = "/api/inlay/v1/voicemail/groups/returns/greeting";
	await world.call("admin", "PATCH", "/groups/returns/policy", { enabled: true });
	const audio = monoWav(tone).toString("base64");
	expect((await world.call("admin", "PUT", shared, { audio })).json().kind).toBe("recorded");
	expect((await world.call("anna", "GET", shared)).statusCode).toBe(403);
	expect((await mailboxes.groupCall("returns"))?.mailbox?.greeting).toBeDefined();
});

it("who is on a presence that asks for it, or whose mailbox is full, was rung all the same", async () => {
	await world.voicemails.policies.setOrganization({ enabled: true, maximumMessages: 1 }, undefined, {});
	const mailboxes = createMailboxes(world.voicemails, { isReachable: (userId) => userId !== "eva" });
	expect(await mailboxes.ofUser("ben")).toEqual({
		type: "user",
		id: "ben",
		name: "Ben",
		ringMs: 20_000,
		longestMs: 180_000,
	});
	expect((await mailboxes.ofUser("eva"))?.straight).toBe("unreachable");
	await world.leave(ben);
	expect((await mailboxes.ofUser("ben"))?.full).toBe(true);
	world.receivers.delete("eva");
	expect(await mailboxes.ofUser("eva")).toBeUndefined();
	expect(await mailboxes.ofQueue("support")).toMatchObject({ name: "Support" });
	await world.voicemails.policies.setOrganization({ enabled: false }, undefined, {});
	expect(await mailboxes.ofUser("ben")).toBeUndefined();
});

it("what was left for a full mailbox was lost: it goes to a mailbox with room that the organization names", async () => {
	await world.voicemails.policies.setOrganization({ enabled: true, maximumMessages: 1 }, undefined, {});
	await world.call("admin", "PATCH", "/groups/returns/policy", { enabled: true });
	await world.leave(ben);
	const mailboxes = createMailboxes(world.voicemails, { isReachable: () => true });
	const goesTo = async (overflow: object | null) => {
		const { db } = world.kernel.database;
		const { policy } = await db.selectFrom("voicemail_policy").select("policy").executeTakeFirstOrThrow();
		await db
			.updateTable("voicemail_policy")
			.set({ policy: JSON.stringify({ ...policy, overflow, maximumMessages: 1 }) as never })
			.execute();
		return mailboxes.ofUser("ben");
	};
	const own = await goesTo(null);
	expect(own).toMatchObject({ type: "user", id: "ben", full: true });
	const queue = { type: "queue", id: "support" };
	await world.call("admin", "PUT", "/api/inlay/v1/voicemail/queues/support/policy", { enabled: true });
	const other = await goesTo(queue);
	expect(other).toMatchObject({ ...queue, ringMs: own?.ringMs });
	expect(other?.full).toBeUndefined();
	// One that holds no more itself is of no use.
	await world.leave({ type: "queue", id: "support" });
	expect(await goesTo(queue)).toMatchObject({ type: "user", id: "ben", full: true });
	const refused = await world.call("admin", "PUT", "/policy", { inlayOverflow: { type: "group", id: "nobody" } });
	expect([refused.statusCode, refused.json().details[0].fieldName]).toEqual([400, "inlayOverflow"]);
	await goesTo(null);
	await world.voicemails.policies.setOrganization({ maximumMessages: 100 }, undefined, {});
});

it("a queue's message was not for whom it had been offered to: who has it in hand hears it, nobody else of the queue", async () => {
	const { id } = await world.leave({ type: "queue", id: "support" }, {}, "item");
	expect((await world.call("ben", "GET", `/messages/${id}/media`)).statusCode).toBe(200);
	expect((await world.call("ben", "PATCH", `/messages/${id}`, { read: true })).statusCode).toBe(200);
	expect((await world.call("anna", "GET", `/messages/${id}/media`)).statusCode).toBe(404);
});

it("a group's call rang nobody: its members who are there ring together or in turn, or its mailbox answers at once", async () => {
	await world.voicemails.policies.setOrganization({ enabled: true }, undefined, {});
	const mailboxes = createMailboxes(world.voicemails, { isReachable: () => true });
	const path = "/groups/returns/policy";
	const rung = async () =>
		(await mailboxes.groupCall("returns"))?.steps.map(({ targets }) =>
			targets.map((one) => (one.kind === "user" ? one.name : "")),
		);
	await world.call("admin", "PATCH", path, { enabled: true, rotateCallsSecs: 12 });
	expect(await rung()).toEqual([["Anna", "Ben"]]);
	expect(await mailboxes.groupCall("returns")).toMatchObject({ name: "Returns", ringMs: 12_000, mailbox: {} });
	await world.call("admin", "PATCH", path, { inlayRing: "inTurn" });
	expect(await rung()).toEqual([["Anna"], ["Ben"]]);
	expect((await world.call("admin", "PATCH", path, { inlayRing: "none" })).json()).toMatchObject({
		inlayRing: "none",
		rotateCallsSecs: 12,
	});
	expect(await rung()).toEqual([[]]);
	const away = createMailboxes(world.voicemails, { isReachable: () => false });
	await world.call("admin", "PATCH", path, { inlayRing: "together" });
	expect((await away.groupCall("returns"))?.steps).toEqual([{ targets: [] }]);
});

it("two who took one message both thought that it was theirs: the second is told who has it, and cannot give it back", async () => {
	const { id } = await world.leave(returns);
	const claim = (as: string, claimed: boolean) =>
		world.call(as, "POST", `/api/v2/inlay/voicemail/messages/${id}/claim`, { claimed });
	expect((await claim("anna", true)).json().inlayClaimedBy.name).toBe("Anna");
	for (const claimed of [true, false]) {
		const refused = await claim("ben", claimed);
		expect([refused.statusCode, refused.json().code]).toEqual([409, "voicemail.claimed"]);
		expect(refused.json().message).toContain("Anna");
	}
	expect((await claim("anna", false)).json()).not.toHaveProperty("inlayClaimedBy");
});

it("a message was to be found only by scrolling: by name, by number however it is spaced, by note, by mailbox, not heard yet", async () => {
	const mine = await world.leave(anna, { callerName: "Vera Voss", callerAddress: "tel:+13175550130" });
	const shared = await world.leave(returns, { callerName: "Per_cent 100%" });
	await world.call("anna", "PATCH", `/messages/${mine.id}`, { read: true, note: "about the lamp" });
	const found = async (query: string) =>
		(await world.call("anna", "GET", `/messages?${query}`)).json().entities.map((one: { id: string }) => one.id);
	for (const text of ["vera", "317 555-01 30", "LAMP"])
		expect(await found(`inlayText=${encodeURIComponent(text)}`), text).toEqual([mine.id]);
	expect(await found("inlayText=100%25")).toEqual([shared.id]);
	expect(await found("inlayUnread=true")).toEqual([shared.id]);
	expect(await found("inlayMailbox=group:returns")).toEqual([shared.id]);
	expect(await found("inlayMailbox=user")).toEqual([mine.id]);
	expect((await world.call("eva", "GET", "/messages?inlayMailbox=group:returns")).statusCode).toBe(404);
	const inbox = (await world.call("anna", "GET", "/api/v2/inlay/voicemail/inbox")).json();
	expect(inbox).toMatchObject({ unread: 1, newest: { id: shared.id, seconds: 8, group: "returns" } });
	expect(inbox.conversations).toContain(mine.conversationId);
});

it("the queue's messages stood in no inbox: they do for its members who may look at them, and their number is no indicator's", async () => {
	await world.leave({ type: "queue", id: "support" });
	const boxes = async () => (await world.call("ben", "GET", "/api/v2/inlay/voicemail/inbox")).json();
	expect((await boxes()).mailboxes.map((one: { type: string }) => one.type)).toEqual(["user", "group"]);
	const rights = world.principals.ben;
	world.principals.ben = testPrincipal({ userId: "ben", tokenHash: "ben" });
	expect(await boxes()).toMatchObject({
		unread: 0,
		mailboxes: [{ type: "user" }, { type: "group" }, { type: "queue", id: "support", name: "Support", unread: 1 }],
	});
	const listed = await world.call("ben", "GET", "/messages?inlayMailbox=queue:support");
	expect(listed.json().entities).toHaveLength(1);
	if (rights) world.principals.ben = rights;
});

it("what lay in the mailbox of a deleted user was kept for ever, and a group's link outlived the membership", async () => {
	const { id } = await world.leave({ type: "user", id: "eva" });
	const by = new Date(world.kernel.clock.now().getTime() + 7 * dayMs);
	await world.kernel.database.change((trx) => world.voicemails.end(trx, { type: "user", id: "eva" }, by));
	world.kernel.clock.advance(7 * dayMs + 1000);
	await world.kernel.jobs.runDue();
	expect((await world.call("eva", "GET", `/messages/${id}`)).statusCode).toBe(404);
	const shared = await world.leave(returns);
	const { mediaFileUri } = (await world.call("ben", "GET", `/messages/${shared.id}/media`)).json();
	const play = () => world.api.call("GET", mediaFileUri.replace(/^https?:\/\/[^/]+/, ""), {});
	expect((await play()).statusCode).toBe(200);
	world.left.add("ben");
	expect((await play()).statusCode).toBe(403);
	world.left.delete("ben");
});

it("where greetings are heard, and whose they are, was told nowhere: each stood on its group's or queue's page alone", async () => {
	const path = "/api/inlay/v1/voicemail/greetings";
	await world.kernel.database.db.deleteFrom("voicemail_owners").execute();
	const { eva } = world.principals;
	const names = async (as: string, query = "") => {
		const answer = (await world.call(as, "GET", `${path}${query}`)).json();
		return [answer.total, ...answer.entities.map((one: { name: string }) => one.name)];
	};
	expect(await names("admin"), "a queue takes no messages unless somebody says so").toEqual([2, "Nobody’s", "Returns"]);
	const audio = monoWav(new Int16Array(2 * 8000)).toString("base64");
	const put = (of: string) => world.call("admin", "PUT", `/api/inlay/v1/voicemail/${of}/greeting`, { audio });
	const support = { type: "queue", id: "support", name: "Support", takesOverflow: false };
	expect((await put("queues/support")).json()).toMatchObject({ ...support, takesMessages: false, kind: "recorded" });
	expect(await names("admin"), "recorded ones first").toEqual([3, "Support", "Nobody’s", "Returns"]);
	expect(await names("admin", "?pageSize=1&pageNumber=2")).toEqual([3, "Nobody’s"]);
	expect(await names("admin", "?name=nobody%20S")).toEqual([1, "Nobody’s"]);
	await world.voicemails.policies.setOrganization(
		{ enabled: true, overflow: { type: "queue", id: "support" } },
		undefined,
		{},
	);
	const [first] = (await world.call("admin", "GET", path)).json().entities;
	expect(first).toMatchObject({ ...support, takesOverflow: true, mailboxesAnswer: true, durationMs: 2000 });
	expect((await world.api.call("GET", first.url.replace("http://localhost", ""))).statusCode).toBe(200);

	expect((await world.call("anna", "GET", path)).statusCode).toBe(403);
	const may = (...grants: Array<[string, string]>) => {
		world.principals.eva = testPrincipal({
			...{ userId: "eva", tokenHash: "eva" },
			grants: grants.map(([permission, division]) => ({ permission, divisions: new Set([division]) })),
		});
	};
	may(["routing:queue:edit", "elsewhere"]);
	expect(await names("eva"), "another division's queue").toEqual([0]);
	may(["routing:queue:edit", "home"], ["directory:group:edit", "home"]);
	expect(await names("eva"), "groups are of no division").toEqual([1, "Support"]);
	if (eva) world.principals.eva = eva;
	await world.voicemails.policies.setOrganization({ overflow: null }, undefined, {});
});
