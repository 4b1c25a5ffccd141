import { bySeverity, type FindingCode } from "./codes.ts";
import type { Finding } from "./finding.ts";
import { finding } from "./make-finding.ts";
import type { AddressFacts, CertificateFacts, FailedSends, ServerFacts } from "./server-facts.ts";

const server = { kind: "server" as const, name: "" };
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const megabyte = 1024 * 1024;

/** Bounds beyond which something is worth a word. */
const bounds = {
	/** Days that a certificate has left: renewing by ACME begins at a third of 90. */
	certificateDays: 14,
	/** Codes of second factors are good for half a minute. */
	clockSeconds: 5,
	lowMegabytes: 1024,
	/** Of an empty question; within one machine it takes less than one. */
	databaseMs: 100,
	/** A backup that runs each night, and a morning. */
	backupHours: 36,
} as const;

/** Everything that is wrong with the machine and what it leans on, the worst first. */
export function checkServer(facts: ServerFacts): Finding[] {
	return [
		...addressFindings(facts.publicUrl, facts.address, "server.url"),
		...(facts.panel ? addressFindings(facts.panel.url, facts.panel.address, "server.panel") : []),
		...certificatesOf(facts).flatMap((certificate) => certificateFindings(certificate, facts.now)),
		...machineFindings(facts),
		...backupFindings(facts),
		...mediaFindings(facts),
		...sendingFindings(facts),
		...recordingFindings(facts),
	].sort(bySeverity);
}

function addressFindings(url: string, address: AddressFacts | undefined, at: "server.url" | "server.panel"): Finding[] {
	const { protocol, hostname } = new URL(url);
	const isInsecure = protocol === "http:" && !isThisMachine(hostname);
	return [
		...(isInsecure ? [finding("server.url.insecure", server, { values: { url } })] : []),
		...(address?.answers === "nobody"
			? [finding(`${at}.unreachable`, server, { values: { url, detail: address.detail } })]
			: []),
		...(address?.answers === "other" ? [finding(`${at}.other`, server, { values: { url } })] : []),
	];
}

/** Browsers take these for secure without TLS (Secure Contexts, 3.1). */
function isThisMachine(hostname: string): boolean {
	return hostname === "localhost" || hostname.endsWith(".localhost") || /^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** One for each name; where two ports of one name show different ones, both of them. */
function certificatesOf({ certificate, panel }: ServerFacts): CertificateFacts[] {
	const all = [certificate, panel?.certificate].flatMap((one) => one ?? []);
	return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function certificateFindings(certificate: CertificateFacts, now: string): Finding[] {
	const { host } = certificate;
	if ("fault" in certificate) {
		return [finding("server.certificate.invalid", server, { values: { host, detail: certificate.fault } })];
	}
	const days = Math.floor((Date.parse(certificate.ends) - Date.parse(now)) / dayMs);
	if (days >= bounds.certificateDays) return [];
	return [finding("server.certificate.ending", server, { values: { host, days: Math.max(0, days) } })];
}

function machineFindings({ clockOff = 0, freeBytes, isFull, databaseMs = 0 }: ServerFacts): Finding[] {
	const free = Math.floor((freeBytes ?? Number.POSITIVE_INFINITY) / megabyte);
	const seconds = Math.round(Math.abs(clockOff));
	return [
		...(isFull ? [finding("server.disk.full", server, { values: { free } })] : []),
		...(!isFull && free < bounds.lowMegabytes ? [finding("server.disk.low", server, { values: { free } })] : []),
		...(seconds > bounds.clockSeconds ? [finding("server.clock.off", server, { values: { seconds } })] : []),
		...(databaseMs > bounds.databaseMs
			? [finding("server.database.slow", server, { values: { ms: Math.round(databaseMs) } })]
			: []),
	];
}

/** What nobody has told is unknown, and not taken for good. */
function backupFindings({ backup, now }: ServerFacts): Finding[] {
	if (backup === undefined) return [];
	if (backup === "untold") return [finding("server.backup.unknown", server)];
	if ("unreadable" in backup) {
		return [finding("server.backup.unknown", server, { kind: "unreadable", values: { detail: backup.unreadable } })];
	}
	const hours = Math.floor((Date.parse(now) - Date.parse(backup.at)) / hourMs);
	if (hours < bounds.backupHours) return [];
	return [finding("server.backup.old", server, { values: { hours }, last: backup.at })];
}

function mediaFindings({ media }: ServerFacts): Finding[] {
	if (!media || media.works) return [];
	const { address, detail } = media;
	if (address === "") return [finding("server.media.unreachable", server, { kind: "nowhere", values: { detail } })];
	return [finding("server.media.unreachable", server, { values: { address, detail } })];
}

function recordingFindings({ failedRecordings: count = 0 }: ServerFacts): Finding[] {
	return count === 0 ? [] : [finding("server.recordings.failing", server, { values: { count }, count })];
}

function sendingFindings({
	mailServers = [],
	unsignedMails = [],
	failedMails,
	failedMessages,
}: ServerFacts): Finding[] {
	return [
		...mailServers.map((values) => finding("server.mail.unreachable", server, { values: { ...values } })),
		...unsignedMails.map((values) => finding("server.mail.unsigned", server, { values: { ...values } })),
		...failed("server.mail.failing", failedMails),
		...failed("server.messages.failing", failedMessages),
	];
}

function failed(code: FindingCode, sends: FailedSends | undefined): Finding[] {
	if (!sends || sends.count === 0) return [];
	const { count, detail, at } = sends;
	return [finding(code, server, { values: { count, detail }, last: at, count })];
}
