import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import type { Devices } from "./devices.ts";
import { MicrophoneWatch } from "./microphone-watch.ts";
import { type SoundPlace, soundPlace } from "./place.ts";

const before = soundPlace.peek();
/** What the browser says of its devices, answer by answer. */
let answers: PromiseWithResolvers<{ kind: string }[]>[];
let listeners: number;
/** Why no microphone opens. */
let opens: string;
let watch: MicrophoneWatch;

beforeEach(() => {
	answers = [];
	listeners = 0;
	opens = "NotReadableError";
	const permission = {
		state: "granted",
		addEventListener: () => listeners++,
		removeEventListener: () => listeners--,
	};
	const navigator = {
		mediaDevices: {
			getUserMedia: async () => {
				throw new DOMException("the system keeps it", opens);
			},
			enumerateDevices() {
				const answer = Promise.withResolvers<{ kind: string }[]>();
				answers.push(answer);
				return answer.promise;
			},
		},
		permissions: { query: async () => permission },
	};
	soundPlace.value = { document: {}, navigator } as unknown as SoundPlace;
	const devices = { refresh: async () => {}, microphone: { peek: () => undefined } } as unknown as Devices;
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

it("another program had the microphone, a look saw one plugged in, and On Queue said that the next call rings here", async () => {
	const answering = setInterval(() => {
		for (const answer of answers) answer.resolve([{ kind: "audioinput" }]);
	}, 1);
	onTestFinished(() => clearInterval(answering));
	await watch.allow();
	expect(watch.problem.value).toBe("busy");
	await watch.recheck();
	expect(watch.problem.value).toBe("busy");
	opens = "NotAllowedError";
	await watch.check();
	expect(watch.problem.value, "the system refuses what the browser would give").toBe("refused");
});

it("the microphone was blocked, and a note still said which one is used now", () => {
	watch.changed({ kind: "replaced", label: "Desk microphone" });
	expect([watch.replacedBy.value, watch.problem.value]).toEqual(["Desk microphone", undefined]);
	watch.changed({ kind: "lost", problem: "refused" });
	expect([watch.replacedBy.value, watch.problem.value]).toEqual([undefined, "refused"]);
});
