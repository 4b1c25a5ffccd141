import { randomUUID } from "node:crypto";
import type { Db, Trx } from "../kernel/database/database.ts";
import { Remembered } from "../kernel/database/remembered.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, alreadyExists, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { lookAlike, looksOf } from "../kernel/look-alikes.ts";
import { readName } from "../kernel/names.ts";
import { allDivisions, type DivisionDirectory } from "../routing/ports.ts";
import { definitionChanged } from "./events.ts";
import { type PresenceDefinition, type SystemPresence, systemPresenceNamed, systemPresences } from "./model.ts";
import { definitionsInDivisions, presenceStore } from "./store.ts";

/** What a client sends to make or replace a secondary presence, in either family's spelling. */
export interface DefinitionInput {
	languageLabels: Record<string, string>;
	systemPresence: string;
	deactivated?: boolean;
	divisionId?: string;
}

/** What presences ask of divisions, which they are in. */
type Divisions = Pick<DivisionDirectory["divisions"], "addCounter" | "requireStanding">;

/** The presences that users can take. */
export interface Definitions {
	/** Those not deleted: the system's own first. */
	list(): Promise<PresenceDefinition[]>;
	/** All there ever were, in the same order: past presences name deleted ones. */
	every(): Promise<PresenceDefinition[]>;
	/** As `every`, within a transaction. */
	everyIn(trx: Trx): Promise<PresenceDefinition[]>;
	/** @throws ApiError 404 `not.found`, also for deleted ones */
	require(id: string): Promise<PresenceDefinition>;
	create(input: DefinitionInput & { divisionId: string }, actor: Actor): Promise<PresenceDefinition>;
	/**
	 * @param version the one that the change is based on; undefined: whichever it has
	 * @throws ApiError 400 `bad.request` for one of the system's own, 409 `version.conflict`
	 */
	update(id: string, input: DefinitionInput, actor: Actor, version?: number): Promise<PresenceDefinition>;
	/** Hides it. Who has it keeps it until they choose another. @throws ApiError 409 `version.conflict` */
	remove(id: string, actor: Actor, version?: number): Promise<void>;
	/**
	 * Puts the organization's own under a system presence into an order.
	 * @param ids all of them, each once
	 * @throws ApiError 409 `version.conflict` where these are not they: somebody has added or deleted one meanwhile
	 */
	order(systemPresence: string, ids: readonly string[], actor: Actor): Promise<void>;
}

/** Presences of an organization: every panel lists those that its agent may take. */
const mostDefinitions = 300;

function tooMany(): ApiError {
	return new ApiError(409, "general.conflict", "There are {most} presences already. Delete one that nobody needs.", {
		params: { most: String(mostDefinitions) },
		entityName: "presenceDefinition",
	});
}

export function createDefinitions(kernel: Kernel, divisions: Divisions): Definitions {
	const { database, events, clock } = kernel;
	divisions.addCounter("PRESENCEDEFINITION", definitionsInDivisions);
	const read = async (from: Db | Trx) => (await presenceStore.definitions(from)).toSorted(systemFirst);
	const remembered = new Remembered(() => read(database.db), kernel.feed, ["presencedefinition.changed"]);
	const every = () => remembered.get();
	const list = async () => (await every()).filter((one) => !one.deleted);

	async function require(id: string): Promise<PresenceDefinition> {
		const found = (await list()).find((one) => one.id === id);
		if (!found) throw notFound("presenceDefinition", id);
		return found;
	}

	async function lockSecondary(trx: Trx, id: string, version?: number): Promise<PresenceDefinition> {
		const found = await presenceStore.lockDefinition(trx, id);
		if (!found || found.deleted) throw notFound("presenceDefinition", id);
		if (found.primary) throw systemsOwn(found);
		if (version !== undefined && version !== found.version) {
			throw versionConflict("presenceDefinition", id, version, found.version);
		}
		return found;
	}

	async function create(input: DefinitionInput & { divisionId: string }, actor: Actor): Promise<PresenceDefinition> {
		const now = clock.now();
		const definition: PresenceDefinition = {
			id: randomUUID(),
			...readInput(input),
			divisionId: input.divisionId,
			version: 1,
			position: 0,
			primary: false,
			deleted: false,
			createdDate: now,
			modifiedDate: now,
			...(actor.userId ? { createdBy: actor.userId, modifiedBy: actor.userId } : {}),
		};
		await database.change(async (trx) => {
			await divisions.requireStanding(trx, definition.divisionId, "divisionId");
			const all = await lockedLabels(trx);
			refuseTakenLabel(all, definition);
			if (all.filter((one) => !one.deleted).length >= mostDefinitions) throw tooMany();
			const others = all.filter((one) => one.systemPresence === definition.systemPresence);
			definition.position = 1 + Math.max(0, ...others.map((one) => one.position));
			await presenceStore.insertDefinition(trx, definition);
			await events.append(trx, [definitionChanged(definition, "created", actor)]);
		});
		remembered.forget();
		return definition;
	}

	async function update(
		id: string,
		input: DefinitionInput,
		actor: Actor,
		version?: number,
	): Promise<PresenceDefinition> {
		const changed = await database.change(async (trx) => {
			const before = await lockSecondary(trx, id, version);
			const wanted = readInput(input, before.languageLabels);
			if (wanted.systemPresence !== before.systemPresence) {
				throw badField("systemPresence", "The systemPresence of a presence stays as it was made.");
			}
			const definition: PresenceDefinition = {
				...before,
				...wanted,
				divisionId: input.divisionId ?? before.divisionId,
				version: before.version + 1,
				modifiedDate: clock.now(),
				...(actor.userId ? { modifiedBy: actor.userId } : {}),
			};
			if (input.divisionId) await divisions.requireStanding(trx, input.divisionId, "divisionId");
			refuseTakenLabel(await lockedLabels(trx), definition, before);
			await presenceStore.updateDefinition(trx, definition);
			await events.append(trx, [definitionChanged(definition, "updated", actor)]);
			return definition;
		});
		remembered.forget();
		return changed;
	}

	/** All definitions, while nobody else takes a label. */
	async function lockedLabels(trx: Trx): Promise<PresenceDefinition[]> {
		await presenceStore.lockLabels(trx);
		return read(trx);
	}

	async function remove(id: string, actor: Actor, version?: number): Promise<void> {
		await database.change(async (trx) => {
			const before = await lockSecondary(trx, id, version);
			await presenceStore.updateDefinition(trx, { ...before, deleted: true, modifiedDate: clock.now() });
			await events.append(trx, [definitionChanged(before, "deleted", actor)]);
		});
		remembered.forget();
	}

	async function order(systemPresence: string, ids: readonly string[], actor: Actor): Promise<void> {
		const known = presenceNamed(systemPresence);
		await database.change(async (trx) => {
			const before = await presenceStore.lockUnder(trx, known);
			const isWhole = ids.length === before.length && before.every((one) => ids.includes(one.id));
			if (!isWhole) throw outOfDate(known);
			const moved = before.flatMap((one) => {
				const position = ids.indexOf(one.id) + 1;
				return position === one.position ? [] : [{ ...one, position }];
			});
			for (const one of moved) await presenceStore.updateDefinition(trx, one);
			await events.append(
				trx,
				moved.map((one) => definitionChanged(one, "moved", actor)),
			);
		});
		remembered.forget();
	}

	const everyIn = async (trx: Trx) => remembered.peek() ?? read(trx);

	return { list, every, everyIn, require, create, update, remove, order };
}

/** Agents choose by the label: in the divisions and the language of one, no other may look like it. */
function refuseTakenLabel(
	all: readonly PresenceDefinition[],
	wanted: PresenceDefinition,
	before?: PresenceDefinition,
): void {
	const isThere = ({ divisionId }: PresenceDefinition) =>
		[divisionId, wanted.divisionId].includes(allDivisions) || divisionId === wanted.divisionId;
	const others = all.filter((one) => one.id !== wanted.id && !one.deleted && isThere(one));
	const isMoved = before?.divisionId !== wanted.divisionId;
	const changed = Object.entries(wanted.languageLabels).filter(
		([language, label]) => isMoved || before?.languageLabels[language] !== label,
	);
	const taken = labelsByLook(others, new Set(changed.map(([language]) => languageOf(language))));
	for (const [language, label] of changed) {
		const alike = looksIn(language, label).flatMap((look) => taken.get(look) ?? []);
		const twin = alike.find((one) => lookAlike(one, label));
		if (twin) throw alreadyExists("presenceDefinition", "languageLabels", twin);
	}
}

function readInput(input: DefinitionInput, before: Readonly<Record<string, string>> = {}) {
	const systemPresence = presenceNamed(input.systemPresence);
	const labels = Object.entries(input.languageLabels).map(
		([language, label]) =>
			[language, readName(label, { fieldName: "languageLabels", before: before[language] })] as const,
	);
	if (labels.length === 0) throw badField("languageLabels", "languageLabels needs at least one language.");
	return { systemPresence, languageLabels: Object.fromEntries(labels), deactivated: input.deactivated ?? false };
}

/** The labels of presences in these languages, by what they look like: each is looked at once, however many are asked for. */
function labelsByLook(
	definitions: readonly PresenceDefinition[],
	languages: ReadonlySet<string>,
): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const [language, label] of definitions.flatMap((one) => Object.entries(one.languageLabels))) {
		if (!languages.has(languageOf(language))) continue;
		for (const look of looksIn(language, label)) found.set(look, [...(found.get(look) ?? []), label]);
	}
	return found;
}

/** A locale's label is shown where its language has none: `en_US` and `en` are read by the same people. */
function looksIn(language: string, label: string): string[] {
	return [label.toLowerCase(), ...looksOf(label)].map((look) => `${languageOf(language)} ${look}`);
}

function languageOf(locale: string): string {
	return (locale.split(/[_-]/)[0] ?? locale).toLowerCase();
}

function presenceNamed(text: string): SystemPresence {
	const found = systemPresenceNamed(text);
	if (found) return found;
	throw badField("systemPresence", `${text} is none of the system presences, e.g. Available or Meal.`);
}

/** The system's own, then the organization's by system presence and place; those of one place as they were made. */
function systemFirst(a: PresenceDefinition, b: PresenceDefinition): number {
	if (a.primary !== b.primary) return a.primary ? -1 : 1;
	const bySystem = systemPresences.indexOf(a.systemPresence) - systemPresences.indexOf(b.systemPresence);
	return bySystem || a.position - b.position;
}

function outOfDate(name: SystemPresence): ApiError {
	return new ApiError(
		409,
		"version.conflict",
		"These are not the presences under {name}: one was added or deleted. Read them again.",
		{ params: { name }, entityName: "presenceDefinition" },
	);
}

function systemsOwn(definition: PresenceDefinition): ApiError {
	return new ApiError(400, "bad.request", "The system presence {name} cannot be changed or deleted.", {
		params: { name: definition.systemPresence },
		entityId: definition.id,
		entityName: "presenceDefinition",
	});
}
