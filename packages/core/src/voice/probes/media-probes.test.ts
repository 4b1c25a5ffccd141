import { expect, it, vi } from "vitest";
import { MediaProbes } from "./media-probes.ts";

function probes() {
	const closed: string[] = [];
	const engine = {
		createScreenLeg: async (id: string) => ({ sdp: `offer of ${id}` }),
		answerScreenLeg: async (_id: string, sdp: string) => {
			if (sdp === "nonsense") throw new Error("the answer was refused");
			return { candidates: ["candidate:1 1 UDP 1 127.0.0.1 4000 typ host"] };
		},
		closeLeg: (id: string) => void closed.push(id),
	};
	return { probes: new MediaProbes(engine), closed };
}

it("a stranger held as many legs of the media engine as they asked for", async () => {
	const { probes: tests, closed } = probes();
	const begun = [];
	for (let count = 0; count < 8; count++) begun.push(await tests.begin(`192.0.2.${count >> 1}`));
	await expect(tests.begin("192.0.2.9")).rejects.toMatchObject({ status: 503, code: "probes.busy" });
	tests.end(begun[0]?.id ?? "");
	expect(closed).toEqual([begun[0]?.id]);
	await expect(tests.begin("192.0.2.1")).rejects.toMatchObject({ status: 503, code: "probes.busy" });
	await tests.begin("192.0.2.9");
});

it("strangers who tried their connections kept the server from looking at its own", async () => {
	const { probes: tests } = probes();
	for (let count = 0; count < 8; count++) await tests.begin(`192.0.2.${count >> 1}`);
	await expect(tests.begin()).resolves.toBeDefined();
});

it("one that nobody ends is ended, and its leg with it", async () => {
	vi.useFakeTimers();
	try {
		const { probes: tests, closed } = probes();
		const { id } = await tests.begin();
		vi.advanceTimersByTime(15_000);
		expect(closed).toEqual([id]);
		await expect(tests.answer(id, "v=0")).rejects.toMatchObject({ status: 404 });
	} finally {
		vi.useRealTimers();
	}
});

it("is answered once, by an answer", async () => {
	const { probes: tests, closed } = probes();
	const { id } = await tests.begin();
	expect((await tests.answer(id, "v=0")).candidates).toHaveLength(1);
	await expect(tests.answer(id, "v=0")).rejects.toMatchObject({ status: 404 });
	const other = await tests.begin();
	await expect(tests.answer(other.id, "nonsense")).rejects.toMatchObject({ status: 400, code: "probe.answer" });
	expect(closed).toEqual([other.id]);
});
