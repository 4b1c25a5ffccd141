import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import { codeAttempt, networkOf, SignInBrake, signInAttempt } from "./brake.ts";

let kernel: TestKernel<FakeClock>;
let brake: SignInBrake;
let owner = "";
let count = 0;
const minuteMs = 60_000;

beforeAll(async () => {
	kernel = await testKernel({ clock: new FakeClock() });
	brake = new SignInBrake(kernel.database, kernel.clock);
});

afterAll(() => kernel.close());

beforeEach(() => {
	owner = `owner${++count}@x.example`;
	kernel.clock.advance(24 * 60 * minuteMs);
});

const attemptOf = (username: string, address: string, device?: string, isUser = true) =>
	signInAttempt({ username, address, device, isUser });

/** Seconds that somebody with the right password waits. */
async function waits(attempt: ReturnType<typeof signInAttempt>): Promise<number> {
	const { wait, waitIfRight } = await brake.begin(attempt);
	return wait || waitIfRight;
}

/** Fails as often as it is let; @returns how many attempts that were */
async function fails(times: number, attempt: () => ReturnType<typeof signInAttempt>): Promise<number> {
	let looked = 0;
	for (let i = 0; i < times; i++) if ((await waits(attempt())) === 0) looked++;
	return looked;
}

/** Fails; @returns how many of them were not told to wait. */
async function wrong(times: number, attempt: () => ReturnType<typeof signInAttempt>): Promise<number> {
	let free = 0;
	for (let i = 0; i < times; i++) {
		const { wait, waitIfWrong } = await brake.begin(attempt());
		if (wait === 0 && waitIfWrong === 0) free++;
	}
	return free;
}

async function signsIn(attempt: ReturnType<typeof signInAttempt>): Promise<void> {
	const verdict = await brake.begin(attempt);
	expect(verdict).toMatchObject({ wait: 0, waitIfRight: 0 });
	await brake.succeeded(attempt, verdict);
}

describe("two wrong tries a second locked the owner out for good", () => {
	test("so what a stranger does elsewhere does not touch the owner's own address", async () => {
		const stranger = () => attemptOf(owner, "198.51.100.1");
		let looked = 0;
		for (let second = 0; second < 3600; second += 30) {
			if ((await waits(stranger())) === 0) looked++;
			kernel.clock.advance(30_000);
		}
		expect(looked).toBeLessThan(36);
		expect(await waits(attemptOf(owner, "203.0.113.7"))).toBe(0);
	});

	test("so many strangers together do not touch a device that has signed in before", async () => {
		for (let i = 0; i < 60; i++) await brake.begin(attemptOf(owner, `198.51.100.${i}`));
		expect(await waits(attemptOf(owner, "198.51.100.99"))).toBeGreaterThan(0);
		expect(await waits(attemptOf(owner, "198.51.100.99", "device-1"))).toBe(0);
	});
});

test("200 names from one address were all checked: so sixty of users are, and then the address waits", async () => {
	let name = 0;
	const next = () => attemptOf(`name${name++}@x.example`, "192.0.2.1");
	expect(await fails(200, next)).toBe(60);
	expect(await waits(attemptOf("one.more@x.example", "192.0.2.1"))).toBeGreaterThan(0);
	expect(await waits(attemptOf("one.more@x.example", "192.0.2.2"))).toBe(0);
	kernel.clock.advance(minuteMs);
	expect(await fails(200, next)).toBe(6);
});

test("twenty invented names from an office kept everybody there out, with the right password too", async () => {
	let name = 0;
	const invented = () => attemptOf(`invented${name++}@x.example`, "192.0.2.12", undefined, false);
	expect(await wrong(500, invented)).toBe(20);
	for (let i = 0; i < 100; i++) await signsIn(attemptOf(`colleague${i}.${count}@x.example`, "192.0.2.12"));
	expect(await waits(attemptOf(owner, "192.0.2.12"))).toBe(0);
});

test.each([true, false])("a name tells by its brake whether it is a user's: %s", async (isUser) => {
	const address = `192.0.2.${isUser ? 13 : 14}`;
	let name = 0;
	const verdicts = [];
	for (let i = 0; i < 100; i++) {
		const { wait, waitIfWrong } = await brake.begin(attemptOf(`name${name++}@x.example`, address, undefined, isUser));
		verdicts.push([wait, waitIfWrong]);
	}
	expect(verdicts).toEqual(Array.from({ length: 100 }, (_one, at) => [0, at < 20 ? 0 : 20]));
});

test("whoever signs in beside a crowd took some of the crowd's failures back", async () => {
	let name = 0;
	await wrong(40, () => attemptOf(`name${name++}@x.example`, "192.0.2.15", undefined, false));
	for (let i = 0; i < 20; i++) await signsIn(attemptOf(owner, "192.0.2.15"));
	expect(await wrong(1, () => attemptOf("one.more@x.example", "192.0.2.15", undefined, false))).toBe(0);
});

test("a stranger behind the same address kept a colleague with the right password out", async () => {
	let name = 0;
	for (let second = 0; second < 600; second++) {
		// Guesses at eight colleagues in turn, one a second.
		await brake.begin(attemptOf(`guessed${name++ % 8}.${count}@x.example`, "192.0.2.10"));
		kernel.clock.advance(1000);
		if (second % 20 === 0) await signsIn(attemptOf(`colleague${second}@x.example`, "192.0.2.10"));
	}
});

test("twenty failures of one name were twenty names to the address", async () => {
	expect(await fails(20, () => attemptOf(owner, "192.0.2.11"))).toBe(5);
	let name = 0;
	expect(await wrong(200, () => attemptOf(`other${name++}@x.example`, "192.0.2.11"))).toBe(18);
});

test("attempts at once get no free tries", async () => {
	const all = Array.from({ length: 20 }, () => waits(attemptOf(owner, "192.0.2.20")));
	expect((await Promise.all(all)).filter((seconds) => seconds === 0)).toHaveLength(5);
});

test("a known device is braked by its own failures", async () => {
	expect(await fails(30, () => attemptOf(owner, "192.0.2.30", "device-2"))).toBe(10);
	expect(await waits(attemptOf(owner, "192.0.2.30", "device-2"))).toBe(60);
});

test("who gets it right has their own failures forgiven, and a full house signs in from one address", async () => {
	await fails(4, () => attemptOf(owner, "192.0.2.40"));
	await signsIn(attemptOf(owner, "192.0.2.40"));
	expect(await fails(5, () => attemptOf(owner, "192.0.2.40"))).toBe(5);
	for (let i = 0; i < 300; i++) await signsIn(attemptOf(`agent${i}@x.example`, "192.0.2.41"));
});

test("whoever is given a new password is not held to what was guessed at the old one", async () => {
	await fails(9, () => attemptOf(owner, "192.0.2.50"));
	expect(await waits(attemptOf(owner, "192.0.2.50"))).toBeGreaterThan(0);
	await brake.forgive(owner.toUpperCase());
	expect(await waits(attemptOf(owner, "192.0.2.50"))).toBe(0);
});

test("codes are braked by user, wherever they come from", async () => {
	expect(await fails(40, () => codeAttempt(owner))).toBe(10);
});

test("a restart forgives nobody, and the table keeps no name", async () => {
	await fails(9, () => attemptOf(owner, "192.0.2.60"));
	const restarted = new SignInBrake(kernel.database, kernel.clock);
	expect((await restarted.begin(attemptOf(owner, "192.0.2.60"))).wait).toBeGreaterThan(0);
	const rows = await kernel.database.db.selectFrom("sign_in_brakes").select("key").execute();
	expect(JSON.stringify(rows)).not.toContain("owner");
});

test("what is over is taken away by those who come later", async () => {
	await fails(3, () => attemptOf(owner, "192.0.2.70"));
	kernel.clock.advance(24 * 60 * minuteMs);
	for (let i = 0; i < 10; i++) await brake.begin(codeAttempt("somebody"));
	const { rows } = await kernel.database.db
		.selectFrom("sign_in_brakes")
		.select((each) => each.fn.countAll<number>().as("rows"))
		.executeTakeFirstOrThrow();
	expect(Number(rows)).toBe(1);
});

test.each([
	["203.0.113.7", "203.0.113.7"],
	["::ffff:203.0.113.7", "203.0.113.7"],
	["2001:db8:0:12::1", "2001:db8:0:12::/64"],
	["2001:0DB8:0:0012:ffff::1", "2001:db8:0:12::/64"],
	["fe80::1%eth0", "fe80:0:0:0::/64"],
	["::1", "0:0:0:0::/64"],
])("%s is braked as %s", (address, network) => {
	expect(networkOf(address)).toBe(network);
});
