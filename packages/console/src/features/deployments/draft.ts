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
	development: boolean;
	/** Empty: none. */
	clientId: string;
	partnerName: string;
}

export type DraftField = keyof Draft;

const fields: readonly DraftField[] = [
	"name",
	"notes",
	"frameworkJs",
	"groups",
	"allowedOrigins",
	"scriptOrigins",
	"development",
	"clientId",
	"partnerName",
];

/** Fills the form. */
export function draftOf({ name, notes, properties }: Configuration): Draft {
	return {
		name,
		notes,
		frameworkJs: properties.frameworkJs ?? "",
		groups: [...(properties.groups ?? [])].sort(),
		allowedOrigins: (properties.allowedOrigins ?? []).join("\n"),
		scriptOrigins: (properties.scriptOrigins ?? []).join("\n"),
		development: properties.development ?? false,
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
		development: _development,
		clientId: _client,
		...rest
	} = read.properties;
	const { partnerName: _partner, ...kept } = rest;
	const origins = lines(draft.allowedOrigins);
	const sources = lines(draft.scriptOrigins);
	const properties: DeploymentProperties = {
		...kept,
		...(draft.frameworkJs === "" ? {} : { frameworkJs: draft.frameworkJs }),
		...(draft.groups.length === 0 ? {} : { groups: [...draft.groups] }),
		...(origins.length === 0 ? {} : { allowedOrigins: origins }),
		...(sources.length === 0 ? {} : { scriptOrigins: sources }),
		...(draft.development ? { development: true } : {}),
		...(draft.clientId === "" ? {} : { clientId: draft.clientId }),
		...(draft.partnerName.trim() === "" ? {} : { partnerName: draft.partnerName.trim() }),
	};
	return { ...read, name: draft.name.trim(), notes: draft.notes, properties };
}

/** The fields in which two drafts differ. */
export function changedFields(one: Draft, other: Draft): DraftField[] {
	return fields.filter((field) => text(one[field]) !== text(other[field]));
}

/** Three-way merge: what I changed since `base` stays mine, everything else is theirs. */
export function merge(base: Draft, mine: Draft, theirs: Draft): Draft {
	const own = changedFields(base, mine).map((field) => [field, mine[field]]);
	return { ...theirs, ...Object.fromEntries(own) };
}

/** Fields that both changed since `base`, differently: only these need a choice. */
export function conflicts(base: Draft, mine: Draft, theirs: Draft): DraftField[] {
	const [byMe, byThem] = [changedFields(base, mine), changedFields(base, theirs)];
	const differing = changedFields(mine, theirs);
	return byMe.filter((field) => byThem.includes(field) && differing.includes(field));
}

/** Lines that say something. */
export function lines(value: string): string[] {
	return value
		.split(/[\s,]+/)
		.map((line) => line.trim())
		.filter((line) => line !== "");
}

function text(value: Draft[DraftField]): string {
	return typeof value === "object" ? [...value].sort().join("\n") : String(value);
}
