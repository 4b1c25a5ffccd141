import { isDeepStrictEqual } from "node:util";
import { nearestName } from "@inlay/contract/nearest";
import { notSupported } from "../kernel/http/api-error.ts";
import { asksForNothing } from "../kernel/http/contract-check.ts";
import type { Deployment } from "./model.ts";
import { configSchema } from "./types.ts";

/** The parts of a configuration that the platform leaves to each kind of integration. */
const parts = ["properties", "advanced", "credentials"] as const;
type Part = (typeof parts)[number];

/** A misspelt one, which says something also where it is off: `scripttoken: false` would leave the token where it is. */
function isMeant(known: object, name: string): boolean {
	return nearestName(name, Object.keys(known)) !== undefined;
}

/**
 * Refuses what a configuration holds and nothing here acts upon: to keep it would say that it does something. What stands
 * from before, and asks for nothing, may be sent back.
 * @throws ApiError 400 `not.supported` naming it
 */
export function refuseUnread(before: Deployment, sent: Record<Part, Record<string, unknown>>): void {
	const unread = parts.flatMap((part) => {
		const known = part === "properties" ? configSchema(before.typeId, part).properties : {};
		const stood: Readonly<Record<string, unknown>> = { ...before[part] };
		return Object.entries(sent[part])
			.filter(([name, value]) => !Object.hasOwn(known, name) && (!asksForNothing(value) || isMeant(known, name)))
			.filter(([name, value]) => !isDeepStrictEqual(stood[name], value))
			.map(([name]) => `${part}.${name.slice(0, 100)}`);
	});
	if (unread.length > 0) throw notSupported(unread);
}
