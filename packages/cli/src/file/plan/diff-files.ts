/** What differs between two files. */
import { keyOf, type Section, words } from "../format/sections.ts";
import type { ReadFile } from "../read/read-file.ts";
import { type Change, differing } from "./compare.ts";
import { type Wanted, wantedThings } from "./wanted.ts";
import { changeText, plain } from "./words.ts";

/** Lines for people; none where both say the same. */
export function diffFiles(before: ReadFile, after: ReadFile): string[] {
	const [was, is] = [byName(before), byName(after)];
	const gone = [...was].filter(([key]) => !is.has(key)).map(([, one]) => `- ${titleOf(one)}`);
	const come = [...is].filter(([key]) => !was.has(key)).map(([, one]) => `+ ${titleOf(one)}`);
	const unbuilt = new Set([...unbuiltIn(before), ...unbuiltIn(after)]);
	const changed = [...is].flatMap(([key, one]) => {
		const other = was.get(key);
		const all = other ? bothWays(other, one) : [];
		const changes = unbuilt.has(key) ? all.filter(({ field }) => field !== "script") : all;
		return changes.length === 0 ? [] : [`~ ${titleOf(one)}`, ...changes.map((change) => `    ${changeText(change)}`)];
	});
	return [...gone, ...come, ...changed, ...removals(before, after)];
}

function byName(read: ReadFile): Map<string, Wanted> {
	return new Map(
		wantedThings(read, "Home").map((one) => [`${one.section}/${keyOf(one.section, one.name)}`, withMembers(one)]),
	);
}

/** Deployments whose script nobody knows yet: nothing can be said of how it differs. */
function unbuiltIn({ file, scripts }: ReadFile): string[] {
	const found = (file.deployments ?? []).filter(({ script }) => script !== undefined && !scripts.has(script));
	return found.map(({ name }) => `deployments/${keyOf("deployments", name)}`);
}

function withMembers(one: Wanted): Wanted {
	if (one.joining.length === 0) return one;
	const members = [...new Set([...((one.values.members ?? []) as string[]), ...one.joining])];
	return { ...one, values: { ...one.values, members } };
}

/** What only one of them says differs as well. */
function bothWays(before: Wanted, after: Wanted): Change[] {
	const forth = differing(after.values, before.values);
	const told = new Set(forth.map(({ field }) => field));
	const back = differing(before.values, after.values).filter(({ field }) => !told.has(field));
	return [...forth, ...back.map(({ field, before: now, after: then }) => ({ field, before: then, after: now }))];
}

function titleOf({ section, name }: { section: Section; name: string }): string {
	return `${words[section]} ${JSON.stringify(plain(name))}`;
}

function removals({ file: before }: ReadFile, { file: after }: ReadFile): string[] {
	const listed = (file: ReadFile["file"]) =>
		Object.entries(file.remove ?? {}).flatMap(([section, names]) =>
			(names ?? []).map((name) => `remove ${titleOf({ section: section as Section, name })}`),
		);
	const [was, is] = [listed(before), listed(after)];
	return [
		...was.filter((one) => !is.includes(one)).map((one) => `- ${one}`),
		...is.filter((one) => !was.includes(one)).map((one) => `+ ${one}`),
	];
}
