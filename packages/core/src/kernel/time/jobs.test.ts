import { sql } from "kysely";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import { systemClock } from "./clock.ts";
import { Jobs } from "./jobs.ts";

let kernel: TestKernel<FakeClock>;

beforeEach(async () => {
	kernel = await testKernel({ clock: new FakeClock() });
});
afterEach(() => kernel.close());

function inMs(ms: number): Date {
	return new Date(kernel.clock.now().getTime() + ms);
}

async function schedule(key: string, runAt: Date, payload: unknown = {}): Promise<void> {
	await kernel.database.change((trx) => kernel.jobs.schedule(trx, { kind: "test", key, runAt, payload }));
}

it("runs a job when it is due, with its payload, once", async () => {
	const ran: unknown[] = [];
	kernel.jobs.handle("test", async (_trx, payload) => void ran.push(payload));
	await schedule("a", inMs(1000), { of: "a" });
	expect(await kernel.jobs.runDue()).toBe(0);
	kernel.clock.advance(1000);
	expect(await kernel.jobs.runDue()).toBe(1);
	expect(await kernel.jobs.runDue()).toBe(0);
	expect(ran).toEqual([{ of: "a" }]);
});

it("moves a job that is scheduled again, and forgets a cancelled one", async () => {
	const ran: string[] = [];
	kernel.jobs.handle("test", async (_trx, payload) => void ran.push((payload as { of: string }).of));
	await schedule("a", inMs(1000), { of: "first" });
	await schedule("a", inMs(5000), { of: "second" });
	await schedule("b", inMs(1000), { of: "cancelled" });
	await kernel.database.change((trx) => kernel.jobs.cancel(trx, "test", "b"));
	kernel.clock.advance(2000);
	await kernel.jobs.runDue();
	expect(ran).toEqual([]);
	kernel.clock.advance(3000);
	await kernel.jobs.runDue();
	expect(ran).toEqual(["second"]);
});

it("tries a failed job again later, and keeps nothing of what it did", async () => {
	let attempts = 0;
	kernel.jobs.handle("test", async (trx) => {
		attempts++;
		await kernel.events.append(trx, [{ type: "job.ran", entityType: "job", entityId: String(attempts) }]);
		if (attempts === 1) throw new Error("fails the first time");
	});
	await schedule("a", inMs(0));
	await kernel.jobs.runDue();
	expect(attempts).toBe(1);
	kernel.clock.advance(1000);
	await kernel.jobs.runDue();
	const events = (await kernel.told()).filter((one) => one.type === "job.ran");
	expect(events.map((one) => one.entityId)).toEqual(["2"]);
});

it("an answer at the moment when the ringing time was over ended in a deadlock: a job that runs is not waited for by who takes it back", async () => {
	const [running, takenBack] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	kernel.jobs.handle("test", async () => {
		running.resolve();
		// As it waits for a row that the other one holds.
		await takenBack.promise;
	});
	await schedule("ringing", inMs(0), {});
	const ran = kernel.jobs.runDue();
	await running.promise;
	await kernel.database.change((trx) => kernel.jobs.cancel(trx, "test", "ringing"));
	takenBack.resolve();
	expect(await ran).toBe(1);
	await schedule("later", inMs(60_000), {});
	await kernel.database.change((trx) => kernel.jobs.cancel(trx, "test", "later"));
	kernel.clock.advance(60_000);
	expect(await kernel.jobs.runDue()).toBe(0);
});

it("runs each job on one process only", async () => {
	const sibling = await kernel.sibling();
	const ran: string[] = [];
	for (const [name, one] of [
		["own", kernel],
		["other", sibling],
	] as const) {
		one.jobs.handle("test", async (_trx, payload) => void ran.push(`${name} ${(payload as { of: number }).of}`));
	}
	for (let of = 0; of < 20; of++) await schedule(`job ${of}`, inMs(0), { of });
	const counts = await Promise.all([kernel.jobs.runDue(), sibling.jobs.runDue()]);
	expect(counts[0] + counts[1]).toBe(20);
	expect(new Set(ran.map((one) => one.split(" ")[1])).size).toBe(20);
	await sibling.close();
});

it.each([
	["back", -600_000],
	["forwards", 600_000],
])("a clock that was set %s by ten minutes moved every timer by as much", async (_name, step) => {
	const ran: string[] = [];
	kernel.jobs.handle("test", async (_trx, payload) => void ran.push((payload as { of: string }).of));
	await schedule("a", inMs(15_000), { of: "before" });
	kernel.clock.step(step);
	await schedule("b", inMs(15_000), { of: "after" });
	kernel.clock.advance(14_000);
	expect(await kernel.jobs.runDue()).toBe(0);
	kernel.clock.advance(1000);
	await kernel.jobs.runDue();
	expect(ran.sort()).toEqual(["after", "before"]);
});

it.each([
	["back", -600_000],
	["forwards", 600_000],
])(
	"what was agreed upon with people moved with a clock that was set %s: it is due by the calendar",
	async (_name, step) => {
		const ran: string[] = [];
		kernel.jobs.handle("test", async (_trx, payload) => void ran.push((payload as { of: string }).of));
		const at = inMs(900_000);
		await kernel.database.change((trx) =>
			kernel.jobs.schedule(trx, { kind: "test", key: "a", runAt: at, payload: { of: "a" }, byCalendar: true }),
		);
		kernel.clock.step(step);
		const left = at.getTime() - kernel.clock.now().getTime();
		kernel.clock.advance(left - 1000);
		expect(await kernel.jobs.runDue()).toBe(0);
		kernel.clock.advance(1000);
		await kernel.jobs.runDue();
		expect(ran).toEqual(["a"]);
	},
);

it("two who followed a clock that was set waited for each other for ever, and moved each timer twice", async () => {
	const ran: string[] = [];
	kernel.jobs.handle("test", async (_trx, payload) => void ran.push((payload as { of: string }).of));
	await schedule("a", inMs(15_000), { of: "a" });
	kernel.clock.step(600_000);
	expect(await Promise.all([kernel.jobs.runDue(), kernel.jobs.runDue(), kernel.jobs.runDue()])).toEqual([0, 0, 0]);
	kernel.clock.advance(15_000);
	await kernel.jobs.runDue();
	expect(ran).toEqual(["a"]);
});

it("a timer that waited in the database meant another time to the next start after the clock was set", async () => {
	const ran: string[] = [];
	await schedule("a", inMs(15_000), { of: "a" });
	kernel.clock.step(-600_000);
	kernel.jobs.handle("test", async () => void ran.push("old"));
	expect(await kernel.jobs.runDue()).toBe(0);
	const next = await kernel.sibling();
	next.jobs.handle("test", async () => void ran.push("next"));
	kernel.clock.advance(15_000);
	await next.jobs.runDue();
	expect(ran).toEqual(["next"]);
	await next.close();
});

it("a job counted as failed because the database went while it ran", async () => {
	let attempts = 0;
	kernel.jobs.handle("test", async (trx) => {
		if (++attempts === 1) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx);
	});
	await schedule("a", inMs(0));
	await expect(kernel.jobs.runDue()).rejects.toThrow();
	// The job is held until PostgreSQL has cleared up after the connection that went.
	await vi.waitUntil(async () => (await kernel.jobs.runDue()) === 1);
	expect(attempts).toBe(2);
});

it("wakes by itself when a job falls due", async () => {
	const jobs = new Jobs(kernel.database, systemClock, kernel.log);
	const ran = Promise.withResolvers<void>();
	jobs.handle("wake", async () => ran.resolve());
	jobs.start();
	const runAt = new Date(Date.now() + 30);
	await kernel.database.change((trx) => jobs.schedule(trx, { kind: "wake", key: "a", runAt }));
	await ran.promise;
	expect(Date.now()).toBeGreaterThanOrEqual(runAt.getTime());
	await jobs.stop();
});

it("what waits for somebody was over at once when the server came back: an alert, after a restart of 20 s", async () => {
	const began = Date.now();
	const ran: string[] = [];
	const log = kernel.log;
	await kernel.database.change(async (trx) => {
		const before = new Jobs(kernel.database, systemClock, log);
		const runAt = new Date(began - 5000);
		for (const kind of ["rings", "ticks"]) await before.schedule(trx, { kind, key: "a", runAt });
		await before.schedule(trx, { kind: "rings", key: "later", runAt: new Date(began + 15_000) });
	});
	const jobs = new Jobs(kernel.database, systemClock, log, 20_000);
	for (const kind of ["rings", "ticks"])
		jobs.handle(kind, async () => void ran.push(kind), { waitsOutages: kind === "rings" });
	jobs.start();
	await vi.waitUntil(() => ran.length > 0);
	await jobs.stop();
	expect(ran).toEqual(["ticks"]);
	const left = await kernel.database.db
		.selectFrom("jobs")
		.select("run_at")
		.where("kind", "=", "rings")
		.orderBy("run_at")
		.execute();
	const inSeconds = left.map(({ run_at }) => Math.floor((run_at.getTime() - began) / 1000));
	expect(inSeconds).toEqual([15, 35]);
});
