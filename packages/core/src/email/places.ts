import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import type { Referrer } from "../kernel/database/references.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import { ApiError, alreadyExists, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { isSameServer, keptSecret } from "../kernel/kept-secret.ts";
import { readName } from "../kernel/names.ts";
import { isHost, unbracketed } from "../kernel/outgoing/host-names.ts";
import { type Asker, usesParams } from "../kernel/sight.ts";
import { addressOfRoute, type EmailDomain, type EmailRoute, type RouteSettings, type SmtpServer } from "./model.ts";
import { type PlacesStore, placesStore } from "./places-store.ts";
import { domainOf, readMailbox } from "./reading/plain.ts";

/** As many as one organization needs. */
const mostDomains = 100;
const mostRoutes = 1_000;
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
/** Labels of a DNS name. */
const selectorName = /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*$/;
/** Without a plus, as what stands behind one is the thread's; and no dot beside another (RFC 5321, Dot-string). */
const localPart = /^(?!.*\.\.)[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

/** A domain as it is asked for; `null` takes away what stood there. */
export interface DomainWish {
	/** A password that is not told stays what it was, as long as the server and the user are the same. */
	smtp?:
		| (Omit<SmtpServer, "password" | "user" | "dkimSelector"> & {
				user?: string | null;
				password?: string | null;
				dkimSelector?: string | null;
		  })
		| null;
}

export interface RouteWish {
	pattern: string;
	fromName: string;
	queueId: string;
	settings?: Partial<Omit<RouteSettings, "languageId">> & { languageId?: string | null };
}

export const defaultSettings: RouteSettings = {
	...{ threadingHours: 72, priority: 0, skillIds: [], signature: "", undoSeconds: 5, autoBcc: [] },
	...{ hasOwnSignatures: true, signsOnce: false, holdsSpam: false },
};

/** The organization's domains for emails, and their addresses: each is answered by a queue. */
export function createPlaces(kernel: Kernel) {
	const { database, events, outgoing } = kernel;
	const store: PlacesStore = placesStore(database.db);
	const senders: Referrer[] = [];
	let tellRemoved: (routeId: string) => Promise<void> = async () => {};

	async function requireDomain(id: string): Promise<EmailDomain> {
		const found = await store.domain(id);
		if (!found) throw notFound("domain", id);
		return found;
	}

	async function requireRoute(domain: string, id: string): Promise<EmailRoute> {
		const found = await store.route(id);
		if (found?.domain !== domain) throw notFound("route", id);
		return found;
	}

	/** @param id of one that is there; a new one otherwise */
	function keepRoute(domain: string, wish: RouteWish, actor: Actor | undefined, id?: string, seen?: number) {
		return database.change(async (trx) => {
			await store.lockAll(trx);
			if (!(await store.domain(domain, trx))) throw notFound("domain", domain);
			const all = await store.routes(trx);
			const before = all.find((one) => one.id === id && one.domain === domain);
			if (id !== undefined && !before) throw notFound("route", id);
			if (before && seen !== undefined && seen !== before.version)
				throw versionConflict("route", before.id, seen, before.version);
			const route = readRoute(domain, wish, before);
			if (all.some((one) => one.id !== route.id && one.domain === domain && one.pattern === route.pattern))
				throw alreadyExists("route", "pattern", route.pattern);
			if (!before && all.length >= mostRoutes) throw badField("pattern", `There are ${mostRoutes} addresses already.`);
			if (!(await store.saveRoute(trx, route))) throw badField("queueId", `No queue with id ${wish.queueId}.`);
			await events.append(trx, [placeChanged("email.route", route.id, { address: addressOfRoute(route) }, actor)]);
			return route;
		});
	}

	function keepDomain(
		id: string,
		wish: DomainWish,
		actor: Actor | undefined,
		seen: number | undefined,
		isNew: boolean,
	) {
		return database.change(async (trx) => {
			await store.lockAll(trx);
			const all = await store.domains(trx);
			const before = all.find((one) => one.id === id);
			if (isNew && before) throw alreadyExists("domain", "id", id);
			if (!isNew && !before) throw notFound("domain", id);
			if (before && seen !== undefined && seen !== before.version)
				throw versionConflict("domain", id, seen, before.version);
			if (isNew && all.length >= mostDomains) throw badField("id", `There are ${mostDomains} domains already.`);
			const smtp = wish.smtp === undefined ? before?.smtp : readServer(wish.smtp, before?.smtp, outgoing);
			const domain: EmailDomain = { id, ...(smtp ? { smtp } : {}), version: (before?.version ?? 0) + 1 };
			await store.saveDomain(trx, domain);
			await events.append(trx, [placeChanged("email.domain", id, { host: smtp?.host ?? null }, actor)]);
			return domain;
		});
	}

	return {
		store,
		/** Whoever brings its mails stops. */
		onRouteRemoved(listener: (routeId: string) => Promise<void>): void {
			tellRemoved = listener;
		},
		/** What has addresses of a domain as its sender tells here what of it does: by its name. */
		onDomainRemove: (referrer: Referrer) => void senders.push(referrer),
		/** An address of a domain of the organization's, which stays until the change ends. @returns false for any other */
		holdSender: (trx: Trx, email: string): Promise<boolean> => store.holdDomain(trx, domainOf(email)),
		requireDomain,
		requireRoute,
		/** @throws ApiError 400 naming the field, 409 `resource.already.exists` */
		async createDomain(id: string, wish: DomainWish, actor?: Actor): Promise<EmailDomain> {
			const name = id.trim().toLowerCase();
			if (!domainName.test(name) || name.length > 253)
				throw badField("id", "id must be a domain such as shop.example.");
			return keepDomain(name, wish, actor, undefined, true);
		},
		changeDomain: (id: string, wish: DomainWish, seen: number | undefined, actor?: Actor) =>
			keepDomain(id, wish, actor, seen, false),
		/** One that has addresses, or sends for something, stays. @throws ApiError 404, 409 */
		async removeDomain(id: string, seen: number | undefined, actor: Actor, asker: Asker): Promise<void> {
			await database.change(async (trx) => {
				await store.lockAll(trx);
				const found = await store.domain(id, trx);
				if (!found) throw notFound("domain", id);
				if (seen !== undefined && seen !== found.version) throw versionConflict("domain", id, seen, found.version);
				if ((await store.routes(trx)).some(({ domain }) => domain === id)) throw domainInUse(id);
				await store.lockDomain(trx, id);
				const by = (await Promise.all(senders.map((of) => of(trx, id)))).flat();
				if (by.length > 0) throw domainSends(id, usesParams(by, asker).by);
				await store.deleteDomain(trx, id);
				await events.append(trx, [placeChanged("email.domain", id, { deleted: true }, actor)]);
			});
		},
		createRoute: (domain: string, wish: RouteWish, actor?: Actor) => keepRoute(domain, wish, actor),
		changeRoute: (domain: string, id: string, wish: RouteWish, seen: number | undefined, actor?: Actor) =>
			keepRoute(domain, wish, actor, id, seen),
		/** Who writes to it is told that there is no such address; what is under way can be read and not answered. */
		async removeRoute(domain: string, id: string, seen: number | undefined, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				await store.lockAll(trx);
				const found = await store.route(id, trx);
				if (found?.domain !== domain) throw notFound("route", id);
				if (seen !== undefined && seen !== found.version) throw versionConflict("route", id, seen, found.version);
				await store.deleteRoute(trx, id);
				await events.append(trx, [placeChanged("email.route", id, { deleted: true }, actor)]);
			});
			await tellRemoved(id);
		},
		/** The address of ours that a mail is for, whatever stands behind a plus. */
		async routeFor(address: string): Promise<EmailRoute | undefined> {
			const [local = "", domain] = address.toLowerCase().split("@");
			return domain === undefined ? undefined : store.routeAt(`${local.split("+")[0]}@${domain}`);
		},
		/** By which a queue writes. */
		async ofQueue(queueId: string): Promise<EmailRoute | undefined> {
			return (await store.routes()).find((one) => one.queueId === queueId);
		},
		/** For queues' end: what answers an address is not deleted by the way. */
		numbersInto: store.addressesInto,
		endQueue: store.endQueue,
	};
}

export type Places = ReturnType<typeof createPlaces>;

function readRoute(domain: string, wish: RouteWish, before: EmailRoute | undefined): EmailRoute {
	const pattern = wish.pattern.trim().toLowerCase();
	if (pattern !== before?.pattern && !localPart.test(pattern))
		throw badField("pattern", "pattern must be what stands before the @, such as support.");
	const { languageId: spoken, ...settings } = { ...defaultSettings, ...before?.settings, ...wish.settings };
	for (const email of settings.autoBcc)
		if (!readMailbox(email)) throw badField("settings.autoBcc", `${email} is no email address.`);
	return {
		id: before?.id ?? randomUUID(),
		domain,
		pattern,
		fromName: readName(wish.fromName, { longest: 100, before: before?.fromName, fieldName: "fromName" }),
		queueId: wish.queueId,
		settings: { ...settings, ...(spoken ? { languageId: spoken } : {}) },
		version: (before?.version ?? 0) + 1,
	};
}

function readServer(
	wish: NonNullable<DomainWish["smtp"]> | null,
	before: SmtpServer | undefined,
	outgoing: Kernel["outgoing"],
): SmtpServer | undefined {
	if (wish === null) return undefined;
	const { user, password, dkimSelector: named, ...given } = wish;
	const dkimSelector = named?.trim().toLowerCase();
	if (dkimSelector && !selectorName.test(dkimSelector))
		throw badField("smtp.dkimSelector", "dkimSelector must be what stands before ._domainkey, such as mail2026.");
	const server = readPlace(given, before, outgoing, "smtp.host");
	const isSame = isSameServer({ ...server, user }, before);
	const kept = keptSecret("smtp.password", password, user ? before?.password : undefined, isSame);
	if (user && !kept) throw badField("smtp.password", "A user needs a password.");
	if (user && server.security === "none")
		throw badField("smtp.security", "A password is only sent over an encrypted connection.");
	return {
		...{ ...server, ...(dkimSelector ? { dkimSelector } : {}) },
		...(user ? { user } : {}),
		...(user && kept ? { password: kept } : {}),
	};
}

/** The address of a mail server as it is kept. @throws ApiError 400 naming the field */
export function readPlace<Server extends { host: string; port: number }>(
	server: Server,
	before: { host: string; port: number } | undefined,
	outgoing: Pick<Kernel["outgoing"], "requireTypable">,
	field: string,
): Server {
	const host = unbracketed(server.host.trim().toLowerCase());
	if (!isHost(host)) throw badField(field, "host must be a server's name or address alone, such as mail.example.com.");
	const isSamePlace = before?.host === host && before.port === server.port;
	if (!isSamePlace) outgoing.requireTypable({ host, port: server.port }, field);
	return { ...server, host };
}

function domainInUse(id: string): ApiError {
	return new ApiError(409, "email.domain.inUse", "The domain {id} has addresses: delete them first.", {
		params: { id },
		entityId: id,
		entityName: "domain",
	});
}

function domainSends(id: string, by: string): ApiError {
	return new ApiError(409, "email.domain.sends", "The domain {id} sends for {by}: name another sender there first.", {
		params: { id, by },
		entityId: id,
		entityName: "domain",
	});
}

/** For the log: what was changed, and by whom. */
export function placeChanged(entityType: string, entityId: string, data: object, actor: Actor | undefined): NewEvent {
	return { type: `${entityType}.changed`, entityType, entityId, data, ...(actor ? { actor } : {}) };
}
