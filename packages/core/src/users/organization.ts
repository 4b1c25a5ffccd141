import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { type ApiError, badField, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { organizationChanged } from "./events.ts";
import { allowsAddress, changedSettings, type OrganizationSettings } from "./organization-settings.ts";
import { organizationStore } from "./organization-store.ts";

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
	let hasVoicemail = async () => false;
	let known: { reading: Promise<Organization>; read?: Organization } | undefined;

	const unsubscribe = feed.subscribe((event) => {
		if (event.type === "organization.changed") known = undefined;
	});

	/**
	 * @param trx the transaction in which the caller is: it reads there, and waits for no connection but its own, not even
	 * in a reading that somebody else has begun
	 */
	async function get(trx?: Trx): Promise<Organization> {
		if (trx) return known?.read ?? organizationStore.get(trx);
		known ??= begin();
		return known.reading;
	}

	function begin(): NonNullable<typeof known> {
		const begun: NonNullable<typeof known> = { reading: organizationStore.get(database.db) };
		begun.reading.then(
			(organization) => {
				begun.read = organization;
			},
			() => {
				if (known === begun) known = undefined;
			},
		);
		return begun;
	}

	async function change(
		what: string,
		alter: (before: Organization) => Organization,
		actor?: Actor,
	): Promise<Organization> {
		const after = await database.change((trx) => changeIn(trx, what, alter, actor));
		known = undefined;
		return after;
	}

	async function changeIn(
		trx: Trx,
		what: string,
		alter: (before: Organization) => Organization,
		actor?: Actor,
	): Promise<Organization> {
		const before = await organizationStore.lock(trx);
		const organization = { ...alter(before), id: before.id, version: before.version + 1 };
		await organizationStore.save(trx, organization);
		await events.append(trx, [organizationChanged(before.id, what, actor)]);
		return organization;
	}

	/** @param version the one that the caller has seen; a stale one is refused */
	function update(
		changes: OrganizationChange,
		options: { version?: number; actor?: Actor } = {},
	): Promise<Organization> {
		const alter = (before: Organization) => {
			requireSeen(before, options.version);
			const name = changes.name === undefined ? {} : { name: readName(changes.name, { before: before.name }) };
			return { ...before, ...withoutAbsent(changes), ...name };
		};
		return change("organization", alter, options.actor);
	}

	/**
	 * @param from address of who asks, who must not lock themselves out
	 * @param version the organization's, as the caller has seen it
	 * @throws ApiError 400 naming the field, 409 `version.conflict`
	 */
	function updateSettings(
		changes: OrganizationSettings,
		options: { actor?: Actor; from?: string; version?: number } = {},
	): Promise<Organization> {
		const { actor, from } = options;
		const alter = (before: Organization) => {
			requireSeen(before, options.version);
			const settings = changedSettings(before.settings, withoutAbsent(changes));
			if (changes.ipAddressAllowlist && from && !allowsAddress(settings, from)) throw locksOut(from);
			return { ...before, settings };
		};
		return change("settings", alter, actor);
	}

	return {
		get,
		/** As it stands in the database now, for who has waited for another change: {@link get} may know an older one. */
		getFresh: (trx: Trx) => organizationStore.get(trx),
		update,
		updateSettings,
		/**
		 * As {@link updateSettings}, in the caller's transaction.
		 * @returns what is to be done after the commit
		 */
		async updateSettingsIn(
			trx: Trx,
			changes: OrganizationSettings,
			options: { actor?: Actor; version?: number } = {},
		): Promise<() => void> {
			const alter = (before: Organization) => {
				requireSeen(before, options.version);
				return { ...before, settings: changedSettings(before.settings, withoutAbsent(changes)) };
			};
			await changeIn(trx, "settings", alter, options.actor);
			return () => {
				known = undefined;
			};
		},
		/**
		 * Pages that may embed the client and call the API, in CSP source syntax (platform-api 3, "Embedding allow-list").
		 * A list that is switched off lists nobody: the original opens to everybody then, this server is closed by default.
		 */
		async embedAllowList(): Promise<string[]> {
			const { settings } = await get();
			return settings.domainAllowlistEnabled ? (settings.domainAllowlist ?? []) : [];
		},
		/** Whether somebody may sign in and work from this address. Asked with every request: at once where it is known. */
		allowsAddress(address: string): boolean | Promise<boolean> {
			if (known?.read) return allowsAddress(known.read.settings, address);
			return get().then(({ settings }) => allowsAddress(settings, address));
		},
		/** As the platform shows it. */
		view: async () => organizationView(await get(), await hasVoicemail()),
		/** Who knows whether mailboxes answer calls. */
		useVoicemail(ask: () => Promise<boolean>) {
			hasVoicemail = ask;
		},
		/** Whether the product has made its first administrator here, whatever became of them since. */
		hasHadAdministrator: () => organizationStore.hasHadAdministrator(database.db),
		markAdministered: () => organizationStore.markAdministered(database.db, kernel.clock.now()),
		stop: unsubscribe,
	};
}

export type OrganizationService = ReturnType<typeof createOrganization>;

/** `Organization` of the platform. */
export function organizationView(organization: Organization, voicemailEnabled: boolean) {
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
		voicemailEnabled,
		productPlatform: "Unknown",
		features: {},
		selfUri: `/api/v2/organizations/${organization.id}`,
	};
}

function requireSeen({ id, version: current }: Organization, seen: number | undefined): void {
	if (seen !== undefined && seen !== current) throw versionConflict("organization", id, seen, current);
}

function locksOut(address: string): ApiError {
	const text = `Your own address ${address} is not in the list: you would be locked out at once. Add it, or its network.`;
	return badField("ipAddressAllowlist", text);
}

function withoutAbsent<T extends object>(changes: T): Partial<T> {
	return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}
