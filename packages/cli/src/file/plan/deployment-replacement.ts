/** Steps by which a deployment is replaced by one of another type: the new one is made first, and the old one goes last. */

import type { Platform } from "../../platform/platform.ts";
import { keyOf, type Values } from "../format/sections.ts";
import { carriedTo, finalName, interimName } from "../kinds/deployment-replacement.ts";
import { typesOf } from "../kinds/deployments.ts";
import { type Found, idOf } from "../kinds/kind.ts";
import { type Change, differing } from "./compare.ts";
import { type Step, stepId } from "./step.ts";
import type { Wanted } from "./wanted.ts";
import type { World } from "./world.ts";

/** What an earlier run has made to take this one's place, and did not come to rename. */
export async function interimOf({ section, name, values }: Wanted, world: World): Promise<Found | undefined> {
	if (section !== "deployments") return undefined;
	const [raw] = world.named(section, interimName(name, values.type));
	const found = raw && (await world.complete(section, raw, "all"));
	return found?.values.type === values.type ? found : undefined;
}

/** The old one is gone, and the new one is to get its name when everything else of it is done. */
export function renaming(steps: readonly Step[], wanted: Wanted, interim: Found): Step[] {
	const change = nameChange(finalName(interim.name, wanted.values.type), wanted);
	const rename: Step = {
		id: stepId("deployments", keyOf("deployments", wanted.name), "replaced"),
		action: "change",
		...{ section: "deployments", name: wanted.name, changes: [change], phase: 1, found: interim },
		wanted: { ...wanted, values: { name: change.after } },
		after: steps.map(({ id }) => id),
	};
	return [...steps, rename];
}

function nameChange(name: string, { values }: Wanted): Change {
	return { field: "name", before: interimName(name, values.type), after: name };
}

interface Replacing {
	old: Found;
	/** What an earlier run has made. */
	interim: Found | undefined;
	platform: Platform;
	notes: string[];
}

/** @param seen what the file wants, as the organization would tell it */
export async function replacement(
	wanted: Wanted,
	seen: Values,
	{ old, interim, platform, notes }: Replacing,
): Promise<Step[]> {
	const { left } = await carriedTo(wanted.values.type, old, platform);
	const lost = [
		...left.filter((field) => wanted.values[field] === undefined),
		...(old.values.staged ? ["staged"] : []),
	];
	notes.push(
		`deployment "${wanted.name}": the new one has another address and a history of scripts of its own.${lost.length > 0 ? ` Not carried over, as the new one cannot have it: ${lost.join(", ")}.` : ""}`,
	);
	const { name: _name, type: _type, active: _active, staged: _staged, ...before } = old.values;
	const kept = Object.entries(before).filter(([field]) => !left.includes(field));
	const { name: _own, type, active: _on, ...written } = seen;
	const all = { ...Object.fromEntries(kept), ...written };
	const base = {
		id: stepId("deployments", keyOf("deployments", wanted.name)),
		...{ section: "deployments" as const, name: wanted.name, after: [], phase: 1 as const, wanted, replaces: old },
		because: whyReplaced(old, wanted),
	};
	const changes = interim
		? differing(all, interim.values)
		: Object.entries({ type, ...all }).map(([field, after]) => ({ field, before: undefined, after }));
	if (!interim) return [{ ...base, action: "create", changes: changes.filter(({ after }) => isSomething(after)) }];
	return changes.length === 0 ? [] : [{ ...base, action: "change", changes, found: interim }];
}

function isSomething(value: unknown): boolean {
	return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** @param steps of the new one */
export function farewell(wanted: Wanted, old: Found, interim: Found | undefined, steps: readonly Step[]): Step {
	return {
		id: stepId("deployments", keyOf("deployments", wanted.name), "replaced"),
		action: "delete",
		...{
			section: "deployments",
			name: wanted.name,
			changes: [nameChange(old.name, wanted)],
			phase: 2,
			found: old,
			wanted,
		},
		because: whyReplaced(old, wanted),
		after: steps.map(({ id }) => id),
		replaces: old,
		...(interim ? { madeId: interim.id } : {}),
	};
}

function whyReplaced(old: Found, wanted: Wanted): string {
	return `it is ${old.values.type} and shall be ${wanted.values.type}: a deployment's type cannot be changed, so one with another address is made, with everything that the file does not write, and the old one is deleted last`;
}

const isFarewell = ({ action, replaces }: Step) => action === "delete" && replaces !== undefined;

/** Where the most that there may be leaves no room, private ones that are replaced go before others are made. */
export async function withRoom(steps: readonly Step[], platform: Platform, world: World): Promise<Step[]> {
	const isPrivate = (found: Found | undefined) => found?.values.type === "private";
	const going = steps.filter((step) => isFarewell(step) && isPrivate(step.found)).map(({ id }) => id);
	const isMade = ({ action, wanted }: Step) => action === "create" && wanted?.values.type === "private";
	const made = steps.filter(isMade);
	if (going.length === 0 || made.length === 0) return [...steps];
	const { mostPrivate = Number.POSITIVE_INFINITY, private: typeId } = await typesOf(platform);
	const there = world.things("deployments").filter((raw) => idOf(raw.integrationType) === typeId).length;
	const gone = steps.filter((step) => step.phase === 0 && isPrivate(step.found)).length;
	if (there - gone + made.length <= mostPrivate) return [...steps];
	return steps.map((step) => {
		if (going.includes(step.id)) return { ...step, phase: 1 };
		return isMade(step) ? { ...step, after: [...step.after, ...going] } : step;
	});
}

/** What an old one may still name goes after it. */
export function afterFarewells(gone: readonly Step[], steps: readonly Step[]): Step[] {
	const ids = steps.filter(isFarewell).map(({ id }) => id);
	return gone.map((step) => (step.phase === 2 ? { ...step, after: [...step.after, ...ids] } : step));
}
