import { type Section, words } from "../format/sections.ts";
import { idOf } from "../kinds/kind.ts";
import type { World } from "./world.ts";

/** Of two of the same name nobody knows which is meant: a sentence with both ids; undefined where there is one or none. */
export function ambiguity(world: World, section: Section, name: string, advice: string): string | undefined {
	const found = world.named(section, name);
	if (found.length < 2) return undefined;
	const ids = found.map(idOf).join(" and ");
	return `The organization has ${found.length} of the name "${name}" (${words[section]} ${ids}). ${advice}`;
}
