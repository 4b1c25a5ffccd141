import { type DestinationStream, type Logger, pino } from "pino";
import { isStableCode } from "./vocabulary.ts";

export type { Logger };

/** Fields that must never reach a log line, wherever they stand. */
const secrets = [
	"authorization",
	"password",
	"secret",
	"access_token",
	"refresh_token",
	"code",
	"code_verifier",
	"token",
];

/** The server's structured log. Secrets are removed by field name, as a second line of defence. @param destination standard output, if none */
export function createLog(level: string, destination?: DestinationStream): Logger {
	const options = {
		level,
		base: undefined,
		redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor },
	};
	return destination ? pino(options, destination) : pino(options);
}

/** `code` is also what errors and refusals call their stable name, without which their lines say little. */
function censor(value: unknown, path: string[]): unknown {
	return path.at(-1) === "code" && typeof value === "string" && isStableCode(value) ? value : "[removed]";
}
