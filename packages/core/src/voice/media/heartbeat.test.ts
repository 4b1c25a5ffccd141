import { afterEach, expect, it } from "vitest";
import { Heartbeat } from "./heartbeat.ts";

const timing = { everyMs: 10, silenceMs: 60 };
let heartbeat: Heartbeat;

afterEach(() => heartbeat.stop());

it("is asked at intervals, and hangs when it says nothing", async () => {
	let asked = 0;
	const hung = Promise.withResolvers<void>();
	heartbeat = new Heartbeat(() => asked++, hung.resolve, timing);
	heartbeat.start();
	await hung.promise;
	expect(asked).toBeGreaterThan(0);
});

it("whatever it says is a sign of life", async () => {
	let isHung = false;
	const answered = Promise.withResolvers<void>();
	let asked = 0;
	heartbeat = new Heartbeat(
		() => {
			heartbeat.heard();
			if (++asked === 20) answered.resolve();
		},
		() => {
			isHung = true;
		},
		timing,
	);
	heartbeat.start();
	await answered.promise;
	expect(isHung).toBe(false);
});

it("a server that was held up itself took its media process for dead", async () => {
	let isHung = false;
	const asked = Promise.withResolvers<void>();
	heartbeat = new Heartbeat(
		() => asked.resolve(),
		() => {
			isHung = true;
		},
		timing,
	);
	heartbeat.start();
	const until = performance.now() + 100;
	while (performance.now() < until);
	await asked.promise;
	expect(isHung).toBe(false);
});

it("a process that was given no turn on a busy machine counted as hung", async () => {
	let isHung = false;
	let looks = 0;
	const looked = Promise.withResolvers<void>();
	const isAtWork = () => {
		if (++looks === 20) looked.resolve();
		return true;
	};
	heartbeat = new Heartbeat(
		() => {},
		() => {
			isHung = true;
		},
		{ ...timing, isAtWork },
	);
	heartbeat.start();
	await looked.promise;
	expect(isHung).toBe(false);
});
