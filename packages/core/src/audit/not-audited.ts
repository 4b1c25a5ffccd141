/** Operations that change something and administer nothing, by the reason why. All others leave an entry. */
export const notAudited: ReadonlyArray<{ because: string; paths: readonly RegExp[] }> = [
	{
		because: "agents' work with an interaction: its own document and history tell who did what",
		paths: [
			/^\/api\/(v2|inlay\/v1)\/(inlay\/|routing\/|externalcontacts\/)?conversations\b/,
			/^\/api\/v2\/inlay\/(scripts|outbound)\/interactions\//,
			/^\/api\/inlay\/v1\/cobrowse\//,
			/^\/api\/inlay\/v1\/responses\/:responseId\/uses$/,
			/^\/api\/inlay\/v1\/web(calls|messaging)\b/,
		],
	},
	{
		because: "what somebody is doing just now, many times a day, and what their panel remembers of it",
		paths: [
			/^\/api\/v2\/users\/:userId\/(presences|routingstatus|queues)\b/,
			/^\/api\/v2\/users\/stations\/me\//,
			/^\/api\/v2\/inlay\/(desk|outbound\/mine)\b/,
		],
	},
	{
		because: "messages in a mailbox: who hears, forwards and deletes them are those whose mailbox it is",
		paths: [/^\/api\/v2\/(inlay\/)?voicemail\/messages\b/],
	},
	{
		because: "it asks; what is asked stands in the body",
		paths: [
			/\/(search|query)$/,
			/^\/api\/v2\/responsemanagement\/responseassets\/bulk$/,
			/^\/api\/v2\/license\/users$/,
			/^\/api\/v2\/analytics\//,
			/^\/api\/v2\/audits\//,
		],
	},
	{ because: "what a program follows and reports", paths: [/^\/api\/(v2|inlay\/v1)\/(notifications|diagnostics)\b/] },
	{
		because: "mail that comes in; that one of those kept aside was let in is told by its own entry (told.ts)",
		paths: [/^\/api\/inlay\/v1\/email\/(inbound|domains\/:domainId\/check|.*\/held\/:mailId\/release)$/],
	},
	{
		because: "it asks a web service once, to be tried",
		paths: [/^\/api\/inlay\/v1\/web-services\/:serviceId\/trial$/],
	},
	{ because: "it asks a speech engine, and changes nothing", paths: [/^\/api\/inlay\/v1\/transcription\/check$/] },
	{ because: "what an agent signs with", paths: [/^\/api\/inlay\/v1\/email\/signature\/me$/] },
	{
		because: "it asks an identity provider, or begins a window that does, and changes nothing",
		paths: [/^\/api\/inlay\/v1\/identity-providers\/:providerId\/(check|trials)$/],
	},
	{ because: "signing in: what comes of it is told by its own entries (told.ts)", paths: [/^\/oauth\//] },
];

const reading: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Whether what a request of this route changes is audited. */
export function isAudited({ method, path }: { method: string; path: string }): boolean {
	return !reading.has(method) && !notAudited.some(({ paths }) => paths.some((one) => one.test(path)));
}
