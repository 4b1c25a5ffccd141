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

/** Fails as often as it is let; @returns how many attempts that were */
async function fails(times: number, attempt: () => ReturnType<typeof signInAttempt>): Promise<number> {
	let looked = 0;
	for (let i = 0; i < times; i++) if ((await brake.begin(attempt())) === 0) looked++;
	return looked;
}

describe("two wrong tries a second locked the owner out for good", () => {
	test("so what a stranger does elsewhere does not touch the owner's own address", async () => {
		const stranger = () => signInAttempt(owner, "198.51.100.1", undefined);
		let looked = 0;
		for (let second = 0; second < 3600; second += 30) {
			if ((await brake.begin(stranger())) === 0) looked++;
			kernel.clock.advance(30_000);
		}
		expect(looked).toBeLessThan(36);
		expect(await brake.begin(signInAttempt(owner, "203.0.113.7", undefined))).toBe(0);
	});

	test("so many strangers together do not touch a device that has signed in before", async () => {
		for (let i = 0; i < 60; i++) await brake.begin(signInAttempt(owner, `198.51.100.${i}`, undefined));
		expect(await brake.begin(signInAttempt(owner, "198.51.100.99", undefined))).toBeGreaterThan(0);
		expect(await brake.begin(signInAttempt(owner, "198.51.100.99", "device-1"))).toBe(0);
	});
});

test("200 names from one address were all checked: so twenty are, and then the address waits", async () => {
	let name = 0;
	const looked = await fails(200, () => signInAttempt(`name${name++}@x.example`, "192.0.2.1", undefined));
	expect(looked).toBe(20);
	expect(await brake.begin(signInAttempt("one.more@x.example", "192.0.2.1", undefined))).toBeGreaterThan(0);
	expect(await brake.begin(signInAttempt("one.more@x.example", "192.0.2.2", undefined))).toBe(0);
	kernel.clock.advance(minuteMs);
	expect(await fails(200, () => signInAttempt(`name${name++}@x.example`, "192.0.2.1", undefined))).toBe(3);
});

test("a stranger behind the same address kept a colleague with the right password out", async () => {
	let name = 0;
	for (let second = 0; second < 600; second++) {
		// Guesses at eight colleagues in turn, one a second.
		await brake.begin(signInAttempt(`guessed${name++ % 8}.${count}@x.example`, "192.0.2.10", undefined));
		kernel.clock.advance(1000);
		if (second % 20 !== 0) continue;
		const colleague = signInAttempt(`colleague${second}@x.example`, "192.0.2.10", undefined);
		expect(await brake.begin(colleague)).toBe(0);
		await brake.succeeded(colleague);
	}
});

test("twenty failures of one name were twenty names to the address", async () => {
	expect(await fails(20, () => signInAttempt(owner, "192.0.2.11", undefined))).toBe(5);
	let name = 0;
	expect(await fails(200, () => signInAttempt(`other${name++}@x.example`, "192.0.2.11", undefined))).toBe(18);
});

test("attempts at once get no free tries", async () => {
	const all = Array.from({ length: 20 }, () => brake.begin(signInAttempt(owner, "192.0.2.20", undefined)));
	expect((await Promise.all(all)).filter((seconds) => seconds === 0)).toHaveLength(5);
});

test("a known device is braked by its own failures", async () => {
	expect(await fails(30, () => signInAttempt(owner, "192.0.2.30", "device-2"))).toBe(10);
	expect(await brake.begin(signInAttempt(owner, "192.0.2.30", "device-2"))).toBe(60);
});

test("who gets it right has their own failures forgiven, and a full house signs in from one address", async () => {
	await fails(4, () => signInAttempt(owner, "192.0.2.40", undefined));
	const right = signInAttempt(owner, "192.0.2.40", undefined);
	expect(await brake.begin(right)).toBe(0);
	await brake.succeeded(right);
	expect(await fails(5, () => signInAttempt(owner, "192.0.2.40", undefined))).toBe(5);
	for (let i = 0; i < 300; i++) {
		const one = signInAttempt(`agent${i}@x.example`, "192.0.2.41", undefined);
		expect(await brake.begin(one)).toBe(0);
		await brake.succeeded(one);
	}
});

test("whoever is given a new password is not held to what was guessed at the old one", async () => {
	await fails(9, () => signInAttempt(owner, "192.0.2.50", undefined));
	expect(await brake.begin(signInAttempt(owner, "192.0.2.50", undefined))).toBeGreaterThan(0);
	await brake.forgive(owner.toUpperCase());
	expect(await brake.begin(signInAttempt(owner, "192.0.2.50", undefined))).toBe(0);
});

test("codes are braked by user, wherever they come from", async () => {
	expect(await fails(40, () => codeAttempt(owner))).toBe(10);
});

test("a restart forgives nobody, and the table keeps no name", async () => {
	await fails(9, () => signInAttempt(owner, "192.0.2.60", undefined));
	const restarted = new SignInBrake(kernel.database, kernel.clock);
	expect(await restarted.begin(signInAttempt(owner, "192.0.2.60", undefined))).toBeGreaterThan(0);
	const rows = await kernel.database.db.selectFrom("sign_in_brakes").select("key").execute();
	expect(JSON.stringify(rows)).not.toContain("owner");
});

test("what is over is taken away by those who come later", async () => {
	await fails(3, () => signInAttempt(owner, "192.0.2.70", undefined));
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
