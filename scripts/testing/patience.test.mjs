import { expect, it, vi } from "vitest";

it("a condition that came true after 1.2 s on a busy machine failed one test in 4,945", async () => {
	const begun = performance.now();
	const isLate = () => performance.now() - begun > 1200;
	await Promise.all([
		vi.waitUntil(isLate),
		vi.waitFor(() => expect(isLate()).toBe(true)),
		expect.poll(isLate).toBe(true),
	]);
});
