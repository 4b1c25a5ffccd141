import { afterEach, beforeEach, expect, it } from "vitest";
import type { Devices } from "./devices.ts";
import { MicrophoneWatch } from "./microphone-watch.ts";
import { type SoundPlace, soundPlace } from "./place.ts";

const before = soundPlace.peek();
/** What the browser says of its devices, answer by answer. */
let answers: PromiseWithResolvers<{ kind: string }[]>[];
let listeners: number;
let watch: MicrophoneWatch;

beforeEach(() => {
	answers = [];
	listeners = 0;
	const permission = {
		state: "granted",
		addEventListener: () => listeners++,
		removeEventListener: () => listeners--,
	};
	const navigator = {
		mediaDevices: {
			enumerateDevices() {
				const answer = Promise.withResolvers<{ kind: string }[]>();
				answers.push(answer);
				return answer.promise;
			},
		},
		permissions: { query: async () => permission },
	};
	soundPlace.value = { document: {}, navigator } as unknown as SoundPlace;
	const devices = { refresh: async () => {} } as unknown as Devices;
	watch = new MicrophoneWatch({ devices, isOpen: () => false, retry: async () => {} });
});

afterEach(() => {
	soundPlace.value = before;
});

it("a microphone was plugged in, and the older look, which was slower, said that there was none", async () => {
	const first = watch.recheck();
	const second = watch.recheck();
	await expect.poll(() => answers).toHaveLength(2);
	answers[1]?.resolve([{ kind: "audioinput" }]);
	await second;
	answers[0]?.resolve([]);
	await first;
	expect(watch.problem.value).toBeUndefined();
});

it("a look from before the microphone was opened said that there is none", async () => {
	const looking = watch.recheck();
	await expect.poll(() => answers).toHaveLength(1);
	watch.opened();
	answers[0]?.resolve([]);
	await looking;
	expect(watch.problem.value).toBeUndefined();
});

it("whoever had gone before the browser told of the permission was listened for without end", async () => {
	watch.follow();
	watch.follow();
	await expect.poll(() => listeners).toBe(1);
	watch.dispose();
	watch.follow();
	watch.dispose();
	await new Promise((resolve) => setImmediate(resolve));
	expect(listeners).toBe(0);
});
