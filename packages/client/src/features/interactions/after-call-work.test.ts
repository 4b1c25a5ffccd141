import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { CallLogStore } from "../../framework/call-log/store.ts";
import type { ApiClient } from "../../session/api.ts";
import { CallActions } from "../../session/call-actions.ts";
import { hasEarlierWrapup, type LiveInteraction } from "../../session/interaction.ts";
import type { WireWrapupCode } from "../../session/wire.ts";
import { Workspace } from "../../shell/workspace.ts";
import { AfterCallWork } from "./after-call-work.ts";

test("codes that did not load while the server was away stayed away until somebody pressed a button", async () => {
	const timers: Array<() => void> = [];
	const answers: Array<WireWrapupCode[] | undefined> = [undefined, undefined, [{ id: "solved", name: "Solved" }]];
	const workspace = {
		session: {
			conversations: { find: () => undefined },
			clock: {
				now: () => 0,
				after(_ms: number, task: () => void) {
					timers.push(task);
					return () => void timers.splice(0);
				},
			},
			actions: {
				async wrapupCodes() {
					const answer = answers.shift();
					if (!answer) throw new Error("503");
					return answer;
				},
			},
		},
		runtime: { callLogs: { store: { get: () => undefined, subscribe: () => () => {} } } },
		ui: { now: signal({ wrapUpCodes: { hide: [], rename: {}, order: [], add: [] } }) },
		lastCodes: signal([]),
	};
	const model = new AfterCallWork(workspace as unknown as Workspace, { id: "c1", source: {} } as LiveInteraction);
	for (let tries = 0; tries < 2; tries++) {
		await expect.poll(() => timers.length).toBe(1);
		expect(model.failed.value).toBe(true);
		timers.shift()?.();
	}
	await expect.poll(() => model.codes.value?.map(({ id }) => id)).toEqual(["solved"]);
	expect(model.failed.value).toBe(false);
	model.dispose();
	expect(timers).toEqual([]);
});

const part = (id: string, more: object = {}) => ({ id, userId: "me", calls: [{ state: "disconnected" }], ...more });

/** The form of a call in which the agent was in these parts. */
function formOf(
	store: CallLogStore,
	participants: object[],
	codes: WireWrapupCode[] = [],
	isDeskKnown = true,
): AfterCallWork {
	const workspace = {
		session: { conversations: { find: () => undefined }, actions: { wrapupCodes: async () => codes } },
		runtime: { callLogs: { store, setNotes: (id: string, notes: string) => store.edit(id, { notes }) } },
		ui: { now: signal({ wrapUpCodes: { hide: [], rename: {}, order: [], add: [] } }) },
	} as unknown as Workspace;
	const participantId = (participants.at(-1) as { id: string }).id;
	const call = { id: "c1", participantId, source: { participants } } as unknown as LiveInteraction;
	// As the panel begins it, once the desk is known (`shell/log-parts.ts`).
	if (isDeskKnown && hasEarlierWrapup(call)) store.beginPart("c1", participantId);
	return new AfterCallWork(workspace, call);
}

test("the queue's only code went from the form of a call that came back when any log changed", async () => {
	const store = new CallLogStore();
	store.chooseCode("c1", "solved");
	const again = [part("p1", { wrapup: { code: "solved" } }), part("p2")];
	const form = formOf(store, again, [{ id: "only", name: "Only" }]);
	await expect.poll(() => form.code.value).toBe("only");
	store.edit("c2", { notes: "another call's" });
	expect(form.code.value).toBe("only");
});

test("a note of this wrap-up, in a log that typing has made, was an earlier one's after a change of views", () => {
	const store = new CallLogStore();
	const again = [part("p1", { wrapup: { code: "solved" } }), part("p2")];
	const form = formOf(store, again);
	form.write("Is content");
	form.dispose();
	expect(formOf(store, again).notes.value).toBe("Is content");
});

test("code and note of an earlier wrap-up stood in the form of the same call when it came back", () => {
	const store = new CallLogStore();
	store.edit("c1", { notes: "Wants a refund" });
	store.chooseCode("c1", "solved");
	const form = (participants: object[]) => formOf(store, participants);
	const said = ({ code, notes }: AfterCallWork) => [code.value, notes.value];
	expect(said(form([part("p1"), part("p2")])), "nothing was given for the first part").toEqual([
		"solved",
		"Wants a refund",
	]);
	const first = part("p1", { wrapup: { code: "solved" } });
	const second = form([first, part("p2")]);
	expect(said(second)).toEqual(["", ""]);
	second.write("Is content");
	expect(store.get("c1")?.notes, "the log has both").toBe("Wants a refund\nIs content");
	expect(said(form([first, part("p2")])), "after a reload").toEqual(["", "Is content"]);
	store.edit("c1", { notes: "Something else" });
	expect(second.notes.value, "the log was written anew").toBe("Something else");
});

test("a form that opened before the desk was known made a log of which nothing had been noted before", () => {
	const store = new CallLogStore();
	formOf(store, [part("p1", { wrapup: { code: "solved" } }), part("p2")], [], false);
	expect(store.all()).toEqual([]);
});

/** A form whose queue ends the work by itself, after the call; what the server is asked stands in `asked`. */
async function timedForm(codeIds = ["solved", "again"], wrapupPrompt = "timeout") {
	const store = new CallLogStore();
	const asked: unknown[] = [];
	const told: string[] = [];
	const now = signal(20_000);
	const timers: Array<() => void> = [];
	const answers: Array<() => void> = [];
	const held = { is: false };
	const live = { id: "c1", participantId: "p1", wrapupPrompt, source: { participants: [part("p1")] } };
	const over = { needsWrapup: true, acwStartTime: new Date(0).toISOString(), wrapupTimeoutMs: 30_000 };
	const call = signal(live as unknown as LiveInteraction);
	const send = async (what: unknown) => {
		asked.push(what);
		if (held.is) await new Promise<void>((resolve) => answers.push(resolve));
	};
	const api = { patch: (_path: string, body: object) => send(body), post: () => send("extend") };
	const actions = new CallActions(api as unknown as ApiClient, () => call.value);
	const codes = codeIds.map((id) => ({ id, name: id }));
	const busy = signal<ReadonlySet<string>>(new Set());
	const workspace = {
		busy,
		session: {
			now,
			clock: {
				after: (_ms: number, task: () => void) => {
					timers.push(task);
					return () => void timers.splice(0);
				},
			},
			conversations: { find: () => call.value },
			actions: Object.assign(actions, { wrapupCodes: async () => codes }),
		},
		runtime: {
			callLogs: {
				store,
				setNotes: (id: string, notes: string) => store.edit(id, { notes }),
				chooseCode: (id: string, code: string) => store.chooseCode(id, code),
				flush: async () => {},
			},
		},
		toasts: { show: ({ text }: { text: string }) => void told.push(text) },
		usedCode: () => {},
		ui: { now: signal({ wrapUpCodes: { hide: [], rename: {}, order: [], add: [] } }) },
		tell: Workspace.prototype.tell,
		attempt: Workspace.prototype.attempt,
	} as unknown as Workspace;
	const form = new AfterCallWork(workspace, call.value);
	await expect.poll(() => form.codes.value).toBeDefined();
	return {
		...{ form, store, asked, told },
		timeIsUp: (wrapup?: object) => {
			now.value = 30_000;
			call.value = { ...call.value, needsWrapup: false, source: { participants: [part("p1", { wrapup })] } } as never;
		},
		ends: () => {
			call.value = { ...call.value, ...over };
		},
		pauses: () => {
			for (const task of timers.splice(0)) task();
		},
		holds: () => {
			held.is = true;
		},
		answer: async () => {
			answers.shift()?.();
			await new Promise((resolve) => setTimeout(resolve));
		},
	};
}

const kept = (code: string, notes = "") => ({ wrapup: { code, name: code, notes, provisional: true } });

test("a code that was chosen without Done was lost when the time for after-call work ended", async () => {
	const { form, asked, ends } = await timedForm();
	form.choose("solved");
	expect(asked, "the call goes on").toEqual([]);
	ends();
	form.choose("again");
	await expect.poll(() => asked).toEqual([kept("solved"), kept("again")]);
	form.dispose();
});

test("a second choice within one round trip was lost, and so was a Skip", async () => {
	const { form, asked, ends, holds, answer, store } = await timedForm(["solved", "again"], "optional");
	ends();
	holds();
	form.choose("solved");
	form.choose("again");
	form.choose("solved");
	const skipping = form.skip();
	expect(asked, "one at a time").toEqual([kept("solved")]);
	for (let count = 0; count < 4; count++) await answer();
	await skipping;
	expect(asked).toEqual([kept("solved"), kept("again"), kept("solved"), { wrapupSkipped: true }]);
	expect(store.get("c1")?.wrapupCode, "as the server keeps it").toBe("solved");
	form.dispose();
});

test("a note that was typed just before Skip was not kept with the wrap-up", async () => {
	const { form, asked, ends } = await timedForm(["solved", "again"], "optional");
	ends();
	form.write("Wants a refund");
	await form.skip();
	expect(asked).toEqual([{ wrapup: { notes: "Wants a refund", provisional: true } }, { wrapupSkipped: true }]);
	form.dispose();
});

test("nobody was told what was recorded when the time ran out under their hands", async () => {
	const given = await timedForm();
	given.ends();
	given.form.choose("solved");
	given.timeIsUp({ code: "solved" });
	const empty = await timedForm();
	empty.ends();
	empty.timeIsUp({ code: "ININ-WRAP-UP-TIMEOUT" });
	expect([given.told, empty.told].map(([text]) => text)).toEqual([
		"The time for after-call work is over. Recorded: solved.",
		"The time for after-call work is over. No code was chosen.",
	]);
	const done = await timedForm();
	done.ends();
	done.form.choose("solved");
	await done.form.finish();
	done.timeIsUp({ code: "solved" });
	expect(done.told, "Done by hand").toEqual(["Wrap-up saved."]);
});

test("the queue's only code stood there as chosen, and was not what was recorded", async () => {
	const { form } = await timedForm(["only"]);
	expect([form.chosen.value, form.only]).toEqual(["", "only"]);
	form.choose("only");
	expect([form.chosen.value, form.only]).toEqual(["only", undefined]);
});

test("the queue's only code was given for an agent who chose nothing", async () => {
	const { form, asked, ends } = await timedForm(["only"]);
	ends();
	expect(form.code.value).toBe("only");
	form.write("Wants a refund");
	form.dispose();
	const noted = { wrapup: { notes: "Wants a refund", provisional: true } };
	expect(asked, "what was typed is kept all the same").toEqual([noted]);
	await form.finish();
	const done = { wrapup: { code: "only", name: "only", notes: "Wants a refund" } };
	expect(asked, "Done says it").toEqual([noted, done]);
	const forced = await timedForm(["only"], "forcedTimeout");
	expect(forced.form.code.value, "there is no Done").toBe("");
});

test("notes were not kept while somebody typed on without a pause until the time was over", async () => {
	const { form, asked, ends, pauses } = await timedForm();
	ends();
	form.write("W");
	pauses();
	form.write("Wa");
	form.write("Wan");
	pauses();
	const noted = (notes: string) => ({ wrapup: { notes, provisional: true } });
	await expect.poll(() => asked).toEqual([noted("W"), noted("Wan")]);
	form.dispose();
});

test("notes that were typed after the code did not count when the time was over", async () => {
	const { form, asked, ends, pauses } = await timedForm();
	ends();
	form.choose("solved");
	form.write("Wants");
	form.write("Wants a refund");
	expect(asked).toEqual([kept("solved")]);
	pauses();
	await expect.poll(() => asked).toEqual([kept("solved"), kept("solved", "Wants a refund")]);
	form.write("Has one");
	// The page goes before they pause.
	globalThis.dispatchEvent?.(new Event("pagehide"));
	form.dispose();
	await expect.poll(() => asked.at(-1)).toEqual(kept("solved", "Has one"));
});
