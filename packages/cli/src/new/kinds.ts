/** What `inlay new framework` makes. Each is a folder below packages/cli/templates. */
export const frameworkKinds = {
	plain: "opens records in a window, and saves logs by the CRM's API",
	bridge: "tells the CRM page around the panel by messages, and does what that asks",
	connector: "finds contacts, opens records and saves logs by the CRM's API, behind an interface of your own",
} as const;

export type FrameworkKind = keyof typeof frameworkKinds;
