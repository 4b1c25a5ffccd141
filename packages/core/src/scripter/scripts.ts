import { randomUUID } from "node:crypto";
import type { ScriptDocument } from "@inlay/contract/scripter/agent-script";
import type { Trx } from "../kernel/database/database.ts";
import type { Referrer } from "../kernel/database/references.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { type Asker, usesParams } from "../kernel/sight.ts";
import type { DivisionDirectory } from "../routing/ports.ts";
import { isUniqueViolation } from "../routing/unique.ts";
import { scriptChanged } from "./events.ts";
import { holdNamed } from "./hold-named.ts";
import type { AgentScript, PublishedScript } from "./model.ts";
import { referredScripts, scriptStore, scriptsInDivisions } from "./script-store.ts";

/** A script as it is sent. */
export interface SentScript {
	name: string;
	divisionId: string;
	document: ScriptDocument;
}

/** Scripts that agents follow: written, published and deleted (agent-features 17). */
export function createScripts(
	{ database, events, clock }: Pick<Kernel, "database" | "events" | "clock">,
	directory: DivisionDirectory,
) {
	const store = scriptStore(database.db);
	const referrers: Referrer[] = [];
	directory.divisions.addCounter("SCRIPT", scriptsInDivisions);

	async function locked(trx: Trx, id: string, seen?: number): Promise<AgentScript> {
		const found = await store.lock(trx, id);
		if (!found) throw notFound("script", id);
		if (seen !== undefined && seen !== found.version) throw versionConflict("script", id, seen, found.version);
		return found;
	}

	function saving<T>(name: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		return database.change(work).catch((error: unknown) => {
			throw isUniqueViolation(error, "agent_scripts_name") ? nameTaken(name) : error;
		});
	}

	/** What of scripts names a thing. */
	const uses =
		(what: Parameters<typeof store.naming>[1]): Referrer =>
		async (trx, id) =>
			(await store.naming(trx, what, id)).map(({ name, divisionId }) => ({
				what: `the script ${name}`,
				seenBy: { permissions: ["scripter:script:view", "scripter:script:search"], divisionId },
			}));

	return {
		store,
		uses,
		/** A step that leads into a queue that was forced away is refused when it is taken. */
		ofQueues: { numbersInto: async () => [], workingFor: uses("queue"), endQueue: async () => undefined },
		hold: referredScripts.hold,

		/** @throws ApiError 404 `not.found` */
		async require(id: string): Promise<AgentScript> {
			const found = await store.find(id);
			if (!found) throw notFound("script", id);
			return found;
		},

		/** @throws ApiError 404 where nothing of it was published */
		async requirePublished(id: string): Promise<PublishedScript> {
			const published = (await store.find(id))?.published;
			const found = published && (await store.version(published.versionId));
			if (!found) throw notFound("published script", id);
			return found;
		},

		/** @throws ApiError 400 where it names what there is not, 409 `general.conflict` where the name is taken */
		create(sent: SentScript, actor?: Actor, id: string = randomUUID()): Promise<AgentScript> {
			const now = clock.now();
			const script = { ...sent, id, name: readName(sent.name), version: 1, dateCreated: now, dateModified: now };
			return saving(script.name, async (trx) => {
				await store.names.refuseTwin(trx, script, nameTaken);
				await directory.divisions.requireStanding(trx, script.divisionId, "division.id");
				await holdNamed(trx, script.document);
				await store.insert(trx, script);
				await events.append(trx, [scriptChanged(script, "created", actor)]);
				return script;
			});
		},

		/** @param seen the version that the caller has seen @throws ApiError 400, 409 */
		change(id: string, sent: SentScript, seen: number | undefined, actor: Actor): Promise<AgentScript> {
			return saving(sent.name, async (trx) => {
				const before = await locked(trx, id, seen);
				const name = readName(sent.name, { before: before.name });
				const after = { ...before, ...sent, name, version: before.version + 1, dateModified: clock.now() };
				await store.names.refuseTwin(trx, { ...after, before: before.name }, nameTaken);
				if (after.divisionId !== before.divisionId)
					await directory.divisions.requireStanding(trx, after.divisionId, "division.id");
				await holdNamed(trx, after.document, before.document);
				await store.update(trx, after);
				await events.append(trx, [scriptChanged(after, "updated", actor)]);
				return after;
			});
		},

		/**
		 * What is written now is what agents get from their next interaction on.
		 * @throws ApiError 400 where it names what there is not any more, 404, 409
		 */
		publish(id: string, seen: number | undefined, actor?: Actor): Promise<PublishedScript> {
			return database.change(async (trx) => {
				const script = await locked(trx, id, seen);
				await holdNamed(trx, script.document);
				const version: PublishedScript = {
					id: randomUUID(),
					scriptId: id,
					name: script.name,
					divisionId: script.divisionId,
					number: (script.published?.number ?? 0) + 1,
					document: script.document,
					publishedAt: clock.now(),
					publishedBy: actor?.userId,
				};
				await store.publish(trx, version);
				await events.append(trx, [scriptChanged(script, "published", actor, version.number)]);
				return version;
			});
		},

		/** @param asker reads of what he may see @throws ApiError 409 `general.conflict` while a queue or a campaign shows it */
		async remove(id: string, seen: number | undefined, actor: Actor, asker: Asker): Promise<void> {
			await database.change(async (trx) => {
				const script = await locked(trx, id, seen);
				const uses = (await Promise.all(referrers.map((of) => of(trx, id)))).flat();
				if (uses.length > 0) throw inUse(script, usesParams(uses, asker));
				await store.delete(trx, id);
				await events.append(trx, [scriptChanged(script, "deleted", actor)]);
			});
		},

		/** What names scripts tells here what of it does. */
		onRemove: (referrer: Referrer) => void referrers.push(referrer),
	};
}

export type Scripts = ReturnType<typeof createScripts>;

function nameTaken(name: string): ApiError {
	return new ApiError(409, "general.conflict", "A script with the name {name} exists already; choose another name.", {
		params: { name },
		details: [{ errorCode: "general.conflict", fieldName: "name", entityName: "script" }],
		entityName: "script",
	});
}

function inUse({ id, name }: AgentScript, by: ReturnType<typeof usesParams>): ApiError {
	return new ApiError(409, "general.conflict", "The script {name} is shown by {by}; change that first.", {
		params: { name, ...by },
		entityId: id,
		entityName: "script",
	});
}
