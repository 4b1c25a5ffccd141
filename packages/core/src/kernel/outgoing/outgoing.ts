import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import { ApiError } from "../http/api-error.ts";
import type { OperatorLog } from "../operator-log.ts";
import { type AllowedPlace, AllowedPlaces } from "./allowed-places.ts";
import { isHost, isInnerName, unbracketed } from "./host-names.ts";
import { isInner } from "./inner-networks.ts";

/** Inlay does not call there: the place is inside, and the operator has not named it. Trying again changes nothing. */
export class OutgoingRefused extends Error {
	readonly reason: { code: string; message: string };

	/** @param address where the name leads */
	constructor(host: string, port: number, address = host) {
		super(refusal.replaceAll("{place}", nameable(host, port, address)));
		this.reason = { code: outgoingRefused, message: this.message };
	}
}

/** What was asked for is longer than whoever asked takes. Trying again changes nothing. */
export class AnswerTooLong extends Error {
	constructor(mostBytes: number) {
		super(`The answer is longer than ${mostBytes} bytes.`);
	}
}

/** Of what is refused where it is typed, and where it is called. */
export const outgoingRefused = "outgoing.refused";

const refusal =
	"{place} leads into Inlay's own network, where it calls nobody. Whoever runs Inlay can name it: --may-call {place}.";

/** What is posted to somebody's program. */
export interface Posted {
	body: string;
	headers: Readonly<Record<string, string>>;
	/** Within so long it has answered, ms. */
	timeoutMs: number;
}

/** A question to somebody's server. */
export interface Asked {
	method: string;
	headers: Readonly<Record<string, string>>;
	body?: string;
	/** Within so long it has answered whole, ms. */
	timeoutMs: number;
	/** An answer that is longer is none. */
	mostBytes: number;
}

/** What somebody's server has answered. */
export interface Answered {
	status: number;
	headers: Readonly<Record<string, string>>;
	body: Buffer;
}

type Resolver = (
	host: string,
	options: { all: true },
	callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/**
 * The only way to an address that somebody has typed: webhooks, mail servers. Everybody's addresses are called; this machine's, its
 * network's and such as nobody has are not, unless the operator names them (decision 47). What a name leads to is looked at as
 * it is called, so it cannot be another address by then; nobody is led on from there.
 */
export class Outgoing {
	readonly #allowed: AllowedPlaces;
	readonly #operators: Pick<OperatorLog, "warn">;
	readonly #resolve: Resolver;

	/** @param resolve what finds a name's addresses; the system unless told */
	constructor(
		allowed: readonly AllowedPlace[],
		operators: Pick<OperatorLog, "warn">,
		resolve: Resolver = (host, options, callback) => systemLookup(host, options, callback),
	) {
		this.#allowed = new AllowedPlaces(allowed);
		this.#operators = operators;
		this.#resolve = resolve;
	}

	/** A part of this installation itself, such as the demo's mailbox. */
	allowOwn(place: Required<AllowedPlace>): void {
		this.#allowed.add(place);
	}

	/**
	 * The door to addresses that nobody of this organization has set, such as a stranger's mail names: everybody's alone, as what the
	 * operator has named is meant for administrators. Whoever asks says what was refused.
	 */
	strangers(): Pick<Outgoing, "ask"> {
		return new Outgoing([], { warn: () => {} }, this.#resolve);
	}

	/**
	 * For an address that is being typed: of one that is no name, and of a name that is kept for inner networks, it is known that
	 * it will be refused. Other names are looked at when they are called.
	 * @throws ApiError 400 naming the field
	 */
	requireTypable({ host, port }: Required<AllowedPlace>, field: string): void {
		const address = unbracketed(host);
		const isRefused =
			isIP(address) === 0
				? isInnerName(host) && !this.#allowed.mayHave(host, port)
				: !this.#mayCall(address, address, port);
		if (isRefused)
			throw new ApiError(400, outgoingRefused, refusal, {
				params: { place: nameable(host, port, address) },
				details: [{ errorCode: outgoingRefused, fieldName: field }],
			});
	}

	/**
	 * A connection. @param giveUp nobody waits for it any more; what has come about is its owner's
	 * @throws OutgoingRefused; Error of the network, also when none has come about in time
	 */
	connect(host: string, port: number, timeoutMs: number, giveUp?: AbortSignal): Promise<Socket> {
		return new Promise((resolve, reject) => {
			this.#requireAddress(host, port);
			giveUp?.throwIfAborted();
			const socket = connect({ host, port, lookup: this.#lookup(port) });
			const leave = () => socket.destroy(giveUp?.reason);
			const late = setTimeout(() => socket.destroy(new Error(`${host}:${port} does not answer.`)), timeoutMs);
			giveUp?.addEventListener("abort", leave);
			socket.once("close", () => clearTimeout(late));
			// It stays: whoever gets the socket listens a moment later.
			socket.on("error", reject);
			socket.once("connect", () => {
				clearTimeout(late);
				giveUp?.removeEventListener("abort", leave);
				resolve(socket);
			});
		});
	}

	/**
	 * IPv4 addresses of a name that may be called, for what speaks by datagrams.
	 * @throws OutgoingRefused; Error of the name service
	 */
	async addressesOf(host: string, port: number): Promise<string[]> {
		this.#requireAddress(host, port);
		return new Promise((resolve, reject) => {
			this.#lookup(port)(unbracketed(host), { all: true, family: 4 }, (error, found) =>
				error ? reject(error) : resolve([found].flat().map((one) => (typeof one === "string" ? one : one.address))),
			);
		});
	}

	/** Posts a text; what is answered is not read. @returns the status @throws OutgoingRefused; Error of the network, or of time */
	post(url: URL, { body, headers, timeoutMs }: Posted): Promise<number> {
		return this.#send(url, { method: "POST", headers, body, timeoutMs }, async (answer) => {
			answer.destroy();
			return answer.statusCode ?? 0;
		});
	}

	/** Asks, and reads the answer; a redirect is an answer as others are. @throws OutgoingRefused; Error of the network, of time, or of length */
	ask(url: URL, { mostBytes, ...asked }: Asked): Promise<Answered> {
		return this.#send(url, asked, async (answer) => ({
			status: answer.statusCode ?? 0,
			headers: plainHeaders(answer.headers),
			body: await readBody(answer, mostBytes),
		}));
	}

	/** @param read what is made of the answer; the time is for that as well */
	#send<T>(
		url: URL,
		{ method, headers, body, timeoutMs }: Omit<Asked, "mostBytes">,
		read: (answer: IncomingMessage) => Promise<T>,
	): Promise<T> {
		const { port } = placeOf(url);
		return new Promise((resolve, reject) => {
			this.#requireAddress(url.hostname, port);
			const options = { method, headers, agent: false, lookup: this.#lookup(port) };
			const request = (url.protocol === "https:" ? secureRequest : plainRequest)(url, {
				...options,
				signal: AbortSignal.timeout(timeoutMs),
			});
			request.on("error", reject);
			request.once("response", (answer) => void read(answer).then(resolve, reject));
			request.end(body);
		});
	}

	/** Nobody looks up an address, so it is judged here. */
	#requireAddress(host: string, port: number): void {
		const address = unbracketed(host);
		if (isIP(address) !== 0 && !this.#mayCall(address, address, port)) throw this.#refused(host, port);
	}

	/** Tells of what a name leads to only where it may be called. */
	#lookup(port: number): LookupFunction {
		return (host, options, callback) => {
			this.#resolve(host, { all: true }, (error, found) => {
				if (error) return callback(error, "", 0);
				const may = found.filter(
					({ address, family }) => (!options.family || options.family === family) && this.#mayCall(host, address, port),
				);
				const [first] = may;
				if (!first) return callback(this.#refused(host, port, found[0]?.address), "", 0);
				if (options.all) return callback(null, may);
				callback(null, first.address, first.family);
			});
		};
	}

	#mayCall(host: string, address: string, port: number): boolean {
		return !(isInner(address) || isInnerName(host)) || this.#allowed.has(host, address, port);
	}

	#refused(host: string, port: number, address?: string): OutgoingRefused {
		this.#operators.warn(
			{ event: outgoingRefused, host, port },
			"a call to an address that somebody has set was not made: it leads into the own network (--may-call)",
		);
		return new OutgoingRefused(host, port, address);
	}
}

async function readBody(answer: IncomingMessage, mostBytes: number): Promise<Buffer> {
	const parts: Buffer[] = [];
	let length = 0;
	for await (const part of answer as AsyncIterable<Buffer>) {
		length += part.length;
		if (length > mostBytes) throw new AnswerTooLong(mostBytes);
		parts.push(part);
	}
	return Buffer.concat(parts);
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, [value].flat().join(", ")]],
		),
	);
}

/** As `--may-call` takes it: what is no name there (`127.1`) stands as the address to which it leads. */
function nameable(host: string, port: number, address: string): string {
	const plain = unbracketed(host).replace(/%.*$/, "");
	const known = isHost(plain.toLowerCase()) ? plain : address.replace(/%.*$/, "");
	return isIP(known) === 6 ? `[${known}]:${port}` : `${known}:${port}`;
}

/** Where a web address leads. */
export function placeOf({ protocol, hostname, port }: URL): Required<AllowedPlace> {
	return { host: hostname, port: Number(port) || (protocol === "https:" ? 443 : 80) };
}
