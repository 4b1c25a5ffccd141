import type { Readable } from "node:stream";
import { Type } from "typebox";
import { badField, notFound } from "../../kernel/http/api-error.ts";
import { pageOffset, pageRequest } from "../../kernel/http/paging.ts";
import {
	allOf,
	anyOf,
	noPermission,
	publicRoute,
	type Route,
	readScope,
	route,
	writeScope,
} from "../../kernel/http/route.ts";
import { expanding, idParams } from "../../kernel/http/schemas.ts";
import { actorOf, divisionsWith, holds, type Principal, requireInDivision } from "../../kernel/principal.ts";
import { chosenDivision, type DivisionDirectory, divisionNames } from "../../routing/ports.ts";
import type { Names } from "../views.ts";
import { readSearch, searchBody } from "./asset-search.ts";
import { assetView } from "./asset-view.ts";
import type { Assets } from "./assets.ts";
import type { ResponseAsset } from "./model.ts";

const path = "/api/v2/responsemanagement/responseassets";
/** Where a file is brought; its ticket is all that it takes. */
const bringPath = "/api/inlay/v1/responseassets/uploads";
const may = (action: "view" | "add" | "edit" | "delete") => `responseAssets:asset:${action}`;
const name = Type.String({ minLength: 1, maxLength: 255 });
const divisionId = Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]));
const params = idParams("responseAssetId");

export interface AssetRouteContext {
	assets: Assets;
	directory: DivisionDirectory;
	usersOf(userIds: readonly string[]): Promise<Names["users"]>;
	/** Under which browsers reach the server. */
	publicUrl: string;
}

/** Files of canned responses (platform-api 5.22), each in a division. */
export function assetRoutes(context: AssetRouteContext): Route[] {
	return [...readingRoutes(context), ...changingRoutes(context), ...uploadRoutes(context)];
}

function teller({ assets, directory, usersOf }: AssetRouteContext) {
	/** @param principal reads of the responses that he may see */
	return async (found: readonly ResponseAsset[], principal: Principal) => {
		const userIds = found.flatMap(({ createdBy, modifiedBy }) =>
			[createdBy, modifiedBy].filter((id) => id !== undefined),
		);
		const seesResponses = holds(principal, "responses:response:view");
		const [users, divisions, responses] = await Promise.all([
			usersOf([...new Set(userIds)]),
			divisionNames(directory),
			seesResponses ? assets.store.responsesOf(found.map(({ id }) => id)) : undefined,
		]);
		return found.map((one) => assetView(one, { users, divisions, responses: responses?.get(one.id) ?? [] }));
	};
}

async function permitted({ assets }: AssetRouteContext, id: string, action: Parameters<typeof may>[0], by: Principal) {
	const found = await assets.require(id);
	requireInDivision(by, [may(action)], found.divisionId);
	return found;
}

function readingRoutes(context: AssetRouteContext): Route[] {
	const { assets } = context;
	const tell = teller(context);
	const scope = readScope("response-management");
	return [
		route({
			method: "GET",
			path: `${path}/:responseAssetId`,
			operationId: "getResponsemanagementResponseasset",
			summary: "One file of responses, with a link to it that is good for five minutes.",
			permission: anyOf(may("view")),
			scope,
			params,
			success: { status: 200, model: "ResponseAsset" },
			async handler({ params: { responseAssetId }, principal }) {
				const found = await permitted(context, responseAssetId, "view", principal);
				const [view] = await tell([found], principal);
				return { ...view, contentLocation: await assets.link(found, principal.tokenHash) };
			},
		}),
		route({
			method: "POST",
			path: `${path}/search`,
			operationId: "postResponsemanagementResponseassetsSearch",
			summary: "Finds files of responses by name, type or division.",
			permission: allOf(may("view")),
			scope,
			query: Type.Object({ expand: expanding("user", "division") }),
			body: searchBody,
			success: { status: 200, model: "ResponseAssetSearchResults" },
			async handler({ body, principal }) {
				const { filter, order } = readSearch(body);
				const page = pageRequest(body);
				const divisions = divisionsWith(principal, [may("view")]);
				const { found, total } = await assets.store.page({ ...filter, divisions }, order, {
					limit: page.pageSize,
					offset: pageOffset(page),
				});
				const { pageSize, pageNumber } = page;
				const pageCount = Math.ceil(total / pageSize);
				return { total, pageCount, pageSize, pageNumber, results: await tell(found, principal) };
			},
		}),
		route({
			method: "POST",
			path: `${path}/bulk`,
			operationId: "postResponsemanagementResponseassetsBulk",
			summary: "Several files of responses at once, by id.",
			permission: anyOf(may("view")),
			scope,
			body: Type.Object({
				assetIds: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 50 }),
			}),
			success: { status: 200, model: "ResponseAssetEntityListing" },
			async handler({ body: { assetIds }, principal }) {
				const found = await assets.store.find(assetIds);
				const seen = found.filter(({ divisionId: where }) => holds(principal, may("view"), where));
				const ids = new Set(seen.map(({ id }) => id));
				return {
					entities: await tell(seen, principal),
					notFound: [...new Set(assetIds)].filter((id) => !ids.has(id)),
				};
			},
		}),
	];
}

function changingRoutes(context: AssetRouteContext): Route[] {
	const { assets, directory } = context;
	const tell = teller(context);
	const scope = writeScope("response-management");
	return [
		route({
			method: "PUT",
			path: `${path}/:responseAssetId`,
			operationId: "putResponsemanagementResponseasset",
			summary: "Calls a file of responses otherwise, or moves it into another division.",
			permission: anyOf(may("edit")),
			scope,
			params,
			body: Type.Object({ name, divisionId }),
			readOnly: ["division", "contentLength", "contentType", "contentLocation", "responses"],
			success: { status: 200, model: "ResponseAsset" },
			errors: ["attachment.type"],
			async handler({ params: { responseAssetId }, body, principal }) {
				const before = await permitted(context, responseAssetId, "edit", principal);
				const to = body.divisionId ? await chosenDivision(directory, { id: body.divisionId }) : before.divisionId;
				requireInDivision(principal, [may("edit")], to);
				const after = await assets.change(before.id, { name: body.name, divisionId: to }, actorOf(principal));
				return (await tell([after], principal))[0];
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:responseAssetId`,
			operationId: "deleteResponsemanagementResponseasset",
			summary: "Deletes a file that no response brings along.",
			permission: anyOf(may("delete")),
			scope,
			params,
			success: { status: 204 },
			errors: ["general.conflict"],
			async handler({ params: { responseAssetId }, principal }) {
				const { id } = await permitted(context, responseAssetId, "delete", principal);
				await assets.remove(id, actorOf(principal), principal);
			},
		}),
	];
}

function uploadRoutes(context: AssetRouteContext): Route[] {
	const { assets, directory, publicUrl } = context;
	return [
		route({
			method: "POST",
			path: `${path}/uploads`,
			operationId: "postResponsemanagementResponseassetsUploads",
			summary:
				"An address to which a file of responses is brought by PUT, good for ten minutes; its id is the asset's.",
			permission: anyOf(may("add")),
			scope: writeScope("response-management"),
			body: Type.Object({ name, divisionId, contentMd5: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })) }),
			success: { status: 200, model: "CreateResponseAssetResponse" },
			errors: ["attachment.type"],
			async handler({ body, principal }) {
				const where = await chosenDivision(directory, body.divisionId ? { id: body.divisionId } : undefined);
				requireInDivision(principal, [may("add")], where);
				const wish = { name: body.name, divisionId: where, ...(body.contentMd5 ? { md5: body.contentMd5 } : {}) };
				const { id, ticket } = await assets.begin(wish, actorOf(principal));
				const url = `${publicUrl}${bringPath}?ticket=${ticket}`;
				return { id, url, headers: { "Content-Type": "application/octet-stream" } };
			},
		}),
		route({
			method: "PUT",
			path: bringPath,
			operationId: "putInlayResponseassetsUploads",
			summary: "Brings a file of responses to the address that was given for it.",
			permission: noPermission,
			scope: publicRoute,
			// In the query, which no log has.
			query: Type.Object({ ticket: Type.String({ minLength: 1, maxLength: 100 }) }),
			acceptsFile: true,
			success: { status: 200, description: "It is kept" },
			errors: ["response.asset.ticket", "response.asset.md5", "attachment.type", "attachment.empty", "attachment.size"],
			async handler({ query: { ticket }, body }) {
				const sent = body as unknown as Readable | undefined;
				if (typeof sent?.pipe !== "function") throw badField("file", "Send the file as the body, as octet-stream.");
				await assets.bring(ticket, sent);
				return {};
			},
		}),
		route({
			method: "GET",
			path: `${path}/status/:statusId`,
			operationId: "getResponsemanagementResponseassetsStatusStatusId",
			summary: "How far an upload has come.",
			permission: anyOf(may("view")),
			scope: readScope("response-management"),
			params: idParams("statusId"),
			success: { status: 200, model: "ResponseAssetStatus" },
			async handler({ params: { statusId: id }, principal }) {
				const found = await assets.store.status(id);
				if (!found) throw notFound("response asset", id);
				requireInDivision(principal, [may("view")], found.divisionId);
				const { state, problem } = found;
				if (problem) return { id, status: "Failed", errorCode: problem.code, errorMessage: problem.message };
				return { id, status: state === "kept" ? "Uploaded" : "InProgress" };
			},
		}),
	];
}
