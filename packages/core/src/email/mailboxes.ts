import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { isSameServer, keptSecret } from "../kernel/kept-secret.ts";
import { type KeptMailbox, mailboxesStore } from "./mailboxes-store.ts";
import type { ImapServer } from "./model.ts";
import { placeChanged, readPlace } from "./places.ts";
import type { PlacesStore } from "./places-store.ts";

/** A mailbox as it is asked for; a password that is not told stays what it was, with the same server and user. */
export type MailboxWish = Omit<ImapServer, "password" | "folder"> & { folder?: string; password?: string };

/** The mailboxes with somebody else's mail servers from which mails for our addresses are brought. */
export function createMailboxes(kernel: Kernel, places: PlacesStore) {
	const { clock, database, events, outgoing } = kernel;
	const store = mailboxesStore(database.db, places.sealingKey);
	let tell: (routeId: string) => Promise<void> = async () => {};

	return {
		store,

		/** Whoever reads them looks anew. */
		onChange(listener: (routeId: string) => Promise<void>): void {
			tell = listener;
		},

		/** @throws ApiError 404 for an address that has none */
		async require(routeId: string): Promise<KeptMailbox> {
			const found = await store.of(routeId);
			if (!found) throw notFound("mailbox", routeId);
			return found;
		},

		/** @throws ApiError 400 naming the field, 404, 409 `version.conflict` */
		async set(
			domain: string,
			routeId: string,
			wish: MailboxWish,
			seen: number | undefined,
			actor: Actor,
		): Promise<KeptMailbox> {
			const kept = await database.change(async (trx) => {
				await places.lockAll(trx);
				if ((await places.route(routeId, trx))?.domain !== domain) throw notFound("route", routeId);
				const before = await store.of(routeId, trx);
				const version = before?.version ?? 0;
				if (seen !== undefined && seen !== version) throw versionConflict("mailbox", routeId, seen, version);
				const server = readMailboxServer(wish, before?.server, outgoing);
				const all = (await store.all(trx)).filter((one) => one.routeId !== routeId);
				if (all.some((one) => isSameBox(one.server, server)))
					throw badField("user", "Another address has this mailbox already.");
				const isOther = !before || !isSameBox(before.server, server);
				const next = { routeId, server, version: version + 1, since: isOther ? clock.now() : before.since };
				await store.save(trx, next, isOther);
				await events.append(trx, [placeChanged("email.route", routeId, { mailbox: server.host }, actor)]);
				return next;
			});
			await tell(routeId);
			return kept;
		},

		/** Nothing is brought from it any more; what was is ours. @throws ApiError 404, 409 `version.conflict` */
		async remove(domain: string, routeId: string, seen: number | undefined, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				await places.lockAll(trx);
				const found = (await places.route(routeId, trx))?.domain === domain && (await store.of(routeId, trx));
				if (!found) throw notFound("mailbox", routeId);
				if (seen !== undefined && seen !== found.version)
					throw versionConflict("mailbox", routeId, seen, found.version);
				await store.delete(trx, routeId);
				await events.append(trx, [placeChanged("email.route", routeId, { mailbox: null }, actor)]);
			});
			await tell(routeId);
		},
	};
}

function isSameBox(one: ImapServer, other: ImapServer): boolean {
	return one.host === other.host && one.port === other.port && one.user === other.user && one.folder === other.folder;
}

function readMailboxServer(
	wish: MailboxWish,
	before: ImapServer | undefined,
	outgoing: Kernel["outgoing"],
): ImapServer {
	const { password, folder = "INBOX", ...given } = wish;
	const place = readPlace(given, before, outgoing, "host");
	const user = place.user.trim();
	for (const [name, text] of Object.entries({ user, folder, password: password ?? "" }))
		if (/\p{Cc}/u.test(text)) throw badField(name, `${name} must be one line.`);
	if (user === "") throw badField("user", "A mailbox needs a user.");
	const kept = keptSecret("password", password, before?.password, isSameServer({ ...place, user }, before));
	if (!kept) throw badField("password", "A mailbox needs a password.");
	// To this machine itself nobody listens.
	const isHere = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(place.host);
	if (place.security === "none" && !isHere)
		throw badField("security", "A password is only sent over an encrypted connection.");
	return { ...place, user, folder: folder.trim() || "INBOX", password: kept };
}
