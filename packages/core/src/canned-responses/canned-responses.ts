import { randomUUID } from "node:crypto";
import type { Conversation } from "../conversations/model.ts";
import { mostAttachmentBytes } from "../email/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { alreadyExists, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { isUniqueViolation } from "../routing/unique.ts";
import { type AssetDeps, createAssets } from "./assets/assets.ts";
import type { ResponseAsset } from "./assets/model.ts";
import { libraryChanged, responseChanged } from "./events.ts";
import { libraryStore } from "./library-store.ts";
import type { CannedResponse, Library, ResponseMedium } from "./model.ts";
import { responseStore } from "./response-store.ts";

export interface CannedResponseDeps extends AssetDeps {
	/** Those of the queues that stand, held so until the transaction ends. */
	holdQueues(trx: Trx, queueIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export type LibraryWish = Pick<Library, "name" | "queueIds">;
export type ResponseWish = Pick<CannedResponse, "name" | "libraryIds" | "assetIds" | "value">;

/** As many as a composer is offered at once. */
const mostOffered = 1_000;

/** Texts that are written again and again, in libraries (agent-features 9). */
export function createCannedResponses(kernel: Kernel, { holdQueues, ...deps }: CannedResponseDeps) {
	const { database, events, clock } = kernel;
	const [libraries, responses] = [libraryStore(database.db), responseStore(database.db)];
	const assets = createAssets(kernel, deps);

	async function keepLibrary(trx: Trx, library: Library, before: Library | undefined, actor: Actor) {
		const { id, name, queueIds = [] } = library;
		const taken = (twin: string) => alreadyExists("library", "name", twin);
		await libraries.names.refuseTwin(trx, { id, name, before: before?.name }, taken);
		const standing = await holdQueues(trx, queueIds);
		const gone = queueIds.find((one) => !standing.has(one));
		if (gone !== undefined) throw badField("inlay.queueIds", `No queue with id ${gone}.`);
		await libraries.save(trx, library);
		await events.append(trx, [libraryChanged(library, before ? "updated" : "created", actor)]);
		return library;
	}

	function saving<T>(name: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		return database.change(work).catch((error: unknown) => {
			throw isUniqueViolation(error, "response_libraries_name") ? alreadyExists("library", "name", name) : error;
		});
	}

	async function lockLibrary(trx: Trx, id: string, seen: number | undefined): Promise<Library> {
		const found = await libraries.lock(trx, id);
		if (!found) throw notFound("library", id);
		if (seen !== undefined && seen !== found.version) throw versionConflict("library", id, seen, found.version);
		return found;
	}

	async function lockResponse(trx: Trx, id: string, seen?: number): Promise<CannedResponse> {
		const found = await responses.lock(trx, id);
		if (!found) throw notFound("response", id);
		if (seen !== undefined && seen !== found.version) throw versionConflict("response", id, seen, found.version);
		return found;
	}

	/** What no email takes could be put into none: whoever saves it hears of that, and not each agent who wants to use it. */
	async function requireMailSize(trx: Trx, assetIds: readonly string[]): Promise<void> {
		const files = await assets.store.find(assetIds, trx);
		if (files.reduce((sum, { size }) => sum + size, 0) <= mostAttachmentBytes) return;
		const text = `The files of a response that goes into emails may have ${mostAttachmentBytes / 1024 / 1024} MB together.`;
		throw badField("assets", text, "response.assets.size");
	}

	async function keepResponse(trx: Trx, response: CannedResponse, what: "created" | "updated", actor: Actor) {
		const standing = await libraries.referred.hold(trx, response.libraryIds);
		const gone = response.libraryIds.find((one) => !standing.has(one));
		if (gone !== undefined) throw badField("libraries", `No library with id ${gone}.`);
		const files = await assets.store.referred.hold(trx, response.assetIds);
		const lost = response.assetIds.find((one) => !files.has(one));
		if (lost !== undefined) throw badField("assets", `No response asset with id ${lost}.`);
		const { media, isSignature } = response.value;
		if (!isSignature && (media?.includes("email") ?? true)) await requireMailSize(trx, response.assetIds);
		await responses.save(trx, response);
		await events.append(trx, [responseChanged(response, what, actor)]);
		return response;
	}

	return {
		libraries,
		responses,
		assets,

		async requireLibrary(id: string): Promise<Library> {
			const found = await libraries.find(id);
			if (!found) throw notFound("library", id);
			return found;
		},

		async requireResponse(id: string): Promise<CannedResponse> {
			const found = await responses.find(id);
			if (!found) throw notFound("response", id);
			return found;
		},

		/** @throws ApiError 400 naming the field, 409 `resource.already.exists` */
		createLibrary(wish: LibraryWish, actor: Actor): Promise<Library> {
			const { userId } = actor;
			const made = {
				id: randomUUID(),
				...wish,
				createdAt: clock.now(),
				version: 1,
				...(userId ? { createdBy: userId } : {}),
			};
			return saving(wish.name, (trx) => keepLibrary(trx, made, undefined, actor));
		},

		/** @param seen the version that the caller has seen @throws ApiError 400, 404, 409 */
		changeLibrary(id: string, wish: LibraryWish, seen: number | undefined, actor: Actor): Promise<Library> {
			return saving(wish.name, async (trx) => {
				const before = await lockLibrary(trx, id, seen);
				const { queueIds: _before, ...kept } = before;
				return keepLibrary(trx, { ...kept, ...wish, version: before.version + 1 }, before, actor);
			});
		},

		/** The responses that are in no other library go with it. */
		async removeLibrary(id: string, seen: number | undefined, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				const found = await lockLibrary(trx, id, seen);
				await libraries.delete(trx, id);
				await events.append(trx, [libraryChanged(found, "deleted", actor)]);
			});
		},

		/** @throws ApiError 400 naming the field */
		createResponse(wish: ResponseWish, actor: Actor): Promise<CannedResponse> {
			const { userId } = actor;
			const made: CannedResponse = {
				...{ id: randomUUID(), ...wish, createdAt: clock.now(), version: 1, uses: 0 },
				...(userId ? { createdBy: userId } : {}),
			};
			return database.change((trx) => keepResponse(trx, made, "created", actor));
		},

		/** @throws ApiError 400, 404, 409 */
		changeResponse(id: string, wish: ResponseWish, seen: number | undefined, actor: Actor): Promise<CannedResponse> {
			return database.change(async (trx) => {
				const before = await lockResponse(trx, id, seen);
				return keepResponse(trx, { ...before, ...wish, version: before.version + 1 }, "updated", actor);
			});
		},

		async removeResponse(id: string, seen: number | undefined, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				const found = await lockResponse(trx, id, seen);
				await responses.delete(trx, id);
				await events.append(trx, [responseChanged(found, "deleted", actor)]);
			});
		},

		/** What may be written in a conversation of the queue, by this medium or, spoken, any; signatures are put in by themselves. */
		async offeredIn(queueId: string | undefined, medium?: ResponseMedium): Promise<CannedResponse[]> {
			const open = (await libraries.all()).filter(
				({ queueIds }) => queueIds === undefined || (queueId !== undefined && queueIds.includes(queueId)),
			);
			const filter = { libraryIds: open.map(({ id }) => id), isSignature: false };
			const { found } = await responses.page(filter, { limit: mostOffered, offset: 0 });
			return found.filter(({ value }) => !medium || !value.media || value.media.includes(medium));
		},

		/**
		 * The files of a response that is offered in the conversation.
		 * @throws ApiError 404 for one that is not
		 */
		async filesOffered(id: string, { participants }: Conversation, medium: ResponseMedium): Promise<ResponseAsset[]> {
			const here = new Set(participants.flatMap(({ queueId }) => queueId ?? []));
			const found = await responses.find(id);
			const open = new Set(
				(await libraries.all())
					.filter(({ queueIds }) => queueIds === undefined || queueIds.some((one) => here.has(one)))
					.map((one) => one.id),
			);
			const { isSignature, media } = found?.value ?? {};
			const isOffered = !isSignature && (media?.includes(medium) ?? true);
			if (!found || !isOffered || !found.libraryIds.some((one) => open.has(one))) throw notFound("response", id);
			return assets.store.ofResponse(id);
		},

		async noteUse(id: string, conversationId: string, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				await lockResponse(trx, id);
				const { userId } = actor;
				await responses.noteUse(trx, { id, conversationId, at: clock.now(), ...(userId ? { userId } : {}) });
			});
		},

		/** For queues' end: a library does not keep one. */
		ofQueues: {
			numbersInto: async () => [],
			endQueue: (trx: Trx, queueId: string) => libraries.forgetQueue(trx, queueId),
		},
	};
}

export type CannedResponses = ReturnType<typeof createCannedResponses>;
