/** A flag of `inlay start` and the environment variable that says the same. */
export interface ConfigFlag {
	/** Without the two dashes. */
	readonly name: string;
	/** What stands behind the flag in the help, such as "port"; a flag without it is a switch with a `--no-` form. */
	readonly value?: string;
	readonly env: string;
	readonly help: string;
}

/** Every flag there is: the reader, its error messages and the command's help all come from this table. */
export const configFlags = [
	{ name: "port", value: "port", env: "INLAY_PORT", help: "port of the API; the demo takes the next two (8080)" },
	{
		name: "panel-port",
		value: "port",
		env: "INLAY_PANEL_PORT",
		help: "port of the panel's own origin (the third behind --port: 8083)",
	},
	{ name: "host", value: "address", env: "INLAY_HOST", help: "address to listen on (127.0.0.1)" },
	{ name: "data", value: "folder", env: "INLAY_DATA", help: "folder for everything Inlay keeps (./data)" },
	{
		name: "database-url",
		value: "url",
		env: "DATABASE_URL",
		help: "a PostgreSQL server of your own (an embedded one in the data folder)",
	},
	{
		name: "public-url",
		value: "origin",
		env: "INLAY_PUBLIC_URL",
		help: "where browsers reach Inlay (http://localhost:<port>)",
	},
	{
		name: "panel-url",
		value: "origin",
		env: "INLAY_PANEL_URL",
		help: "where browsers reach the panel, an origin of its own (http://localhost:<panel port>)",
	},
	{
		name: "trust-proxy",
		value: "addresses",
		env: "INLAY_TRUST_PROXY",
		help: "reverse proxies whose X-Forwarded-For counts, with commas: 10.0.0.5,192.168.0.0/16 (none)",
	},
	{
		name: "may-call",
		value: "places",
		env: "INLAY_MAY_CALL",
		help: "what mail, webhooks and trunks may lead to in your own network, with commas: mail.corp:587,10.0.0.0/24 (none)",
	},
	{
		name: "storage",
		value: "url",
		env: "INLAY_STORAGE",
		help: "an S3 bucket for recordings: s3+https://KEY:SECRET@host/bucket?region=… (a folder in the data folder)",
	},
	{ name: "demo", env: "INLAY_DEMO", help: "run the demo organisation, CRM and customer page; --no-demo for none" },
	{
		name: "demo-samples",
		env: "INLAY_DEMO_SAMPLES",
		help: "at the demo's first start, make two weeks of calls and six recordings; --no-demo-samples for none",
	},
	{
		name: "demo-for-everyone",
		env: "INLAY_DEMO_FOR_EVERYONE",
		help: "let the demo, which signs in without a password, listen beyond this machine",
	},
	{ name: "region", value: "domain", env: "INLAY_REGION", help: "region that clients are told (mypurecloud.com)" },
	{
		name: "media-address",
		value: "ip",
		env: "INLAY_MEDIA_ADDRESS",
		help: "IP address that browsers are told for sound (those of this machine)",
	},
	{ name: "media-port", value: "port", env: "INLAY_MEDIA_PORT", help: "UDP port for all sound (a free one)" },
	{
		name: "sip-port",
		value: "port",
		env: "INLAY_SIP_PORT",
		help: "port of trunks' signalling, UDP and TCP (5060, or a free one where that is taken)",
	},
	{
		name: "trunk-ports",
		value: "range",
		env: "INLAY_TRUNK_PORTS",
		help: "UDP ports of trunks' sound, such as 20000-20199 (free ones)",
	},
	{
		name: "smtp-port",
		value: "port",
		env: "INLAY_SMTP_PORT",
		help: "port at which mail servers bring emails by SMTP (none)",
	},
	{
		name: "backup-stamp",
		value: "file",
		env: "INLAY_BACKUP_STAMP",
		help: "file that your backup touches after each run, so that health knows its age (none)",
	},
	{
		name: "rate-limit",
		value: "number",
		env: "INLAY_RATE_LIMIT",
		help: "API requests per minute and token, and per address without one; 0 for no limit (6000)",
	},
	{
		name: "log-level",
		value: "level",
		env: "INLAY_LOG_LEVEL",
		help: "silent, fatal, error, warn, info, debug or trace (warn)",
	},
] as const satisfies readonly ConfigFlag[];

/** The name of a flag, without the two dashes. */
export type FlagName = (typeof configFlags)[number]["name"];
