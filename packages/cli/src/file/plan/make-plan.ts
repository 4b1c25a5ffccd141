/** What has to be done for an organization to have what a file says. */

import { templateWordsIn } from "@inlay/contract/template-words";
import type { Platform, Thing } from "../../platform/platform.ts";
import { keyOf, type Section, sections, words } from "../format/sections.ts";
import { filled, type Staged, typesOf, unknownFields, withClientOf } from "../kinds/deployments.ts";
import { type Fields, type Found, idOf, listOf } from "../kinds/kind.ts";
import { kinds } from "../kinds/kinds.ts";
import { FileRefused, type Path, type Problem } from "../read/problems.ts";
import type { ReadFile } from "../read/read-file.ts";
import { ambiguity } from "./ambiguity.ts";
import { type Change, differing } from "./compare.ts";
import { deletions } from "./deletions.ts";
import { afterFarewells, farewell, interimOf, renaming, replacement, withRoom } from "./deployment-replacement.ts";
import { foreseeable } from "./foreseeable.ts";
import { lockOuts, unguarded } from "./lock-out.ts";
import type { Self } from "./self.ts";
import { type Plan, type Step, stepId } from "./step.ts";
import { inNamesOf, type Named, namedThings, type Wanted, wantedThings } from "./wanted.ts";
import { readWorld, type World } from "./world.ts";

export interface Planned extends Plan {
	world: World;
}

/** Reads, and changes nothing. @throws FileRefused naming what cannot be done, with its line */
export async function makePlan(read: ReadFile, platform: Platform, self: Self): Promise<Planned> {
	const world = await readWorld(platform, neededBy(read));
	const named = namedThings(read);
	const problems = [
		...ambiguous(read, world, wantedThings(read, world.lookup.home), named),
		...unknown(read, world, named),
	];
	if (problems.length > 0) throw new FileRefused(read.path, problems);
	const wanted = wantedThings(inNamesOf(world, read), world.lookup.home);
	const notes: string[] = [];
	const steps = (
		await Promise.all(wanted.map((one) => stepsFor(one, { platform, world, notes, problems, read })))
	).flat();
	const gone = await deletions(read.file.remove ?? {}, world, notes);
	const all = ordered(await withRoom([...waiting(steps, named), ...afterFarewells(gone, steps)], platform, world));
	problems.push(...(await tooMany(all, platform, world, read)), ...(await foreseeable(all, platform, read)));
	const outs = lockOuts(all, self, world);
	if (problems.length + outs.length > 0)
		throw new FileRefused(read.path, [...problems, ...outs.map(({ step, text }) => placed(read, step, text))]);
	return { steps: all, notes: all.length > 0 ? [...notes, ...unguarded(self)] : notes, world };
}

/** The most that there may be are told before they are hit. */
async function tooMany(steps: readonly Step[], platform: Platform, world: World, read: ReadFile): Promise<Problem[]> {
	const made = steps.filter(({ action, wanted }) => action === "create" && wanted?.values.type === "private");
	if (made.length === 0) return [];
	const { mostPrivate, private: typeId } = await typesOf(platform);
	const there = world.things("deployments").filter((raw) => idOf(raw.integrationType) === typeId);
	const gone = steps.filter(({ action, found }) => action === "delete" && found?.values.type === "private");
	const count = there.length + made.length - gone.length;
	const wanted = made.at(-1)?.wanted;
	if (!wanted || mostPrivate === undefined || count <= mostPrivate) return [];
	const names = there.map((raw) => `"${kinds.deployments.nameOf(raw)}"`).join(", ");
	const text = `There would be ${count} private deployments, and ${mostPrivate} are the most. The organization has ${names}: see remove.`;
	return [read.problem(wanted.namePath, text)];
}

function placed(read: ReadFile, step: Step, text: string): Problem {
	return step.wanted ? read.problem(step.wanted.namePath, text) : read.problem(["remove", step.section], text);
}

/** Sections and fields of which the file speaks. */
function neededBy(read: ReadFile): Map<Section, Fields> {
	const needed = new Map<Section, Set<string>>();
	const add = (section: Section, fields: Iterable<string> = []) => {
		needed.set(section, new Set([...(needed.get(section) ?? []), ...fields]));
	};
	for (const one of wantedThings(read, "")) add(one.section, fieldsOf(one));
	for (const { section } of namedThings(read)) add(section);
	// What is deleted is read whole: by what it names one knows what goes before what.
	const unwanted = sections.filter((section) => read.file.remove?.[section]?.length);
	return new Map<Section, Fields>([...needed, ...unwanted.map((section) => [section, "all"] as const)]);
}

/** Each name that is written, once. */
function ambiguous(read: ReadFile, world: World, wanted: readonly Wanted[], named: readonly Named[]): Problem[] {
	const places = [
		...wanted.map(({ section, name, namePath }) => ({ section, name, path: namePath })),
		...named,
		...sections.flatMap((section) =>
			(read.file.remove?.[section] ?? []).map((name, index) => ({ section, name, path: ["remove", section, index] })),
		),
	];
	const seen = new Set<string>();
	return places.flatMap(({ section, name, path }) => {
		const text = ambiguity(world, section, name, "Rename or delete one: names say which is meant.");
		const key = stepId(section, keyOf(section, name));
		if (text === undefined || seen.has(key)) return [];
		seen.add(key);
		return [read.problem(path, text)];
	});
}

function unknown(read: ReadFile, world: World, named: readonly Named[]): Problem[] {
	const made = new Set(
		wantedThings(read, "")
			.filter(({ isImplied }) => !isImplied)
			.map(({ section, name }) => stepId(section, keyOf(section, name))),
	);
	return named.flatMap(({ section, name, path }) => {
		const unwanted = (read.file.remove?.[section] ?? []).some((one) => keyOf(section, one) === keyOf(section, name));
		if (unwanted) return [read.problem(path, `The ${words[section]} "${name}" is not to be: see remove.`)];
		if (made.has(stepId(section, keyOf(section, name))) || world.named(section, name).length > 0) return [];
		const text = `There is no ${words[section]} "${name}", neither in this file under ${section} nor in the organization.`;
		return [read.problem(path, text)];
	});
}

interface Making {
	platform: Platform;
	world: World;
	notes: string[];
	problems: Problem[];
	read: ReadFile;
}

async function stepsFor(one: Wanted, making: Making): Promise<Step[]> {
	const { world } = making;
	const [raw] = world.named(one.section, one.name);
	const fields = fieldsOf(one);
	if (one.section === "deployments" && one.values.type === undefined)
		return stepsFor({ ...one, values: { ...one.values, type: await typeOf(raw, making) } }, making);
	const interim = await interimOf(one, world);
	const found = raw ? await world.complete(one.section, raw, fields) : interim;
	const joined = withJoining(one, found, world);
	// Names that are the same but for their case are one: it stays as it is. People are known by their address.
	const values = found && one.section !== "users" ? { ...joined, name: found.name } : joined;
	const wanted = { ...one, values };
	if (one.section === "deployments") return deploymentSteps(wanted, { found, interim }, making);
	return plainSteps(wanted, found);
}

/** Of a deployment of whose type the file says nothing: it stays what it is; a new one is private. */
async function typeOf(raw: Thing | undefined, { world }: Making): Promise<unknown> {
	return raw ? (await world.complete("deployments", raw, "all")).values.type : "private";
}

function fieldsOf({ values, joining }: Wanted): Set<string> {
	return new Set([...Object.keys(values), ...(joining.length > 0 ? ["members"] : [])]);
}

/** Who is a member by their own entry joins those whom the file names, or else whoever is there. */
function withJoining(one: Wanted, found: Found | undefined, world: World): Wanted["values"] {
	const { values, joining } = one;
	if (!fieldsOf(one).has("members")) return values;
	const before = (values.members ?? found?.values.members ?? []) as string[];
	const all = [...new Set([...before, ...joining].map((email) => email.toLowerCase()))];
	// A deactivated account may be counted or not, by the kind and the organization: it stays what it is.
	const there = new Set(((found?.values.members ?? []) as string[]).map((email) => email.toLowerCase()));
	return { ...values, members: all.filter((email) => there.has(email) || !isInactive(email, world)) };
}

function isInactive(email: string, world: World): boolean {
	return world.named("users", email)[0]?.state === "inactive";
}

function plainSteps(wanted: Wanted, found: Found | undefined): Step[] {
	const { section, name, values } = wanted;
	const id = stepId(section, keyOf(section, name));
	const base = { id, section, name, after: [], phase: 1 as const, wanted };
	if (!found) return [{ ...base, action: "create", changes: changesOf(values) }];
	const changes = differing(withoutName(values), found.values);
	return changes.length === 0 ? [] : [{ ...base, action: "change", changes, found }];
}

/** By the name it was found. */
function withoutName(values: Wanted["values"]): Wanted["values"] {
	const { name, email, ...rest } = values;
	return email === undefined ? rest : name === undefined ? rest : { ...rest, name };
}

function changesOf(values: Wanted["values"]): Change[] {
	return Object.entries(values)
		.filter(([field, value]) => value !== undefined && !["name", "email", "password"].includes(field))
		.map(([field, after]) => ({ field, before: undefined, after }));
}

/** A deployment, and what an earlier run has made to take the place of one of another type. */
interface There {
	found: Found | undefined;
	interim: Found | undefined;
}

/** Switched on last, when everything that it is about is there; a type cannot be changed, so the deployment is replaced. */
async function deploymentSteps(wanted: Wanted, { found, interim }: There, making: Making): Promise<Step[]> {
	const { platform, world, notes, problems, read } = making;
	const left = unknownFields(wanted.values, await typesOf(platform));
	if (left.length > 0)
		notes.push(
			`deployment "${wanted.name}": ${left.join(", ")} is left out, as this organization's configuration has no such property. Set it by hand.`,
		);
	const filler = { ...wanted, values: withClientOf(found, wanted.values) };
	const clientId = clientIdOf(filler, world);
	problems.push(...unfilled(filler, read));
	const entries = Object.entries(wanted.values).filter(([field]) => !left.includes(field) && field !== "active");
	const appName = String(filler.values.client ?? wanted.values.name);
	const values: Record<string, unknown> = Object.fromEntries(entries);
	const seen = { ...values };
	if (typeof values.script === "string")
		seen.script = filled(values.script, { appName, ...(clientId === undefined ? {} : { clientId }) });
	if (found && found.values.type !== wanted.values.type) {
		const steps = await replacement({ ...wanted, values }, seen, { old: found, interim, platform, notes });
		// The old one may be off only because an earlier run was stopped on its way to delete it.
		const active = wanted.values.active ?? (found.values.active === true || interim?.values.active === true);
		const all = [...steps, ...activation({ ...wanted, values: { active } }, interim)];
		return [...all, farewell(wanted, found, interim, all)];
	}
	const steps = plainSteps({ ...wanted, values: seen }, found).map((step) => ({
		...step,
		changes: withEndOfStage(step.changes, found),
		// The script as it is written: what it is filled with may not be known before.
		wanted: { ...wanted, values },
	}));
	notes.push(...stillStaged(wanted.name, found, steps));
	const all = [...steps, ...activation({ ...wanted, values: { active: wanted.values.active } }, found)];
	return found && found === interim ? renaming(all, wanted, interim) : all;
}

/** Another script for everybody ends what some groups have before them: whoever agrees to the plan agrees to that. */
function withEndOfStage(changes: readonly Change[], found: Found | undefined): readonly Change[] {
	const staged = found?.values.staged;
	if (!staged || !changes.some(({ field }) => field === "script")) return changes;
	return [...changes, { field: "staged", before: staged, after: null }];
}

/** The file describes what everybody has: what some groups have beside it stays, and is not passed over in silence. */
function stillStaged(name: string, found: Found | undefined, steps: readonly Step[]): string[] {
	const staged = found?.values.staged as Staged | undefined;
	if (!staged || steps.some(({ changes }) => changes.some(({ field }) => field === "staged"))) return [];
	const groups = staged.groups.join(", ");
	return [
		`deployment "${name}": ${groups} run version ${staged.version} of its script, which is staged. The file says what everybody has; release or withdraw that version in the console.`,
	];
}

/** What is to be filled in, and by nothing: no panel is given a script with `{{clientId}}` in it. */
function unfilled({ values, path }: Wanted, read: ReadFile): Problem[] {
	if (typeof values.script !== "string") return [];
	const [left] = templateWordsIn(filled(values.script, { appName: "", ...(values.client ? { clientId: "" } : {}) }));
	if (!left) return [];
	const text = left.isExact
		? `The script has ${left.written} in it, and nothing says which OAuth client that is: write client, its name.`
		: `The script has ${left.written} in it, which nothing fills in. Write {{${left.word}}}.`;
	return [read.problem([...path, "script"], text)];
}

function clientIdOf({ values }: Wanted, world: World): string | undefined {
	const [client] = typeof values.client === "string" ? world.named("clients", values.client) : [];
	return client ? idOf(client) : undefined;
}

function activation(wanted: Wanted, found: Found | undefined): Step[] {
	const { name, values } = wanted;
	if (values.active === undefined || (found?.values.active ?? false) === values.active) return [];
	const id = stepId("deployments", keyOf("deployments", name), "active");
	const changes = [{ field: "active", before: found?.values.active ?? false, after: values.active }];
	const about = { section: "deployments" as const, name, changes, after: [], phase: 1 as const, wanted };
	return [{ id, action: "change", ...about, ...(found ? { found } : {}) }];
}

/** Who names something waits until that is made; who is switched on, until everything about it is done. */
function waiting(steps: readonly Step[], named: readonly Named[]): Step[] {
	const made = new Set(steps.filter(({ action }) => action === "create").map(({ id }) => id));
	const all = new Set(steps.map(({ id }) => id));
	return steps.map((step) => {
		if (!step.wanted || step.phase !== 1) return step;
		const { section, path, values } = step.wanted;
		const isActivation = step.id.endsWith("/active") && section === "deployments";
		const own = step.wanted.isImplied ? [] : named.filter((one) => isOf(one, path));
		const people = listOf<string>(values.members).map((email) => ({ section: "users" as const, name: email }));
		const division = { section: "divisions" as const, name: String(values.division ?? "") };
		const needs = [...own, ...people, division].map(({ section: of, name }) => stepId(of, keyOf(of, name)));
		const before = needs.filter((id) => id !== step.id && (isActivation ? all : made).has(id));
		const itself = isActivation ? [stepId(section, keyOf(section, step.name))].filter((id) => all.has(id)) : [];
		return { ...step, after: [...new Set([...step.after, ...before, ...itself])] };
	});
}

/** Groups and queues are named by their people, and wait for them. */
function isOf({ path: at }: Named, path: Path): boolean {
	return at[0] === path[0] && at[1] === path[1] && !(at[0] === "users" && (at[2] === "groups" || at[2] === "queues"));
}

/** As they are done and told: by phase, and by section. */
function ordered(steps: readonly Step[]): Step[] {
	const rank = (step: Step) => step.phase * 1_000 + (step.phase === 1 ? sections.indexOf(step.section) : 0);
	return steps.toSorted((a, b) => rank(a) - rank(b) || Number(isLast(a)) - Number(isLast(b)));
}

function isLast(step: Step): boolean {
	return step.id.endsWith("/active");
}
