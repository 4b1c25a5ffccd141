import { expect, it } from "vitest";
import { ApiError } from "../kernel/http/api-error.ts";
import type { Principal } from "../kernel/principal.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import type { User } from "../users/model.ts";
import { type AtOnceOptions, PeopleAtOnce } from "./at-once.ts";

const users = Array.from({ length: 6 }, (_, at) => ({ id: `u${at}`, name: `U ${at}`, divisionId: "d" }) as User);
const by = testPrincipal();

/** A deed that is done with one person at a time, and what is told of it. */
function deed(options: AtOnceOptions, asNow: () => Promise<Principal>) {
	const done: string[] = [];
	const people = new PeopleAtOnce({ list: async () => ({ users, total: users.length }) }, options);
	const deedOf = () => ({
		portion: 1,
		foresee: async () => new Map(),
		apply: async (ids: readonly string[]) => {
			done.push(...ids);
			return ids;
		},
	});
	return { done, run: () => people.run(deedOf, {}, { by, asNow }) };
}

it("went on to its end with the rights of its beginning: who loses them goes on with nobody", async () => {
	const { done, run } = deed({}, async () => {
		if (done.length === 2) throw new ApiError(403, "missing.permissions", "This needs the permission {permissions}.");
		return by;
	});
	const told = await run();
	expect([done, told.doneIds]).toEqual([
		["u0", "u1"],
		["u0", "u1"],
	]);
	expect(told.refused.map(({ id, code }) => [id, code])).toEqual(
		["u2", "u3", "u4", "u5"].map((id) => [id, "missing.permissions"]),
	);
});

it("took minutes, after which nobody got the answer, nor the way back: it goes on by another request", async () => {
	let now = 0;
	const { done, run } = deed({ timeMs: 10, now: () => now }, async () => {
		now += 4;
		return by;
	});
	const told = await run();
	expect([done, told.leftIds, told.unchanged]).toEqual([["u0", "u1", "u2"], ["u3", "u4", "u5"], 0]);
});

it("does at least a portion, however slow", async () => {
	let now = 0;
	const { done, run } = deed({ timeMs: 1, now: () => ++now * 100 }, async () => by);
	expect([(await run()).leftIds.length, done]).toEqual([5, ["u0"]]);
});
