import { mostTrunkCalls } from "@inlay/contract/trunks";
import { Type } from "typebox";
import { pageOrAll } from "../../kernel/http/paging.ts";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../../kernel/http/versions.ts";
import { actorOf } from "../../kernel/principal.ts";
import type { SipTrunks } from "./sip-trunks.ts";
import { sipTransports } from "./transport/peer.ts";
import { type KeptTrunk, numberForms, type TrunkState } from "./trunk-settings.ts";
import type { Trunks } from "./trunks.ts";

const path = "/api/inlay/v1/trunks";
/** Trunks are the whole organization's, as its phones are. */
const permission = everywhere(anyOf("telephony:plugin:all"));

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const given = {
	enabled: Type.Optional(Type.Boolean()),
	port: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 65_535 }), Type.Null()])),
	transport: Type.Optional(Type.Union(sipTransports.map((one) => Type.Literal(one)))),
	domain: Type.Optional(Type.Union([text(255), Type.Null()])),
	user: Type.Optional(Type.Union([text(100), Type.Null()])),
	password: Type.Optional(Type.Union([text(200), Type.Null()])),
	registers: Type.Optional(Type.Boolean()),
	encrypted: Type.Optional(Type.Boolean()),
	sources: Type.Optional(Type.Array(text(50), { maxItems: 50 })),
	numberForm: Type.Optional(Type.Union(numberForms.map((one) => Type.Literal(one)))),
	callerNumber: Type.Optional(Type.Union([text(50), Type.Null()])),
	prefixes: Type.Optional(Type.Array(text(50), { maxItems: 100 })),
	priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
	maxCalls: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: mostTrunkCalls }), Type.Null()])),
	version: SeenVersion,
};
const NewBody = Type.Object({ name: text(100), host: text(255), ...given });
const ChangeBody = Type.Object({ name: Type.Optional(text(100)), host: Type.Optional(text(255)), ...given });
const readOnly = ["id", "selfUri", "status", "hasPassword"];

/** Lines to the outside by SIP. The platform keeps them behind its edges; here the server speaks SIP itself. Operations of Inlay's own. */
export function trunkRoutes(trunks: Trunks, lines: Pick<SipTrunks, "states">): Route[] {
	const view = (trunk: KeptTrunk) => viewOf(trunk, lines.states().get(trunk.id));
	return [...readingRoutes(trunks, view), ...changingRoutes(trunks, view)];
}

type View = (trunk: KeptTrunk) => ReturnType<typeof viewOf>;

function readingRoutes(trunks: Trunks, view: View): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayTrunks",
			summary: "Lines to the outside, each with how it stands.",
			permission,
			scope: readScope("telephony"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ query, url }) {
				const page = pageOrAll(await trunks.all(), query, url);
				return { ...page, entities: page.entities.map(view) };
			},
		}),
		route({
			method: "GET",
			path: `${path}/:trunkId`,
			operationId: "getInlayTrunk",
			summary: "One line to the outside, with how it stands.",
			permission,
			scope: readScope("telephony"),
			params: idParams("trunkId"),
			success: { status: 200 },
			handler: async ({ params }) => versioned(view(await trunks.require(params.trunkId))),
		}),
	];
}

function changingRoutes(trunks: Trunks, view: View): Route[] {
	return [
		route({
			method: "POST",
			path,
			operationId: "postInlayTrunks",
			summary: "Adds a line to the outside. Switched on, calls go out by it at once.",
			permission,
			scope: writeScope("telephony"),
			body: NewBody,
			readOnly: [...readOnly, "version"],
			success: { status: 200 },
			errors: ["resource.already.exists", "outgoing.refused"],
			handler: async ({ body: { version: _none, ...wish }, principal }) =>
				versioned(view(await trunks.create(wish, actorOf(principal)))),
		}),
		route({
			method: "PUT",
			path: `${path}/:trunkId`,
			operationId: "putInlayTrunk",
			summary: "Changes a line to the outside. Calls that run by it go on.",
			permission,
			scope: writeScope("telephony"),
			params: idParams("trunkId"),
			body: ChangeBody,
			readOnly,
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict", "resource.already.exists", "outgoing.refused"],
			handler: async ({ params, body: { version, ...wish }, principal, headers }) =>
				versioned(view(await trunks.change(params.trunkId, wish, seenVersion(headers, version), actorOf(principal)))),
		}),
		route({
			method: "DELETE",
			path: `${path}/:trunkId`,
			operationId: "deleteInlayTrunk",
			summary: "Takes a line to the outside away. Calls that run by it go on.",
			permission,
			scope: writeScope("telephony"),
			params: idParams("trunkId"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			handler: ({ params, principal, headers }) =>
				trunks.remove(params.trunkId, seenVersion(headers), actorOf(principal)),
		}),
	];
}

function viewOf({ password, passwordLost: _lost, ...trunk }: KeptTrunk, status: TrunkState | undefined) {
	return {
		...trunk,
		hasPassword: password !== undefined,
		...(status ? { status } : {}),
		selfUri: `${path}/${trunk.id}`,
	};
}
