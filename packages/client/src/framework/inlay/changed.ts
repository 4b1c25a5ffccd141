import type { Interaction, InteractionChange } from "@inlay/contract";

/** `inlay:change`: what differs, by key; undefined where nothing does. */
export function changedIn({ old, new: now }: InteractionChange): { id: string; changed: object } | undefined {
	const keys = new Set([...Object.keys(old), ...Object.keys(now)]) as Set<keyof Interaction>;
	const differing = [...keys].filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]));
	if (differing.length === 0) return undefined;
	return { id: now.id, changed: Object.fromEntries(differing.map((key) => [key, { old: old[key], new: now[key] }])) };
}
