/** A deployment in the place of one of another type: it has what that one has, as far as its type takes it. */

import type { Platform, Thing } from "../../platform/platform.ts";
import type { Values } from "../format/sections.ts";
import { configured, deployments, propertiesOf, propertyOf, typesOf } from "./deployments.ts";
import { type Found, type Io, idOf, text } from "./kind.ts";

const path = "/api/v2/integrations";

/** Names are taken until the old one is gone: the new one has this one meanwhile, by which another run goes on with it. */
export function interimName(name: string, type: unknown): string {
	return `${name}${suffixOf(type)}`;
}

/** The name that it is to have. */
export function finalName(interim: string, type: unknown): string {
	return interim.slice(0, -suffixOf(type).length);
}

const suffixOf = (type: unknown) => ` (becoming ${text(type)})`;

interface Carried {
	properties: Readonly<Record<string, unknown>>;
	/** Properties that the new type does not take, in the file's words. */
	left: string[];
}

/** @param type that the new one has */
export async function carriedTo(type: unknown, old: Found, platform: Platform): Promise<Carried> {
	const types = await typesOf(platform);
	const typeId = type === "public" ? types.public : types.private;
	const taken = typeId === undefined ? undefined : await propertiesOf(platform, typeId);
	const all = Object.entries(((old.raw.configuration as Thing).properties ?? {}) as object);
	const isTaken = (key: string) => (taken?.has(key) ?? true) && (key !== "partnerName" || type === "public");
	const left = all.filter(([key, value]) => !isTaken(key) && value !== undefined && value !== "");
	return {
		properties: Object.fromEntries(all.filter(([key]) => isTaken(key))),
		left: left.map(([key]) => fieldOf(key)),
	};
}

function fieldOf(property: string): string {
	return Object.entries(propertyOf).find(([, one]) => one === property)?.[0] ?? property;
}

/** Makes it under its interim name, and gives it what the old one has now, but for what the file says. */
export async function makeInPlaceOf(old: Found, io: Io, wanted: Values): Promise<Found> {
	const made = await deployments.create(io, { ...wanted, name: interimName(old.name, wanted.type) });
	await carryOver(old, made, io, wanted);
	return made;
}

/** In one request: no moment in which it has less, or is for others. */
export async function carryOver(old: Found, made: Found, io: Io, wanted: Values): Promise<void> {
	const { raw } = await deployments.fetch(io.platform, old.id);
	const { properties } = await carriedTo(wanted.type, { ...old, raw }, io.platform);
	const { advanced, notes, credentials } = raw.configuration as Thing;
	const configuration = { ...(made.raw.configuration as Thing), properties, advanced, notes, credentials };
	const values = { ...made.values, client: old.values.client };
	const said = Object.keys(wanted).filter((field) => !["name", "type", "active"].includes(field));
	await deployments.change(io, { ...made, values, raw: { ...made.raw, configuration } }, wanted, new Set(said));
}

/** The old one goes, where it is still there, and the new one gets its name. */
export async function takePlaceOf(old: Found | undefined, io: Io, madeId: string, name: string): Promise<void> {
	if (old) await deployments.remove(io, old);
	const raw = await configured(io.platform, (await io.platform.get(`${path}/${madeId}`)).body);
	const made = { id: idOf(raw), name: deployments.nameOf(raw), values: {}, raw };
	if (made.name !== name) await deployments.change(io, made, { name }, new Set(["name"]));
}
