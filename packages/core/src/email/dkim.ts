import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, notFound } from "../kernel/http/api-error.ts";
import { seal } from "../kernel/sealing.ts";
import { sealedFor, dkimStore as store } from "./dkim-store.ts";
import { keyRecordOf, type Resolver } from "./domain-records.ts";
import type { DkimKey } from "./model.ts";
import { type Places, placeChanged } from "./places.ts";

const newPair = promisify(generateKeyPair);
/** What every verifier takes (RFC 8301, 3.2). */
const bits = 2048;

/**
 * Keys by which a domain's mails are signed before they leave (agent-features 8.3, RFC 6376). One is made and waits until
 * name servers tell it: what is signed by a key that nobody finds is worth less than what is not signed. So keys are changed,
 * too: the new one waits beside the one that signs.
 */
export function createDkim(kernel: Pick<Kernel, "database" | "events" | "clock">, deps: DkimDeps) {
	const { database, events, clock } = kernel;
	const { places, resolver } = deps;

	async function of(domain: string): Promise<DkimKey[]> {
		await places.requireDomain(domain);
		return store.of(database.db, domain);
	}

	return {
		of,

		/** The one that waits, if one does already. @throws ApiError 404 */
		async make(domain: string, actor: Actor): Promise<DkimKey> {
			const waiting = (await of(domain)).find(({ state }) => state === "waiting");
			if (waiting) return waiting;
			const { publicKey, privateKey } = await newPair("rsa", {
				modulusLength: bits,
				publicKeyEncoding: { type: "spki", format: "der" },
				privateKeyEncoding: { type: "pkcs8", format: "pem" },
			});
			const createdAt = clock.now();
			// Never the same again: name servers remember for days.
			const selector = `inlay${createdAt.toISOString().slice(0, 10).replaceAll("-", "")}${randomBytes(2).toString("hex")}`;
			const made: DkimKey = {
				...{ domain, selector, state: "waiting", createdAt },
				publicKey: publicKey.toString("base64"),
			};
			return database.change(async (trx) => {
				if (!(await places.store.lockDomain(trx, domain))) throw notFound("domain", domain);
				const other = (await store.of(trx, domain)).find(({ state }) => state === "waiting");
				if (other) return other;
				const key = await places.store.sealingKey(trx);
				await store.add(trx, made, seal(key, sealedFor(domain, selector), privateKey));
				await events.append(trx, [placeChanged("email.domain", domain, { dkimMade: selector }, actor)]);
				return made;
			});
		},

		/** Signs by the key that waits, once name servers tell it. @throws ApiError 404, 409 `email.dkim.unpublished` */
		async activate(domain: string, selector: string, actor: Actor): Promise<DkimKey[]> {
			const isIt = (one: DkimKey) => one.selector === selector && one.state === "waiting";
			const waiting = (await of(domain)).find(isIt);
			if (!waiting) throw notFound("key", selector);
			const { state, text } = await keyRecordOf(waiting, resolver);
			if (state !== "found") throw unpublished(waiting, text);
			return database.change(async (trx) => {
				await places.store.lockDomain(trx, domain);
				if (!(await store.of(trx, domain)).some(isIt)) throw notFound("key", selector);
				await store.activate(trx, domain, clock.now());
				await events.append(trx, [placeChanged("email.domain", domain, { dkimSigns: selector }, actor)]);
				return store.of(trx, domain);
			});
		},

		/** Nothing is signed by it any more. @throws ApiError 404 */
		async remove(domain: string, selector: string, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				await places.store.lockDomain(trx, domain);
				if (!(await store.remove(trx, domain, selector))) throw notFound("key", selector);
				await events.append(trx, [placeChanged("email.domain", domain, { dkimRemoved: selector }, actor)]);
			});
		},

		/** What is signed by a key that name servers do not tell, for Health; undefined where all is well, or nobody has answered. */
		async troubleOf(domain: string): Promise<{ domain: string; name: string; text: string } | undefined> {
			const signing = (await store.of(database.db, domain)).find(({ state }) => state === "signing");
			if (!signing) return undefined;
			const { state } = await keyRecordOf(signing, resolver);
			return state === "found" || state === "unknown" ? undefined : { domain, ...recordToEnter(signing) };
		},
	};
}

export interface DkimDeps {
	places: Places;
	resolver: Resolver;
}

/** The TXT record by which others check what is signed by a key (RFC 6376, 3.6.1). */
export function recordToEnter({ domain, selector, publicKey }: DkimKey): { name: string; text: string } {
	return { name: `${selector}._domainkey.${domain}`, text: `v=DKIM1; k=rsa; p=${publicKey}` };
}

function unpublished(key: DkimKey, found: string | undefined): ApiError {
	const { name } = recordToEnter(key);
	const told = found === undefined ? "name servers tell none" : "name servers tell there: {found}";
	const message = `Enter the key’s TXT record {name} in DNS, and try again once it is told; ${told}.`;
	return new ApiError(409, "email.dkim.unpublished", message, {
		params: { name, ...(found === undefined ? {} : { found }) },
		entityId: key.selector,
		entityName: "key",
	});
}
