import { expect, test } from "vitest";
import type { DivisionSet, GrantedPermission } from "../kernel/principal.ts";
import { mayEnlist } from "./judge.ts";

const manage = "routing:queueMember:manage";
const edit = "routing:queue:edit";

function refusedIn(grants: Array<[permission: string, divisions: DivisionSet]>, ...divisionIds: string[]) {
	const held = grants.map(([permission, divisions]): GrantedPermission => ({ permission, divisions }));
	try {
		mayEnlist(
			{ grants: held },
			[edit, manage],
			divisionIds.map((divisionId) => ({ divisionId })),
		);
		return undefined;
	} catch (error) {
		return (error as { options: { params: { divisionId: string } } }).options.params.divisionId;
	}
}

const only = (...ids: string[]) => new Set(ids);

test.each<[string, Array<[string, DivisionSet]>, string[], string | undefined]>([
	["one of the permissions where everybody is", [[manage, only("a", "b")]], ["a", "b"], undefined],
	[
		"the one here, the other there",
		[
			[manage, only("a")],
			[edit, only("b")],
		],
		["a", "b"],
		undefined,
	],
	["a wildcard", [["routing:*:*", only("a")]], ["a"], undefined],
	["everywhere", [[edit, "all"]], ["a", "anywhere"], undefined],
	["nobody to put to work", [], [], undefined],
	["nothing", [], ["a"], "a"],
	["the permission elsewhere", [[manage, only("b")]], ["a"], "a"],
	["the permission where only some of them are", [[manage, only("a")]], ["a", "a", "b"], "b"],
	["to see the queue", [["routing:queue:view", "all"]], ["a"], "a"],
])("who holds %s", (_what, grants, people, refused) => {
	expect(refusedIn(grants, ...people)).toBe(refused);
});
