import { badField, versionConflict } from "../kernel/api-error.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/event-log.ts";
import { organizationChanged } from "./events.ts";
import { organizationStore } from "./organization-store.ts";
import { minimumPasswordLength } from "./passwords.ts";

/** Settings of sign-in and embedding; what is absent is off. */
export interface OrganizationSettings {
	domainAllowlistEnabled?: boolean;
	/** Domains or origins that may embed the client. */
	domainAllowlist?: string[];
	/** Seconds after which an unused token ends; absent means never before its expiry. */
	idleTokenTimeoutSeconds?: number;
}

/** The one organization of this server. */
export interface Organization {
	id: string;
	name: string;
	/** Short name, as in the platform's third-party addresses. */
	domain: string;
	defaultLanguage: string;
	defaultCountryCode: string;
	thirdPartyUri: string | null;
	supportUri: string | null;
	version: number;
	settings: OrganizationSettings;
}

/** What can be changed of the organization. */
export type OrganizationChange = Partial<Omit<Organization, "id" | "version" | "settings">>;

export function createOrganization(kernel: Kernel) {
	const { database, events, feed } = kernel;
	let known: Promise<Organization> | undefined;

	const unsubscribe = feed.subscribe((event) => {
		if (event.type === "organization.changed") known = undefined;
	});

	function get(): Promise<Organization> {
		known ??= read().catch((error: unknown) => {
			known = undefined;
			throw error;
		});
		return known;
	}

	async function read(): Promise<Organization> {
		return organizationStore.get(database.db);
	}

	async function change(
		what: string,
		alter: (before: Organization) => Organization,
		actor?: Actor,
	): Promise<Organization> {
		const after = await database.change(async (trx) => {
			const before = await organizationStore.lock(trx);
			const organization = { ...alter(before), id: before.id, version: before.version + 1 };
			await organizationStore.save(trx, organization);
			await events.append(trx, [organizationChanged(before.id, what, actor)]);
			return organization;
		});
		known = undefined;
		return after;
	}

	/** @param version the one that the caller has seen; a stale one is refused */
	function update(
		changes: OrganizationChange,
		options: { version?: number; actor?: Actor } = {},
	): Promise<Organization> {
		const alter = (before: Organization) => {
			const { version } = options;
			if (version !== undefined && version !== before.version) {
				throw versionConflict("organization", before.id, version, before.version);
			}
			return { ...before, ...withoutAbsent(changes) };
		};
		return change("organization", alter, options.actor);
	}

	function updateSettings(changes: OrganizationSettings, actor?: Actor): Promise<Organization> {
		const domainAllowlist = changes.domainAllowlist?.map(readEmbedder);
		const merged = withoutAbsent({ ...changes, domainAllowlist });
		return change("settings", (before) => ({ ...before, settings: { ...before.settings, ...merged } }), actor);
	}

	return {
		get,
		update,
		updateSettings,
		/**
		 * Pages that may embed the client and call the API, in CSP source syntax (platform-api 3, "Embedding allow-list").
		 * A list that is switched off lists nobody: the original opens to everybody then, this server is closed by default.
		 */
		async embedAllowList(): Promise<string[]> {
			const { settings } = await get();
			return settings.domainAllowlistEnabled ? (settings.domainAllowlist ?? []) : [];
		},
		stop: unsubscribe,
	};
}

export type OrganizationService = ReturnType<typeof createOrganization>;

/** `OrgAuthSettings`: what this server does not offer is off. */
export function authSettingsView({ settings }: Organization) {
	return {
		multifactorAuthenticationRequired: false,
		domainAllowlistEnabled: settings.domainAllowlistEnabled ?? false,
		domainAllowlist: settings.domainAllowlist ?? [],
		ipAddressAllowlist: [],
		passwordRequirements: {
			minimumLength: minimumPasswordLength,
			minimumDigits: 0,
			minimumLetters: 0,
			minimumUpper: 0,
			minimumLower: 0,
			minimumSpecials: 0,
			minimumAgeSeconds: 0,
			expirationDays: 0,
		},
		inactivityTimeoutExclusions: [],
		universalLogout: false,
	};
}

/** `Organization` of the platform. */
export function organizationView(organization: Organization) {
	return {
		id: organization.id,
		name: organization.name,
		defaultLanguage: organization.defaultLanguage,
		defaultCountryCode: organization.defaultCountryCode,
		thirdPartyOrgName: organization.domain,
		...(organization.thirdPartyUri ? { thirdPartyURI: organization.thirdPartyUri } : {}),
		domain: organization.domain,
		version: organization.version,
		state: "active",
		...(organization.supportUri ? { supportURI: organization.supportUri } : {}),
		voicemailEnabled: false,
		productPlatform: "Unknown",
		features: {},
		selfUri: `/api/v2/organizations/${organization.id}`,
	};
}

/** A host (`crm.example`, `*.crm.example`) or an origin; anything else could break out of the CSP header it ends in. */
function readEmbedder(text: string): string {
	const domain = text.trim().toLowerCase();
	if (/^(https?:\/\/)?(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:(\d{1,5}|\*))?$/.test(domain)) return domain;
	throw badField(
		"domainAllowlist",
		`"${text.slice(0, 100)}" is neither a domain nor an origin such as https://crm.example.`,
	);
}

function withoutAbsent<T extends object>(changes: T): Partial<T> {
	return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}
