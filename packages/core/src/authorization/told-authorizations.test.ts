import { expect, it } from "vitest";
import type { Role } from "./model.ts";
import { ToldAuthorizations } from "./told-authorizations.ts";

const role = (id: string, name: string) => ({ id, name, policies: [] }) as unknown as Role;

function told() {
	let roles = [role("r1", "Agent"), role("r2", "Lead")];
	const state = { generation: 1, reads: 0, during: () => {} };
	const read = async () => {
		state.reads++;
		const found = roles;
		state.during();
		return found;
	};
	const rename = (name: string) => {
		roles = [role("r1", name), role("r2", "Lead")];
		state.generation++;
	};
	const all = new ToldAuthorizations(read, () => state.generation);
	const namesOf = async (...ids: string[]) =>
		(await all.of([new Set(ids)])).flatMap(({ roles: of }) => of.map(({ name }) => name));
	return { state, rename, namesOf };
}

it("each panel's start read all roles with their policies: they are read once, and anew when one has changed", async () => {
	const { state, rename, namesOf } = told();
	expect([await namesOf("r1"), await namesOf("r1"), await namesOf("r2", "r1")]).toEqual([
		["Agent"],
		["Agent"],
		["Agent", "Lead"],
	]);
	expect(state.reads).toBe(2);
	rename("Helper");
	expect(await namesOf("r1")).toEqual(["Helper"]);
});

it("what was read while a role changed is told to nobody later", async () => {
	const { state, rename, namesOf } = told();
	state.during = () => {
		state.during = () => {};
		rename("Helper");
	};
	await namesOf("r1");
	expect(await namesOf("r1")).toEqual(["Helper"]);
});
