import { originMatches } from "@inlay/contract";
import { contentPolicy } from "../kernel/http/security-headers.ts";

/** What decides how much a page of the panel may do. */
export interface PanelPolicyFacts {
	/** Origin of API and sign-in. */
	apiUrl: string;
	/** Origin of the panel itself. */
	panelUrl: string;
	/** Pages that may frame it. */
	hosts: readonly string[];
	/** From where framework.js may load more scripts. */
	scriptSources: readonly string[];
	/** Servers that it may call beside the panel's own. */
	connections: readonly string[] | "anywhere";
}

/**
 * The policy of the page in which a script runs isolated: no origin, whoever opens it, and no server but those that the
 * script may reach. The panel's own origin serves its code and the script, and is no server to call.
 */
export function isolatedPolicy({
	panelUrl,
	hosts,
	scriptSources,
	connections,
}: Omit<PanelPolicyFacts, "apiUrl">): string {
	return contentPolicy({
		sandbox: ["allow-scripts"],
		"default-src": ["'none'"],
		"script-src": [`${panelUrl}/crm/assets/`, `${panelUrl}/crm/deployments/`, ...scriptSources],
		"style-src": ["'unsafe-inline'"],
		"connect-src": connections === "anywhere" ? anywhere(panelUrl) : connections.length > 0 ? connections : ["'none'"],
		// Of its own text, as libraries compress what they send: they may load and call what the page may.
		"worker-src": ["blob:"],
		"base-uri": ["'none'"],
		"form-action": ["'none'"],
		"frame-ancestors": [panelUrl, "'self'", ...hosts],
	});
}

function anywhere(panelUrl: string): readonly string[] {
	return panelUrl.startsWith("https:") ? ["https:", "wss:"] : ["http:", "https:", "ws:", "wss:"];
}

/**
 * The policy of a page in which a customer's script runs. Further scripts come only from where an administrator's upload
 * or list says, none from text; calls go only to servers that stand there; and no frame shows the sign-in: a frame that
 * the script has made could be laid invisibly under somebody's click.
 */
export function panelPolicy({ apiUrl, panelUrl, hosts, scriptSources, connections }: PanelPolicyFacts): string {
	return contentPolicy({
		"default-src": ["'self'"],
		"script-src": ["'self'", ...scriptSources],
		"style-src": ["'self'", "'unsafe-inline'", "https:"],
		"img-src": ["'self'", "data:", "blob:", "https:"],
		"font-src": ["'self'", "data:", "https:"],
		// Recordings are played from the API's origin.
		"media-src": ["'self'", apiUrl, "data:", "blob:", "mediastream:", "https:"],
		"connect-src": [
			"'self'",
			apiUrl,
			apiUrl.replace(/^http/, "ws"),
			...(connections === "anywhere" ? anywhere(panelUrl) : connections),
		],
		"frame-src": ["'self'", ...hosts.filter((source) => !originMatches(apiUrl, [source]))],
		"worker-src": ["'self'", "blob:"],
		"object-src": ["'none'"],
		"base-uri": ["'none'"],
		"form-action": ["'self'"],
		"frame-ancestors": ["'self'", ...hosts],
	});
}
