import { Type } from "typebox";
import { RateLimiter } from "../kernel/http/rate-limit.ts";
import { Answer, anyOf, anyScope, type Route, route } from "../kernel/http/route.ts";
import type { OperatorLog } from "../kernel/operator-log.ts";
import { requireUser } from "../kernel/principal.ts";

/** Requests of one agent in a minute: a panel sends every ten seconds, and once more as it goes. */
const mostRequests = 12;
/** Different lines of one agent that are written in a minute. */
const mostWritten = 60;
/** Lines that a panel may send at once; it keeps the newest. */
const mostLines = 50;
/** Characters of one line. */
const longestLine = 500;

const ClientLog = Type.Object(
	{
		deployment: Type.Optional(Type.String({ maxLength: 200 })),
		lines: Type.Array(
			Type.Object(
				{
					level: Type.Union([Type.Literal("info"), Type.Literal("warn"), Type.Literal("error")]),
					text: Type.String({ minLength: 1, maxLength: longestLine }),
				},
				{ additionalProperties: false },
			),
			{ minItems: 1, maxItems: mostLines },
		),
	},
	{ additionalProperties: false },
);

/**
 * What a panel logs whose script asks for `enableServerSideLogging` (framework-contract 4): to the operator's log, of
 * signed-in agents alone. Secrets are taken out there; whom a call was with is nobody's business here.
 */
export function clientLogRoute(operators: OperatorLog): Route {
	const limiter = new RateLimiter(mostRequests, "too.many.log.lines");
	return route({
		method: "POST",
		path: "/api/inlay/v1/diagnostics/client-log",
		operationId: "postInlayDiagnosticsClientLog",
		summary: "Keep what an agent's panel has logged.",
		permission: anyOf("integration:customEmbeddableFramework:agent"),
		scope: anyScope,
		body: ClientLog,
		bodyLimit: 64 * 1024,
		success: { status: 204 },
		errors: ["too.many.log.lines"],
		handler: ({ body, principal }) => {
			const userId = requireUser(principal);
			limiter.use(userId);
			const { deployment, lines } = body;
			for (const { level, text } of lines)
				operators.warn(
					{ event: "client.log", panelLevel: level, detail: withoutPeople(text), deploymentId: deployment, userId },
					"a panel's log",
					{ key: userId, most: mostWritten },
				);
			return new Answer(204);
		},
	});
}

/** Asked of single words. */
const mailAddress = /[^@]@[^@.]+\.[^@]/;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.source;
const numberOrId = new RegExp(`(${uuid})|\\+?\\d[\\d ().-]{4,40}\\d`, "gi");

/** Numbers and mail addresses are people's; ids stay, by which an operator finds what it was about. */
export function withoutPeople(text: string): string {
	return text
		.replace(/[^\s<>"']+/g, (word) => (mailAddress.test(word) ? "[address]" : word))
		.replace(numberOrId, (_all, id: string | undefined) => id ?? "[number]");
}
