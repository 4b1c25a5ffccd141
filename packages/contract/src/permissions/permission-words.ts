/** Words that are written otherwise than their letters say. */
const spelt: Readonly<Record<string, string>> = {
	oauth: "OAuth",
	sso: "Single Sign-On",
	dnc: "DNC",
	onqueue: "On Queue",
	wrapup: "Wrap-up",
};

/**
 * A permission as the guide names it, and as people look for it in a role: `routing:agent:onqueue` is "Routing > Agent > On Queue"
 * (configuration guide, "Agent Permissions Required").
 */
export function permissionWords(permission: string): string {
	return permission.split(":").map(wordsOf).join(" > ");
}

function wordsOf(part: string): string {
	if (part === "*") return "*";
	const known = spelt[part.toLowerCase()];
	if (known) return known;
	const words = part.split(/(?<=[a-z0-9])(?=[A-Z])/);
	return words.map((word) => spelt[word.toLowerCase()] ?? word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
