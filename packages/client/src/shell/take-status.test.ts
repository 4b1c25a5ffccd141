import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { ApiClient } from "../session/api.ts";
import { PresenceStore } from "../session/presence-store.ts";
import { takeStatus } from "./take-status.ts";
import type { Workspace } from "./workspace.ts";

it("went to lunch while the browser asked for the microphone, and was put on queue all the same", async () => {
	const sent: string[] = [];
	const api = {
		patch: async (_path: string, body: { presenceDefinition: { id: string } }) =>
			void sent.push(body.presenceDefinition.id),
	} as unknown as ApiClient;
	const asked = Promise.withResolvers<void>();
	const workspace = {
		session: { presence: new PresenceStore(api, "me"), station: { isWebRtc: signal(true) } },
		phone: { isUnasked: true, allowMicrophone: () => asked.promise, readiness: signal("ready") },
		inCall: signal(false),
		toasts: { show: () => {} },
	} as unknown as Workspace;
	const [queue, meal] = (["ON_QUEUE", "MEAL"] as const).map((system) => ({
		id: system,
		system,
		primary: true,
		label: () => system,
	}));
	if (!queue || !meal) throw new Error("no such status");
	const first = takeStatus(workspace, queue);
	await takeStatus(workspace, meal);
	asked.resolve();
	await first;
	expect(sent).toEqual(["MEAL"]);
});
