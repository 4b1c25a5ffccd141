import { Answer, noPermission, publicRoute, type Route, route, type Services } from "@inlay/core";
import { Type } from "typebox";
import type { DemoFile } from "../demo-file.ts";
import { giveBackToAnna, rowsToTake, takeFromAnna } from "./permissions.ts";
import { scenes } from "./scenes.ts";
import { tourPage } from "./tour-page.ts";

const common = { permission: noPermission, scope: publicRoute, hidden: true, success: { status: 200 } } as const;

/** Runs nothing, loads nothing, and sends its forms to this server alone. */
const contentPolicy =
	"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The tour: a page with a button per scene. Only its own page may press them: another site's form would be one, too. */
export function tourRoutes(services: Services, demo: DemoFile): Route[] {
	const page = (told?: string, status = 200) =>
		new Answer(status, tourPage(demo, told), {
			"content-type": "text/html; charset=utf-8",
			"cache-control": "no-store",
			"content-security-policy": contentPolicy,
			// Without any referrer the browser would not say either whose page the forms are of.
			"referrer-policy": "same-origin",
		});

	async function act(origin: unknown, work: () => Promise<string | undefined>): Promise<Answer> {
		if (origin !== new URL(demo.api).origin) return page("Press the tour’s buttons on its own page.", 403);
		const told = await work();
		return told === undefined ? page("There is no such scene.", 404) : page(told);
	}

	return [
		route({
			...common,
			method: "GET",
			path: "/tour",
			operationId: "getDemoTour",
			summary: "Scenes to try, one per feature.",
			handler: () => page(),
		}),
		route({
			...common,
			method: "POST",
			path: "/tour/scenes/:sceneId",
			operationId: "postDemoTourScene",
			summary: "Set a scene of the tour.",
			params: Type.Object({ sceneId: Type.String() }),
			acceptsForms: true,
			handler: ({ params, headers }) =>
				act(headers.origin, async () => {
					const scene = scenes.find(({ id }) => id === params.sceneId);
					return scene?.set?.({ services, queue: demo.queue });
				}),
		}),
		route({
			...common,
			method: "POST",
			path: "/tour/permissions",
			operationId: "postDemoTourPermissions",
			summary: "Take a permission from the demo’s agent, or give everything back.",
			body: Type.Object({ permission: Type.Optional(Type.String()), all: Type.Optional(Type.Literal("back")) }),
			acceptsForms: true,
			handler: ({ body, headers }) =>
				act(headers.origin, async () => {
					if (body.all) return giveBackToAnna(services);
					const row = rowsToTake().find(({ permission }) => permission === body.permission);
					return row && takeFromAnna(services, row.permission);
				}),
		}),
	];
}
