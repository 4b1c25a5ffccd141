import { agentPermissionRows } from "@inlay/contract";
import { expect, it } from "vitest";
import { ApiError } from "../../session/api.ts";
import type { User } from "../../session/wire.ts";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { mayUsePanel } from "./listed-person.ts";
import { PeopleModel } from "./people-model.ts";

const post = "POST /api/v2/license/users";
const agents = { roles: [], permissions: agentPermissionRows.flatMap((row) => [...row.permissions]) };
const person = (id: string, rest: Partial<User> = {}): User => ({
	...{ id, name: id, version: 1, state: "active", authorization: agents, division: { id: "home" } },
	...rest,
});
const held = (...ids: string[]) => ids.map((id) => ({ id }));

/** Who is said to be able to use the panel. */
async function told(people: User[], licenses: unknown, self = selfWith()) {
	const api = new FakeApi().on("POST /api/v2/users/search", { results: people, total: people.length });
	api.on(post, licenses);
	const model = new PeopleModel(api, self);
	await model.people.slice.load();
	const able = model.people.slice.value?.entities.filter(mayUsePanel).map(({ id }) => id);
	return { able, state: model.people.slice.state.value, asked: api.asked.find(({ what }) => what === post)?.body };
}

it("the list said “May use the panel” of people whose license does not let them, and of those who are inactive", async () => {
	const people = [
		person("agent"),
		person("unlicensed"),
		person("lesser"),
		person("inactive", { state: "inactive" }),
		person("roleless", { authorization: { roles: [], permissions: [] } }),
	];
	const licenses = {
		agent: held("collaborate", "engage1"),
		unlicensed: [],
		lesser: held("collaborate"),
		inactive: held("communicate"),
		roleless: held("communicate"),
	};
	expect((await told(people, licenses)).able).toEqual(["agent"]);
});

it("asks for the licenses of those only whose divisions one may see: of the others it is not known", async () => {
	const people = [person("here"), person("there", { division: { id: "north" } })];
	const self = selfWith(grantOf(["authorization:grant:view"], "home"));
	const { able, asked } = await told(people, { here: held("communicate") }, self);
	expect([able, asked]).toEqual([["here"], ["here"]]);
	const blind = await told(people, {}, selfWith(grantOf(["directory:user:view"])));
	expect([blind.able, blind.asked]).toEqual([[], undefined]);
});

it("somebody who is deleted meanwhile takes the list from nobody; a server that fails is told", async () => {
	const failing = (error: ApiError) => () => {
		throw error;
	};
	const gone = await told([person("agent")], failing(refuse(400, "invalid.value")));
	expect([gone.able, gone.state.kind]).toEqual([[], "ready"]);
	expect((await told([person("agent")], failing(new ApiError(503, { code: "down", message: "" })))).state.kind).toBe(
		"failed",
	);
});
