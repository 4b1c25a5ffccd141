import type { LintFinding } from "@inlay/framework";
import { ApiError, type ErrorDetail } from "../kernel/http/api-error.ts";
import type { Examined } from "./lint-script.ts";
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

/** What the linter says of a script. */
type Examine = (source: string) => Promise<Examined>;
type Findings = readonly LintFinding[] | undefined;

/**
 * Checks a configuration's properties whole: either all of it is accepted or nothing is stored.
 * @param before what the deployment had until now: a script that it has already is not examined anew
 * @returns findings of a script that is another one
 * @throws ApiError 400 `invalid.property` naming every bad field, 413 `request.entity.too.large`
 */
export async function checkProperties(
	properties: Record<string, unknown>,
	facts: PropertyFacts,
	before: DeploymentProperties,
	examine: Examine,
): Promise<{ properties: DeploymentProperties; findings: Findings }> {
	const problems: ErrorDetail[] = [];
	const refuse = (field: string, text: string) =>
		problems.push({ errorCode: "invalid.property", fieldName: `properties.${field}`, entityName: text });
	const { frameworkJs, groups, clientId, partnerName } = properties;
	const isNew = frameworkJs !== undefined && frameworkJs !== "" && frameworkJs !== before.frameworkJs;
	const findings = isNew ? await readScript(frameworkJs, examine, refuse) : undefined;
	if (groups !== undefined) await checkGroups(groups, facts, refuse);
	await checkOrigins(properties, before, facts.others, refuse);
	if (clientId !== undefined && clientId !== "") await checkClient(clientId, facts, refuse);
	for (const name of switches) {
		if (properties[name] !== undefined && typeof properties[name] !== "boolean") refuse(name, "must be true or false.");
	}
	if (partnerName !== undefined) await checkPartnerName(partnerName, facts, refuse);
	if (problems.length > 0) throw refusal(problems);
	const { frameworkJs: _none, ...others } = properties;
	return { properties: (frameworkJs === "" ? others : properties) as DeploymentProperties, findings };
}

/** Whoever is in none of them is told their names. */
const mostGroups = 100;

const switches = [
	"development",
	"directMessages",
	"quietChanges",
	"preserveAttributeCase",
	"pageCompatibility",
	"withoutGuards",
	"isolation",
	"scriptToken",
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

/** @returns what is worth a look in it @throws ApiError 400 `invalid.property`, 413 */
export function checkScript(source: string, examine: Examine): Promise<Findings> {
	return readScript(source, examine, (field, text) => {
		throw badProperty(field, text);
	});
}

async function readScript(value: unknown, examine: Examine, refuse: Refuse): Promise<Findings> {
	if (typeof value !== "string") {
		refuse("frameworkJs", "must be the text of a script.");
		return undefined;
	}
	const bytes = Buffer.byteLength(value);
	if (bytes > maxScriptBytes) {
		throw new ApiError(413, "request.entity.too.large", "framework.js has {bytes} bytes; {maximum} is the most.", {
			params: { bytes: String(bytes), maximum: String(maxScriptBytes) },
			details: [{ errorCode: "request.entity.too.large", fieldName: "properties.frameworkJs" }],
		});
	}
	const examined = await examine(value);
	if ("findings" in examined) return examined.findings;
	refuse("frameworkJs", examined.refusal);
	return undefined;
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
