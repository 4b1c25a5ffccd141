import { expect, it } from "vitest";
import { ApiError } from "../../../session/api.ts";
import type { User } from "../../../session/wire.ts";
import { refuse } from "../../../test-support/fake-api.ts";
import { OneByOne } from "./one-by-one.ts";

const people = Array.from({ length: 9 }, (_, at) => ({ id: `u${at}`, name: `User ${at}` }) as User);
const all = people.map(({ id }) => id);

it("who is refused stops nobody else, and the next turn is for those alone who are left", async () => {
	const work = new OneByOne();
	const refused = new Set(["u2", "u7"]);
	const seen: string[] = [];
	const each = async ({ id }: User) => {
		seen.push(id);
		if (refused.has(id)) throw refuse(403, "missing.permissions");
	};
	expect(await work.run(people, each)).toBe(2);
	expect([[...seen].sort(), work.done.value, work.refused.map(({ user }) => user.id).sort()]).toEqual([
		all,
		7,
		["u2", "u7"],
	]);
	refused.delete("u2");
	seen.length = 0;
	expect(await work.run(people, each)).toBe(1);
	expect([[...seen].sort(), work.total.value, work.done.value]).toEqual([["u2", "u7"], 2, 8]);
});

it("four are under way at a time, and a second click begins nothing", async () => {
	const work = new OneByOne();
	const waiting: Array<() => void> = [];
	let most = 0;
	let under = 0;
	const run = work.run(people, async () => {
		most = Math.max(most, ++under);
		await new Promise<void>((go) => waiting.push(go));
		under--;
	});
	expect(await work.run(people, async () => {})).toBeUndefined();
	while (work.busy.value) {
		for (const go of waiting.splice(0)) go();
		await Promise.resolve();
	}
	expect([await run, most, work.done.value]).toEqual([0, 4, 9]);
});

it.each([
	["the sign-in is over", () => refuse(401, "bad.credentials")],
	["nobody answers", () => refuse(0, "network")],
])("where %s those who are not reached yet are left for another turn", async (_what, failure) => {
	const work = new OneByOne();
	let asked = 0;
	const left = await work.run(people, async () => {
		asked++;
		throw failure();
	});
	expect([left, asked]).toEqual([9, 4]);
	expect(work.outcomes.value.every(({ error }) => error instanceof ApiError)).toBe(true);
});

it("what was done before was news of what is done next", async () => {
	const work = new OneByOne();
	await work.run(people, async () => {});
	work.forget();
	expect([work.total.value, work.done.value, work.left]).toEqual([0, 0, 0]);
	expect(await work.run(people.slice(0, 2), async () => {})).toBe(0);
	expect(work.done.value).toBe(2);
});

it("oneself, signed out among the first, left the others undone: the own turn comes when all others are through", async () => {
	const work = new OneByOne();
	let through = 0;
	const seen: Array<[string, number]> = [];
	const each = async ({ id }: User) => {
		seen.push([id, through]);
		await Promise.resolve();
		through++;
	};
	expect(await work.run(people, each, "u0")).toBe(0);
	expect(seen.at(-1)).toEqual(["u0", people.length - 1]);
	// Nothing is tried where the session is over already.
	const other = new OneByOne();
	const left = await other.run(people, () => Promise.reject(refuse(401, "no.session")), "u0");
	expect([left, other.outcomes.value.some(({ user }) => user.id === "u0")]).toEqual([people.length, false]);
});
