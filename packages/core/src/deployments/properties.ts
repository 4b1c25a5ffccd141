import { ApiError, type ErrorDetail } from "../kernel/http/api-error.ts";
import { syntaxError } from "./lint-script.ts";
import { type DeploymentProperties, maxScriptBytes } from "./model.ts";
import { checkOrigins, isTexts, type Refuse } from "./origins.ts";

/** What checking needs to know about the rest of the organization. */
export interface PropertyFacts {
	/** Which of these group ids do not exist. */
	unknownGroups(ids: string[]): Promise<string[]>;
	clientExists(clientId: string): Promise<boolean>;
	/** Whether another public deployment has this name. */
	partnerNameTaken(name: string): Promise<boolean>;
	/** Of the other deployments. */
	others(): Promise<readonly DeploymentProperties[]>;
}

/**
 * Checks a configuration's properties whole: either all of it is accepted or nothing is stored.
 * @param before what the deployment had until now
 * @throws ApiError 400 `invalid.property` naming every bad field, 413 `request.entity.too.large`
 */
export async function checkProperties(
	properties: Record<string, unknown>,
	facts: PropertyFacts,
	before: DeploymentProperties,
): Promise<DeploymentProperties> {
	const problems: ErrorDetail[] = [];
	const refuse = (field: string, text: string) =>
		problems.push({ errorCode: "invalid.property", fieldName: `properties.${field}`, entityName: text });
	const { frameworkJs, groups, clientId, partnerName } = properties;
	if (frameworkJs !== undefined) await readScript(frameworkJs, refuse);
	if (groups !== undefined) await checkGroups(groups, facts, refuse);
	await checkOrigins(properties, before, facts.others, refuse);
	if (clientId !== undefined && clientId !== "") await checkClient(clientId, facts, refuse);
	for (const name of switches) {
		if (properties[name] !== undefined && typeof properties[name] !== "boolean") refuse(name, "must be true or false.");
	}
	if (partnerName !== undefined) await checkPartnerName(partnerName, facts, refuse);
	if (problems.length > 0) throw refusal(problems);
	const { frameworkJs: _none, ...others } = properties;
	return (frameworkJs === "" ? others : properties) as DeploymentProperties;
}

/** Whoever is in none of them is told their names. */
const mostGroups = 100;

const switches = [
	"development",
	"directMessages",
	"quietChanges",
	"preserveAttributeCase",
	"pageCompatibility",
] as const;

/** Two deployments asked for the same partner name at once; the database let the first one have it. */
export function partnerNameTaken(name: string): ApiError {
	const field = { errorCode: "invalid.property", fieldName: "properties.partnerName", entityName: takenText(name) };
	return refusal([field]);
}

/** One property is not as it must be, such as one that names what has gone at the same moment. */
export function badProperty(field: string, text: string): ApiError {
	return refusal([{ errorCode: "invalid.property", fieldName: `properties.${field}`, entityName: text }]);
}

function takenText(name: string): string {
	return `is taken by another deployment: ${name}.`;
}

/** The reason travels in the message; the details name code and field (platform-api 4.3). */
function refusal(problems: ErrorDetail[]): ApiError {
	const message = problems.map((problem) => `${problem.fieldName}: ${problem.entityName}`).join(" ");
	const details = problems.map(({ errorCode, fieldName }) => ({ errorCode, fieldName }));
	return new ApiError(400, "invalid.property", message, { details });
}

/** @throws ApiError 400 `invalid.property`, 413 */
export async function checkScript(source: string): Promise<void> {
	await readScript(source, (field, text) => {
		throw badProperty(field, text);
	});
}

async function readScript(value: unknown, refuse: Refuse): Promise<void> {
	if (typeof value !== "string") {
		refuse("frameworkJs", "must be the text of a script.");
		return;
	}
	const bytes = Buffer.byteLength(value);
	if (bytes > maxScriptBytes) {
		throw new ApiError(413, "request.entity.too.large", "framework.js has {bytes} bytes; {maximum} is the most.", {
			params: { bytes: String(bytes), maximum: String(maxScriptBytes) },
			details: [{ errorCode: "request.entity.too.large", fieldName: "properties.frameworkJs" }],
		});
	}
	const error = await syntaxError(value);
	if (error) refuse("frameworkJs", `is not JavaScript: ${error}.`);
}

async function checkGroups(value: unknown, facts: PropertyFacts, refuse: Refuse): Promise<void> {
	if (!isTexts(value)) return refuse("groups", "must be a list of group ids.");
	if (value.length > mostGroups) return refuse("groups", `names ${value.length} groups; ${mostGroups} are the most.`);
	const unknown = await facts.unknownGroups(value);
	if (unknown.length > 0) refuse("groups", `names groups that do not exist: ${unknown.slice(0, 5).join(", ")}.`);
}

async function checkClient(value: unknown, facts: PropertyFacts, refuse: Refuse): Promise<void> {
	if (typeof value !== "string") return refuse("clientId", "must be the id of an OAuth client.");
	if (!(await facts.clientExists(value))) refuse("clientId", `names no OAuth client of this organization: ${value}.`);
}

async function checkPartnerName(value: unknown, facts: PropertyFacts, refuse: Refuse): Promise<void> {
	if (typeof value !== "string" || !/^[a-z0-9][a-z0-9-]{1,60}$/i.test(value)) {
		return refuse("partnerName", "must be 2 to 61 letters, digits and hyphens.");
	}
	if (value.toLowerCase() === "assets") return refuse("partnerName", "must not be assets, which is taken.");
	if (await facts.partnerNameTaken(value)) refuse("partnerName", takenText(value));
}
