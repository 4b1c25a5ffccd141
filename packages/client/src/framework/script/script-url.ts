/** Which framework.js a panel runs (framework-contract 1 and 1.2). */

/** Where a developer's own machine serves the script. */
const LOCAL_SCRIPT = "https://localhost/framework.js";
const LOOPBACK = new Set(["localhost", "127.0.0.1"]);

/** True for `?crm=framework-local-secure`. */
export function isLocalMode(search: string): boolean {
	return new URLSearchParams(search).get("crm")?.toLowerCase() === "framework-local-secure";
}

/**
 * Address of the script: the developer's own in local mode, else the deployment's. `?framework=` chooses another address in
 * local mode, on the same machine only: the script runs with the agent's rights, so no link may bring one from elsewhere,
 * and none from the agent's own machine where the deployment does not allow development.
 */
export function frameworkScriptUrl(
	search: string,
	deployed: string | undefined,
	development = false,
): string | undefined {
	if (!isLocalMode(search) || !development) return deployed;
	const wanted = new URLSearchParams(search).get("framework");
	return wanted !== null && isLoopback(wanted) ? wanted : LOCAL_SCRIPT;
}

function isLoopback(address: string): boolean {
	try {
		const url = new URL(address);
		return (url.protocol === "https:" || url.protocol === "http:") && LOOPBACK.has(url.hostname);
	} catch {
		return false;
	}
}
