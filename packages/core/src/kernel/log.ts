import { type DestinationStream, type Logger, pino } from "pino";

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

/**
 * `code` is also what errors and refusals call their stable name, without which their lines say little: `deployment.inactive`,
 * `ECONNREFUSED`, `57P01`. OAuth's codes have 43 characters, those of a second factor six digits, recovery codes dashes.
 */
const stableCode = /^(?=.{1,40}$)(?:[a-z]+(?:\.[a-z]+)+|[A-Z][A-Z_]{2,}|(?=.*[A-Z])[0-9A-Z]{5}|\d{5})$/;

/** The server's structured log. Secrets are removed by field name, as a second line of defence. @param destination standard output, if none */
export function createLog(level: string, destination?: DestinationStream): Logger {
	const options = {
		level,
		base: undefined,
		redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor },
	};
	return destination ? pino(options, destination) : pino(options);
}

function censor(value: unknown, path: string[]): unknown {
	return path.at(-1) === "code" && typeof value === "string" && stableCode.test(value) ? value : "[removed]";
}
