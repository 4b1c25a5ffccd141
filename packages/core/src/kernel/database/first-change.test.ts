import { type SqlBool, sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testPrincipal } from "../../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import { badField } from "../http/api-error.ts";
import type { Trx } from "./database.ts";

let kernel: TestKernel;
/** Woken by the next commit. */
let listener: (() => void) | undefined;

beforeAll(async () => {
	kernel = await testKernel();
	await sql`create table things (name text)`.execute(kernel.database.db);
	kernel.database.onCommit(() => {
		const woken = listener;
		listener = undefined;
		woken?.();
	});
});
beforeEach(async () => {
	await sql`truncate things, idempotency_keys`.execute(kernel.database.db);
});
afterAll(() => kernel.close());

const asked = {
	route: { success: { status: 200 } },
	principal: testPrincipal({ userId: "anna" }),
	...{ key: "k1", method: "POST", url: "/things" },
};
const request = (work: () => Promise<unknown>) =>
	kernel.idempotency.once(asked, async () => {
		await work();
		return { done: true };
	});
const change = <T>(work: (trx: Trx) => Promise<T>) => kernel.database.change(work);
async function add(trx: Trx, name: string): Promise<void> {
	await sql`insert into things values (${name})`.execute(trx);
}
const write = (name: string) => change((trx) => add(trx, name));
const look = () => change((trx) => sql`select name from things for update`.execute(trx));
const killed = () => Promise.reject(new Error("killed"));

async function names(): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`select name from things order by name`.execute(kernel.database.db);
	return rows.map(({ name }) => name);
}

async function keys(): Promise<number> {
	const { rows } = await sql<{ is: SqlBool }>`select true as is from idempotency_keys`.execute(kernel.database.db);
	return rows.length;
}

describe("what a commit of the request's wakes", () => {
	it("took the request's key by a change of its own: asked again, the request was told that it was done", async () => {
		let theirs: Promise<unknown> = Promise.resolve();
		listener = () => {
			theirs = write("listener's");
		};
		const first = request(async () => {
			await look();
			await theirs;
			return killed();
		});
		await expect(first).rejects.toThrow("killed");
		expect([await names(), await keys()]).toEqual([["listener's"], 0]);
		await request(() => write("asked"));
		expect([await names(), await keys()]).toEqual([["asked", "listener's"], 1]);
	});

	it("took it by a timer that it set, during the request and after it", async () => {
		const { promise: over, resolve: end } = Promise.withResolvers<void>();
		const { promise: during, resolve: isDuring } = Promise.withResolvers<void>();
		const { promise: after, resolve: isAfter } = Promise.withResolvers<void>();
		listener = () => {
			setTimeout(async () => {
				await write("during").then(isDuring);
				await over;
				setTimeout(() => write("after").then(isAfter), 1);
			}, 1);
		};
		await request(async () => {
			await look();
			await during;
		});
		end();
		await after;
		expect([await names(), await keys()]).toEqual([["after", "during"], 0]);
	});
});

it("a timer that the request itself left behind took its key when it was over", async () => {
	const { promise: after, resolve, reject } = Promise.withResolvers<unknown>();
	const { promise: over, resolve: end } = Promise.withResolvers<void>();
	await request(async () => {
		setTimeout(() => over.then(() => write("after")).then(resolve, reject), 1);
	});
	end();
	await after;
	expect([await names(), await keys()]).toEqual([["after"], 0]);
});

describe("two changes of one request at once", () => {
	/** Begins both, of which the first is not over before the second has begun. */
	async function both(first: (trx: Trx) => Promise<unknown>, second: () => Promise<unknown>) {
		const { promise: begun, resolve } = Promise.withResolvers<void>();
		const one = change(async (trx) => {
			await begun;
			return first(trx);
		});
		const other = second();
		resolve();
		return Promise.allSettled([one, other]);
	}

	/** The server is killed once they are over. */
	const askedTwice = async (work: () => Promise<unknown>) => {
		await expect(request(() => work().then(killed))).rejects.toThrow("killed");
		return request(() => write("again"));
	};
	const lost = { code: "idempotency.answer.lost" };

	it("what was written beside a look, which was taken back, had no key and was done twice", async () => {
		const twice = askedTwice(() =>
			both(
				(trx) => sql`select name from things`.execute(trx),
				() => write("once"),
			),
		);
		await expect(twice).rejects.toMatchObject(lost);
		expect(await names()).toEqual(["once"]);
	});

	it("a look beside what is written takes nothing back", async () => {
		await expect(askedTwice(() => both((trx) => add(trx, "once"), look))).rejects.toMatchObject(lost);
		expect(await names()).toEqual(["once"]);
	});

	it.each(["first", "second"])("what was written beside one that failed had no key: the %s", async (which) => {
		const fail = async (trx: Trx) => {
			await add(trx, "failed");
			throw new Error("failed");
		};
		const twice = askedTwice(() =>
			which === "first"
				? both(fail, () => write("once"))
				: both(
						(trx) => add(trx, "once"),
						() => change(fail),
					),
		);
		await expect(twice).rejects.toMatchObject(lost);
		expect(await names()).toEqual(["once"]);
	});

	it("what was written beside one whose connection was killed had no key", async () => {
		const twice = askedTwice(async () => {
			const { promise: pid, resolve: isKnown } = Promise.withResolvers<number>();
			const { promise: gone, resolve: isGone } = Promise.withResolvers<void>();
			const one = change(async (trx) => {
				await add(trx, "killed");
				const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
				isKnown(rows[0]?.pid ?? 0);
				await gone;
				await add(trx, "killed too");
			});
			const other = write("once");
			await sql`select pg_terminate_backend(${await pid}, 5000)`.execute(kernel.database.db);
			isGone();
			expect((await Promise.allSettled([one, other])).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
		});
		await expect(twice).rejects.toMatchObject(lost);
		expect(await names()).toEqual(["once"]);
	});

	it("a request that was refused while another change of its own was under way could not be asked again", async () => {
		const { promise: refused, resolve } = Promise.withResolvers<void>();
		const { promise: begun, resolve: isBegun } = Promise.withResolvers<void>();
		const first = request(async () => {
			void change(async (trx) => {
				isBegun();
				await refused;
				await add(trx, "attempt");
			});
			await begun;
			setImmediate(resolve);
			throw badField("name", "Not this one.");
		});
		await expect(first).rejects.toMatchObject({ status: 400 });
		await request(() => write("again"));
		expect(await names()).toEqual(["again", "attempt"]);
	});

	it("go side by side once one of them has written", async () => {
		await request(async () => {
			await write("first");
			const { promise: other, resolve } = Promise.withResolvers<void>();
			await Promise.all([change(() => other), change(async () => resolve())]);
		});
		expect([await names(), await keys()]).toEqual([["first"], 1]);
	});
});
