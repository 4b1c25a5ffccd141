import { Script } from "node:vm";
import { isHostSource } from "@inlay/contract";
import { ApiError, type ErrorDetail } from "../kernel/http/api-error.ts";
import { type DeploymentProperties, maxScriptBytes } from "./model.ts";

/** What checking needs to know about the rest of the organization. */
export interface PropertyFacts {
	/** Which of these group ids do not exist. */
	unknownGroups(ids: string[]): Promise<string[]>;
	clientExists(clientId: string): Promise<boolean>;
	/** Whether another public deployment has this name. */
	partnerNameTaken(name: string): Promise<boolean>;
}

/**
 * Checks a configuration's properties whole: either all of it is accepted or nothing is stored.
 * Keys that are not ours are kept, as the original's own configurations carry some.
 * @throws ApiError 400 `invalid.property` naming every bad field, 413 `request.entity.too.large`
 */
export async function checkProperties(
	properties: Record<string, unknown>,
	facts: PropertyFacts,
): Promise<DeploymentProperties> {
	const problems: ErrorDetail[] = [];
	const refuse = (field: string, text: string) =>
		problems.push({ errorCode: "invalid.property", fieldName: `properties.${field}`, entityName: text });
	const { frameworkJs, groups, allowedOrigins, scriptOrigins, connectOrigins, clientId, partnerName } = properties;
	if (frameworkJs !== undefined) checkScript(frameworkJs, refuse);
	if (groups !== undefined) await checkGroups(groups, facts, refuse);
	if (allowedOrigins !== undefined) checkOrigins("allowedOrigins", allowedOrigins, refuse);
	if (scriptOrigins !== undefined) checkOrigins("scriptOrigins", scriptOrigins, refuse);
	if (connectOrigins !== undefined) checkOrigins("connectOrigins", connectOrigins, refuse);
	if (clientId !== undefined && clientId !== "") await checkClient(clientId, facts, refuse);
	for (const name of switches) {
		if (properties[name] !== undefined && typeof properties[name] !== "boolean") refuse(name, "must be true or false.");
	}
	if (partnerName !== undefined) await checkPartnerName(partnerName, facts, refuse);
	if (problems.length > 0) throw refusal(problems);
	const { frameworkJs: _none, ...others } = properties;
	return (frameworkJs === "" ? others : properties) as DeploymentProperties;
}

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

/** Something that the property names has gone at the same moment. */
export function gone(field: string, text: string): ApiError {
	return refusal([{ errorCode: "invalid.property", fieldName: `properties.${field}`, entityName: text }]);
}

function takenText(name: string): string {
	return `is taken by another deployment: ${name}.`;
}

type Refuse = (field: string, text: string) => void;

/** The reason travels in the message; the details name code and field (platform-api 4.3). */
function refusal(problems: ErrorDetail[]): ApiError {
	const message = problems.map((problem) => `${problem.fieldName}: ${problem.entityName}`).join(" ");
	const details = problems.map(({ errorCode, fieldName }) => ({ errorCode, fieldName }));
	return new ApiError(400, "invalid.property", message, { details });
}

function checkScript(value: unknown, refuse: Refuse): void {
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
	const error = syntaxError(value);
	if (error) refuse("frameworkJs", `is not JavaScript: ${error}.`);
}

/** Compiles as the browser will, as a classic script, without running it. */
export function syntaxError(source: string): string | undefined {
	try {
		new Script(source, { filename: "framework.js" });
		return undefined;
	} catch (error) {
		const line = /framework\.js:(\d+)/.exec(error instanceof Error ? (error.stack ?? "") : "")?.[1];
		const text = error instanceof Error ? error.message : String(error);
		return line ? `${text} (line ${line})` : text;
	}
}

async function checkGroups(value: unknown, facts: PropertyFacts, refuse: Refuse): Promise<void> {
	if (!isTexts(value)) return refuse("groups", "must be a list of group ids.");
	const unknown = await facts.unknownGroups(value);
	if (unknown.length > 0) refuse("groups", `names groups that do not exist: ${unknown.join(", ")}.`);
}

function checkOrigins(field: string, value: unknown, refuse: Refuse): void {
	if (!isTexts(value)) {
		refuse(field, "must be a list of origins.");
		return;
	}
	const bad = value.filter((origin) => !isHostSource(origin));
	if (bad.length > 0) {
		refuse(field, `has entries that are not origins such as https://crm.example.com: ${bad.join(", ")}.`);
	}
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

function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((one) => typeof one === "string");
}
