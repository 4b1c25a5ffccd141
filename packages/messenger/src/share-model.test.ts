import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Share } from "./cobrowse/protocol.ts";
import type { SessionModel } from "./session-model.ts";
import { ShareModel } from "./share-model.ts";

const share: Share = { sessionId: "s1", key: "k1", agent: "Anna" };

/** A tab whose page is shared. @param loaded once the script has come */
function tab(loaded: Promise<void>) {
	const left = signal(0);
	const session = { state: signal(undefined), share: signal<Share | undefined>(undefined), left };
	let kept: Share | undefined = share;
	let running = 0;
	const model = new ShareModel(
		{
			memory: {
				read: () => kept,
				write: (one) => {
					kept = one;
				},
			},
			join: async () => share,
			decline() {},
			async begin({ ended }) {
				await loaded;
				running++;
				return {
					stop() {
						running--;
						ended("");
					},
				};
			},
		},
		session as unknown as SessionModel,
	);
	model.start();
	return { model, left, kept: () => kept, running: () => running };
}

it("the page of who came next was shown to whom the one before had let see it", async () => {
	const one = tab(Promise.resolve());
	await expect.poll(one.running).toBe(1);
	one.left.value++;
	expect([one.running(), one.kept(), one.model.phase.value]).toEqual([0, undefined, { kind: "none" }]);
});

it("sharing began though who had agreed to it had gone while its script came", async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	const one = tab(promise);
	one.left.value++;
	resolve();
	await promise;
	await new Promise((done) => setImmediate(done));
	expect([one.running(), one.kept(), one.model.phase.value]).toEqual([0, undefined, { kind: "none" }]);
});
