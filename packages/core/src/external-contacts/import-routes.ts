import { Type } from "typebox";
import { ApiError, notFound } from "../kernel/http/api-error.ts";
import { Answer, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actorOf, requireInDivision } from "../kernel/principal.ts";
import { sliceRows } from "./import-slices.ts";
import type { ContactImport } from "./import-store.ts";
import { type ImportRow, importColumns, readRows } from "./importing.ts";
import { may, permitDivision, type RouteContext } from "./route-context.ts";
import { twins } from "./twins.ts";

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
			summary: `Makes contacts of rows: none where one is wrong, as a preview tells; beyond ${sliceRows} it answers 202, and they come in slice by slice.`,
			permission: may("contact", "add"),
			scope: writeScope("external-contacts"),
			body: Type.Object({
				rows: Type.Array(Row, { minItems: 1, maxItems: mostRows }),
				/** Whoever is there already, by a number or mail address: made once more, passed over, or given what they lack. */
				existing: Type.Optional(Type.Union([Type.Literal("add"), Type.Literal("skip"), Type.Literal("complete")])),
				preview: Type.Optional(Type.Boolean()),
			}),
			bodyLimit: 16_777_216,
			success: {
				status: 200,
				description: "{created, completed, skipped, faults}, and of a long file that is under way its {import}",
			},
			errors: ["import.refused", "import.tooMany"],
			async handler({ body: { rows, existing = "skip", preview = false }, principal }) {
				const divisionId = await permitDivision(context, twins("contact", "add"), undefined, principal);
				const asked = rows as readonly ImportRow[];
				const isCompleting = existing === "complete";
				if (isCompleting) await permitDivision(context, twins("contact", "edit"), divisionId, principal);
				if (asked.some(({ organization }) => organization?.trim()))
					await permitDivision(context, twins("externalOrganization", "add"), divisionId, principal);
				const { read, faults } = readRows(asked, await external.country());
				const isLong = read.length > sliceRows && !preview;
				const wish = { read, existing, divisionId, isPreview: preview || isLong || faults.length > 0 };
				const done = await external.importRows(wish, actorOf(principal));
				const all = [...faults, ...done.faults].sort((a, b) => a.row - b.row);
				if (all.length > 0 && !preview) throw refusedImport(all.length);
				if (!isLong) return { ...done, faults: all };
				const begun = await external.imports.begin(wish, actorOf(principal));
				return new Answer(202, { created: 0, completed: 0, skipped: 0, faults: [], import: importView(begun) });
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/externalcontacts/imports/me",
			operationId: "getInlayExternalcontactsImportMe",
			summary: "The long file that one has brought last, and how far it has come.",
			permission: may("contact", "add"),
			scope: readScope("external-contacts"),
			success: { status: 200, description: "{import}, absent where there is none" },
			async handler({ principal }) {
				const found = principal.userId === undefined ? undefined : await external.imports.lastOf(principal.userId);
				return found ? { import: importView(found) } : {};
			},
		}),
		route({
			method: "DELETE",
			path: "/api/inlay/v1/externalcontacts/imports/me",
			operationId: "deleteInlayExternalcontactsImportMe",
			summary: "Puts away how one's own long files ended, or that one did; one that is under way stays.",
			permission: may("contact", "add"),
			scope: writeScope("external-contacts"),
			query: Type.Object({
				id: Type.Optional(Type.String({ maxLength: 100, description: "Of the one that was read; all where absent." })),
			}),
			success: { status: 204, description: "Put away" },
			async handler({ principal, query }) {
				if (principal.userId !== undefined) await external.imports.putAway(principal.userId, query.id);
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/externalcontacts/imports/:importId",
			operationId: "getInlayExternalcontactsImport",
			summary: "How far a long file has come.",
			permission: may("contact", "add"),
			scope: readScope("external-contacts"),
			params: idParams("importId"),
			success: { status: 200, description: "{id, state, total, taken, created, completed, skipped, error}" },
			async handler({ params: { importId }, principal }) {
				const found = await external.imports.find(importId);
				if (!found) throw notFound("import", importId);
				requireInDivision(principal, twins("contact", "add"), found.divisionId);
				return importView(found);
			},
		}),
	];
}

function importView({ id, total, taken, created, completed, skipped, error, at }: ContactImport) {
	const state = error !== undefined ? "failed" : taken < total ? "running" : "done";
	return {
		...{ id, state, total, taken, created, completed, skipped },
		...(error ? { error } : {}),
		at: at.toISOString(),
	};
}

function refusedImport(count: number): ApiError {
	const message = "{count} rows cannot be taken, so none was: look through them with preview first.";
	return new ApiError(400, "import.refused", message, { params: { count: String(count) } });
}
