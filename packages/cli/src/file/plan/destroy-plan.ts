/** What a file describes, as things that are to go. */

import type { Platform } from "../../platform/platform.ts";
import { nameOf, type Section, sections, thingsOf } from "../format/sections.ts";
import type { Fields } from "../kinds/kind.ts";
import { FileRefused } from "../read/problems.ts";
import type { ReadFile } from "../read/read-file.ts";
import { ambiguity } from "./ambiguity.ts";
import { deletions } from "./deletions.ts";
import { lockOuts, unguarded } from "./lock-out.ts";
import type { Planned } from "./make-plan.ts";
import type { Self } from "./self.ts";
import { readWorld } from "./world.ts";

/** What the file only refers to stays, and what it wants removed is no matter of it. @throws FileRefused */
export async function planDestruction(read: ReadFile, platform: Platform, self: Self): Promise<Planned> {
	const named = sections.map((section) => {
		const names = thingsOf(read.file, section).map((values) => nameOf(section, values));
		return [section, names] as const;
	});
	const present = named.filter(([, names]) => names.length > 0);
	const world = await readWorld(platform, new Map<Section, Fields>(present.map(([section]) => [section, "all"])));
	const problems = present.flatMap(([section, names]) =>
		names.flatMap((name, index) => {
			const text = ambiguity(world, section, name, "Delete the one that is meant by hand.");
			return text === undefined ? [] : [read.problem([section, index], text)];
		}),
	);
	const notes: string[] = [];
	const steps = await deletions(Object.fromEntries(present), world, notes);
	const outs = lockOuts(steps, self, world).map(({ step, text }) => {
		const index = named.find(([section]) => section === step.section)?.[1].indexOf(step.name) ?? 0;
		return read.problem([step.section, Math.max(0, index)], text);
	});
	if (problems.length + outs.length > 0) throw new FileRefused(read.path, [...problems, ...outs]);
	return { steps, notes: steps.length > 0 ? [...notes, ...unguarded(self)] : notes, world };
}
