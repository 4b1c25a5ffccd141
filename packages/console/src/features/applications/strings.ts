import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("applications", {
	title: "Authorized applications",
	lead: "What applications may do for the people who sign in with them.",
	enforce: "Enforce scopes",
	enforceHint:
		"On: an application does what its OAuth client asks for and what it is authorized for here. Off: it may do whatever its user may, as in Genesys Cloud by default.",
	enforceSaved: "The setting has been saved.",
	losesAccess: "These applications are not authorized and stop working at once:",
	emptyTitle: "No application yet",
	emptyText: "Add an OAuth client first.",
	Unauthorized: "Not authorized",
	Requested: "Somebody has asked for it",
	Authorized: "Authorized",
	Revoked: "Revoked",
	pending: "Asks for more",
	scopes: "Authorized scopes",
	scopesHint: "Of those that its client asks for.",
	roles: "Only for holders of these roles",
	rolesHint: "For everybody where none is chosen.",
	authorize: "Authorize",
	authorized: "“{name}” has been authorized.",
	revoke: "Revoke",
	revokeTitle: "Revoke “{name}”?",
	revokeText:
		"Where scopes are enforced, everybody who has signed in with it is signed out at once, and nobody can sign in until it is authorized again.",
	revoked: "“{name}” has been revoked.",
	usage: "API usage",
	usageHint: "Requests of the last 30 days, by operation. Counts are written twice a minute.",
	usageNone: "It has asked for nothing.",
	operation: "Operation",
	requests: "Requests",
	refused: "Refused",
	failed: "Failed",
	tooMany: "Too many",
});

export const t = textOf(texts);
