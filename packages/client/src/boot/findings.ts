import { canHash } from "@inlay/contract";
import { ApiError, isPassing, scopeCode } from "../session/api.ts";
import { BootError } from "./boot-client.ts";

/** What stands in the panel's way: a stable code, and what the one who can mend it needs to know. */
export interface Finding {
	code: string;
	text: string;
}

/** What the window lacks that nothing later could make up for. */
export function windowFinding(origin: string): Finding | undefined {
	if (!canHash()) return { code: "insecure", text: "" };
	// The server lets no page without an origin read its answers, which looks like a network that is down.
	return origin === "null" ? { code: "frame.sandboxed", text: "" } : undefined;
}

/** What an error on the way into the workspace means. @param panelAnswers whether the panel's own server answers */
export function findingOf(error: unknown, api: string, panelAnswers: boolean): Finding {
	const text = error instanceof Error ? error.message : "";
	if (!(error instanceof ApiError) && !(error instanceof BootError)) return { code: "network", text };
	if (error.code === scopeCode) return { code: "client.without.scopes", text };
	if (error.status >= 500 || error.status === 429) return { code: "server.error", text };
	// The page came, the API did not: a wrong public address, a policy, a certificate or a blocker, and no network fault.
	if (error.status === 0 && panelAnswers) return { code: "api.unreachable", text: api };
	return { code: error.status === 0 ? "network" : "server.error", text };
}

/** How Chromium, Firefox, Safari and Vite say that some code did not load; each as a plain error. */
const noCode = /dynamically imported module|importing a module script failed|unable to preload/i;

/**
 * Whether it passes by itself: no answer came, some code did not load, or the server has trouble of its own. A mistake of the
 * panel's does not, and would load it anew for ever.
 */
export function isPassingThere(error: unknown): boolean {
	if (error instanceof BootError) return error.status === 0 || error.status === 429 || error.status >= 500;
	return isPassing(error) || (error instanceof Error && noCode.test(error.message));
}

/** Where a browser's clock is so far off that its people should know; milliseconds. */
const mostOffMs = 2 * 60_000;

/** The browser's clock against the server's. @param offsetMs server minus browser */
export function clockFinding(offsetMs: number): Finding | undefined {
	if (Math.abs(offsetMs) < mostOffMs) return undefined;
	return { code: "clock.off", text: String(Math.round(Math.abs(offsetMs) / 60_000)) };
}
