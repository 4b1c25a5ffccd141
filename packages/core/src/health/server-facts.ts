/** Looks at the machine and what it leans on. Each look has a bound of its own; what it could not find out is left out. */
import { connect, type TLSSocket } from "node:tls";
import type { Unchecked } from "@inlay/contract/health/finding";
import type { ServerFacts } from "@inlay/contract/health/server-facts";
import type { EmailDomain } from "../email/model.ts";
import { backupOf } from "../kernel/config/backup-stamp.ts";
import type { Config } from "../kernel/config/config.ts";
import { freeBytes } from "../kernel/config/disk-room.ts";
import type { Kernel } from "../kernel/domain.ts";
import { healthStore } from "./store.ts";

export interface ServerParts extends Pick<Kernel, "config" | "clock" | "database" | "room"> {
	organizationId(): Promise<string>;
	/** Whether a peer on this machine gets a media connection. */
	tryMedia(): Promise<ServerFacts["media"]>;
	mail: { domains(): Promise<EmailDomain[]>; check(domain: EmailDomain): Promise<void> };
}

/** No look takes longer, ms. */
const longestMs = 6_000;
const dayMs = 86_400_000;
/** Mail servers that are asked; an organization has a few. */
const mostDomains = 20;

export async function readServer(parts: ServerParts): Promise<{ facts: ServerFacts; unchecked: Unchecked[] }> {
	const { config, clock, database, room } = parts;
	const since = new Date(clock.now().getTime() - dayMs);
	const unchecked: Unchecked[] = [];
	const look = async <T>(what: Unchecked["what"], asked: Promise<T>): Promise<T | undefined> => {
		try {
			return await within(asked);
		} catch (error) {
			noteFailed(unchecked, what, reasonOf(error));
			return undefined;
		}
	};
	const [address, certificate, time, free, backup, media, mailServers, failedMails, failedMessages] = await Promise.all(
		[
			look("address", addressOf(config, parts.organizationId)),
			look("certificate", certificateOf(config.publicUrl)),
			look("database", clockOf(parts)),
			look("disk", freeBytes(config.dataDir)),
			look("backup", backupOf(config.backupStamp)),
			look("media", parts.tryMedia()),
			look("mail", mailServersOf(parts.mail)),
			look("mail", healthStore.failedMails(database.db, since)),
			look("messages", healthStore.failedMessages(database.db, since)),
		],
	);
	const facts: ServerFacts = {
		publicUrl: config.publicUrl,
		...(address ? { address } : {}),
		...(certificate ? { certificate } : {}),
		...(time ? { clockOff: time.off, databaseMs: time.ms } : {}),
		...(free === undefined ? {} : { freeBytes: free }),
		isFull: isFull(room),
		...(backup ? { backup } : {}),
		...(media ? { media } : {}),
		...(mailServers ? { mailServers } : {}),
		...(failedMails ? { failedMails } : {}),
		...(failedMessages ? { failedMessages } : {}),
		now: clock.now().toISOString(),
	};
	return { facts, unchecked };
}

/** Mail is looked at twice, and told once. */
export function noteFailed(unchecked: Unchecked[], what: Unchecked["what"], reason: string): void {
	const known = unchecked.find((one) => one.what === what);
	if (!known) unchecked.push({ what, why: "failed", detail: reason });
	else if (known.detail !== reason) known.detail = `${known.detail}; ${reason}`;
}

async function within<T>(asked: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`no answer within ${longestMs / 1000} s`)), longestMs);
	});
	try {
		return await Promise.race([asked, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** What the network said, rather than “fetch failed”. */
function reasonOf(error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	if (!(cause instanceof Error)) return String(cause);
	return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}

/** Asks its own public address for the page that every panel begins with: it names the organization. */
async function addressOf(
	{ publicUrl }: Config,
	organizationId: ServerParts["organizationId"],
): Promise<NonNullable<ServerFacts["address"]>> {
	try {
		const signal = AbortSignal.timeout(longestMs - 1000);
		const answer = await fetch(new URL("/crm/boot.json", publicUrl), { signal });
		const { organization } = (await answer.json().catch(() => ({}))) as { organization?: { id?: string } };
		return { answers: organization?.id === (await organizationId()) ? "same" : "other" };
	} catch (error) {
		return { answers: "nobody", detail: reasonOf(error) };
	}
}

/** As a browser meets it: its chain, name and dates are judged. Undefined for an address without TLS, or where nobody answers. */
async function certificateOf(publicUrl: string): Promise<ServerFacts["certificate"]> {
	const url = new URL(publicUrl);
	if (url.protocol !== "https:") return undefined;
	const host = url.hostname;
	return new Promise((resolve) => {
		const socket: TLSSocket = connect(
			{ host, port: Number(url.port || 443), servername: host, rejectUnauthorized: false, timeout: longestMs - 1000 },
			() => {
				const fault = socket.authorizationError;
				const ends = new Date(socket.getPeerCertificate().valid_to).toISOString();
				socket.end();
				resolve(fault ? { host, fault: String(fault) } : { host, ends });
			},
		);
		// That nobody answers is told of the address itself.
		socket.once("error", () => resolve(undefined));
		socket.once("timeout", () => socket.destroy(new Error("timeout")));
	});
}

async function clockOf({ clock, database }: ServerParts): Promise<{ off: number; ms: number }> {
	const { at, ms, askedAt } = await healthStore.clock(database.db);
	const sinceMs = performance.now() - askedAt - ms / 2;
	return { off: (clock.now().getTime() - sinceMs - at.getTime()) / 1000, ms };
}

async function mailServersOf({
	domains,
	check,
}: ServerParts["mail"]): Promise<NonNullable<ServerFacts["mailServers"]>> {
	const set = (await domains()).filter(({ smtp }) => smtp !== undefined).slice(0, mostDomains);
	const asked = set.map(async (domain) => {
		try {
			await within(check(domain));
			return [];
		} catch (error) {
			return [{ domain: domain.id, host: domain.smtp?.host ?? "", detail: reasonOf(error) }];
		}
	});
	return (await Promise.all(asked)).flat();
}

function isFull(room: Kernel["room"]): boolean {
	try {
		room.require();
		return false;
	} catch {
		return true;
	}
}
