import { ApiError } from "../kernel/http/api-error.ts";
import { maxPrivateDeployments, privateTypeId, publicTypeId } from "./model.ts";

/** `IntegrationType` of the platform, as far as ours have something to say. */
export interface IntegrationTypeView {
	id: string;
	name: string;
	description: string;
	provider: string;
	category: string;
	configPropertiesSchemaUri: string;
	configAdvancedSchemaUri: string;
	vendorName: string;
	nonInstallable: boolean;
	maxInstances?: number;
	userPermissions: string[];
	credentials: Record<string, never>;
	images: never[];
	selfUri: string;
}

const base = "/api/v2/integrations/types";

function typeView(id: string, name: string, description: string, maxInstances?: number): IntegrationTypeView {
	return {
		id,
		name,
		description,
		provider: "clientapps",
		category: "Client Apps",
		configPropertiesSchemaUri: `${base}/${id}/configschemas/properties`,
		configAdvancedSchemaUri: `${base}/${id}/configschemas/advanced`,
		vendorName: "Inlay",
		nonInstallable: false,
		...(maxInstances === undefined ? {} : { maxInstances }),
		userPermissions: ["integration:customEmbeddableFramework:agent"],
		credentials: {},
		images: [],
		selfUri: `${base}/${id}`,
	};
}

/** What can be installed. */
export const integrationTypes: readonly IntegrationTypeView[] = [
	typeView(
		privateTypeId,
		"Private Embeddable Framework",
		"The agent client inside your CRM, shaped by a framework.js of your own.",
		maxPrivateDeployments,
	),
	typeView(publicTypeId, "Embeddable Framework", "The agent client as a partner offers it, under the partner's name."),
];

/** @throws ApiError 404 `not.found` */
export function integrationType(typeId: string): IntegrationTypeView {
	const found = integrationTypes.find((type) => type.id === typeId);
	if (found) return found;
	throw new ApiError(404, "not.found", "There is no integration type {typeId}.", {
		params: { typeId },
		entityId: typeId,
	});
}

const text = (title: string, description: string) => ({ type: "string", title, description });
const list = (title: string, description: string) => ({ type: "array", items: { type: "string" }, title, description });

const common = {
	frameworkJs: text("framework.js", "The script that shapes the agent client. At most 1 MiB of JavaScript."),
	groups: list("Groups", "Ids of the groups whose members may use this deployment. None: every user may."),
	allowedOrigins: list(
		"Embedding pages",
		"Origins of the pages that may embed the client, such as https://crm.example.com; https://*.example.com and http://localhost:* work too. The organization's allow-list counts as well.",
	),
	scriptOrigins: list(
		"Script sources",
		"Origins from which framework.js may load more scripts, such as https://cdn.example.com. Those whose addresses stand in it count without being listed.",
	),
	connectOrigins: list(
		"Servers that the script calls",
		"Origins that framework.js may call, such as https://api.example.com; https://*.example.com works too. The embedding pages, and servers whose addresses stand in it, count without being listed. Every other call is blocked and told in the panel and in the server's log.",
	),
	development: {
		type: "boolean",
		title: "Development",
		description:
			"Panels may run framework.js from the machine of whoever writes it: https://localhost/framework.js with crm=framework-local-secure in the address. While it is on, scripts may call any server. Switch it off when the script is done.",
	},
	directMessages: {
		type: "boolean",
		title: "Messages without a script",
		description:
			"Pages that may embed the client may drive it by messages such as PureCloud.User.updateStatus, and hear its events, without a line in framework.js.",
	},
	quietChanges: {
		type: "boolean",
		title: "Quiet changes",
		description: "framework.js hears no change event in which nothing differs. Scripts of today expect them all.",
	},
	preserveAttributeCase: {
		type: "boolean",
		title: "Attribute names as written",
		description: "framework.js sees custom attributes by the names that they have, and not in lower case.",
	},
	pageCompatibility: {
		type: "boolean",
		title: "Names of the original's page",
		description:
			"framework.js finds $, a minimal angular.element and the original's names of buttons, menu and spinners on the page. For scripts that change the page itself; settings.ui does the same as data and outlives our own changes.",
	},
	withoutGuards: {
		type: "boolean",
		title: "Script as it was written",
		description:
			"framework.js runs without guards in its loops and functions, for scripts that read their own functions' text or work for longer than 5 seconds at once. One that does not come back then holds the agent's panel up, and nothing ends it.",
	},
	isolation: {
		type: "boolean",
		title: "Isolation",
		description:
			"framework.js runs in a frame of its own: it has the same functions by messages, and neither the agent's token nor the panel's page. A script may also ask for it by settings.isolation.",
	},
	scriptToken: {
		type: "boolean",
		title: "Token for framework.js",
		description:
			"Whether framework.js gets the agent's access token by getAuthToken. Left out: it does where it is not isolated.",
	},
	clientId: text(
		"OAuth client",
		"Id of the OAuth client to sign in with where framework.js names none of this organization.",
	),
};

const schemas: Record<string, Record<string, unknown>> = {
	[privateTypeId]: common,
	[publicTypeId]: {
		...common,
		partnerName: text(
			"Partner name",
			"The name in the client's address: /crm/<name>/index.html. Letters, digits and hyphens.",
		),
	},
};

/** The JSON schema that drives the administration's form (platform-api 3). @throws ApiError 404 */
export function configSchema(typeId: string, configType: string) {
	const type = integrationType(typeId);
	if (configType !== "properties" && configType !== "advanced") {
		throw new ApiError(404, "not.found", "A configuration has properties and advanced, not {configType}.", {
			params: { configType },
		});
	}
	return {
		id: `${type.id}-${configType}`,
		$schema: "http://json-schema.org/draft-07/schema#",
		title: `${type.name}: ${configType}`,
		type: "object",
		properties: (configType === "properties" ? schemas[typeId] : undefined) ?? {},
		required: [] as string[],
		additionalProperties: false,
	};
}
