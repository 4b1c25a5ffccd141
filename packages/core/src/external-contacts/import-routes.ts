import { Type } from "typebox";
import { ApiError } from "../kernel/http/api-error.ts";
import { type Route, route, writeScope } from "../kernel/http/route.ts";
import { actorOf } from "../kernel/principal.ts";
import { type ImportRow, importColumns, readRows } from "./importing.ts";
import { may, permitDivision, type RouteContext, twins } from "./route-context.ts";

/** Of one file. */
export const mostRows = 5_000;

const text = Type.Optional(Type.String({ maxLength: 2_000 }));
const Row = Type.Object(Object.fromEntries(importColumns.map((name) => [name, text])));

/** Many contacts at once; an operation of Inlay's own. */
export function importRoutes(context: RouteContext): Route[] {
	const { external } = context;
	return [
		route({
			method: "POST",
			path: "/api/inlay/v1/externalcontacts/import",
			operationId: "postInlayExternalcontactsImport",
			summary: "Makes contacts of rows, all of them or none; a preview tells what is wrong with which row.",
			permission: may("contact", "add"),
			scope: writeScope("external-contacts"),
			body: Type.Object({
				rows: Type.Array(Row, { minItems: 1, maxItems: mostRows }),
				/** Whoever is there already, by a number or mail address: made once more, passed over, or given what they lack. */
				existing: Type.Optional(Type.Union([Type.Literal("add"), Type.Literal("skip"), Type.Literal("complete")])),
				preview: Type.Optional(Type.Boolean()),
			}),
			bodyLimit: 16_777_216,
			success: { status: 200, description: "{created, completed, skipped, faults}" },
			errors: ["import.refused"],
			async handler({ body: { rows, existing = "skip", preview = false }, principal }) {
				const divisionId = await permitDivision(context, twins("contact", "add"), undefined, principal);
				const asked = rows as readonly ImportRow[];
				const isCompleting = existing === "complete";
				if (isCompleting) await permitDivision(context, twins("contact", "edit"), divisionId, principal);
				if (asked.some(({ organization }) => organization?.trim()))
					await permitDivision(context, twins("externalOrganization", "add"), divisionId, principal);
				const { read, faults } = readRows(asked, await external.country());
				const wish = { read, existing, divisionId, isPreview: preview || faults.length > 0 };
				const done = await external.importRows(wish, actorOf(principal));
				const all = [...faults, ...done.faults].sort((a, b) => a.row - b.row);
				if (all.length > 0 && !preview) throw refusedImport(all.length);
				return { ...done, faults: all };
			},
		}),
	];
}

function refusedImport(count: number): ApiError {
	const message = "{count} rows cannot be taken, so none was: look through them with preview first.";
	return new ApiError(400, "import.refused", message, { params: { count: String(count) } });
}
