import type { Configuration, DeploymentProperties } from "../../session/wire.ts";

/** A configuration as it stands in the form. */
export interface Draft {
	name: string;
	notes: string;
	frameworkJs: string;
	groups: readonly string[];
	/** One origin a line. */
	allowedOrigins: string;
	/** One origin a line. */
	scriptOrigins: string;
	/** One origin a line. */
	connectOrigins: string;
	development: boolean;
	/** How the panel meets scripts and pages; see {@link manners}. */
	directMessages: boolean;
	quietChanges: boolean;
	preserveAttributeCase: boolean;
	pageCompatibility: boolean;
	withoutGuards: boolean;
	/** Its script runs in a frame of its own, whatever the script says. */
	isolation: boolean;
	/** Whether scripts get the agent's token; empty: where they are not isolated. */
	scriptToken: "" | "give" | "withhold";
	/** Empty: none. */
	clientId: string;
	partnerName: string;
}

/** The switches that say how a panel meets scripts and pages. */
export const manners = [
	"directMessages",
	"quietChanges",
	"preserveAttributeCase",
	"pageCompatibility",
	"withoutGuards",
] as const;

export type DraftField = keyof Draft;

/** Fills the form. */
export function draftOf({ name, notes, properties }: Configuration): Draft {
	return {
		name,
		notes,
		frameworkJs: properties.frameworkJs ?? "",
		groups: [...(properties.groups ?? [])].sort(),
		allowedOrigins: (properties.allowedOrigins ?? []).join("\n"),
		scriptOrigins: (properties.scriptOrigins ?? []).join("\n"),
		connectOrigins: (properties.connectOrigins ?? []).join("\n"),
		development: properties.development ?? false,
		directMessages: properties.directMessages ?? false,
		quietChanges: properties.quietChanges ?? false,
		preserveAttributeCase: properties.preserveAttributeCase ?? false,
		pageCompatibility: properties.pageCompatibility ?? false,
		withoutGuards: properties.withoutGuards ?? false,
		isolation: properties.isolation ?? false,
		scriptToken: properties.scriptToken === undefined ? "" : properties.scriptToken ? "give" : "withhold",
		clientId: properties.clientId ?? "",
		partnerName: properties.partnerName ?? "",
	};
}

/** The form as a configuration to send; what the form does not show stays as it was read. */
export function configurationOf(draft: Draft, read: Configuration): Configuration {
	const {
		frameworkJs: _script,
		groups: _groups,
		allowedOrigins: _origins,
		scriptOrigins: _sources,
		connectOrigins: _called,
		development: _development,
		isolation: _isolation,
		scriptToken: _token,
		clientId: _client,
		...rest
	} = read.properties;
	const { partnerName: _partner, ...kept } = rest;
	for (const name of manners) delete kept[name];
	const origins = originLines(draft.allowedOrigins);
	const sources = originLines(draft.scriptOrigins);
	const called = originLines(draft.connectOrigins);
	const properties: DeploymentProperties = {
		...kept,
		...(draft.frameworkJs === "" ? {} : { frameworkJs: draft.frameworkJs }),
		...(draft.groups.length === 0 ? {} : { groups: [...draft.groups] }),
		...(origins.length === 0 ? {} : { allowedOrigins: origins }),
		...(sources.length === 0 ? {} : { scriptOrigins: sources }),
		...(called.length === 0 ? {} : { connectOrigins: called }),
		...(draft.development ? { development: true } : {}),
		...Object.fromEntries(manners.filter((name) => draft[name]).map((name) => [name, true])),
		...(draft.isolation ? { isolation: true } : {}),
		...(draft.scriptToken === "" ? {} : { scriptToken: draft.scriptToken === "give" }),
		...(draft.clientId === "" ? {} : { clientId: draft.clientId }),
		...(draft.partnerName.trim() === "" ? {} : { partnerName: draft.partnerName.trim() }),
	};
	return { ...read, name: draft.name.trim(), notes: draft.notes, properties };
}

/** Lines that say something. */
export function lines(value: string): string[] {
	return value
		.split(/[\s,]+/)
		.map((line) => line.trim())
		.filter((line) => line !== "");
}

/** Origins as they are compared: one has no slash at its end, though that is how browsers copy it. */
export function originLines(value: string): string[] {
	return lines(value).map((line) => line.replace(/^([a-z*][a-z0-9+.-]*:\/\/[^/]+)\/$/i, "$1"));
}

/** How the API names a field of the draft when it refuses it. */
export function fieldsOf(...fields: readonly DraftField[]): string[] {
	return fields.flatMap((field) => [field, `properties.${field}`]);
}
