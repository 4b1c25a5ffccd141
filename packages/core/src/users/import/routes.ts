import { Type } from "typebox";
import { anyOf, type Route, route, writeScope } from "../../kernel/http/route.ts";
import type { Users } from "../users.ts";
import { mostRows } from "./import.ts";

const Short = Type.Optional(Type.String({ maxLength: 500 }));
const Names = Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 }));

const Row = Type.Object({
	name: Type.String({ maxLength: 1_000 }),
	email: Type.String({ maxLength: 1_000 }),
	department: Short,
	title: Short,
	division: Short,
	roles: Names,
	groups: Names,
});

/** Many people at once; an operation of Inlay's own. */
export function importRoutes({ views, import: people }: Users): Route[] {
	return [
		route({
			method: "POST",
			path: "/api/inlay/v1/users/import",
			operationId: "postInlayUsersImport",
			summary: "Make people of rows, all of them or none; a preview tells what is wrong with which row",
			permission: anyOf("directory:user:add"),
			scope: writeScope("users"),
			body: Type.Object({
				rows: Type.Array(Row, { minItems: 1, maxItems: mostRows }),
				preview: Type.Optional(Type.Boolean()),
			}),
			bodyLimit: 4_194_304,
			success: { status: 200 },
			errors: ["import.refused"],
			async handler({ body, principal }) {
				const { created, faults } = await people.importPeople(principal, body.rows, body.preview === true);
				return { entities: await views.usersView(created, principal, []), faults };
			},
		}),
	];
}
