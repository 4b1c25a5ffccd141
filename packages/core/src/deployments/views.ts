import type { Configured } from "./deployments.ts";
import { type Deployment, isActive, privateTypeId, type StagedRelease } from "./model.ts";
import { integrationType } from "./types.ts";

const base = "/api/v2/integrations";

/** `IntegrationConfiguration`, with the version of framework.js that some groups have first: a save of another script ends that. */
export function configurationView(deployment: Deployment) {
	return {
		id: deployment.id,
		name: deployment.name,
		version: deployment.version,
		properties: deployment.properties,
		advanced: deployment.advanced,
		notes: deployment.notes,
		credentials: deployment.credentials,
		...(deployment.staged ? { inlayStaged: stagedView(deployment.staged) } : {}),
		selfUri: `${base}/${deployment.id}/config/current`,
	};
}

/** Who has a version first. */
export function stagedView({ version, groups, userId }: StagedRelease) {
	return { version, groups: groups.map((id) => ({ id })), ...(userId === undefined ? {} : { user: { id: userId } }) };
}

/** The same after a change: what is worth a look in a script that came with it is for whoever brought it. */
export function configuredView({ deployment, findings }: Configured) {
	return { ...configurationView(deployment), ...(findings ? { findings } : {}) };
}

/** `Integration`. */
export function integrationView(deployment: Deployment) {
	return {
		id: deployment.id,
		name: deployment.name,
		integrationType: integrationType(deployment.typeId),
		notes: deployment.notes,
		intendedState: deployment.intendedState,
		config: { current: configurationView(deployment) },
		reportedState: reportedState(deployment),
		attributes: {},
		selfUri: `${base}/${deployment.id}`,
	};
}

/** `UserApp` and `ClientApp`: what the caller may use. The script is left out, as clients load it by its address. */
export function appView(deployment: Deployment) {
	const { frameworkJs: _script, ...properties } = deployment.properties;
	const { inlayStaged: _staged, ...shown } = configurationView(deployment);
	const current = { ...shown, properties };
	const { id: _id, version: _version, selfUri: _selfUri, ...effective } = current;
	return {
		id: deployment.id,
		name: deployment.name,
		integrationType: integrationType(deployment.typeId),
		config: { current, effective },
		selfUri: `${base}/${deployment.id}`,
	};
}

/** Switched on without a script, a deployment is in error: its panel would have nothing to load. */
export function reportedState(deployment: Deployment) {
	const lastUpdated = deployment.updatedAt;
	if (!isActive(deployment)) return { code: "INACTIVE", effective: "INACTIVE", lastUpdated };
	if (deployment.scriptVersion !== undefined) return { code: "ACTIVE", effective: "ACTIVE", lastUpdated };
	const message = "No framework.js has been uploaded yet.";
	return {
		code: "ERROR",
		effective: "ERROR",
		detail: {
			localizableMessageCode: "deployment.without.script",
			message,
			messageWithParams: message,
			messageParams: {},
		},
		lastUpdated,
	};
}

export function isPrivate(deployment: Deployment): boolean {
	return deployment.typeId === privateTypeId;
}
