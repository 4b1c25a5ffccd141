import { randomUUID } from "node:crypto";
import { readDialable } from "../conversations/targets.ts";
import { domainOf } from "../email/reading/plain.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import { alreadyExists, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { isSamePlace, keptSecret } from "../kernel/kept-secret.ts";
import { readName } from "../kernel/names.ts";
import { isHost, unbracketed } from "../kernel/outgoing/host-names.ts";
import { placeOf } from "../kernel/outgoing/outgoing.ts";
import type { Use } from "../kernel/sight.ts";
import { addressStore } from "./address-store.ts";
import { type AddressSettings, defaultThreadingHours, type MessageAddress, type ProviderName } from "./model.ts";
import { type CarrierWish, readCarrier } from "./providers/carrier-form.ts";
import { readSilence, type SilenceWish } from "./silence.ts";
import { type MessengerWish, readMessenger } from "./web/messenger-settings.ts";

/** As many as one organization needs. */
const mostAddresses = 1_000;

/** Event types after which what is known of an address is to be read anew. */
export const addressChangingEvents: ReadonlySet<string> = new Set([
	"messaging.address.changed",
	"messaging.address.deleted",
]);

/** An address as it is asked for. */
export type AddressWish = Omit<MessageAddress, "id" | "version" | "settings" | "address"> & {
	/** A messenger has none but its id. */
	address?: string;
	/** `null` takes away what stood there. */
	settings?: Partial<Omit<AddressSettings, "secret" | "webhookUrl" | "messenger" | "silence" | "carrier">> & {
		carrier?: CarrierWish;
		silence?: SilenceWish;
		messenger?: MessengerWish;
		secret?: string | null;
		webhookUrl?: string | null;
	};
};

const texts: Pick<AddressSettings, "optOutText" | "optInText" | "helpText"> = {
	optOutText: "You will get no more messages from us. Write START to get them again.",
	optInText: "You get messages from us again. Write STOP to get no more.",
	helpText: "You are writing with our customer service. Write STOP to get no more messages.",
};

/**
 * The organization's addresses for messages: each is answered by a queue.
 * @param holdSender whether an email address is of a domain of the organization's, which then stays; none is unless told
 */
export function createAddresses(
	kernel: Kernel,
	country: () => Promise<string>,
	holdSender: (trx: Trx, from: string) => Promise<boolean> = async () => false,
) {
	const { database, events, outgoing } = kernel;
	const store = addressStore(database.db);

	function read(id: string, wish: AddressWish, home: string, before?: MessageAddress): Omit<MessageAddress, "version"> {
		if (!carriers[wish.channel].includes(wish.provider))
			throw badField(
				"provider",
				"simulator and http are for the channel sms, open for open, and web for webmessaging.",
			);
		if (wish.provider === "simulator" && !kernel.config.demo)
			throw badField("provider", "Simulated phones are there with the demo alone (--demo).");
		const address = readAddress(id, wish, home);
		const { messenger: looks, silence, carrier, ...others } = wish.settings ?? {};
		const sent = { threadingHours: defaultThreadingHours, ...texts, ...before?.settings, ...others };
		const isSame = isSamePlace(sent.webhookUrl, before?.settings.webhookUrl);
		sent.secret = keptSecret("settings.secret", others.secret, before?.settings.secret, isSame);
		const settings: AddressSettings = withoutNull(sent);
		if (settings.webhookUrl !== undefined && settings.webhookUrl !== before?.settings.webhookUrl)
			requireWebhook(settings.webhookUrl, outgoing);
		if (wish.provider === "http") {
			if (!settings.webhookUrl)
				throw badField("settings.webhookUrl", "Say where texts are posted: the carrier's address.");
			if (!settings.secret) throw badField("settings.secret", "Say by which secret what is posted and told is signed.");
			settings.carrier = readCarrier(carrier ?? {}, before?.settings.carrier, isSame);
		} else {
			if (carrier) throw badField("settings.carrier", "Only a carrier by HTTP, provider http, has such settings.");
			// What signs in at the carrier goes with the carrier: kept, it would be posted wherever the next one is.
			delete settings.carrier;
		}
		if (settings.mms && wish.channel !== "sms")
			throw badField("settings.mms", "Only numbers for texts, of the channel sms, have MMS.");
		if (looks && wish.channel !== "webmessaging")
			throw badField("settings.messenger", "Only a messenger, of the channel webmessaging, has such settings.");
		if (silence) settings.silence = readSilence(silence, before?.settings.silence);
		if (wish.channel === "webmessaging")
			settings.messenger = readMessenger(looks, before?.settings.messenger, outgoing);
		return { ...wish, id, name: readName(wish.name, { longest: 100, before: before?.name }), address, settings };
	}

	/** What stands there may stay. @throws ApiError 400 naming the field */
	async function requireSender(trx: Trx, wanted: Senders, before: Senders | undefined): Promise<void> {
		const from = senderOf(wanted);
		if (from === "" || from === (before && senderOf(before)) || (await holdSender(trx, from))) return;
		throw badField(
			"settings.messenger.transcriptFrom",
			"transcriptFrom must be an address of one of your email domains: set its domain up first.",
		);
	}

	/** Keeps it, unless another one has its address or name. */
	async function keep(id: string, wish: AddressWish, actor: Actor | undefined, seen?: number, isNew = false) {
		const home = await country();
		return database.change(async (trx) => {
			await store.lockAll(trx);
			const all = await store.all(trx);
			const before = all.find((one) => one.id === id);
			if (!before && !isNew) throw notFound("address", id);
			if (before && seen !== undefined && seen !== before.version)
				throw versionConflict("address", id, seen, before.version);
			const wanted = read(id, wish, home, before);
			const others = all.filter((one) => one.id !== id);
			refuseTaken(wanted, others);
			await requireSender(trx, wanted, before);
			const kept: MessageAddress = { ...wanted, id, version: (before?.version ?? 0) + 1 };
			if (!(await store.save(trx, kept))) throw badField("queueId", `No queue with id ${wish.queueId}.`);
			await events.append(trx, [addressChanged(kept, "changed", actor)]);
			return kept;
		});
	}

	/** Simulated phones go with the demo: what is left of one is nobody's address without it. */
	const isServed = ({ provider }: MessageAddress) => provider !== "simulator" || kernel.config.demo;
	const served = async () => (await store.all()).filter(isServed);

	async function require(id: string): Promise<MessageAddress> {
		const found = await store.find(id);
		if (!found || !isServed(found)) throw notFound("address", id);
		return found;
	}

	return {
		store,
		all: served,
		require,
		/** @throws ApiError 400 naming the field, 409 `resource.already.exists` */
		create: (wish: AddressWish, actor?: Actor, id: string = randomUUID()) => keep(id, wish, actor, undefined, true),
		/** What it is stays; its name, queue and settings change. @throws ApiError 400, 404, 409 */
		async change(id: string, wish: AddressWish, seen: number | undefined, actor: Actor) {
			const { channel, address, version } = await require(id);
			if (seen !== undefined && seen !== version) throw versionConflict("address", id, seen, version);
			if (wish.channel !== channel) throw stays("channel", channel);
			if (wish.address !== undefined && wish.address.trim() !== address) throw stays("address", address);
			return keep(id, { ...wish, address }, actor, seen);
		},
		/** Who writes to it is not heard any more; exchanges that are under way can be read and not answered. */
		async remove(id: string, seen: number | undefined, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				await store.lockAll(trx);
				const found = await store.lock(trx, id);
				if (!found) throw notFound("address", id);
				if (seen !== undefined && seen !== found.version) throw versionConflict("address", id, seen, found.version);
				await store.delete(trx, id);
				await events.append(trx, [addressChanged(found, "deleted", actor)]);
			});
		},
		/** By which a queue writes first, in the order of their names: the first one is that of who says nothing else. */
		async ofQueue(queueId: string, channel: MessageAddress["channel"]): Promise<MessageAddress[]> {
			return (await served()).filter((one) => one.queueId === queueId && one.channel === channel);
		},
		/** For queues' end: what answers an address is not deleted by the way, and what nobody is shown keeps no queue. */
		numbersInto: async (trx: Trx, queueId: string): Promise<Use[]> =>
			(await store.into(trx, queueId)).filter(isServed).map(asUse),
		endQueue: store.endQueue,
		/** For domains' end: those whose conversations are mailed from it. */
		async sendingBy(trx: Trx, domain: string): Promise<Use[]> {
			return (await store.all(trx)).filter((one) => domainOf(senderOf(one)) === domain).map(asUse);
		},
	};
}

function asUse({ name }: Pick<MessageAddress, "name">): Use {
	return { what: name, seenBy: { permissions: ["integrations:integration:view"] } };
}

type Senders = Pick<MessageAddress, "settings">;

/** From which address customers are mailed what was said; empty: they are not. */
export function senderOf({ settings }: Senders): string {
	return settings.messenger?.transcriptFrom ?? "";
}

/** Who carries what. */
const carriers: Readonly<Record<MessageAddress["channel"], readonly ProviderName[]>> = {
	sms: ["simulator", "http"],
	open: ["open"],
	webmessaging: ["web"],
};

/** @throws ApiError 400 naming the field */
function readAddress(id: string, { channel, address }: AddressWish, home: string): string {
	if (channel === "webmessaging") {
		if (address === undefined || address.trim() === id) return id;
		throw badField("address", "A messenger's address is its id: leave it away.");
	}
	if (address === undefined || address.trim() === "") throw badField("address", "address must not be empty.");
	return channel === "sms" ? readPhone(address, "address", home) : address.trim();
}

/** A whole number, by which texts go to a phone, in E.164. @throws ApiError 400 naming the field */
export function readPhone(text: string, fieldName: string, country: string): string {
	const { address, digitsAfter } = readDialable(text, fieldName, country);
	if (address.startsWith("+") && digitsAfter === undefined) return address;
	throw badField(fieldName, `${fieldName} must be a whole phone number with its country code, such as +31201234567.`);
}

/** Names by which companies send texts, and numbers that are short: as they are written, with at most as many characters. */
const otherSender = /^[\p{L}\p{N}][\p{L}\p{N} ._&+'-]{0,19}$/u;

/** Whoever a text is from: a phone, or a name or short code that nobody can call. @throws ApiError 400 naming the field */
export function readSender(text: string, fieldName: string, country: string): string {
	try {
		return readPhone(text, fieldName, country);
	} catch (error) {
		const plain = text.trim();
		if (otherSender.test(plain)) return plain;
		throw error;
	}
}

function refuseTaken(wanted: Omit<MessageAddress, "version">, others: readonly MessageAddress[]): void {
	const { channel, address, name } = wanted;
	if (others.some((one) => one.channel === channel && one.address === address))
		throw alreadyExists("address", "address", address);
	const twin = others.find((one) => one.name.toLowerCase() === name.toLowerCase());
	if (twin) throw alreadyExists("address", "name", twin.name);
	if (others.length >= mostAddresses)
		throw badField("address", `There are ${mostAddresses} addresses already.`, "too.many.addresses");
}

function withoutNull<S extends { secret?: string | null; webhookUrl?: string | null }>(settings: S) {
	const { secret, webhookUrl, ...rest } = settings;
	return { ...rest, ...(secret ? { secret } : {}), ...(webhookUrl ? { webhookUrl } : {}) };
}

/** An @ before the server's name, also with nothing before it, where readers disagree which of both is the server. */
const hasUser = /^[^/\\]*[/\\]*[^/\\?#]*@/;

/** @throws ApiError 400 naming the field */
function requireWebhook(text: string, outgoing: Kernel["outgoing"]): void {
	const url = URL.parse(text);
	if (
		!url ||
		(url.protocol !== "https:" && url.protocol !== "http:") ||
		url.username !== "" ||
		url.password !== "" ||
		url.hash !== "" ||
		hasUser.test(text) ||
		url.port === "0" ||
		!isHost(unbracketed(url.hostname))
	)
		throw badField(
			"settings.webhookUrl",
			"webhookUrl must be an http:// or https:// address with a server's name and a port from 1 on, and without a user name.",
		);
	outgoing.requireTypable(placeOf(url), "settings.webhookUrl");
}

function stays(field: "address" | "channel", value: string) {
	return badField(field, `The ${field} ${value} stays what it is: add another one, and delete this.`);
}

function addressChanged(
	{ id, name, channel, address, queueId }: MessageAddress,
	what: "changed" | "deleted",
	actor: Actor | undefined,
): NewEvent {
	const data = { name, channel, address, queueId };
	return {
		type: `messaging.address.${what}`,
		entityType: "messaging.address",
		entityId: id,
		data,
		...(actor ? { actor } : {}),
	};
}
