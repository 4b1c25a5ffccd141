import { Type } from "typebox";
import { expect, it } from "vitest";
import { allOf, anyOf, noPermission, publicRoute, readScope, route, writeScope } from "./route.ts";

const operation = {
	method: "GET",
	path: "/api/v2/things",
	operationId: "getThings",
	summary: "",
	success: { status: 200 },
	handler: () => ({}),
} as const;

it("a route without permission or scope does not compile: `npm test` type-checks this file", () => {
	// @ts-expect-error: no scope
	route({ ...operation, permission: noPermission });
	// @ts-expect-error: no permission
	route({ ...operation, scope: publicRoute });
	// @ts-expect-error: a permission is not just a text
	route({ ...operation, permission: "things:thing:view", scope: publicRoute });
	expect(route({ ...operation, permission: noPermission, scope: publicRoute })).toMatchObject(operation);
});

it("a handler's parameters have the types of the schemas", () => {
	route({
		...operation,
		permission: anyOf("things:thing:view"),
		scope: readScope("things"),
		params: Type.Object({ thingId: Type.String() }),
		query: Type.Object({ pageSize: Type.Integer() }),
		handler: ({ params, query, body }) => {
			const id: string = params.thingId;
			const size: number = query.pageSize;
			const none: undefined = body;
			// @ts-expect-error: there is no such parameter
			return [id, size, none, params.otherId];
		},
	});
});

it("scopes: reading opens with both forms, writing with the plain one", () => {
	expect(readScope("users")).toEqual({ anyOf: ["users", "users:readonly"] });
	expect(writeScope("users")).toEqual({ anyOf: ["users"] });
	expect(anyOf("a:b:c", "d:e:f")).toEqual({ mode: "any", permissions: ["a:b:c", "d:e:f"] });
	expect(allOf("a:b:c")).toEqual({ mode: "all", permissions: ["a:b:c"] });
});
