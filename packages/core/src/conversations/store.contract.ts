import { expect, it } from "vitest";
import type { Database } from "../kernel/database/database.ts";
import { inboundConversation, outboundConversation } from "./call/transitions/create.ts";
import { type Conversation, livePartOf } from "./model.ts";
import type { ConversationStore } from "./store.ts";
import { type Command, transition } from "./transitions/transition.ts";

export interface StoreUnderTest {
	store: ConversationStore;
	change: Database["change"];
}

const queue = { id: "help", name: "Help", wrapupPrompt: "mandatory" } as const;
const common = { divisionId: "home", provider: "test" };

/** What every store of conversations does; the database's and the one of the model tests run it. */
export function conversationStoreContract(make: () => Promise<StoreUnderTest>): void {
	let second = 0;
	const context = () => ({ now: new Date(Date.UTC(2026, 0, 5, 9, 0, ++second)), newId: () => crypto.randomUUID() });
	const run = (from: Conversation, ...commands: Command[]) =>
		JSON.parse(JSON.stringify(commands.reduce((now, one) => transition(now, one, context()), from))) as Conversation;

	async function saved({ store, change }: StoreUnderTest, after: Conversation, before?: Conversation) {
		const stored = JSON.parse(JSON.stringify(after)) as Conversation;
		await change((trx) => store.save(trx, [{ ...(before ? { before } : {}), after: stored }]));
		return stored;
	}

	/** `userId` calls a number: contacting. */
	const call = (userId: string, next: object = { kind: "outside", purpose: "external", address: "+1" }) =>
		outboundConversation({ ...common, caller: { userId, name: userId }, next: next as never }, context());

	/** A customer who waits in `help`. */
	function waiting(): Conversation {
		const fresh = inboundConversation({ ...common, customer: { address: "+2" }, dnis: "+3", queue }, context());
		return run(fresh, { type: "media.connected", participantId: fresh.participants[0]?.id ?? "" });
	}

	const offered = (from: Conversation, userId: string) =>
		run(from, { type: "offer", offer: { queueId: "help", userId, userName: userId, timeoutMs: 1000 } });

	it("gives back what was saved, and holds what exists", async () => {
		const at = await make();
		const first = await saved(at, call("anna"));
		const second = await saved(at, run(first, { type: "end", why: "system" }), first);
		expect(await at.store.get(first.id)).toEqual(second);
		expect(await at.store.get("unknown")).toBeUndefined();
		expect(await at.store.all([first.id, "unknown"])).toEqual([second]);
		expect(await at.store.all([])).toEqual([]);
		const held = await at.change((trx) => at.store.lock(trx, [first.id, "unknown"]));
		expect([...held.keys()]).toEqual([first.id]);
		await expect(saved(at, second)).rejects.toThrow();
	});

	it("undoes the whole change when a part of it fails", async () => {
		const at = await make();
		const failing = at.change(async (trx) => {
			await at.store.save(trx, [{ after: call("anna") }]);
			throw new Error("no");
		});
		await expect(failing).rejects.toThrow("no");
		expect(await at.store.live()).toEqual([]);
	});

	it("holds a user's line together with the calls that are on it, those on hold and those that are dialled", async () => {
		const at = await make();
		const first = await saved(at, call("anna"));
		const second = await saved(at, run(call("anna"), { type: "set.aside", userId: "anna" }));
		const rung = await saved(at, offered(waiting(), "anna"));
		await saved(at, call("ben"));
		const over = call("anna");
		await saved(at, run(over, { type: "end", why: "system" }));
		const wishes = [{ userIds: ["anna"] }, { participantId: livePartOf(rung, "anna")?.id ?? "" }, { everybody: true }];
		for (const [index, wish] of wishes.entries()) {
			const ids = index === 0 ? [] : [rung.id];
			const { lines, held } = await at.change((trx) => at.store.hold(trx, ids, wish));
			expect(lines).toEqual(["anna"]);
			expect([...held.keys()].toSorted()).toEqual([...ids, first.id, second.id].toSorted());
		}
		expect(await at.change((trx) => at.store.hold(trx, [rung.id], undefined))).toMatchObject({ lines: [] });
	});

	it("holds the line of whom a conversation is about to ring", async () => {
		const at = await make();
		const own = await saved(at, call("ben"));
		const next = await saved(at, call("anna", { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 }));
		const wish = { participantId: next.participants[0]?.id ?? "" };
		const { lines, held } = await at.change((trx) => at.store.hold(trx, [next.id], wish));
		expect(lines.toSorted()).toEqual(["anna", "ben"]);
		expect([...held.keys()].toSorted()).toEqual([own.id, next.id].toSorted());
	});

	it("tells whose phone rings, who has work, and what it is", async () => {
		const at = await make();
		const annas = await saved(at, offered(waiting(), "anna"));
		await saved(at, call("cleo"));
		await at.change(async (trx) => {
			expect(await at.store.ringing(trx, ["anna", "cleo", "dan"])).toEqual(new Set(["anna"]));
			expect(await at.store.hasWork(trx, "anna")).toBe(true);
			expect(await at.store.hasWork(trx, "anna", annas.id), "it rings").toBe(true);
			expect(await at.store.hasWork(trx, "dan")).toBe(false);
			const work = await at.store.workOf(trx, ["anna", "cleo", "dan"]);
			expect(work.get("anna")).toEqual({ acdActive: 0, acdAfterCall: 0, optional: 0, ownActive: 0 });
			expect(work.get("cleo")).toEqual({ acdActive: 0, acdAfterCall: 0, optional: 0, ownActive: 1 });
			expect(work.has("dan")).toBe(false);
		});
	});

	it("counts a queue's work from its answer to the end of its after-call work", async () => {
		const at = await make();
		const rung = await saved(at, offered(waiting(), "anna"));
		const participantId = livePartOf(rung, "anna")?.id ?? "";
		const talking = await saved(at, run(rung, { type: "answer", participantId }), rung);
		const workOf = () => at.change((trx) => at.store.workOf(trx, ["anna"]));
		expect((await workOf()).get("anna")).toMatchObject({ acdActive: 1, acdAfterCall: 0 });
		const ended = await saved(at, run(talking, { type: "leave", participantId, why: "client" }), talking);
		expect((await workOf()).get("anna")).toMatchObject({ acdActive: 0, acdAfterCall: 1 });
		const hasWork = (but?: string) => at.change((trx) => at.store.hasWork(trx, "anna", but));
		expect([await hasWork(), await hasWork(rung.id), await hasWork("another")]).toEqual([true, false, true]);
		expect((await at.store.liveForUser("anna")).map((one) => one.id)).toEqual([rung.id]);
		expect(await at.store.live()).toEqual([]);
		await saved(at, run(ended, { type: "wrapup", participantId, wrapup: { code: "c" } }), ended);
		expect((await workOf()).has("anna")).toBe(false);
		expect(await at.store.liveForUser("anna")).toEqual([]);
		expect(await at.store.takesPart("anna", rung.id)).toBe(true);
		expect(await at.store.takesPart("ben", rung.id)).toBe(false);
		const where = [[rung.id, { divisionIds: ["home"], userIds: ["anna"] }]];
		expect([...(await at.store.whereabouts([rung.id, "unknown"]))]).toEqual(where);
	});

	it("lists a user's conversations, newest first, in slices", async () => {
		const at = await make();
		const made = [await saved(at, call("anna")), await saved(at, call("anna")), await saved(at, call("ben"))];
		const ids = async (page: Parameters<ConversationStore["ofUser"]>[1]) => {
			const { conversations, total } = await at.store.ofUser("anna", page);
			return [total, ...conversations.map((one) => one.id)];
		};
		expect(await ids({ limit: 10, offset: 0 })).toEqual([2, made[1]?.id, made[0]?.id]);
		expect(await ids({ limit: 1, offset: 1 })).toEqual([2, made[0]?.id]);
		expect(await ids({ limit: 9, offset: 0, from: new Date(made[1]?.startTime ?? "") })).toEqual([1, made[1]?.id]);
		expect(await ids({ limit: 10, offset: 0, but: ["messages", "emails"] })).toEqual([2, made[1]?.id, made[0]?.id]);
		expect(await ids({ limit: 10, offset: 0, but: ["calls"] })).toEqual([0]);
	});
}
