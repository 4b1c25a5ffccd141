/** An organization as a file, with its scripts beside it: a plan of it finds nothing to do. */
import { stringify } from "yaml";
import type { Platform } from "../../platform/platform.ts";
import { FileSchema } from "../format/schema.ts";
import { type Section, sections, type Values, words } from "../format/sections.ts";
import { asRoles } from "../kinds/grants.ts";
import { idOf, listOf } from "../kinds/kind.ts";
import { kinds } from "../kinds/kinds.ts";
import { readWorld, type World } from "../plan/world.ts";
import { withoutVariables } from "../read/variables.ts";

export interface Exported {
	yaml: string;
	/** Texts by paths from the file on. */
	scripts: ReadonlyMap<string, string>;
	/** What could not be written. */
	notes: readonly string[];
}

const head = `# What this organization has, as inlay export has read it. inlay plan finds nothing to do until something changes.
# Passwords and secrets are not in it. What is deleted here is not deleted there: see remove in inlay help file.
`;

export async function exportFile(platform: Platform, schema: string): Promise<Exported> {
	const world = await readWorld(platform, new Map(sections.map((section) => [section, "all" as const])));
	const scripts = new Map<string, string>();
	const notes: string[] = [];
	const file: Record<string, unknown> = { inlay: 1 };
	for (const section of sections) {
		const things = await thingsOf(section, world, notes);
		const written = things.map((values) =>
			projected(FileSchema.properties[section].items, inWords(section, values, world, scripts)),
		);
		if (written.length > 0) file[section] = written;
	}
	const yaml = stringify(asWritten(file), { lineWidth: 120, aliasDuplicateObjects: false });
	return { yaml: `# yaml-language-server: $schema=${schema}\n${head}\n${spaced(yaml)}`, scripts, notes };
}

/** What looks like a variable in it is none. */
function asWritten(value: unknown): unknown {
	if (typeof value === "string") return withoutVariables(value);
	if (Array.isArray(value)) return value.map(asWritten);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asWritten(one)]));
}

/** What the format has words for: the rest is left alone by it. */
function projected(schema: unknown, value: unknown): unknown {
	const { properties, items } = schema as { properties?: Record<string, unknown>; items?: unknown };
	if (Array.isArray(value)) return items === undefined ? value : value.map((one) => projected(items, one));
	if (!properties || typeof value !== "object" || value === null) return value;
	const known = Object.entries(value).filter(([key]) => properties[key] !== undefined);
	return Object.fromEntries(known.map(([key, one]) => [key, projected(properties[key], one)]));
}

/** Of two of the same name a file cannot say which it means. */
async function thingsOf(section: Section, world: World, notes: string[]): Promise<Values[]> {
	const all = world.things(section).filter((raw) => !kinds[section].isBuiltIn?.(raw));
	const [once, several] = [all, all].map((each, index) =>
		each.filter((raw) => world.named(section, kinds[section].nameOf(raw)).length > 1 === (index === 1)),
	);
	for (const raw of several ?? [])
		notes.push(
			`${words[section]} "${kinds[section].nameOf(raw)}" (${idOf(raw)}) is left out: another one has its name.`,
		);
	const found = await Promise.all((once ?? []).map((raw) => world.complete(section, raw, "all")));
	return found.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ values }) => values);
}

function inWords(section: Section, values: Values, world: World, scripts: Map<string, string>): unknown {
	const { home } = world.lookup;
	const plain = withoutNothing(values, home);
	switch (section) {
		case "skills":
		case "languages":
			return values.name;
		case "users":
		case "clients": {
			const { grants, ...rest } = plain;
			return { ...rest, ...asRoles(listOf<string>(grants), home) };
		}
		case "deployments":
			return withScript(plain, world, scripts);
		default:
			return plain;
	}
}

/** What the format takes for said where nothing is said is not written. */
function withoutNothing(values: Values, home: string): Values {
	const entries = Object.entries(values).filter(([field, value]) => {
		if (field === "division") return value !== home;
		if (field === "active") return true;
		if (field === "members") return true;
		if (Array.isArray(value)) return value.length > 0;
		if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
		return value !== "" && value !== undefined && (value !== false || field === "scriptToken");
	});
	return Object.fromEntries(
		entries.filter(([field, value]) => field !== "active" || value === false || isSwitched(values)),
	);
}

/** Of deployments it is always said whether they are on; others are, unless said otherwise. */
function isSwitched(values: Values): boolean {
	return values.type !== undefined;
}

/** The client's id in it becomes `{{clientId}}`, so that the file serves another organization. */
function withScript(values: Values, world: World, scripts: Map<string, string>): Values {
	const { script, ...rest } = values;
	const groups = rest.groups ?? [];
	if (typeof script !== "string" || script === "") return { ...rest, groups };
	const [client] = typeof rest.client === "string" ? world.named("clients", rest.client) : [];
	const path = freePath(String(values.name), scripts);
	const id = client ? idOf(client) : "";
	scripts.set(path, id && !script.includes("{{clientId}}") ? script.replaceAll(id, "{{clientId}}") : script);
	return { ...rest, groups, script: path };
}

function freePath(name: string, scripts: ReadonlyMap<string, string>): string {
	const slug =
		name
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, "-")
			.replace(/^-+|-+$/g, "") || "framework";
	for (let number = 1; ; number++) {
		const path = `scripts/${slug}${number === 1 ? "" : `-${number}`}.js`;
		if (!scripts.has(path)) return path;
	}
}

/** A line between sections. */
function spaced(yaml: string): string {
	return yaml.replace(/\n(?=[a-z][A-Za-z]*:\n)/g, "\n\n");
}
