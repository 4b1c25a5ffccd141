/** The two ways in which the agent client is deployed (platform-api 3: the ids are ours, the original's are not public). */
export const privateTypeId = "private-embeddable-framework";
export const publicTypeId = "embeddable-framework";

/** Private deployments that one organization may have (configuration guide). */
export const maxPrivateDeployments = 5;

/** Largest framework.js, in bytes of UTF-8. */
export const maxScriptBytes = 1_048_576;

export type IntendedState = "ENABLED" | "DISABLED";

/** What an administrator sets for a deployment: `properties` of its configuration. */
export interface DeploymentProperties {
	/** The text of framework.js. */
	frameworkJs?: string;
	/** Ids of the groups whose members may use it; empty means every user. */
	groups?: string[];
	/** Origins of the pages that may embed it, beside those of the organization's allow-list. */
	allowedOrigins?: string[];
	/** OAuth client to sign in with where the script names none. */
	clientId?: string;
	/** Origins from which the script may load more scripts, beside those whose addresses stand in it. */
	scriptOrigins?: string[];
	/** Servers that the script may call, beside those whose addresses stand in it and the embedding pages. */
	connectOrigins?: string[];
	/** Lets a panel run the script from the machine of whoever writes it (`?crm=framework-local-secure`), and call any server. */
	development?: boolean;
	/** Pages that may embed the panel may drive it by messages, without a script's help (framework-contract 10). */
	directMessages?: boolean;
	/** Scripts hear no `change` in which nothing differs (framework-contract 17). */
	quietChanges?: boolean;
	/** Custom attributes keep the letters of their names (framework-contract 17). */
	preserveAttributeCase?: boolean;
	/** Scripts find on the page what those written for the original's page look for (framework-contract 11.1). */
	pageCompatibility?: boolean;
	/** Its script runs as it was written: nothing ends one that does not come back (decision 58). */
	withoutGuards?: boolean;
	/** Every script of it runs in a frame of its own, without the panel's token and document, whatever the script says. */
	isolation?: boolean;
	/** Whether scripts get the agent's token by `getAuthToken`. Absent: those that are not isolated do. */
	scriptToken?: boolean;
	/** Public deployments: the name in their address, `/crm/<name>/index.html`. */
	partnerName?: string;
}

/** A version of framework.js that some have before everybody else (decision 57). */
export interface StagedRelease {
	version: number;
	/** Ids of the groups whose members have it; none only where one person tries it. */
	groups: string[];
	/** Who tries it alone, before any group has it. */
	userId?: string;
}

/** An installed integration: a deployment of the agent client. */
export interface Deployment {
	id: string;
	typeId: string;
	name: string;
	notes: string;
	intendedState: IntendedState;
	/** Of the configuration; each PUT must name the one it read. */
	version: number;
	/**
	 * Of the whole: grows with every change, also as it is switched on or off. What `If-Match` of PATCH and DELETE is compared
	 * with; that of the configuration's PUT is compared with `version`.
	 */
	revision: number;
	properties: DeploymentProperties;
	advanced: Record<string, unknown>;
	credentials: Record<string, unknown>;
	/** Of the framework.js for everybody, from 1; absent while there is none. */
	scriptVersion?: number;
	/** Another version, for the members of some groups. */
	staged?: StagedRelease;
	/** Switched off for whoever has something in hand, too; until it is switched on again. */
	closed?: boolean;
	createdAt: Date;
	updatedAt: Date;
}

/** One uploaded framework.js; uploads never overwrite one another. */
export interface ScriptVersion {
	deploymentId: string;
	version: number;
	source: string;
	sha256: string;
	uploadedBy?: string;
	uploadedAt: Date;
}

/** An upload without its text. */
export type ScriptSummary = Omit<ScriptVersion, "source"> & {
	/** Of UTF-8. */
	bytes: number;
};

export function isActive(deployment: Deployment): boolean {
	return deployment.intendedState === "ENABLED";
}
