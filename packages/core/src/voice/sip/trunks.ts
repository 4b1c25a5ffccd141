import { randomUUID } from "node:crypto";
import { isIP, isIPv4 } from "node:net";
import { readDialable } from "../../conversations/targets.ts";
import type { Kernel } from "../../kernel/domain.ts";
import type { Actor, NewEvent } from "../../kernel/events/event-log.ts";
import { alreadyExists, badField, notFound, versionConflict } from "../../kernel/http/api-error.ts";
import { keptSecret } from "../../kernel/kept-secret.ts";
import { readName } from "../../kernel/names.ts";
import { isHost } from "../../kernel/outgoing/host-names.ts";
import { trunkStore } from "./store.ts";
import { usualPort } from "./transport/peer.ts";
import type { KeptTrunk, TrunkSettings } from "./trunk-settings.ts";

/** More than any organization needs. */
const mostTrunks = 50;

/** A trunk as it is asked for: nothing in it is certain yet. `null` takes away what stood there. */
export type TrunkWish = Partial<
	Omit<TrunkSettings, "id" | "port" | "domain" | "user" | "password" | "callerNumber" | "maxCalls">
> & {
	port?: number | null;
	domain?: string | null;
	user?: string | null;
	/** One that is not told stays, as long as place and user are the same. */
	password?: string | null;
	callerNumber?: string | null;
	maxCalls?: number | null;
};

type Always = "enabled" | "transport" | "registers" | "encrypted" | "sources" | "numberForm" | "prefixes" | "priority";

const defaults: Pick<TrunkSettings, Always> = {
	...{ enabled: true, transport: "udp", registers: false, encrypted: false, sources: [] },
	...{ numberForm: "e164", prefixes: [], priority: 0 },
};

/** The organization's lines to the outside: who they are, and how calls go by them. How they run stands in sip-trunks.ts. */
export function createTrunks(kernel: Pick<Kernel, "database" | "events" | "outgoing">) {
	const { database, events, outgoing } = kernel;
	const store = trunkStore(database.db);

	function keep(wish: TrunkWish, actor: Actor, id?: string, seen?: number): Promise<KeptTrunk> {
		return database.change(async (trx) => {
			await store.lockAll(trx);
			const all = await store.all(trx);
			const before = all.find((one) => one.id === id);
			if (id !== undefined && !before) throw notFound("trunk", id);
			if (before && seen !== undefined && seen !== before.version)
				throw versionConflict("trunk", before.id, seen, before.version);
			const trunk = read(wish, before);
			if (all.some((one) => one.id !== trunk.id && one.name.toLowerCase() === trunk.name.toLowerCase()))
				throw alreadyExists("trunk", "name", trunk.name);
			if (!before && all.length >= mostTrunks)
				throw badField("name", `There are ${mostTrunks} trunks already.`, "too.many.trunks");
			await store.save(trx, trunk);
			await events.append(trx, [trunkChanged(trunk, actor)]);
			return trunk;
		});
	}

	function read(wish: TrunkWish, before: KeptTrunk | undefined): KeptTrunk {
		const merged: TrunkWish & typeof defaults = { ...defaults, ...before, ...said(wish) };
		const sources = merged.sources.map(readSource);
		const host = (merged.host ?? "").trim().toLowerCase();
		if (!isIPv4(host) && (isIP(host) === 6 || !isHost(host)))
			throw badField("host", "host must be a name such as sip.example.com, or an IPv4 address.");
		const port = merged.port ?? undefined;
		outgoing.requireTypable({ host, port: port ?? usualPort(merged.transport) }, "host");
		const user = merged.user?.trim() || undefined;
		const domain = merged.domain?.trim().toLowerCase() || undefined;
		const place = { host, port, transport: merged.transport, domain, user };
		const password = passwordOf(wish, before, { ...place, enabled: merged.enabled });
		if (merged.registers && !user) throw badField("user", "user says who signs in there: it is missing.");
		if (password !== undefined && !user) throw badField("user", "A password needs a user.");
		if (domain !== undefined && !isHost(domain)) throw badField("domain", "domain must be a name such as example.com.");
		const callerNumber = merged.callerNumber ? readWhole(merged.callerNumber, "callerNumber") : undefined;
		return {
			id: before?.id ?? randomUUID(),
			version: (before?.version ?? 0) + 1,
			name: readName(merged.name ?? "", { longest: 100, before: before?.name }),
			...{ enabled: merged.enabled, host, transport: merged.transport, registers: merged.registers },
			...{ encrypted: merged.encrypted, numberForm: merged.numberForm, priority: merged.priority },
			sources,
			prefixes: [...new Set(merged.prefixes.map(readPrefix))],
			...(port === undefined ? {} : { port }),
			...(domain === undefined ? {} : { domain }),
			...(user === undefined ? {} : { user: readUser(user) }),
			...(password === undefined ? {} : { password }),
			...(callerNumber === undefined ? {} : { callerNumber }),
			...(merged.maxCalls ? { maxCalls: merged.maxCalls } : {}),
		};
	}

	return {
		store,
		all: () => store.all(),
		/** @throws ApiError 404 `not.found` */
		async require(id: string): Promise<KeptTrunk> {
			const found = await store.find(id);
			if (!found) throw notFound("trunk", id);
			return found;
		},
		/** @throws ApiError 400 naming the field, 409 `resource.already.exists` */
		create: (wish: TrunkWish, actor: Actor) => keep(wish, actor),
		/** Calls that run by it go on as they began. @param seen the version that the change is based on @throws ApiError 400, 404, 409 */
		change: (id: string, wish: TrunkWish, seen: number | undefined, actor: Actor) => keep(wish, actor, id, seen),
		/** Calls that run by it go on. @throws ApiError 404, 409 */
		async remove(id: string, seen: number | undefined, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				await store.lockAll(trx);
				const found = await store.find(id, trx);
				if (!found) throw notFound("trunk", id);
				if (seen !== undefined && seen !== found.version) throw versionConflict("trunk", id, seen, found.version);
				await store.delete(trx, id);
				await events.append(trx, [trunkDeleted(found, actor)]);
			});
		},
	};
}

export type Trunks = ReturnType<typeof createTrunks>;

/** What is told of a change; never the password. */
function trunkChanged(
	{ id, password, version: _version, passwordLost: _lost, ...told }: KeptTrunk,
	actor: Actor,
): NewEvent {
	const data = { ...told, hasPassword: password !== undefined };
	return { type: "trunk.changed", entityType: "trunk", entityId: id, actor, data };
}

function trunkDeleted({ id, name }: KeptTrunk, actor: Actor): NewEvent {
	return { type: "trunk.deleted", entityType: "trunk", entityId: id, actor, data: { name } };
}

/** What is not said stays; what is taken away is said as `null`. */
function said(wish: TrunkWish): TrunkWish {
	return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}

/** Nobody who may not see the password has it sent to another place by changing that. */
function passwordOf(
	{ password }: TrunkWish,
	before: KeptTrunk | undefined,
	place: Pick<TrunkSettings, "host" | "transport" | "enabled"> &
		Record<"port" | "domain" | "user", string | number | undefined>,
): string | undefined {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: a line end in it would be one in a header.
	if (password && /[\u0000-\u001f]/.test(password)) throw badField("password", "password must have no line ends.");
	// One that is out of use needs none.
	if (before?.passwordLost && password === undefined && place.user !== undefined && place.enabled)
		throw badField("password", "password cannot be read any more: give it anew, or null to keep none.");
	const names = ["host", "port", "transport", "domain", "user"] as const;
	const kept = place.user === undefined ? undefined : before?.password;
	const isSame = names.every((name) => before?.[name] === place[name]);
	return keptSecret("password", password, kept, isSame) ?? undefined;
}

function readUser(user: string): string {
	if (/^[\w.!~*'()&=+$,;?/%-]{1,100}$/.test(user)) return user;
	throw badField("user", "user must be a name or number without spaces.");
}

function readWhole(text: string, field: string): string {
	if (text.trim().startsWith("+")) {
		const { address, digitsAfter } = readDialable(text, field, "");
		if (address.startsWith("+") && digitsAfter === undefined) return address;
	}
	throw badField(field, `${field} must be a whole number, such as +493012345.`);
}

function readPrefix(text: string): string {
	const plain = text.replaceAll(/[\s()./-]/g, "");
	if (/^\+[1-9]\d{0,14}$/.test(plain)) return plain;
	throw badField("prefixes", `${text} is no beginning of a number, such as +49.`);
}

function readSource(text: string): string {
	const plain = text.trim();
	const [address = "", bits, more] = plain.split("/");
	const isNetwork = bits === undefined || (/^(?:[89]|[12]\d|3[0-2])$/.test(bits) && more === undefined);
	if (isIPv4(address) && isNetwork) return plain;
	throw badField("sources", `${text} is neither an IPv4 address nor a network of /8 to /32.`);
}
