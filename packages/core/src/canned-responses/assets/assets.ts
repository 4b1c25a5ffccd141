import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { AtOnce } from "../../kernel/at-once.ts";
import { cutName } from "../../kernel/cut.ts";
import type { Trx } from "../../kernel/database/database.ts";
import type { Kernel } from "../../kernel/domain.ts";
import type { Actor } from "../../kernel/events/event-log.ts";
import { ApiError, badField, notFound } from "../../kernel/http/api-error.ts";
import { seenName } from "../../kernel/names.ts";
import { type Asker, usesParams } from "../../kernel/sight.ts";
import type { StillMay } from "../../kernel/still-may.ts";
import { newKey } from "../../kernel/storage/object-store.ts";
import { inSteps, keepShort } from "../../kernel/time/pruning.ts";
import type { DivisionDirectory } from "../../routing/ports.ts";
import { assetStore, assetsInDivisions } from "./asset-store.ts";
import { assetTooLarge, assetTypeOf, requireAssetContent, requireAssetName } from "./asset-types.ts";
import { assetChanged } from "./events.ts";
import { largestAsset, type PendingAsset, type ResponseAsset } from "./model.ts";

/** So long an upload may take to begin, ms. */
const ticketMs = 10 * 60_000;
/** So long after that nobody is still bringing it, ms. */
const bringingMs = 10 * 60_000;
const prunedAtOnce = 100;
const linkSeconds = 300;
/** A file is in memory while it comes and is looked through: so many of them at once, and the others wait. */
const broughtAtOnce = 4;

export interface AssetDeps {
	directory: DivisionDirectory;
	organizationId(): Promise<string>;
	stillMay: StillMay;
}

export interface UploadWish {
	name: string;
	divisionId: string;
	/** Base64 or hexadecimal. */
	md5?: string;
}

/** Files that responses bring along: brought, renamed, moved and deleted. */
export function createAssets(kernel: Kernel, { directory, organizationId, stillMay }: AssetDeps) {
	const { database, events, clock, storage, room, log } = kernel;
	const store = assetStore(database.db);
	directory.divisions.addCounter("RESPONSE_ASSET", assetsInDivisions);
	let endPruning: (() => Promise<void>) | undefined;
	/** Those that are on their way here: one at a time for each. */
	const coming = new Set<string>();
	const turns = new AtOnce(broughtAtOnce);

	async function lock(trx: Trx, id: string): Promise<ResponseAsset> {
		const found = await store.lock(trx, id);
		if (!found) throw notFound("response asset", id);
		return found;
	}

	/** What stays by mistake is tried again with the next round: a row tells of it until then. */
	async function clear(key: string): Promise<void> {
		await storage.delete(key);
		await store.forget(key);
	}

	/** One that cannot be deleted keeps no other one there. */
	function clearIfItCan(key: string): Promise<boolean> {
		return clear(key).then(
			() => true,
			(error: unknown) => {
				log.warn({ err: error, key }, "a file that nobody has is still there; trying again later");
				return false;
			},
		);
	}

	async function prune(signal?: AbortSignal): Promise<void> {
		await database.change((trx) => store.giveUp(trx, new Date(clock.now().getTime() - bringingMs)));
		let after = "";
		const step = async () => {
			const found = await store.leftovers(prunedAtOnce, after);
			after = found.at(-1) ?? after;
			let removed = 0;
			for (const key of found) removed += Number(await clearIfItCan(key));
			return { removed, done: found.length < prunedAtOnce };
		};
		await inSteps(step, { pauseMs: 50, signal });
	}

	/** Ten minutes are long: whoever has lost the right or their account meanwhile, person or program, brings nothing more. */
	function mayBring(trx: Trx, { askedBy, divisionId }: PendingAsset): Promise<boolean> {
		return stillMay(trx, askedBy, "responseAssets:asset:add", divisionId);
	}

	/** Each attempt has a key of its own: whoever brings the same one to another server at that moment neither changes nor deletes it. */
	async function keep(pending: PendingAsset, content: Buffer): Promise<void> {
		const asset = { ...pending, key: newKey(await organizationId(), "asset", clock.now()) };
		if (!(await database.change((trx) => store.claim(trx, asset)))) throw ticketInvalid();
		const facts = { contentType: assetTypeOf(asset.name), size: content.length };
		await storage.put(asset.key, once(content), { type: facts.contentType, size: facts.size });
		const isKept = await database.change(async (trx) => {
			if (!(await mayBring(trx, asset))) return false;
			if (!(await store.keep(trx, asset, { ...facts, at: clock.now() }))) return false;
			await events.append(trx, [assetChanged(asset, "created", asset.askedBy)]);
			return true;
		});
		if (isKept) return;
		// Who brings it may not any more, or it was given up, or brought by another one, while it was on its way: no row tells of this file.
		await storage.delete(asset.key);
		throw ticketInvalid();
	}

	return {
		store,
		prune,

		/** @throws ApiError 404 */
		async require(id: string): Promise<ResponseAsset> {
			const [found] = await store.find([id]);
			if (!found) throw notFound("response asset", id);
			return found;
		},

		/** @returns the secret that stands in the address to which the file is brought @throws ApiError 400 */
		async begin({ name: sent, divisionId, md5 }: UploadWish, actor: Actor): Promise<{ id: string; ticket: string }> {
			const name = nameOf(sent);
			const ticket = randomBytes(24).toString("base64url");
			const now = clock.now();
			const key = newKey(await organizationId(), "asset", now);
			const asset: PendingAsset = {
				...{ id: randomUUID(), name, divisionId, key, createdAt: now, modifiedAt: now },
				...{ until: new Date(now.getTime() + ticketMs), askedBy: actor },
				...(actor.userId ? { createdBy: actor.userId } : {}),
				...(md5 ? { md5: readMd5(md5) } : {}),
			};
			await database.change(async (trx) => {
				await directory.divisions.requireStanding(trx, divisionId, "divisionId");
				await store.begin(trx, asset, hashOf(ticket));
			});
			return { id: asset.id, ticket };
		},

		/** The file for which the ticket was given. What is refused may be brought anew until its time is over. @throws ApiError 400, 403, 413 */
		async bring(ticket: string, body: Readable): Promise<void> {
			const asset = await store.pending(hashOf(ticket), clock.now());
			if (!asset || coming.has(asset.id)) throw ticketInvalid();
			room.require();
			coming.add(asset.id);
			try {
				if (!(await database.change((trx) => mayBring(trx, asset)))) throw ticketInvalid();
				await turns.run(async () => {
					const content = await whole(body);
					requireAssetContent(asset.name, content);
					if (asset.md5 && md5Of(content) !== asset.md5) throw otherContent();
					await keep(asset, content);
				});
			} catch (error) {
				if (error instanceof ApiError) await store.fail(asset.id, { code: error.code, message: error.message });
				throw error;
			} finally {
				coming.delete(asset.id);
			}
		},

		/** @throws ApiError 400, 404 */
		change(id: string, wish: { name: string; divisionId: string }, actor: Actor): Promise<ResponseAsset> {
			const name = nameOf(wish.name);
			return database.change(async (trx) => {
				const before = await lock(trx, id);
				if (assetTypeOf(name) !== before.contentType) throw otherEnding(before.name);
				if (wish.divisionId !== before.divisionId)
					await directory.divisions.requireStanding(trx, wish.divisionId, "divisionId");
				const { userId } = actor;
				const { modifiedBy: _before, ...kept } = before;
				const after = {
					...{ ...kept, name, divisionId: wish.divisionId, modifiedAt: clock.now() },
					...(userId ? { modifiedBy: userId } : {}),
				};
				await store.update(trx, after);
				await events.append(trx, [assetChanged(after, "updated", actor)]);
				return after;
			});
		},

		/** @param asker reads of the responses that he may see @throws ApiError 404, 409 while a response brings it along */
		async remove(id: string, actor: Actor, asker: Asker): Promise<void> {
			const gone = await database.change(async (trx) => {
				const asset = await lock(trx, id);
				const uses = ((await store.responsesOf([id], trx)).get(id) ?? []).map(({ name }) => ({
					what: `the response ${name}`,
					seenBy: { permissions: ["responses:response:view"] },
				}));
				if (uses.length > 0) throw inUse(asset, usesParams(uses, asker));
				await store.leave(trx, asset);
				await events.append(trx, [assetChanged(asset, "deleted", actor)]);
				return asset;
			});
			await clear(gone.key).catch((error) =>
				log.warn({ err: error }, "a deleted file is still there; trying again later"),
			);
		},

		/** Opens it for five minutes, and no longer than the session that asks. */
		link: ({ key, contentType: type, size, name: filename }: ResponseAsset, session?: string): Promise<string> =>
			storage.signedUrl(key, linkSeconds, {
				...{ type, size, filename, disposition: "attachment" },
				...(session ? { session } : {}),
			}),

		/** @throws ApiError 404 where it has been deleted a moment ago */
		async read({ id, key }: Pick<ResponseAsset, "id" | "key">): Promise<Readable> {
			const found = await storage.get(key);
			if (!found) throw notFound("response asset", id);
			return found.body;
		},

		start(): void {
			endPruning ??= keepShort(kernel, {
				...{ what: "files of responses that nobody has", firstAfterMs: 110_000, everyMs: 600_000, prune },
			});
		},

		async stop(): Promise<void> {
			await endPruning?.();
			endPruning = undefined;
		},
	};
}

export type Assets = ReturnType<typeof createAssets>;

function nameOf(sent: string): string {
	const name = seenName(sent).replaceAll(/[/\\]/g, "_");
	if (name === "") throw badField("name", "name must say how the file is called.");
	requireAssetName(name);
	return cutName(name, 150);
}

/** @throws ApiError 413 */
async function whole(body: Readable): Promise<Buffer> {
	const parts: Buffer[] = [];
	let length = 0;
	for await (const part of body as AsyncIterable<Buffer>) {
		length += part.length;
		if (length > largestAsset) throw assetTooLarge();
		parts.push(part);
	}
	return Buffer.concat(parts);
}

async function* once(content: Uint8Array): AsyncIterable<Uint8Array> {
	yield content;
}

function hashOf(ticket: string): string {
	return createHash("sha256").update(ticket).digest("base64url");
}

function md5Of(content: Uint8Array): string {
	return createHash("md5").update(content).digest("base64");
}

function readMd5(sent: string): string {
	const bytes = /^[0-9a-f]{32}$/i.test(sent) ? Buffer.from(sent, "hex") : Buffer.from(sent, "base64");
	if (bytes.length !== 16) throw badField("contentMd5", "contentMd5 must be an MD5 digest in base64 or hexadecimal.");
	return bytes.toString("base64");
}

function ticketInvalid(): ApiError {
	return new ApiError(403, "response.asset.ticket", "This address takes no file. Ask for another one.");
}

function otherContent(): ApiError {
	return badField("contentMd5", "The file is not the one of contentMd5: send it again.", "response.asset.md5");
}

function otherEnding(name: string): ApiError {
	return badField("name", `The name must end as ${name} does: the file stays what it is.`);
}

function inUse({ id, name }: ResponseAsset, by: ReturnType<typeof usesParams>): ApiError {
	return new ApiError(409, "general.conflict", "The file {name} is brought along by {by}; take it out there first.", {
		params: { name, ...by },
		entityId: id,
		entityName: "response asset",
	});
}
