/** Things that one request makes and one changes whole. */

import type { Platform, Thing } from "../../platform/platform.ts";
import type { Values } from "../format/sections.ts";
import { type Found, type Io, idOf, type Kind, type Lookup, seenOf, text } from "./kind.ts";

interface Simple {
	path: string;
	/** Where the listing has no pages, it is asked for whole. */
	isPaged?: false;
	/** Other listings of the same kind. */
	alsoListed?: readonly string[];
	nameOf?(raw: Thing): string;
	isBuiltIn?(raw: Thing): boolean;
	valuesOf(raw: Thing, lookup: Lookup): Values;
	/** @param raw as it is until now; what is not said stays so */
	bodyOf(wanted: Values, io: Io, raw?: Thing): Record<string, unknown>;
	/** What was seen goes into the body as `version`. */
	hasVersion?: true;
	isFixed?: true;
}

export function simple(of: Simple): Kind {
	const nameOf = of.nameOf ?? ((raw: Thing) => text(raw.name));
	const found = (raw: Thing, lookup: Lookup, seen?: string): Found => ({
		...{ id: idOf(raw), name: nameOf(raw), values: of.valuesOf(raw, lookup), raw },
		...(seen === undefined ? {} : { seen }),
	});
	return {
		async list(platform: Platform) {
			const paths = [of.path, ...(of.alsoListed ?? [])];
			const read = of.isPaged === false ? whole : (path: string) => platform.list(path);
			return (await Promise.all(paths.map(read))).flat();

			async function whole(path: string) {
				const { entities } = (await platform.get(path)).body;
				return Array.isArray(entities) ? (entities as Thing[]) : [];
			}
		},
		nameOf,
		...(of.isBuiltIn ? { isBuiltIn: of.isBuiltIn } : {}),
		values: async (_platform, raw, lookup) => of.valuesOf(raw, lookup),
		async fetch(platform, id) {
			const { body, etag } = await platform.get(`${of.path}/${id}`);
			const seen = seenOf(body, etag);
			return { raw: body, ...(seen === undefined ? {} : { seen }) };
		},
		async create(io, wanted) {
			const { body, etag } = await io.platform.send("POST", of.path, of.bodyOf(wanted, io));
			return found(body, io.lookup, seenOf(body, etag));
		},
		async change(io, { id, raw, seen }, wanted) {
			if (of.isFixed) return;
			const version = of.hasVersion && typeof raw.version === "number" ? { version: raw.version } : {};
			const body = { ...of.bodyOf(wanted, io, raw), ...version };
			await io.platform.send("PUT", `${of.path}/${id}`, body, of.hasVersion ? undefined : seen);
		},
		async remove(io, { id, seen }) {
			await io.platform.send("DELETE", `${of.path}/${id}`, undefined, seen);
		},
	};
}
