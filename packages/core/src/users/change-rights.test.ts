import { expect, it } from "vitest";
import { judgeChange, touchesRights } from "./change-rights.ts";
import type { User } from "./model.ts";

const ann = { id: "u1", state: "active", username: "ann", email: "ann@example.com" } as const;
type Change = Partial<Pick<User, "state" | "username" | "email">>;

/** What the change asks of who makes it. */
async function asked(before: Change, change: Change): Promise<string[]> {
	const found: string[] = [];
	const judge = {
		mayHandOver: async (id: string) => void found.push(`hold all of ${id}`),
		mayEnd: async (id: string) => void found.push(`may end ${id}`),
	};
	const was = { ...ann, ...before };
	await judgeChange(judge, was, { ...was, ...change });
	return found;
}

const holding = ["hold all of u1"];
const ending = ["may end u1"];

it.each<[string, Change, Change, string[]]>([
	["nothing that signs in", {}, {}, []],
	["another user name", {}, { username: "anna" }, holding],
	["another address, which signs in too", {}, { email: "anna@example.com" }, holding],
	["capitals alone", {}, { username: "Ann" }, holding],
	["deactivating", {}, { state: "inactive" }, ending],
	["deleting", {}, { state: "deleted" }, ending],
	["deleting who was inactive: their roles go with it", { state: "inactive" }, { state: "deleted" }, ending],
	["waking", { state: "inactive" }, { state: "active" }, holding],
	["bringing back who was deleted", { state: "deleted" }, { state: "active" }, holding],
	["bringing back as inactive: nobody signs in by it", { state: "deleted" }, { state: "inactive" }, []],
	["renaming and deactivating at once", {}, { username: "anna", state: "inactive" }, [...holding, ...ending]],
	["an inactive user's name: it signs in once they wake", { state: "inactive" }, { username: "anna" }, holding],
])("a user was changed by who holds less than they do: %s", async (_what, before, change, wanted) => {
	expect(await asked(before, change)).toEqual(wanted);
});

it.each<[Partial<User>, boolean]>([
	[{ state: "active" }, true],
	[{ username: "ann" }, true],
	[{ email: "ann@example.com" }, true],
	[{ name: "Ann", title: "Lead" }, false],
	[{}, false],
])("whether a change of rights waits for its turn: %j is %s", (change, touches) => {
	expect(touchesRights(change)).toBe(touches);
});
