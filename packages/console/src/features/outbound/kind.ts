import type { Need } from "../../session/rights.ts";
import type { Mergers } from "../../session/three-way.ts";
import type { KindName } from "./kind-names.ts";
import type { OutboundKey } from "./strings.ts";

/** A thing as the server has it: its fields are its kind's. */
export interface OutboundThing {
	id: string;
	version: number;
	name: string;
	[field: string]: unknown;
}

/** Everything as text, as it is typed; ticked boxes are `true`. */
export type ThingForm = Record<string, string>;

/** A field of a thing's form. */
export type Field = AnyField & {
	/** Of a campaign: it does something in these dialing modes alone. */
	modes?: readonly string[];
};

type AnyField =
	| {
			key: string;
			type: "text" | "number" | "lines" | "check";
			label: OutboundKey;
			hint?: OutboundKey;
			needed?: boolean;
			/** What is to be filled in where it is needed. */
			needs?: OutboundKey;
			/** Of a number: it need not be a whole one. */
			fraction?: true;
			/** Of a number: what it is at least, and at most; 0 to 3600 where it says nothing. */
			least?: number;
			most?: number;
			/** Of a number: nothing is as good. */
			optional?: boolean;
	  }
	| { key: string; type: "choice"; label: OutboundKey; options: readonly OutboundKey[] }
	/** One of another kind, or of the queues. */
	| {
			key: string;
			type: "one";
			label: OutboundKey;
			of: KindName | "queues" | "scripts";
			needed?: boolean;
			needs?: OutboundKey;
	  }
	| { key: string; type: "several"; label: OutboundKey; of: KindName }
	/** Columns of the chosen contact list, with commas between: those that hold numbers, or any; or one of them. */
	| {
			key: string;
			type: "columns" | "column";
			label: OutboundKey;
			from: "phone" | "all";
			hint?: OutboundKey;
			needed?: boolean;
			needs?: OutboundKey;
	  }
	/** The rules of a set, as the API has them. */
	| { key: string; type: "rules"; label: OutboundKey; of: "wrapupcodes" };

export interface Kind {
	path: string;
	view: Need;
	add: Need;
	edit: Need;
	remove: Need;
	title: OutboundKey;
	fresh: OutboundKey;
	fields: readonly Field[];
	formOf(thing: OutboundThing): ThingForm;
	/** @param base what it was; undefined for a new one. What the form does not have stays. */
	bodyOf(form: ThingForm, base: OutboundThing | undefined): object;
	/** Of fields whose values have parts of their own. */
	mergers?: Mergers<ThingForm>;
	/** Fields that do not go with others. */
	problemsOf?(form: ThingForm): string[];
}

export type Reference = { id: string } | undefined;

export const text = (value: unknown) => (value === undefined || value === null ? "" : String(value));
export const idOf = (value: unknown) => (value as Reference)?.id ?? "";
export const reference = (id: string | undefined) => (id ? { id } : undefined);

/** What stands in a text with commas between; what holds a comma itself stands in quotes, as in a CSV. */
export function list(value = ""): string[] {
	return [...value.matchAll(/\s*"((?:[^"]|"")*)"\s*(?=,|$)|[^,]+/g)]
		.map(([whole, quoted]) => quoted?.replaceAll('""', '"') ?? whole.trim())
		.filter((one) => one !== "");
}

/** The text that {@link list} reads as these. */
export function listed(values: readonly string[]): string {
	return values.map((one) => (/,|^["\s]|\s$/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(", ");
}

export const name: Field = { key: "name", type: "text", label: "name", needed: true, needs: "needName" };

/** What stands with the thing and in no field of the form. */
export function kept(base: OutboundThing | undefined, fields: readonly string[]): object {
	return Object.fromEntries(fields.flatMap((field) => (base?.[field] === undefined ? [] : [[field, base[field]]])));
}
