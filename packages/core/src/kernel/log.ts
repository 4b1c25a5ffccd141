import { type Logger, pino } from "pino";

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

/** The server's structured log. Secrets are removed by field name, as a second line of defence. */
export function createLog(level: string): Logger {
	return pino({
		level,
		base: undefined,
		redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[removed]" },
	});
}
