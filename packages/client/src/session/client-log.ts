import type { Clock } from "./clock.ts";

/** Lines that wait for the next sending; older ones give way. */
const mostLines = 50;
const longestLine = 500;
const everyMs = 10_000;

export type LogLevel = "info" | "warn" | "error";

export interface ClientLogParts {
	clock: Clock;
	/** Where it goes as it stands now; undefined while nobody is signed in or the script does not ask for it. */
	target: () => { api: string; deployment: string | undefined; token: string } | undefined;
	send: typeof fetch;
}

/** Sends what the panel logs to its server, for scripts with `enableServerSideLogging` (framework-contract 4). */
export class ClientLog {
	readonly #parts: ClientLogParts;
	#lines: { level: LogLevel; text: string }[] = [];
	#cancel: (() => void) | undefined;

	constructor(parts: ClientLogParts) {
		this.#parts = parts;
	}

	/** Keeps a line and sends it within ten seconds; nothing before somebody is signed in. */
	write(level: LogLevel, text: string): void {
		if (!this.#parts.target()) return;
		this.#lines = [...this.#lines, { level, text: text.slice(0, longestLine) }].slice(-mostLines);
		this.#cancel ??= this.#parts.clock.after(everyMs, () => this.flush());
	}

	/** Sends at once, e.g. while the page is left. What does not arrive is lost: it is a log. */
	flush(): void {
		this.#cancel?.();
		this.#cancel = undefined;
		const { target, send } = this.#parts;
		const to = target();
		const lines = this.#lines.splice(0);
		if (!to || lines.length === 0) return;
		send(`${to.api}/api/inlay/v1/diagnostics/client-log`, {
			method: "POST",
			headers: { "content-type": "application/json", authorization: `Bearer ${to.token}` },
			body: JSON.stringify({ lines, ...(to.deployment ? { deployment: to.deployment } : {}) }),
			keepalive: true,
		}).catch(() => undefined);
	}
}
