import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { ApiClient } from "../session/api.ts";
import { PresenceStore } from "../session/presence-store.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { takeStatus } from "./take-status.ts";
import { Toasts } from "./toasts.ts";
import type { Workspace } from "./workspace.ts";

const [queue, meal] = (["ON_QUEUE", "MEAL"] as const).map((system) => ({
	id: system,
	system,
	primary: true,
	label: () => system,
}));
if (!queue || !meal) throw new Error("no such status");

it("went to lunch while the browser asked for the microphone, and was put on queue all the same", async () => {
	const sent: string[] = [];
	const api = {
		patch: async (_path: string, body: { presenceDefinition: { id: string } }) =>
			void sent.push(body.presenceDefinition.id),
	} as unknown as ApiClient;
	const asked = Promise.withResolvers<void>();
	const workspace = {
		session: { presence: new PresenceStore(api, "me"), station: { isWebRtc: signal(true) }, clock: new FakeClock() },
		phone: { isUnasked: true, allowMicrophone: () => asked.promise, readiness: signal("ready") },
		inCall: signal(false),
		toasts: { show: () => {} },
	} as unknown as Workspace;
	const first = takeStatus(workspace, queue);
	await takeStatus(workspace, meal);
	asked.resolve();
	await first;
	expect(sent).toEqual(["MEAL"]);
});

/** An agent whose phone stands as told, and what they are told of it. */
function desk(readiness: string) {
	const clock = new FakeClock();
	const toasts = new Toasts(clock);
	const phone = { isUnasked: false, allowMicrophone: async () => {}, readiness: signal(readiness) };
	const api = { patch: async () => undefined } as unknown as ApiClient;
	const session = { presence: new PresenceStore(api, "me"), station: { isWebRtc: signal(true) }, clock };
	const workspace = { session, phone, toasts, inCall: signal(false) } as unknown as Workspace;
	const told = () => toasts.list.value.map(({ text }) => text);
	return { workspace, clock, phone, told };
}

it("“Without a microphone” stayed for ten seconds after one was plugged in", async () => {
	const { workspace, clock, phone, told } = desk("microphone");
	const { warning: found } = await takeStatus(workspace, queue);
	const warning = await found;
	expect(warning).toContain("Without a microphone");
	await (await takeStatus(workspace, queue)).warning;
	expect(told(), "once").toEqual([warning]);
	phone.readiness.value = "noStation";
	expect(told(), "another hindrance is no mending").toEqual([expect.stringContaining("phone")]);
	phone.readiness.value = "ready";
	expect(told()).toEqual([]);
	// What comes later is not the end of this one, and is told by the line of readiness.
	clock.advance(20_000);
	phone.readiness.value = "microphone";
	expect(told()).toEqual([]);
});

it("“Your phone is connecting” was told to who had gone on queue right after a reload, and stayed while it rang", async () => {
	const { workspace, clock, phone, told } = desk("lineConnecting");
	// The status itself waits for nothing: a script's wish was answered three seconds late.
	const { warning: gone } = await takeStatus(workspace, queue);
	await clock.waits(1);
	phone.readiness.value = "readyOffQueue";
	expect(await gone).toBeUndefined();
	expect(told()).toEqual([]);

	phone.readiness.value = "lineConnecting";
	const { warning: again } = await takeStatus(workspace, queue);
	await clock.waits(1);
	clock.advance(3_000);
	expect(await again).toContain("connecting");
	expect(told()).toEqual([await again]);
});
