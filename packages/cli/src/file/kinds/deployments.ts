/** Deployments of the embeddable framework: integrations with a script. */

import type { Platform, Thing } from "../../platform/platform.ts";
import { isRefusal, PlatformError } from "../../platform/platform-error.ts";
import { deploymentProperties } from "../format/schema.ts";
import type { Values } from "../format/sections.ts";
import { Conflict, type Found, type Io, idOf, type Kind, type Lookup, listOf, said, text } from "./kind.ts";

const path = "/api/v2/integrations";
const switches = Object.keys(deploymentProperties);

/**
 * The platform's id of the tile is not public (platform-api 3), so types are told apart by their names, which the guide says:
 * Private Genesys Cloud Embeddable Framework.
 */
export interface DeploymentTypes {
	private?: string;
	public?: string;
	/** How many private ones an organization may have, where it says. */
	mostPrivate?: number;
	/** Properties that a configuration takes, by the type's schema; undefined where it does not say. */
	properties?: ReadonlySet<string>;
}

const known = new WeakMap<Platform, Promise<DeploymentTypes>>();

/** Asked once. */
export function typesOf(platform: Platform): Promise<DeploymentTypes> {
	const asked = known.get(platform) ?? readTypes(platform);
	known.set(platform, asked);
	return asked;
}

async function readTypes(platform: Platform): Promise<DeploymentTypes> {
	const all = (await platform.list(`${path}/types`)).filter(({ name }) => /embeddable framework/i.test(text(name)));
	const one = (isPrivate: boolean) => all.find(({ name }) => /private/i.test(text(name)) === isPrivate);
	const [priv, pub] = [one(true), one(false)];
	const properties = priv ? await propertiesOf(platform, idOf(priv)) : undefined;
	return {
		...(priv ? { private: idOf(priv) } : {}),
		...(pub ? { public: idOf(pub) } : {}),
		...(typeof priv?.maxInstances === "number" ? { mostPrivate: priv.maxInstances } : {}),
		...(properties ? { properties } : {}),
	};
}

/** Undefined where it is not told: then nothing is left out, and what is no property is refused by its name. */
export async function propertiesOf(platform: Platform, typeId: string): Promise<ReadonlySet<string> | undefined> {
	try {
		const { body } = await platform.get(`${path}/types/${typeId}/configschemas/properties`);
		return new Set(Object.keys((body.properties ?? {}) as object));
	} catch (error) {
		if (error instanceof PlatformError && isRefusal(error)) return undefined;
		throw error;
	}
}

/** Fields of the file, and the property that each is. */
export const propertyOf: Readonly<Record<string, string>> = {
	script: "frameworkJs",
	groups: "groups",
	client: "clientId",
	...Object.fromEntries(switches.map((name) => [name, name])),
};

/** Fields of a wanted deployment that this organization has no property for. */
export function unknownFields(wanted: Values, { properties }: DeploymentTypes): string[] {
	if (!properties) return [];
	return Object.keys(wanted).filter((field) => {
		const property = propertyOf[field];
		return property !== undefined && !properties.has(property) && field !== "partnerName";
	});
}

/** `{{clientId}}` and `{{appName}}` (the name of the client, as the guide has it) of a script, as far as they are known. */
export function filled(script: string, { appName, clientId }: { appName: string; clientId?: string }): string {
	const named = script.replaceAll("{{appName}}", JSON.stringify(appName).slice(1, -1));
	return clientId === undefined ? named : named.replaceAll("{{clientId}}", clientId);
}

function valuesOf(raw: Thing, configuration: Thing, lookup: Lookup, types: DeploymentTypes): Values {
	const properties = (configuration.properties ?? {}) as Record<string, unknown>;
	const own = Object.fromEntries(switches.map((key) => [key, properties[key]]));
	return said({
		name: configuration.name ?? raw.name,
		type: idOf(raw.integrationType) === types.public ? "public" : "private",
		client: lookup.nameOf("clients", properties.clientId),
		script: properties.frameworkJs,
		groups: listOf<string>(properties.groups).map((id) => lookup.nameOf("groups", id) ?? id),
		active: raw.intendedState === "ENABLED",
		staged: stagedOf(configuration, lookup),
		notes: text(configuration.notes),
		...own,
	});
}

/** The version of the script that some groups have first, where the organization knows such (decision 57). */
export interface Staged {
	version: number;
	/** Their names. */
	groups: string[];
}

function stagedOf({ inlayStaged }: Thing, lookup: Lookup): Staged | undefined {
	const { version, groups } = (inlayStaged ?? {}) as { version?: unknown; groups?: unknown };
	if (typeof version !== "number") return undefined;
	return { version, groups: listOf(groups).map((group) => lookup.nameOf("groups", idOf(group)) ?? idOf(group)) };
}

export const deployments: Kind = {
	async list(platform) {
		const types = await typesOf(platform);
		const ours = [types.private, types.public].filter((id) => id !== undefined);
		const all = (await platform.list(path)).filter((raw) => ours.includes(idOf(raw.integrationType)));
		return Promise.all(all.map((raw) => configured(platform, raw)));
	},
	nameOf: (raw) => text((raw.configuration as Thing).name ?? raw.name),
	async values(platform, raw, lookup) {
		return valuesOf(raw, raw.configuration as Thing, lookup, await typesOf(platform));
	},
	async fetch(platform, id) {
		return { raw: await configured(platform, (await platform.get(`${path}/${id}`)).body) };
	},
	async create(io, wanted) {
		const { platform, lookup } = io;
		const types = await typesOf(platform);
		const typeId = wanted.type === "public" ? types.public : types.private;
		if (typeId === undefined)
			throw new Error("This organization offers no embeddable framework among its integration types.");
		const body = { name: wanted.name, integrationType: { id: typeId } };
		const made = (await platform.send("POST", path, body)).body;
		const raw = await configured(platform, made);
		return {
			id: idOf(made),
			name: text(wanted.name),
			values: valuesOf(raw, raw.configuration as Thing, lookup, types),
			raw,
		};
	},
	async change(io, found, wanted, fields) {
		if (fields.has("active") && fields.size === 1) return turn(io, found, wanted.active === true);
		const { staged } = found.values as { staged?: Staged };
		if (fields.has("script") && staged && !fields.has("staged"))
			throw new Conflict(
				`version ${staged.version} of its script is with some groups first since the plan, which did not say that it ends`,
			);
		await configure(io, found, wanted, fields);
	},
	/** Switched off first, so that nobody begins while it goes. */
	async remove(io, found) {
		if (found.values.active === true) await turn(io, found, false);
		await io.platform.send("DELETE", `${path}/${found.id}`);
	},
};

export async function configured(platform: Platform, raw: Thing): Promise<Thing> {
	return { ...raw, configuration: (await platform.get(`${path}/${idOf(raw)}/config/current`)).body };
}

async function turn({ platform }: Io, { id }: Found, active: boolean): Promise<void> {
	await platform.send("PATCH", `${path}/${id}`, { intendedState: active ? "ENABLED" : "DISABLED" });
}

/** The PUT replaces the whole: what is not written goes back as it came. */
async function configure(io: Io, found: Found, wanted: Values, fields: ReadonlySet<string>): Promise<void> {
	const { name, version, properties, advanced, notes, credentials } = found.raw.configuration as Thing;
	const unknown = new Set(unknownFields(wanted, await typesOf(io.platform)));
	const changed = [...fields].filter((field) => propertyOf[field] !== undefined && !unknown.has(field));
	const entries = changed.map((field) => [propertyOf[field], propertyValue(field, withClientOf(found, wanted), io)]);
	await io.platform.send("PUT", `${path}/${found.id}/config/current`, {
		name: fields.has("name") ? wanted.name : name,
		version,
		properties: { ...((properties ?? {}) as object), ...Object.fromEntries(entries) },
		advanced: advanced ?? {},
		notes: fields.has("notes") ? wanted.notes : (notes ?? ""),
		credentials: credentials ?? {},
	});
}

/** A file that says nothing of the client means the one that is there. */
export function withClientOf(found: Found | undefined, wanted: Values): Values {
	return { ...wanted, client: wanted.client ?? found?.values.client };
}

function propertyValue(field: string, wanted: Values, io: Io): unknown {
	const clientId = typeof wanted.client === "string" ? io.idOf("clients", wanted.client) : undefined;
	if (field === "client") return clientId;
	if (field === "groups") return listOf<string>(wanted.groups).map((name) => io.idOf("groups", name));
	if (field !== "script") return wanted[field];
	const appName = text(wanted.client ?? wanted.name);
	return filled(text(wanted.script), { appName, ...(clientId === undefined ? {} : { clientId }) });
}
