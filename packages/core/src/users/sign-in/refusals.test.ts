import { afterAll, beforeAll, expect, test } from "vitest";
import type { LoggedEvent } from "../../kernel/events/event-log.ts";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import { SignInKeys } from "./keys.ts";
import { Refusals } from "./refusals.ts";

let kernel: TestKernel<FakeClock>;
const lines: Array<Record<string, unknown>> = [];

beforeAll(async () => {
	const real = await testKernel({ clock: new FakeClock() });
	const log = { ...real.log, warn: (fields: Record<string, unknown>) => void lines.push(fields) };
	kernel = { ...real, log: log as unknown as typeof real.log };
});

afterAll(() => kernel.close());

async function events(): Promise<LoggedEvent[]> {
	const found = await kernel.told();
	return found.filter((event) => event.entityType === "signIn");
}

function refusals(): Refusals {
	lines.length = 0;
	kernel.clock.advance(3_600_000);
	return new Refusals(kernel, new SignInKeys(kernel.database.db));
}

test("no failed sign-in was logged: so each is an event and a line, with why, from where and whose", async () => {
	const known = { username: "ann@x.example", userId: "u1", address: "203.0.113.7", clientId: "c1" };
	await refusals().record({ reason: "wrong-password", ...known });
	expect(lines).toEqual([{ event: "sign-in.refused", reason: "wrong-password", ...known }]);
	const logged = (await events()).at(-1);
	expect(logged).toMatchObject({
		type: "signIn.refused",
		entityId: "u1",
		data: { reason: "wrong-password", ...known },
	});
});

test("a password that somebody typed into the name's field is in neither", async () => {
	const told = refusals();
	await told.record({ reason: "unknown-user", username: "My Secret 1!", address: "203.0.113.8" });
	await told.record({ reason: "unknown-user", username: "my secret 1!", address: "203.0.113.8" });
	expect(JSON.stringify([lines, await events()])).not.toMatch(/secret/i);
	expect(lines[0]?.nameMark).toMatch(/^[0-9a-f]{8}$/);
	expect(lines[1]?.nameMark).toBe(lines[0]?.nameMark);
});

test("a flood fills neither log: ten from one address are told, the others counted", async () => {
	const told = refusals();
	const before = (await events()).length;
	for (let i = 0; i < 500; i++) {
		await told.record({ reason: i % 2 ? "unknown-user" : "braked", username: `n${i}`, address: "198.51.100.1" });
	}
	await told.record({ reason: "wrong-password", username: "bo", userId: "u2", address: "198.51.100.2" });
	expect(lines).toHaveLength(11);
	await told.tellRest();
	expect(lines.at(-1)).toEqual({
		event: "sign-in.refused.more",
		reasons: { "unknown-user": 245, braked: 245 },
		addresses: 1,
	});
	expect((await events()).length - before).toBe(12);
	await told.tellRest();
	expect(lines).toHaveLength(12);
});

test("a flood from ever new addresses is bounded too", async () => {
	const told = refusals();
	const before = (await events()).length;
	for (let i = 0; i < 1_000; i++) await told.record({ reason: "braked", address: `198.51.${i % 250}.${i % 249}` });
	expect((await events()).length - before).toBe(200);
	await told.tellRest();
	expect(lines.at(-1)).toMatchObject({ event: "sign-in.refused.more", reasons: { braked: 800 } });
});
