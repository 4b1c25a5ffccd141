import type { ScriptReport } from "../framework/ports.ts";
import { t } from "./script-trouble-strings.ts";
import type { Toasts } from "./toasts.ts";

/** What of a `SecurityPolicyViolationEvent` counts here. */
export type Violation = Pick<
	SecurityPolicyViolationEvent,
	"effectiveDirective" | "blockedURI" | "sourceFile" | "lineNumber"
>;

/**
 * Says what the panel's content security policy has kept from the customer's script: otherwise nobody learns why half of
 * it does not work. The agent is told in a toast, the operator in the server's log; each server once.
 */
export class BlockedLoads {
	readonly #toasts: Toasts;
	readonly #tell: (report: ScriptReport) => void;
	readonly #told = new Set<string>();

	constructor(toasts: Toasts, tell: (report: ScriptReport) => void) {
		this.#toasts = toasts;
		this.#tell = tell;
	}

	note({ effectiveDirective, blockedURI, sourceFile, lineNumber }: Violation): void {
		console.warn("inlay: blocked by the panel's policy", { effectiveDirective, blockedURI, sourceFile, lineNumber });
		const kind = effectiveDirective.startsWith("script-src") ? "script" : effectiveDirective;
		if (kind !== "script" && kind !== "connect-src") return;
		const origin = originOf(blockedURI);
		const key = `${kind} ${origin}`;
		if (this.#told.has(key)) return;
		this.#told.add(key);
		const text = kind === "script" ? scriptText(origin) : t("callBlocked", { origin: origin || blockedURI });
		this.#toasts.show({ text, tone: "warn" }, 15_000);
		const place = sourceFile ? ` (${withoutQuery(sourceFile)}:${lineNumber})` : "";
		this.#tell({ code: "framework.load.blocked", text: `${effectiveDirective}: ${origin || blockedURI}${place}` });
	}
}

function scriptText(origin: string): string {
	return origin ? t("scriptBlocked", { origin }) : t("scriptTextBlocked");
}

/** The log keeps no secret that stands in an address. */
function withoutQuery(address: string): string {
	return address.replace(/[?#].*$/s, "");
}

/** Empty for what is no address, such as `eval`. */
function originOf(blocked: string): string {
	const url = URL.parse(blocked);
	return url && /^(https?|wss?):$/.test(url.protocol) ? `${url.protocol}//${url.host}` : "";
}
