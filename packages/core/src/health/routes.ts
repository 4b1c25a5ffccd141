import { type FindingCode, findingCodes } from "@inlay/contract/health/codes";
import { Type } from "typebox";
import { ApiError } from "../kernel/http/api-error.ts";
import { callerKey } from "../kernel/http/caller-key.ts";
import { bearerToken } from "../kernel/http/guard.ts";
import { RateLimiter } from "../kernel/http/rate-limit.ts";
import { Answer, anyOf, noPermission, publicRoute, type Route, readScope, route } from "../kernel/http/route.ts";
import { CommaList, readList } from "../kernel/http/schemas.ts";
import { type Authenticator, type DivisionSet, divisionsWith } from "../kernel/principal.ts";
import type { MediaProbes } from "../voice/probes/media-probes.ts";
import type { Health } from "./health.ts";
import type { SelfTest, SelfTests } from "./self-tests.ts";
import { panelSelfPath, selfMark, selfPath } from "./server-facts.ts";

export interface HealthRouteParts {
	health: Pick<Health, "organization" | "server">;
	selfTests: SelfTests;
	probes: Pick<MediaProbes, "begin" | "answer">;
	authenticator: Authenticator;
	/** Origin of the panels, whose pages test themselves. */
	panelUrl: string;
	organizationId(): Promise<string>;
	/** Names of those of the users who are in the divisions. */
	people(ids: readonly string[], where: DivisionSet): Promise<ReadonlyMap<string, string>>;
	deploymentExists(id: string): Promise<boolean>;
}

const base = "/api/inlay/v1/health";
const seePeople = ["directory:user:view"];
const parts = ["organization", "server"] as const;
/** Self-tests of one caller in a minute, tests of the media connection, and questions whose server this is. */
const mostTests = 10;
const mostProbes = 20;
const mostAsked = 20;
/** More than one page can find. */
const mostFindings = 20;

const browserCodes = findingCodes.filter((code) => code.startsWith("browser.") || code === "clock.off");

const Result = Type.Object(
	{
		deployment: Type.Optional(Type.String({ maxLength: 200 })),
		/** Made by the browser for itself, and kept there where it keeps anything. */
		browserId: Type.String({ pattern: "^[A-Za-z0-9-]{8,64}$" }),
		browser: Type.String({ maxLength: 100 }),
		isFramed: Type.Boolean(),
		findings: Type.Array(
			Type.Object(
				{
					code: Type.Enum(browserCodes),
					values: Type.Record(
						Type.String({ pattern: "^[a-z]{1,20}$" }),
						Type.Union([Type.String({ maxLength: 200 }), Type.Number()]),
						{
							maxProperties: 5,
						},
					),
				},
				{ additionalProperties: false },
			),
			{ maxItems: mostFindings },
		),
	},
	{ additionalProperties: false },
);

/** Our own operations: what is wrong, and what browsers have found in themselves. */
export function healthFindingRoutes(deps: HealthRouteParts): Route[] {
	return [findingsRoute(deps), serverRoute(deps), selfTestsRoute(deps), ...browserRoutes(deps)];
}

function findingsRoute({ health }: HealthRouteParts): Route {
	return route({
		method: "GET",
		path: `${base}/findings`,
		operationId: "getInlayHealthFindings",
		summary:
			"List what is wrong with the organization (part=organization) and its server (part=server), as far as you may see it.",
		permission: anyOf("integrations:integration:view"),
		scope: readScope("integrations"),
		query: Type.Object({ part: CommaList }),
		success: { status: 200 },
		async handler({ query, principal }) {
			const wanted = readList(query.part);
			const unknown = wanted.find((part) => !(parts as readonly string[]).includes(part));
			if (unknown !== undefined) throw new ApiError(400, "invalid.value", `part is one of ${parts.join(", ")}.`);
			const asked = wanted.length > 0 ? wanted : parts;
			const reports = await Promise.all(
				parts.filter((part) => asked.includes(part)).map((part) => health[part](principal)),
			);
			const [signIns] = reports.flatMap((report) => (report.signIns ? [report.signIns] : []));
			return {
				findings: reports.flatMap(({ findings }) => findings),
				unchecked: reports.flatMap(({ unchecked }) => unchecked),
				...(signIns ? { signIns } : {}),
			};
		},
	});
}

/** What the server asks itself at its public address; as public as what every panel begins with. */
const serverRoute = (deps: WhoseServer) => selfRoute(deps, { path: selfPath, operationId: "getInlayHealthServer" });

/** The same at the panel's origin. */
export const panelServerRoute = (deps: WhoseServer): Route =>
	selfRoute(deps, { path: panelSelfPath, operationId: "getCrmServer", hidden: true });

type WhoseServer = Pick<HealthRouteParts, "organizationId">;

function selfRoute(
	{ organizationId }: WhoseServer,
	where: { path: string; operationId: string; hidden?: boolean },
): Route {
	const asked = new RateLimiter(mostAsked, "too.many.tests");
	return route({
		...where,
		method: "GET",
		summary: "Whose server answers here.",
		permission: noPermission,
		scope: publicRoute,
		success: { status: 200, description: "{organization: {id}}" },
		errors: ["too.many.tests"],
		async handler({ ip, headers }) {
			// This server's own look is neither counted nor refused for what others behind the same address have asked.
			if (headers[selfMark.header] !== selfMark.value) asked.use(callerKey(ip));
			return new Answer(200, { organization: { id: await organizationId() } }, { "cache-control": "no-store" });
		},
	});
}

function selfTestsRoute({ selfTests, people }: HealthRouteParts): Route {
	return route({
		method: "GET",
		path: `${base}/self-tests`,
		operationId: "getInlayHealthSelftests",
		summary: "List what browsers have found in themselves within a day, by the self-test page.",
		permission: anyOf("integrations:integration:view"),
		scope: readScope("integrations"),
		success: { status: 200 },
		async handler({ principal }) {
			const found = selfTests.recent();
			const ids = new Set(found.flatMap(({ userId }) => userId ?? []));
			const names = await people([...ids], divisionsWith(principal, seePeople));
			return { entities: found.map((one) => selfTestView(one, names)) };
		},
	});
}

/** Whoever was signed in is named to those who may see them, and to others stays somebody. */
function selfTestView({ key: _key, at, userId, ...rest }: SelfTest, names: ReadonlyMap<string, string>) {
	const name = userId && names.get(userId);
	const user = name === undefined ? {} : { user: { id: userId, name } };
	return { ...rest, ...(userId ? user : { unverified: true }), at: at.toISOString() };
}

/**
 * What the self-test page asks for and tells. It runs before anybody has signed in, so a token is welcome and not asked for; without
 * one the result is `unverified`. Each caller has ten a minute.
 */
function browserRoutes({ selfTests, probes, authenticator, panelUrl, deploymentExists }: HealthRouteParts): Route[] {
	const tests = new RateLimiter(mostTests, "too.many.tests");
	const legs = new RateLimiter(mostProbes, "too.many.tests");
	const fromPanel = (headers: Record<string, unknown>) => {
		if (headers.origin === panelUrl) return;
		throw new ApiError(403, "origin.not.allowed", "Only the panel's own pages test themselves here.");
	};
	const open = {
		permission: noPermission,
		scope: publicRoute,
		errors: ["origin.not.allowed", "too.many.tests"],
	} as const;
	return [
		route({
			...open,
			method: "POST",
			path: `${base}/self-tests`,
			operationId: "postInlayHealthSelftests",
			summary: "Tell what a browser has found in itself.",
			body: Result,
			bodyLimit: 16 * 1024,
			success: { status: 204 },
			async handler({ body, headers, ip }) {
				fromPanel(headers);
				tests.use(callerKey(ip));
				const token = bearerToken(headers);
				const userId = token ? (await authenticator.authenticate(token, { preserveIdle: true }))?.userId : undefined;
				const { deployment, browserId, browser, isFramed } = body;
				const isKnown = deployment !== undefined && (await deploymentExists(deployment));
				selfTests.keep({
					key: `${userId ?? callerKey(ip)} ${browserId} ${deployment ?? ""} ${isFramed}`,
					...(isKnown ? { deploymentId: deployment } : {}),
					...(userId ? { userId } : {}),
					...{
						browser,
						isFramed,
						findings: body.findings as { code: FindingCode; values: Record<string, string | number> }[],
					},
				});
				return new Answer(204);
			},
		}),
		route({
			...open,
			method: "POST",
			path: `${base}/media-probes`,
			operationId: "postInlayHealthMediaprobes",
			summary: "Begin a media connection that carries nothing, to see whether sound would come through.",
			success: { status: 200 },
			errors: [...open.errors, "probes.busy"],
			handler({ headers, ip }) {
				fromPanel(headers);
				legs.use(callerKey(ip));
				return probes.begin(callerKey(ip));
			},
		}),
		route({
			...open,
			method: "POST",
			path: `${base}/media-probes/:probeId/answer`,
			operationId: "postInlayHealthMediaprobeAnswer",
			summary: "Give the browser's answer to its offer.",
			params: Type.Object({ probeId: Type.String({ maxLength: 100 }) }),
			body: Type.Object({ sdp: Type.String({ minLength: 1, maxLength: 20_000 }) }, { additionalProperties: false }),
			success: { status: 200 },
			errors: [...open.errors, "probe.answer"],
			handler({ params, body, headers, ip }) {
				fromPanel(headers);
				legs.use(callerKey(ip));
				return probes.answer(params.probeId, body.sdp);
			},
		}),
	];
}
