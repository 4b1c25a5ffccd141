import { isIP } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type AllowedPlace, readAllowedPlace } from "../outgoing/allowed-places.ts";
import { readS3Address } from "../storage/s3-address.ts";
import { type Addresses, readAddresses } from "./config-addresses.ts";
import { type ConfigFlag, configFlags, type FlagName } from "./config-flags.ts";
import { bad, highestPort, readPort, readPortRange, readSwitch, type Settings } from "./config-values.ts";

/** How much is written to the log, from the least to the most. */
export const logLevels = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** Everything that a start of Inlay can be told. Read once by {@link readConfig}, never changed afterwards. */
export interface Config extends Addresses {
	/** Absolute path of the folder for all that Inlay keeps. */
	readonly dataDir: string;
	/** A PostgreSQL server of one's own; without it the embedded one runs under the data folder. */
	readonly databaseUrl?: string;
	/** A bucket for files, with what opens it; without it they lie in the data folder. */
	readonly storage?: string;
	/** Places of the operator's own network to which addresses that somebody types may lead. */
	readonly mayCall: readonly AllowedPlace[];
	/** Whether the demo organisation, CRM and customer page run too. */
	readonly demo: boolean;
	/** Whether the demo's first start makes calls of the past. */
	readonly demoSamples: boolean;
	/** Region name that the platform's own clients are told, such as "mypurecloud.com". */
	readonly region: string;
	/** IP address that media is announced at, when the machine's own is not the one that callers reach. */
	readonly mediaAddress?: string;
	/** UDP port of all media; a free one when absent. */
	readonly mediaPort?: number;
	/** Port of trunks' signalling, UDP and TCP. */
	readonly sipPort?: number;
	/** UDP ports of trunks' sound, first and last; free ones when absent. */
	readonly trunkPorts?: readonly [number, number];
	/** Port at which mail servers bring emails; without it none are taken by SMTP. */
	readonly smtpPort?: number;
	/** File that the backup touches, or writes its time into, after each run: by it the age of the last one is known. */
	readonly backupStamp?: string;
	/** API requests that one token may make per minute; 0 for no limit. */
	readonly rateLimit: number;
	readonly logLevel: LogLevel;
}

/**
 * Reads flags and environment; a flag wins over its variable, and an empty variable counts as none.
 *
 * @param argv the words behind the command, for example ["--port", "8080", "--no-demo"]
 * @param env the environment, for example `process.env`
 * @throws StartError "config.invalid" naming the flag or variable that is wrong
 */
export function readConfig(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Config {
	const setting = settingsFrom(parseFlags(argv), env);
	const demo = readSwitch(setting, "demo", true);
	return {
		...readAddresses(setting, demo),
		dataDir: resolve(setting("data")?.value ?? "data"),
		databaseUrl: readDatabaseUrl(setting),
		storage: readStorage(setting),
		mayCall: readMayCall(setting),
		demo,
		demoSamples: readSwitch(setting, "demo-samples", true),
		region: readRegion(setting),
		mediaAddress: readMediaAddress(setting),
		mediaPort: readPort(setting, "media-port", highestPort),
		sipPort: readPort(setting, "sip-port", highestPort),
		trunkPorts: readPortRange(setting, "trunk-ports", highestPort),
		smtpPort: readPort(setting, "smtp-port", highestPort),
		...readBackupStamp(setting),
		rateLimit: readRateLimit(setting),
		logLevel: readLogLevel(setting),
	};
}

function parseFlags(argv: readonly string[]): Partial<Record<FlagName, string>> {
	const flags: readonly ConfigFlag[] = configFlags;
	const options = Object.fromEntries(
		flags.map(({ name, value }) => [name, { type: value ? ("string" as const) : ("boolean" as const) }]),
	);
	try {
		const parsed = parseArgs({
			args: withValuesJoined(argv),
			options,
			allowNegative: true,
			strict: true,
		});
		return Object.fromEntries(Object.entries(parsed.values).map(([name, value]) => [name, String(value)]));
	} catch (error) {
		const known = configFlags.map(({ name }) => `--${name}`).join(", ");
		throw bad(`${firstSentence(error)} The flags of start are ${known} and --no-demo.`);
	}
}

/** `--port -1` as `--port=-1`, so that what is wrong is the value and not the way of writing it. */
function withValuesJoined(argv: readonly string[]): string[] {
	const takesValue = (word: string) =>
		(configFlags as readonly ConfigFlag[]).some((flag) => flag.value && word === `--${flag.name}`);
	const joined: string[] = [];
	for (const word of argv) {
		const before = joined.at(-1);
		if (before !== undefined && takesValue(before) && /^-[^-]/.test(word)) joined.push(`${joined.pop()}=${word}`);
		else joined.push(word);
	}
	return joined;
}

function settingsFrom(
	flags: Partial<Record<FlagName, string>>,
	env: Readonly<Record<string, string | undefined>>,
): Settings {
	return (name) => {
		const flag = flags[name];
		if (flag !== undefined) {
			if (flag === "") throw bad(`--${name} is empty.`);
			return { value: flag, source: `--${name}` };
		}
		const variable = configFlags.find((known) => known.name === name)?.env ?? "";
		const value = env[variable];
		return value ? { value, source: variable } : undefined;
	};
}

function readDatabaseUrl(setting: Settings): string | undefined {
	const given = setting("database-url");
	if (!given) return undefined;
	const url = URL.parse(given.value);
	// The value is not repeated: it usually holds a password.
	if (!url || !["postgres:", "postgresql:"].includes(url.protocol)) {
		throw bad(`${given.source} must look like postgres://user:password@host:5432/database.`);
	}
	return given.value;
}

function readStorage(setting: Settings): string | undefined {
	const given = setting("storage");
	if (!given) return undefined;
	// The value is not repeated: it holds a secret.
	if (!readS3Address(given.value)) throw bad(`${given.source} must look like s3+https://KEY:SECRET@host/bucket.`);
	return given.value;
}

function readMayCall(setting: Settings): AllowedPlace[] {
	const given = setting("may-call");
	return (given?.value.split(",") ?? []).map((one) => {
		const place = readAllowedPlace(one.trim());
		if (place) return place;
		throw bad(
			`${given?.source} must be addresses, networks or names with commas, each with a port or none, such as mail.corp:587,10.0.0.0/24, not "${one.trim()}".`,
		);
	});
}

function readBackupStamp(setting: Settings): Pick<Config, "backupStamp"> {
	const given = setting("backup-stamp");
	return given ? { backupStamp: resolve(given.value) } : {};
}

function readRegion(setting: Settings): string {
	const given = setting("region");
	if (!given) return "mypurecloud.com";
	if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(given.value)) return given.value;
	throw bad(`${given.source} must be a region's domain such as mypurecloud.com, not "${given.value}".`);
}

function readMediaAddress(setting: Settings): string | undefined {
	const given = setting("media-address");
	if (!given) return undefined;
	if (isIP(given.value)) return given.value;
	throw bad(`${given.source} must be an IP address, not "${given.value}".`);
}

function readRateLimit(setting: Settings): number {
	const given = setting("rate-limit");
	if (!given) return 6000;
	if (/^\d{1,9}$/.test(given.value)) return Number(given.value);
	throw bad(`${given.source} must be a whole number, 0 for no limit, not "${given.value}".`);
}

function readLogLevel(setting: Settings): LogLevel {
	const given = setting("log-level");
	if (!given) return "warn";
	const level = logLevels.find((known) => known === given.value);
	if (level) return level;
	throw bad(`${given.source} must be one of ${logLevels.join(", ")}, not "${given.value}".`);
}

function firstSentence(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return `${(text.split(/\.\s|\n/)[0] ?? text).replace(/\.$/, "")}.`;
}
