import { type Static, Type } from "typebox";
import type { Database } from "../kernel/database/database.ts";
import { badField } from "../kernel/http/api-error.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { requireInDivision } from "../kernel/principal.ts";
import { readInstant } from "../kernel/time/times.ts";
import { type OutOfOffice, outOfOfficeStore } from "./out-of-office-store.ts";
import type { Users } from "./users.ts";

const editing = ["directory:user:edit", "directory:organization:admin"];
const time = Type.Optional(Type.String({ maxLength: 50 }));
const body = Type.Object({
	active: Type.Boolean(),
	indefinite: Type.Optional(Type.Boolean()),
	startDate: time,
	endDate: time,
});

/** When people are away (platform-api, users): everybody reads it, they say it themselves. */
export function outOfOfficeRoutes(users: Pick<Users, "get">, database: Database): Route[] {
	const path = "/api/v2/users/:userId/outofoffice";
	const success = { status: 200, model: "OutOfOffice" };
	return [
		route({
			method: "GET",
			path,
			operationId: "getUserOutofoffice",
			summary: "When a user is away.",
			permission: noPermission,
			scope: readScope("users"),
			params: idParams("userId"),
			success,
			async handler({ params: { userId } }) {
				const user = await users.get(userId);
				const found = (await outOfOfficeStore.find(database.db, [userId])).get(userId);
				return {
					...outOfOfficeView(found ?? nowhere, userId),
					user: { id: user.id, name: user.name, version: user.version },
				};
			},
		}),
		route({
			method: "PUT",
			path,
			operationId: "putUserOutofoffice",
			summary: "Says when one is away; of others it takes the permission to edit them.",
			permission: noPermission,
			forOthers: anyOf(...editing),
			scope: writeScope("users"),
			params: idParams("userId"),
			body,
			readOnly: ["name", "user"],
			success,
			async handler({ params: { userId }, body: wanted, principal }) {
				const user = await users.get(userId);
				if (principal.userId !== userId) requireInDivision(principal, editing, user.divisionId);
				const away = readOutOfOffice(wanted);
				await database.change((trx) => outOfOfficeStore.save(trx, userId, away));
				return { ...outOfOfficeView(away, userId), user: { id: user.id, name: user.name, version: user.version } };
			},
		}),
	];
}

const nowhere: OutOfOffice = { active: false, indefinite: false };

/** @throws ApiError 400 naming the field */
function readOutOfOffice({ active, indefinite = false, startDate, endDate }: Static<typeof body>): OutOfOffice {
	const from = startDate === undefined ? undefined : readInstant("startDate", startDate);
	const to = endDate === undefined ? undefined : readInstant("endDate", endDate);
	if (indefinite && to) throw badField("endDate", "Who is away indefinitely has no endDate.");
	if (active && !indefinite && !to) throw badField("endDate", "An endDate is needed, or indefinite.");
	if (from && to && from >= to) throw badField("endDate", "endDate must come after startDate.");
	return { active, indefinite, ...(from ? { startDate: from } : {}), ...(to ? { endDate: to } : {}) };
}

/** `expand=outOfOffice` of users. */
export function outOfOfficeExpander(database: Database) {
	return async (userIds: string[]): Promise<Map<string, unknown>> => {
		const found = await outOfOfficeStore.find(database.db, userIds);
		return new Map(userIds.map((id) => [id, outOfOfficeView(found.get(id) ?? nowhere, id)]));
	};
}

/** `OutOfOffice`. */
function outOfOfficeView({ active, indefinite, startDate, endDate }: OutOfOffice, userId: string) {
	return {
		id: userId,
		active,
		indefinite,
		...(startDate ? { startDate: startDate.toISOString() } : {}),
		...(endDate ? { endDate: endDate.toISOString() } : {}),
		selfUri: `/api/v2/users/${userId}/outofoffice`,
	};
}
