import { Type } from "typebox";
import { pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import { allOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagedQuery } from "../kernel/http/schemas.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import { type DivisionDirectory, divisionNames, requireToRead } from "./ports.ts";
import type { Queue } from "./queue-model.ts";
import type { Queues } from "./queues.ts";
import { refListBody } from "./schemas.ts";
import { wrapupCodeView } from "./views.ts";
import type { WrapupCode } from "./wrapup-model.ts";

const path = "/api/v2/routing/queues/:queueId/wrapupcodes";

/** A code comes with its name, so whoever puts it to work in a queue may read it where it is. */
const reading = ["routing:wrapupCode:view"];

/** Which wrap-up codes may be given in a queue (platform-api 5.7). */
export function queueWrapupRoutes(queues: Queues, directory: DivisionDirectory): Route[] {
	async function open(queueId: string, permission: string, principal: Principal): Promise<Queue> {
		const queue = await queues.require(queueId);
		requireInDivision(principal, [permission], queue.divisionId);
		return queue;
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getRoutingQueueWrapupcodes",
			summary: "Lists the wrap-up codes of a queue by name.",
			permission: allOf("routing:queue:view"),
			scope: readScope("routing"),
			params: idParams("queueId"),
			query: pagedQuery({ name: Type.Optional(Type.String()) }),
			success: { status: 200, model: "WrapupCodeEntityListing" },
			async handler({ params, query, principal, url }) {
				const queue = await open(params.queueId, "routing:queue:view", principal);
				const part = query.name?.toLowerCase().replaceAll("*", "") ?? "";
				const found = (await queues.wrapupCodesOf(queue.id)).filter((code) => code.name.toLowerCase().includes(part));
				const names = await divisionNames(directory);
				return pageOfAll(
					found.map((code) => wrapupCodeView(code, names)),
					pageRequest(query),
					url,
				);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postRoutingQueueWrapupcodes",
			summary: "Gives a queue wrap-up codes.",
			permission: allOf("routing:queue:edit"),
			scope: writeScope("routing"),
			params: idParams("queueId"),
			body: refListBody,
			success: { status: 200, model: "Array<WrapupCode>" },
			async handler({ params, body, principal }) {
				const queue = await open(params.queueId, "routing:queue:edit", principal);
				const ids = [...new Set(body.map((one) => one.id))];
				const mayUse = ({ divisionId }: WrapupCode) => requireToRead(principal, reading, divisionId);
				const added = await queues.addWrapupCodes(queue.id, ids, actorOf(principal), mayUse);
				const names = await divisionNames(directory);
				return added.map((code) => wrapupCodeView(code, names));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:codeId`,
			operationId: "deleteRoutingQueueWrapupcode",
			summary: "Takes a wrap-up code from a queue.",
			permission: allOf("routing:queue:edit"),
			scope: writeScope("routing"),
			params: idParams("queueId", "codeId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const queue = await open(params.queueId, "routing:queue:edit", principal);
				await queues.removeWrapupCode(queue.id, params.codeId, actorOf(principal));
			},
		}),
	];
}
