/**
 * What of the database is administered, as data: PostgreSQL notes each change of these tables within changes that are
 * audited (migrations.ts), and this says what thing a row is, or is a part of.
 */
export interface ThingTable {
	service: string;
	entityType: string;
	/** Default `id`. */
	id?: string;
	/** Default `name`; absent values are no names. */
	name?: string;
	/** Column of JSON in which the name is. */
	nameIn?: string;
	/** Default `division_id`. */
	division?: string;
	/** The id of a thing of which there is one. */
	only?: string;
	/** The table in which the id has a name. */
	calledAs?: string;
	/** Columns whose JSON is told as if its fields were the thing's own. */
	flat?: readonly string[];
	/** Columns of which only that they change is told. */
	secret?: readonly string[];
	/** Columns that are no property: versions, times, what is made of other columns. */
	omit?: readonly string[];
}

export interface PartTable extends Pick<ThingTable, "flat" | "secret" | "omit"> {
	/** The table of the thing, or one for each value of a column. */
	of: string | { column: string; tables: Readonly<Record<string, string>> };
	/** Column with the thing's id. */
	id: string;
	/** The property under which it is told. */
	as: string;
	/** Columns that tell one of several from the others; absent where a thing has one. */
	item?: readonly string[];
}

const stamps = ["version", "created_at", "modified_at", "date_created", "date_modified", "created_by", "modified_by"];

const clientStamps = ["secret_shown_to", "date_authorization_changed", "authorization_changed_by"];

export const things: Readonly<Record<string, ThingTable>> = {
	users: {
		service: "Directory",
		entityType: "User",
		flat: ["profile"],
		omit: ["search_text", "date_last_login"],
	},
	groups: { service: "Groups", entityType: "Group" },
	organization: { service: "Directory", entityType: "Organization", flat: ["settings"], omit: ["administered_since"] },
	divisions: { service: "PeoplePermissions", entityType: "Division", division: "id" },
	roles: { service: "PeoplePermissions", entityType: "Role", omit: ["shipped"] },
	oauth_clients: { service: "OAuth", entityType: "OAuthClient", secret: ["secret_hash"], omit: clientStamps },
	deployments: {
		service: "Integrations",
		entityType: "Integration",
		flat: ["properties"],
		secret: ["credentials"],
		omit: ["updated_at"],
	},
	presence_definitions: { service: "Presence", entityType: "PresenceDefinition", name: "language_labels" },
	queues: { service: "Routing", entityType: "Queue", flat: ["settings"] },
	wrapup_codes: { service: "Routing", entityType: "WrapupCode" },
	routing_skills: { service: "Routing", entityType: "Skill" },
	routing_languages: { service: "Routing", entityType: "Language" },
	utilization_labels: { service: "Routing", entityType: "UtilizationLabel" },
	utilizations: {
		...{ service: "Routing", entityType: "Utilization", id: "user_id", only: "organization" },
		...{ calledAs: "users", flat: ["rule"] },
	},
	stations: { service: "Telephony", entityType: "Station", omit: ["associated_at"] },
	voice_entry_points: { service: "Telephony", entityType: "EntryPoint", id: "number", name: "number" },
	sip_trunks: { service: "Telephony", entityType: "Trunk", flat: ["settings"], secret: ["secret"] },
	call_rules: { service: "Telephony", entityType: "CallRules", only: "rules", flat: ["rules"] },
	call_forwarding_limits: {
		service: "Telephony",
		entityType: "CallForwardingLimits",
		only: "limits",
		flat: ["limits"],
	},
	recording_policies: { service: "Quality", entityType: "RecordingPolicy", nameIn: "policy", flat: ["policy"] },
	recording_settings: { service: "Quality", entityType: "RecordingSettings", only: "settings", flat: ["settings"] },
	transcription_settings: {
		service: "Quality",
		entityType: "TranscriptionSettings",
		only: "settings",
		flat: ["settings"],
	},
	voicemail_policy: { service: "Voicemail", entityType: "VoicemailPolicy", only: "policy", flat: ["policy"] },
	email_domains: { service: "Emails", entityType: "EmailDomain", name: "id", secret: ["secret"] },
	email_routes: { service: "Emails", entityType: "EmailRoute", name: "pattern", flat: ["settings"] },
	message_addresses: { service: "Messaging", entityType: "MessageAddress", flat: ["settings"] },
	response_libraries: { service: "ResponseManagement", entityType: "Library" },
	canned_responses: { service: "ResponseManagement", entityType: "Response", flat: ["value"], omit: ["search"] },
	response_assets: {
		service: "ResponseManagement",
		entityType: "ResponseAsset",
		omit: ["state", "key", "ticket_hash", "until", "problem"],
	},
	locations: { service: "Directory", entityType: "Location", flat: ["value"], omit: ["parent_id"] },
	agent_scripts: { service: "Scripter", entityType: "Script", flat: ["document"] },
	web_services: { service: "Integrations", entityType: "WebService", flat: ["settings"], secret: ["secret"] },
	script_hosts: { service: "Integrations", entityType: "ScriptHosts", only: "hosts", flat: ["hosts"] },
	outbound_things: { service: "Outbound", entityType: "Outbound", flat: ["value"] },
	outbound_rules: { service: "Outbound", entityType: "OutboundSettings", flat: ["value"] },
	external_contacts: {
		service: "ExternalContacts",
		entityType: "Contact",
		flat: ["value"],
		omit: ["sort_last", "sort_first", "words", "search"],
	},
	external_organizations: {
		service: "ExternalContacts",
		entityType: "ExternalOrganization",
		flat: ["value"],
		omit: ["sort_key", "words", "search"],
	},
	identity_providers: {
		service: "SingleSignOn",
		entityType: "IdentityProvider",
		flat: ["settings"],
		secret: ["client_secret"],
	},
	audit_settings: { service: "Audits", entityType: "AuditSettings", only: "settings", flat: ["settings"] },
};

const ofUser = { of: "users", id: "user_id" } as const;

export const parts: Readonly<Record<string, PartTable>> = {
	email_mailboxes: {
		...{ of: "email_routes", id: "route_id", as: "mailbox", flat: ["server"], secret: ["secret"] },
		// How far it was read.
		omit: ["version", "uid_validity", "uid", "since"],
	},
	email_dkim_keys: {
		...{ of: "email_domains", id: "domain", as: "dkim", item: ["selector"], secret: ["secret"] },
		omit: ["public_key", "created_at", "ended_at"],
	},
	email_blocked_senders: {
		of: "email_routes",
		id: "route_id",
		as: "blocked",
		item: ["sender"],
		omit: ["at", "user_id"],
	},
	credentials: { ...ofUser, as: "password", secret: ["password_hash"], omit: ["password_changed_at"] },
	second_factors: { ...ofUser, as: "secondFactor", secret: ["sealed_secret"], omit: ["last_step"] },
	recovery_codes: { ...ofUser, as: "recoveryCodes", secret: ["hash"] },
	group_members: { of: "groups", id: "group_id", as: "members", item: ["user_id"] },
	group_owners: { of: "groups", id: "group_id", as: "owners", item: ["user_id"] },
	grants: {
		of: {
			column: "subject_type",
			tables: { PC_USER: "users", PC_GROUP: "groups", PC_OAUTH_CLIENT: "oauth_clients" },
		},
		id: "subject_id",
		as: "roles",
		item: ["role_id", "division_id"],
		omit: ["granted_at"],
	},
	identity_provider_gifts: {
		of: "identity_providers",
		id: "provider_id",
		as: "gifts",
		item: ["provider_group", "group_id", "role_id", "division_id"],
		omit: ["id"],
	},
	user_identities: { ...ofUser, as: "identities", item: ["provider_id", "subject"], omit: ["date_last_used"] },
	user_skills: { ...ofUser, as: "skills", item: ["skill_id"] },
	user_languages: { ...ofUser, as: "languages", item: ["language_id"] },
	user_licenses: { ...ofUser, as: "license" },
	user_stations: { ...ofUser, as: "station", omit: ["last_station_id"] },
	call_forwarding: { ...ofUser, as: "callForwarding" },
	out_of_office: { ...ofUser, as: "outOfOffice" },
	framework_scripts: {
		of: "deployments",
		id: "deployment_id",
		as: "scripts",
		item: ["version"],
		omit: ["source", "uploaded_at", "uploaded_by"],
	},
	queue_members: { of: "queues", id: "queue_id", as: "members", item: ["user_id"], omit: ["joined", "changed_at"] },
	queue_wrapup_codes: { of: "queues", id: "queue_id", as: "wrapupCodes", item: ["code_id"] },
	canned_response_libraries: { of: "canned_responses", id: "response_id", as: "libraries", item: ["library_id"] },
	canned_response_assets: {
		...{ of: "canned_responses", id: "response_id", as: "assets", item: ["asset_id"], omit: ["place"] },
	},
	agent_script_versions: {
		of: "agent_scripts",
		id: "script_id",
		as: "versions",
		item: ["number"],
		omit: ["id", "document", "published_at", "published_by"],
	},
	outbound_runs: { of: "outbound_things", id: "campaign_id", as: "run", omit: ["position", "calls_per_agent", "run"] },
	external_contact_notes: {
		of: "external_contacts",
		id: "contact_id",
		as: "notes",
		item: ["id"],
		omit: ["position", "user_id"],
	},
	voicemail_owners: {
		of: { column: "owner_type", tables: { user: "users", group: "groups", queue: "queues" } },
		id: "owner_id",
		as: "voicemail",
	},
};

/** Of every table. */
export const omitted: ReadonlySet<string> = new Set(stamps);

/** The kinds of `outbound_things`, which share a table. */
export const outboundTypes: Readonly<Record<string, string>> = {
	contactList: "ContactList",
	dncList: "DNCList",
	callableTimeSet: "CallableTimeSet",
	attemptLimits: "AttemptLimits",
	ruleSet: "RuleSet",
	campaign: "Campaign",
};

/** Every table whose changes are noted. */
export const auditedTables = [...Object.keys(things), ...Object.keys(parts)];
