import { agentScopes } from "@inlay/contract";
import { tokenLifetime } from "@inlay/contract/health/token-lifetime";
import type { GrantType, OAuthClient } from "../../session/wire.ts";
import { lines } from "../deployments/draft.ts";
import { panelRedirectUris } from "../deployments/embed.ts";

/** An OAuth client as it stands in the form. */
export interface ClientForm {
	name: string;
	description: string;
	grant: GrantType;
	/** One a line. */
	redirectUris: string;
	scopes: readonly string[];
	/** Seconds, as typed. */
	duration: string;
	roleIds: readonly string[];
	active: boolean;
}

/** Lifetime of tokens in seconds, and the guide's default of 18 hours (configuration guide, step 7). */
export const duration = {
	minimum: tokenLifetime.least,
	maximum: tokenLifetime.most,
	default: tokenLifetime.recommended,
};

export const grants: readonly GrantType[] = ["CODE", "TOKEN", "CLIENT-CREDENTIALS"];

/** A new client as the configuration guide wants it, for the panel of this server. */
export function newClientForm(origin: string): ClientForm {
	return {
		name: "",
		description: "",
		grant: "CODE",
		redirectUris: panelRedirectUris(origin).join("\n"),
		scopes: [...agentScopes],
		duration: String(duration.default),
		roleIds: [],
		active: true,
	};
}

export function clientFormOf(client: OAuthClient): ClientForm {
	return {
		name: client.name,
		description: client.description ?? "",
		grant: client.authorizedGrantType,
		redirectUris: client.registeredRedirectUri.join("\n"),
		scopes: client.scope,
		duration: String(client.accessTokenValiditySeconds),
		roleIds: [...new Set(client.roleDivisions.map((role) => role.roleId))],
		active: client.state === "active",
	};
}

export type ClientField = "name" | "redirectUris" | "duration" | "roleIds";

/** The fields that cannot be sent as they are. The server checks again. */
export function problemsOf(form: ClientForm): ReadonlySet<ClientField> {
	const problems = new Set<ClientField>();
	const name = form.name.trim();
	if (name === "" || name.length > 200) problems.add("name");
	const seconds = Number(form.duration);
	// As people write whole numbers: 6e4 and 0x10 are numbers to programs alone.
	if (!/^\s*\d+\s*$/.test(form.duration) || seconds < duration.minimum || seconds > duration.maximum)
		problems.add("duration");
	const isMachine = form.grant === "CLIENT-CREDENTIALS";
	if (isMachine && form.roleIds.length === 0) problems.add("roleIds");
	const isMissing = lines(form.redirectUris).length === 0;
	if (!isMachine && (isMissing || wrongRedirectUris(form.redirectUris).length > 0)) problems.add("redirectUris");
	return problems;
}

/** Of the lines those that are no address that a client can be answered at. */
export function wrongRedirectUris(redirectUris: string): string[] {
	return lines(redirectUris).filter((one) => !isRedirectUri(one));
}

/** The form's addresses and those of the panel in a region of the platform (configuration guide, step 8), each once. */
export function withRegion(redirectUris: string, region: string): string {
	return [...new Set([...lines(redirectUris), `https://apps.${region}/crm/index.html`])].join("\n");
}

/** The same with those of this server's panels. */
export function withPanel(redirectUris: string, origin: string): string {
	return [...new Set([...lines(redirectUris), ...panelRedirectUris(origin)])].join("\n");
}

function isRedirectUri(text: string): boolean {
	const url = URL.parse(text);
	return url !== null && /^https?:\/\/[^#\\*]+$/i.test(text);
}

/** `OAuthClientRequest` (platform-api 2.2). Roles that the client has keep their divisions; new ones hold in all. */
export function clientRequest(form: ClientForm, before?: OAuthClient) {
	const isMachine = form.grant === "CLIENT-CREDENTIALS";
	const kept = (before?.roleDivisions ?? []).filter((role) => form.roleIds.includes(role.roleId));
	const added = form.roleIds.filter((id) => !kept.some((role) => role.roleId === id));
	return {
		name: form.name.trim(),
		description: form.description.trim(),
		authorizedGrantType: form.grant,
		// Those of before wait for the day on which the grant type is changed back.
		...(isMachine && before
			? {}
			: { registeredRedirectUri: isMachine ? [] : lines(form.redirectUris), scope: isMachine ? [] : [...form.scopes] }),
		accessTokenValiditySeconds: Number(form.duration),
		// Out of use stays as it is out of use: disabled or inactive.
		state: form.active ? "active" : before && before.state !== "active" ? before.state : "inactive",
		...(before ? { version: before.version } : {}),
		...(isMachine ? { roleDivisions: [...kept, ...added.map((roleId) => ({ roleId, divisionId: "*" }))] } : {}),
	};
}
