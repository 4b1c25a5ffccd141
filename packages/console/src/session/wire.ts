/** The platform's JSON as far as the console reads it (platform-api 2.2, 3, 4.1; Inlay's own script operations). */

import type { HeldGrant } from "./rights.ts";

/** Kind of deployment that only the organization's own pages embed; the guide allows five of them. */
export const privateTypeId = "private-embeddable-framework";

export interface IntegrationType {
	id: string;
	name: string;
	description?: string;
	maxInstances?: number;
}

/** Where panels are; they have another origin than the console. */
export interface PanelPlace {
	url: string;
	/** Key of this server in `clientIds`. */
	region: string;
}

export interface DeploymentProperties {
	frameworkJs?: string;
	groups?: string[];
	allowedOrigins?: string[];
	scriptOrigins?: string[];
	connectOrigins?: string[];
	development?: boolean;
	directMessages?: boolean;
	quietChanges?: boolean;
	preserveAttributeCase?: boolean;
	pageCompatibility?: boolean;
	withoutGuards?: boolean;
	isolation?: boolean;
	scriptToken?: boolean;
	clientId?: string;
	partnerName?: string;
	[key: string]: unknown;
}

export interface Configuration {
	name: string;
	version: number;
	properties: DeploymentProperties;
	advanced: Record<string, unknown>;
	notes: string;
	credentials: Record<string, unknown>;
	/** The version of framework.js that some groups have first; a save of another script ends that. */
	inlayStaged?: StagedVersion;
}

export interface Integration {
	id: string;
	name: string;
	integrationType: IntegrationType;
	intendedState: "ENABLED" | "DISABLED";
	reportedState: { code: string; detail?: { localizableMessageCode?: string; message?: string } };
	config: { current: Configuration };
}

/** How often something went wrong since the last upload, and what the last time was about (Inlay's own operation). */
export interface Trouble {
	count: number;
	code: string;
	detail?: string;
	at: string;
}

/**
 * What agents have met in one deployment's panels: a script that failed, panels that were not opened. Unverified is what came
 * from browsers in which nobody was signed in.
 */
export interface Troubles {
	id: string;
	scripts?: Trouble;
	refusals?: Trouble;
	unverifiedScripts?: Trouble;
	unverifiedRefusals?: Trouble;
}

/** One upload of framework.js; `source` only where one version was asked for. */
export interface ScriptVersion {
	version: number;
	bytes: number;
	uploadedAt: string;
	uploadedBy?: { id: string };
	source?: string;
}

/** Who has which version: everybody, and perhaps the members of some groups another one first. */
export interface ScriptRelease {
	version?: number;
	staged?: StagedVersion;
}

/** A version that some groups have first, or that one administrator alone tries. */
export interface StagedVersion {
	version: number;
	groups: Array<{ id: string }>;
	user?: { id: string };
}

/** Every version of a deployment's framework.js, the newest first. */
export interface ScriptVersions {
	entities: ScriptVersion[];
	release: ScriptRelease;
}

export type GrantType = "CODE" | "TOKEN" | "CLIENT-CREDENTIALS";

export interface OAuthClient {
	id: string;
	name: string;
	description?: string;
	authorizedGrantType: GrantType;
	registeredRedirectUri: string[];
	scope: string[];
	roleDivisions: Array<{ roleId: string; divisionId: string }>;
	accessTokenValiditySeconds: number;
	state: "active" | "disabled" | "inactive";
	/** Sent back with a change, so that nobody overwrites what another has saved meanwhile. */
	version: number;
	/** Only in the answer that has just made it. */
	secret?: string;
}

/** A program in use, and the user who was shown its secret. */
export interface KnownClient {
	id: string;
	name: string;
	/** It may do what its user may not. */
	holdsMore: boolean;
	secretKnownTo: { id: string; name: string; state: User["state"] };
}

/** `DomainPermissionPolicy`. */
export interface PermissionPolicy {
	domain: string;
	entityName: string;
	actionSet: string[];
	[key: string]: unknown;
}

export interface Role {
	id: string;
	name: string;
	description?: string;
	permissionPolicies: PermissionPolicy[];
	/** Comes with the product: it stays. */
	default: boolean;
	defaultRoleId?: string;
	/** How many users hold it themselves. */
	userCount?: number;
	version: number;
}

/** One domain of the permission catalogue (`DomainPermissionCollection`). */
export interface PermissionDomain {
	domain: string;
	permissionMap: Record<string, Array<{ action: string; label: string }>>;
}

/** Who holds a role, and where (Inlay's own operation). */
export interface RoleHolder {
	id: string;
	name: string;
	type: "PC_USER" | "PC_GROUP" | "PC_OAUTH_CLIENT";
	divisions: Array<{ id: string; name: string }>;
}

export interface Division {
	id: string;
	name: string;
	homeDivision?: boolean;
}

export interface Queue {
	id: string;
	name: string;
	division?: Division;
	joined?: boolean;
}

/** The phone in a user's panel, as far as it can be set here. */
export interface Station {
	id: string;
	name: string;
	webRtcCallAppearances: number;
	webRtcPersistentEnabled?: boolean;
}

/** One sign-in of a user that has not ended (Inlay's own operation). */
export interface UserSession {
	id: string;
	client: { id: string; name: string };
	/** ISO times. */
	since: string;
	lastUsed: string;
	expires: string;
	/** The one that asks. */
	current: boolean;
}

/** By what an identity provider knows a user (Inlay's own operation). */
export interface UserIdentity {
	providerId: string;
	providerName?: string;
	/** The provider's own name for them. */
	subject: string;
	/** As it told it last. */
	address: string;
	/** ISO times. */
	dateCreated: string;
	dateLastUsed: string;
}

export interface UserAuthorization {
	roles: Array<{ id: string; name: string }>;
	permissions: string[];
}

export interface User {
	id: string;
	name: string;
	email?: string;
	username?: string;
	state: "active" | "inactive" | "deleted";
	title?: string;
	department?: string;
	version: number;
	division?: { id: string; name?: string };
	authorization?: UserAuthorization;
	groups?: Array<{ id: string }>;
	locations?: UserLocation[];
	conversationSummary?: { call?: Partial<Record<"contactCenter" | "enterprise", { active?: number }>> };
}

/** `Location`: where somebody works. */
export interface UserLocation {
	id: string;
	locationDefinition?: { name: string };
	[field: string]: unknown;
}

/** `PasswordRequirements`. */
export interface PasswordRequirements {
	minimumLength: number;
	minimumDigits: number;
	minimumLetters: number;
	minimumUpper: number;
	minimumLower: number;
	minimumSpecials: number;
	minimumAgeSeconds: number;
	expirationDays: number;
}

/** `OrgAuthSettings`, as far as signing in goes. */
export interface AuthSettings {
	ipAddressAllowlist: string[];
	passwordRequirements: PasswordRequirements;
	universalLogout: boolean;
}

/** Of whom a second factor is asked (Inlay's own operation). */
export interface FactorDemand {
	demandedOf: "nobody" | "administrators" | "everybody";
}

/** `IdleTokenTimeout`. */
export interface IdleTimeout {
	idleTokenTimeoutSeconds: number;
	enableIdleTokenTimeout: boolean;
}

/** Somebody's second factor (Inlay's own operations). */
export interface SecondFactor {
	enrolled: boolean;
	/** ISO time. */
	since?: string;
	recoveryCodesLeft: number;
	/** The organization asks them for one. */
	required: boolean;
}

/** A presence as administrators keep it (Inlay's own operation; `OrganizationPresenceDefinition` with its version). */
export interface PresenceDefinition {
	id: string;
	/** Its label in English, or in whichever language there is. */
	name: string;
	/** The platform's own stay as they are. */
	type: "System" | "User";
	languageLabels: Record<string, string>;
	systemPresence: string;
	/** `*` for every division. */
	divisionId: string;
	deactivated: boolean;
	version: number;
}

export interface Group {
	id: string;
	name: string;
	description?: string;
	memberCount: number;
	state: string;
	version: number;
	owners?: Array<{ id: string }>;
}

/** What somebody holds; those of groups name the group as their subject. */
export interface AuthzSubject {
	id: string;
	grants: HeldGrant[];
}
