/** Divisions, skills, languages, wrap-up codes, presences: what others name. */

import type { Thing } from "../../platform/platform.ts";
import type { Values } from "../format/sections.ts";
import { idOf, said, text } from "./kind.ts";
import { simple } from "./simple.ts";

export const divisions = simple({
	path: "/api/v2/authorization/divisions",
	isBuiltIn: (raw) => raw.homeDivision === true,
	valuesOf: (raw) => ({ name: raw.name, description: text(raw.description) }),
	bodyOf: ({ name, description }, _io, raw) => ({ name, description: description ?? text(raw?.description) }),
});

export const skills = simple({
	path: "/api/v2/routing/skills",
	valuesOf: ({ name }) => ({ name }),
	bodyOf: ({ name }) => ({ name }),
	isFixed: true,
});

export const languages = simple({
	path: "/api/v2/routing/languages",
	valuesOf: ({ name }) => ({ name }),
	bodyOf: ({ name }) => ({ name }),
	isFixed: true,
});

export const wrapupCodes = simple({
	path: "/api/v2/routing/wrapupcodes",
	valuesOf: (raw, lookup) => ({
		name: raw.name,
		description: text(raw.description),
		division: lookup.nameOf("divisions", idOf(raw.division)),
	}),
	bodyOf({ name, description, division }, io, raw) {
		const chosen = typeof division === "string" ? io.idOf("divisions", division) : idOf(raw?.division);
		const told = description ?? raw?.description;
		return said({ name, description: told, division: chosen ? { id: chosen } : undefined });
	},
});

/** The label that a presence is known by: the platform has one in American English where nobody says otherwise. */
const mainLabel = "en_US";

function labelsOf(raw: Thing): Record<string, string> {
	return (raw.languageLabels ?? {}) as Record<string, string>;
}

function presenceName(raw: Thing): string {
	const labels = labelsOf(raw);
	return labels[mainLabel] ?? labels.en ?? text(raw.name) ?? Object.values(labels)[0] ?? "";
}

export const presenceDefinitions = simple({
	path: "/api/v2/presence/definitions",
	isPaged: false,
	// Without a word of them, deactivated ones are left out.
	alsoListed: ["/api/v2/presence/definitions?deactivated=TRUE"],
	nameOf: presenceName,
	isBuiltIn: (raw) => raw.type === "System",
	valuesOf(raw) {
		const { [mainLabel]: _main, ...labels } = labelsOf(raw);
		const systemPresence = raw.systemPresence;
		return { name: presenceName(raw), systemPresence, labels, deactivated: raw.deactivated === true };
	},
	bodyOf({ name, labels, systemPresence, deactivated }: Values, _io, raw) {
		const before = raw ? labelsOf(raw) : {};
		return said({
			languageLabels: { ...before, ...(before[mainLabel] || !raw ? { [mainLabel]: name } : {}), ...(labels ?? {}) },
			systemPresence: systemPresence ?? raw?.systemPresence ?? "Busy",
			deactivated: deactivated ?? raw?.deactivated,
			divisionId: raw?.divisionId,
		});
	},
});
