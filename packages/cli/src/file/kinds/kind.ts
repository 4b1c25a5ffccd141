/** What each kind of thing needs of the platform: how it is read, made, changed and taken away. */

import type { Platform, Thing } from "../../platform/platform.ts";
import type { Section, Values } from "../format/sections.ts";
import type { Giver } from "./grants.ts";

/** A thing of the organization, in the file's words. */
export interface Found {
	id: string;
	name: string;
	values: Values;
	/** As it was answered. */
	raw: Thing;
	/** As `If-Match` takes it. */
	seen?: string;
}

/** Names of things by their ids, of what was read. */
export interface Lookup {
	nameOf(section: Section, id: unknown): string | undefined;
	/** Name of the home division. */
	home: string;
}

/** Ids of things by their names, made ones included. */
export interface Io {
	platform: Platform;
	/** @throws Error where there is none */
	idOf(section: Section, name: string): string;
	lookup: Lookup;
	giver: Giver;
	/** @throws Error where it is not set */
	password(variable: string): string;
}

/** Somebody else has changed what the plan was made of. */
export class Conflict extends Error {}

/** Fields that somebody wants to know of; a region answers few requests a minute, so nothing is read in vain. */
export type Fields = ReadonlySet<string> | "all";

export interface Kind {
	/** Everything of the kind, as listings tell it. */
	list(platform: Platform): Promise<Thing[]>;
	nameOf(raw: Thing): string;
	/** Comes with the product: may be named, is neither exported nor deleted. */
	isBuiltIn?(raw: Thing): boolean;
	/** Of a thing of the listing, and what else has to be asked for these fields. */
	values(platform: Platform, raw: Thing, lookup: Lookup, fields: Fields): Promise<Values>;
	/** The thing anew, before it is changed. */
	fetch(platform: Platform, id: string): Promise<{ raw: Thing; seen?: string }>;
	/** As much as one request makes; the rest is a change of it. */
	create(io: Io, wanted: Values): Promise<Found>;
	/** @param fields those that differ */
	change(io: Io, found: Found, wanted: Values, fields: ReadonlySet<string>): Promise<void>;
	remove(io: Io, found: Found): Promise<void>;
}

export function wants(fields: Fields, field: string): boolean {
	return fields === "all" || fields.has(field);
}

export function text(value: unknown): string {
	return typeof value === "string" ? value : "";
}

export function idOf(raw: unknown): string {
	return text((raw as { id?: unknown } | undefined)?.id);
}

export function listOf<T = Thing>(value: unknown): T[] {
	return Array.isArray(value) ? (value as T[]) : [];
}

/** The version that a listing or an answer tells beside the model, as `If-Match`; the platform's own has few. */
export function seenOf(raw: Thing, etag?: string): string | undefined {
	if (etag !== undefined) return etag;
	return typeof raw.version === "number" ? `"${raw.version}"` : undefined;
}

/** What is not undefined. */
export function said(values: Record<string, unknown>): Values {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
