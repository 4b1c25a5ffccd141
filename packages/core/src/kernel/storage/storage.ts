import { join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Db } from "../database/database.ts";
import type { Clock } from "../time/clock.ts";
import { folderStore } from "./folder-store.ts";
import { type Link, longestLinkSeconds, readLink, signLink } from "./links.ts";
import type { ObjectStore } from "./object-store.ts";
import { readS3Address } from "./s3-address.ts";
import { s3Store } from "./s3-store.ts";

/** Whom a link is for, and how the file is shown. */
export type LinkWish = Omit<Link, "key" | "expires">;

/** Somebody opens a link. */
export interface Reading {
	link: Link;
	/** Players come for many parts by one link: true at the first of them. */
	isFirst: boolean;
}

/** Files that Inlay keeps (agent-features 0.4): stored by one of the adapters, read by people through links of ours alone. */
export interface Storage extends ObjectStore {
	/**
	 * A link that opens the file without a token, for at most {@link longestLinkSeconds} and no longer than the session
	 * that it is given to. It leads to this server, wherever the file lies, so that every answer has the headers that keep
	 * a file from running (decision 28).
	 */
	signedUrl(key: string, seconds: number, wish: LinkWish): Promise<string>;
	/** @returns the link of a ticket, `over` when its time is, undefined when it is none */
	readTicket(ticket: string): Promise<Link | "over" | undefined>;
	/** Told before the file is read; what throws keeps it from being read. */
	onRead(listener: (reading: Reading) => Promise<void>): void;
	/** For the route that answers links. */
	opened(ticket: string, link: Link): Promise<void>;
}

export const filesPath = "/api/inlay/v1/files";

interface Parts {
	objects: ObjectStore;
	db: Db;
	clock: Clock;
	/** Origin under which browsers reach the server. */
	publicUrl: string;
}

export function createStorage({ objects, db, clock, publicUrl }: Parts): Storage {
	let key: Promise<string> | undefined;
	const signingKey = () => {
		key ??= db
			.selectFrom("storage_keys")
			.select("key")
			.where("purpose", "=", "link")
			.executeTakeFirstOrThrow()
			.then((row) => row.key);
		key.catch(() => {
			key = undefined;
		});
		return key;
	};
	const nowSeconds = () => Math.floor(clock.now().getTime() / 1000);
	const listeners: Array<(reading: Reading) => Promise<void>> = [];
	const used = new UsedTickets();
	return {
		...objects,
		async signedUrl(fileKey, seconds, wish) {
			const expires = nowSeconds() + Math.min(seconds, longestLinkSeconds);
			return `${publicUrl}${filesPath}?ticket=${signLink({ ...wish, key: fileKey, expires }, await signingKey())}`;
		},
		async readTicket(ticket) {
			const link = readLink(ticket, await signingKey());
			return link && link.expires <= nowSeconds() ? "over" : link;
		},
		onRead: (listener) => void listeners.push(listener),
		async opened(ticket, link) {
			const isFirst = used.add(ticket, link.expires, nowSeconds());
			for (const listener of listeners) await listener({ link, isFirst });
		},
	};
}

/** Tickets that have been opened, until they are over. */
class UsedTickets {
	readonly #expiries = new Map<string, number>();

	/** @returns whether it was not there yet */
	add(ticket: string, expires: number, now: number): boolean {
		if (this.#expiries.has(ticket)) return false;
		for (const [other, at] of this.#expiries) if (at <= now) this.#expiries.delete(other);
		this.#expiries.set(ticket, expires);
		return true;
	}
}

/** The adapter that the configuration names: a folder in the data folder unless told otherwise. */
export function configuredStore({ dataDir, storage }: Pick<Config, "dataDir" | "storage">): ObjectStore {
	const address = storage === undefined ? undefined : readS3Address(storage);
	return address ? s3Store(address) : folderStore(storageFolder(dataDir));
}

export function storageFolder(dataDir: string): string {
	return join(dataDir, "files");
}
