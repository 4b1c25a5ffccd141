import { type Answer, noPermission, publicRoute, type Route, route, type Services } from "@inlay/core";
import { Type } from "typebox";
import type { DemoFile } from "../demo-file.ts";
import { isOwnPage, pageAnswer } from "../page/own-page.ts";
import { giveBackToAnna, rowsToTake, switchForAnna, takenFromAnna } from "./permissions.ts";
import { scenes } from "./scenes.ts";
import { callersInTurn, type Stage } from "./stage.ts";
import { type Told, tourPage } from "./tour-page.ts";

const common = { permission: noPermission, scope: publicRoute, hidden: true, success: { status: 200 } } as const;

type Work = () => Promise<string | undefined>;

/** The tour: a page with a button per scene. Only its own page may press them: another site's form would be one, too. */
export function tourRoutes(
	services: Services,
	demo: DemoFile,
	{
		ben,
		samples,
		phone,
		mailbox,
		log,
	}: Pick<Stage, "ben" | "samples" | "phone" | "mailbox"> & { log: (error: unknown) => void },
): Route[] {
	const stage: Stage = { services, queue: demo.queue, ben, samples, phone, mailbox, nextCaller: callersInTurn() };
	const { authorization } = services;

	async function page(told?: Told, status = 200): Promise<Answer> {
		const state = { ben: ben.whereabouts, taken: await takenFromAnna(authorization) };
		return pageAnswer(status, tourPage(demo, state, told));
	}

	/** Whatever comes of it is said on the page. @param at the part of it that the button stands in */
	async function act(origin: unknown, at: string, work: Work): Promise<Answer> {
		if (!isOwnPage(demo, origin)) return page({ at, text: "Press the tour’s buttons on its own page." }, 403);
		try {
			const text = await work();
			return text === undefined ? page({ at, text: "There is no such scene." }, 404) : page({ at, text });
		} catch (error) {
			log(error);
			const why = error instanceof Error ? error.message : String(error);
			return page({ at, text: `That did not work: ${why}` }, 500);
		}
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
				act(headers.origin, params.sceneId, async () => scenes.find(({ id }) => id === params.sceneId)?.set?.(stage)),
		}),
		route({
			...common,
			method: "POST",
			path: "/tour/colleague",
			operationId: "postDemoTourColleague",
			summary: "Play the demo’s second agent, or do not.",
			body: Type.Object({ played: Type.Union([Type.Literal("yes"), Type.Literal("no")]) }),
			acceptsForms: true,
			handler: ({ body, headers }) =>
				act(headers.origin, "ben", async () => {
					await ben.want(body.played === "yes");
					return body.played === "yes" ? "Ben is played as long as nobody signs in as him." : "Ben has gone home.";
				}),
		}),
		route({
			...common,
			method: "POST",
			path: "/tour/permissions",
			operationId: "postDemoTourPermissions",
			summary: "Take a permission from the demo’s agent, or give it back; or everything.",
			body: Type.Object({
				permission: Type.Optional(Type.String()),
				to: Type.Optional(Type.Union([Type.Literal("off"), Type.Literal("on")])),
				all: Type.Optional(Type.Literal("back")),
			}),
			acceptsForms: true,
			handler: ({ body, headers }) =>
				act(headers.origin, "permissions", async () => {
					if (body.all) return giveBackToAnna(authorization);
					const row = rowsToTake().find(({ permission }) => permission === body.permission);
					return row && switchForAnna(authorization, row.permission, body.to === "on");
				}),
		}),
	];
}
