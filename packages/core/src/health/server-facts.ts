/** Looks at the machine and what it leans on. Each look has a bound of its own; what it could not find out is left out. */
import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { Unchecked } from "@inlay/contract/health/finding";
import type { AddressFacts, ServerFacts } from "@inlay/contract/health/server-facts";
import type { EmailDomain } from "../email/model.ts";
import { backupOf } from "../kernel/config/backup-stamp.ts";
import { freeBytes } from "../kernel/config/disk-room.ts";
import type { Kernel } from "../kernel/domain.ts";
import { within } from "../kernel/time/within.ts";
import { healthStore } from "./store.ts";

export interface ServerParts extends Pick<Kernel, "config" | "clock" | "database" | "room"> {
	organizationId(): Promise<string>;
	/** Whether a peer on this machine gets a media connection. */
	tryMedia(): Promise<ServerFacts["media"]>;
	mail: {
		domains(): Promise<EmailDomain[]>;
		check(domain: EmailDomain): Promise<void>;
		/** A key by which the domain's mails are signed and that name servers do not tell, with the record that they should. */
		unsigned(domain: string): Promise<{ domain: string; name: string; text: string } | undefined>;
	};
}

/** No look takes longer, ms; and what it asks of others takes less, so that a look tells which of them did not answer. */
const bounds = { lookMs: 6_000, askMs: 5_000 };
/** Of this server: it says whose it is, and nothing to operators. */
export const selfPath = "/api/inlay/v1/health/server";
/** The same at the panel's origin, which serves nothing of the API. */
export const panelSelfPath = "/crm/server.json";
/** By it this process knows its own look again; nobody else has it. */
export const selfMark = { header: "x-inlay-self", value: randomUUID() };
const dayMs = 86_400_000;
/** Mail servers that are asked; an organization has a few. */
const mostDomains = 20;

export async function readServer(
	parts: ServerParts,
	{ lookMs, askMs } = bounds,
): Promise<{ facts: ServerFacts; unchecked: Unchecked[] }> {
	const { config, clock, database, room } = parts;
	const since = new Date(clock.now().getTime() - dayMs);
	const unchecked: Unchecked[] = [];
	const look = async <T>(what: Unchecked["what"], asked: Promise<T>): Promise<T | undefined> => {
		try {
			return await within(asked, lookMs);
		} catch (error) {
			noteFailed(unchecked, what, reasonOf(error));
			return undefined;
		}
	};
	const machine = Promise.all([
		look("address", addressOf(new URL(selfPath, config.publicUrl), parts.organizationId, askMs)),
		look("certificate", certificateOf(config.publicUrl, askMs)),
		look("address", addressOf(new URL(panelSelfPath, config.panelUrl), parts.organizationId, askMs)),
		look("certificate", certificateOf(config.panelUrl, askMs)),
		look("database", clockOf(parts)),
		look("disk", freeBytes(config.dataDir)),
		look("backup", backupOf(config.backupStamp)),
		look("media", parts.tryMedia()),
	]);
	const sending = Promise.all([
		look("mail", mailServersOf(parts.mail, askMs)),
		look("mail", unsignedOf(parts.mail)),
		look("mail", healthStore.failedMails(database.db, since)),
		look("messages", healthStore.failedMessages(database.db, since)),
		look("recordings", healthStore.failedRecordings(database.db, since)),
	]);
	const [address, certificate, panelAddress, panelCertificate, time, free, backup, media] = await machine;
	const [mailServers, unsignedMails, failedMails, failedMessages, failedRecordings] = await sending;
	const facts: ServerFacts = {
		publicUrl: config.publicUrl,
		...(address ? { address } : {}),
		...(certificate ? { certificate } : {}),
		panel: {
			url: config.panelUrl,
			...(panelAddress ? { address: panelAddress } : {}),
			...(panelCertificate ? { certificate: panelCertificate } : {}),
		},
		...(time ? { clockOff: time.off, databaseMs: time.ms } : {}),
		...(free === undefined ? {} : { freeBytes: free }),
		isFull: isFull(room),
		...(backup ? { backup } : {}),
		...(media ? { media } : {}),
		...(mailServers ? { mailServers } : {}),
		...(unsignedMails ? { unsignedMails } : {}),
		...(failedMails ? { failedMails } : {}),
		...(failedMessages ? { failedMessages } : {}),
		...(failedRecordings ? { failedRecordings } : {}),
		now: clock.now().toISOString(),
	};
	return { facts, unchecked };
}

/** Mail and addresses are looked at twice, and told once. */
export function noteFailed(unchecked: Unchecked[], what: Unchecked["what"], reason: string): void {
	const known = unchecked.find((one) => one.what === what);
	if (!known) unchecked.push({ what, why: "failed", detail: reason });
	else if (known.detail !== reason) known.detail = `${known.detail}; ${reason}`;
}

/** What the network said, rather than “fetch failed”. */
function reasonOf(error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	if (!(cause instanceof Error)) return String(cause);
	return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}

/** Asks at its own address whose server is there. One that leads elsewhere is another's. */
async function addressOf(at: URL, organizationId: ServerParts["organizationId"], askMs: number): Promise<AddressFacts> {
	let answer: Response;
	try {
		const signal = AbortSignal.timeout(askMs);
		const headers = { [selfMark.header]: selfMark.value };
		answer = await fetch(at, { signal, redirect: "manual", headers });
	} catch (error) {
		return { answers: "nobody", detail: reasonOf(error) };
	}
	const told = (await answer.json().catch(() => null)) as { organization?: { id?: string } } | null;
	// Somebody on the way, or another process of this server, was asked too often: that says nothing of whose it is.
	if (answer.status === 429) throw new Error("it was asked too often (429)");
	return { answers: told?.organization?.id === (await organizationId()) ? "same" : "other" };
}

/** As a browser meets it: its chain, name and dates are judged. Undefined for an address without TLS, or where nobody answers. */
async function certificateOf(publicUrl: string, askMs: number): Promise<ServerFacts["certificate"]> {
	const place = tlsPlace(publicUrl);
	if (!place) return undefined;
	return new Promise((resolve) => {
		const socket: TLSSocket = connect({ ...place, rejectUnauthorized: false, timeout: askMs }, () => {
			resolve(certificateSeen(place.host, socket));
			socket.end();
		});
		// That nobody answers is told of the address itself.
		socket.once("error", () => resolve(undefined));
		socket.once("close", () => resolve(undefined));
		socket.once("timeout", () => socket.destroy());
	});
}

/** Where TLS is spoken for an address; undefined where it is not. An IP address is no name that a server is asked by (RFC 6066, 3). */
export function tlsPlace(publicUrl: string): { host: string; port: number; servername?: string } | undefined {
	const { protocol, hostname, port } = new URL(publicUrl);
	if (protocol !== "https:") return undefined;
	const host = hostname.replace(/^\[(.*)\]$/, "$1");
	return { host, port: Number(port || 443), ...(isIP(host) ? {} : { servername: host }) };
}

/** Nothing where no certificate was shown. */
function certificateSeen(host: string, socket: TLSSocket): ServerFacts["certificate"] {
	const fault = socket.authorizationError;
	if (fault) return { host, fault: String(fault) };
	const ends = new Date(socket.getPeerCertificate().valid_to);
	return Number.isNaN(ends.getTime()) ? undefined : { host, ends: ends.toISOString() };
}

async function clockOf({ clock, database }: ServerParts): Promise<{ off: number; ms: number }> {
	const { at, ms, askedAt } = await healthStore.clock(database.db);
	const sinceMs = performance.now() - askedAt - ms / 2;
	return { off: (clock.now().getTime() - sinceMs - at.getTime()) / 1000, ms };
}

async function mailServersOf(
	{ domains, check }: ServerParts["mail"],
	askMs: number,
): Promise<NonNullable<ServerFacts["mailServers"]>> {
	const set = (await domains()).filter(({ smtp }) => smtp !== undefined).slice(0, mostDomains);
	const asked = set.map(async (domain) => {
		try {
			await within(check(domain), askMs);
			return [];
		} catch (error) {
			return [{ domain: domain.id, host: domain.smtp?.host ?? "", detail: reasonOf(error) }];
		}
	});
	return (await Promise.all(asked)).flat();
}

async function unsignedOf({
	domains,
	unsigned,
}: ServerParts["mail"]): Promise<NonNullable<ServerFacts["unsignedMails"]>> {
	const set = (await domains()).filter(({ smtp, signing }) => smtp && signing).slice(0, mostDomains);
	return (await Promise.all(set.map(({ id }) => unsigned(id)))).flatMap((one) => one ?? []);
}

function isFull(room: Kernel["room"]): boolean {
	try {
		room.require();
		return false;
	} catch {
		return true;
	}
}
