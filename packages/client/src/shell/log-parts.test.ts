import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { CallLogStore } from "../framework/call-log/store.ts";
import type { LiveInteraction } from "../session/interaction.ts";
import type { Session } from "../session/session.ts";
import { followParts } from "./log-parts.ts";

const part = (id: string, more: object = {}) => ({ id, userId: "me", calls: [{ state: "connected" }], ...more });
const call = (state: string) =>
	({
		id: "c1",
		participantId: "p2",
		state,
		source: { participants: [part("p1", { wrapup: { code: "solved" } }), part("p2")] },
	}) as unknown as LiveInteraction;

function panel(here = true) {
	const store = new CallLogStore();
	const listed = signal<readonly LiveInteraction[]>([]);
	const known = Promise.withResolvers<void>();
	const lead = { here: signal(here) };
	const session = { conversations: { listed }, desk: { known: known.promise, lead } } as unknown as Session;
	return { store, listed, lead, known: known.resolve, stop: followParts(session, store) };
}

it("what was noted in the log before the form opened was taken for an earlier wrap-up's", async () => {
	const { store, listed, known } = panel();
	store.edit("c1", { notes: "Wants a refund" });
	listed.value = [call("alerting")];
	expect(store.get("c1")?.part, "what was noted before is not known yet").toBeUndefined();
	known();
	await expect.poll(() => store.get("c1")?.part).toBe("p2");
	store.edit("c1", { notes: "Wants a refund\nIs content" });
	listed.value = [call("connected")];
	expect(store.get("c1")?.notedBefore).toBe("Wants a refund");
});

it("a call that only rings again makes no log, the talk does, and another panel leaves it to the one that leads", async () => {
	const { store, listed, lead, known, stop } = panel(false);
	known();
	await Promise.resolve();
	listed.value = [call("connected")];
	expect(store.all()).toEqual([]);
	listed.value = [call("alerting")];
	lead.here.value = true;
	expect(store.all()).toEqual([]);
	listed.value = [call("connected")];
	expect(store.get("c1")).toMatchObject({ part: "p2", notedBefore: "", savedRevision: 1 });
	stop();
});

it("a note that was kept in after-call work went from the form when the transfer came back, and its code with it", async () => {
	const { store, listed, known } = panel();
	known();
	store.edit("c1", { notes: "Wants a refund" });
	store.chooseCode("c1", "solved");
	const earlier = (work: string) => ({
		...part("p1", { wrapup: { code: "solved", notes: "Wants a refund" } }),
		calls: [{ state: "disconnected", connectedTime: "2026-01-01", afterCallWork: { state: work } }],
	});
	const back = (state: string, participants: object[]) =>
		({ id: "c1", participantId: "p2", state, source: { participants } }) as unknown as LiveInteraction;
	listed.value = [back("alerting", [earlier("pending"), part("p2")])];
	await Promise.resolve();
	// The server moves what was kept to the part that the agent has taken.
	const { wrapup, ...settled } = earlier("skipped") as { wrapup?: object };
	listed.value = [back("connected", [settled, part("p2", { wrapup })])];
	expect(store.get("c1")).toMatchObject({ notes: "Wants a refund", wrapupCode: "solved" });
	expect(store.get("c1")?.part).toBeUndefined();
	listed.value = [back("connected", [earlier("complete"), part("p2")])];
	expect(store.get("c1"), "what was given is another wrap-up's").toMatchObject({
		part: "p2",
		notedBefore: "Wants a refund",
	});
});
