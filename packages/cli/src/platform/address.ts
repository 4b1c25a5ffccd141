/** Which organization is meant, and where its doors are. */
import { regions } from "@inlay/contract";
import { nearestName } from "@inlay/contract/nearest";
import { readConfig } from "@inlay/core/config/config";
import { askRunning } from "@inlay/core/config/operator-door";
import { StartError } from "@inlay/core/config/start-error";

export interface Address {
	/** Origins; nothing is ever sent to another one. */
	api: string;
	login: string;
	/** The platform's own: only what its public API has is asked of it. */
	isRegion: boolean;
	/** Of the panels, where the region's name says it; a server of one's own tells it. */
	apps?: string;
}

export interface AddressOptions {
	url?: string;
	region?: string;
	/** Folder of this machine's Inlay. */
	data?: string;
}

/** Address of the Inlay that a command is about: the one that is named, or else this machine's. */
export async function usualUrl({ url, data }: Omit<AddressOptions, "region">, env: NodeJS.ProcessEnv): Promise<string> {
	// Who names a folder means this machine's.
	const named = url ?? (data === undefined ? namedByEnv(env) : undefined);
	if (named !== undefined) return named;
	const config = readConfig(data === undefined ? [] : [`--data=${data}`], env);
	return (await toldByServer(config.dataDir)) ?? config.publicUrl;
}

/** The server that runs on a folder knows by which address it was started. Undefined where none does, or it does not say. */
async function toldByServer(folder: string): Promise<string | undefined> {
	const told = await askRunning(folder, "address", {}).catch(() => undefined);
	return typeof told?.done === "string" ? told.done : undefined;
}

/** Undefined where nobody names one: an empty variable is none. */
export function namedByEnv({ INLAY_URL }: NodeJS.ProcessEnv): string | undefined {
	return INLAY_URL || undefined;
}

/** @throws StartError naming the flag */
export async function readAddress(options: AddressOptions, env: NodeJS.ProcessEnv): Promise<Address> {
	const { url, region } = options;
	if (url !== undefined && region !== undefined)
		throw new StartError("config.invalid", "Give --url for an Inlay or --region for the platform, not both.");
	if (region !== undefined) return ofRegion(region);
	const given = await usualUrl(options, env);
	const address = URL.parse(given);
	if (!address?.protocol.startsWith("http") || address.pathname.length > 1 || address.search || address.hash)
		throw new StartError("config.invalid", `--url ${given} is no address of an Inlay, such as http://localhost:8080.`);
	if (address.username || address.password)
		throw new StartError("config.invalid", "--url must hold no password: credentials come from the environment.");
	return { api: address.origin, login: address.origin, isRegion: false };
}

/** A region that is not known is none: credentials go to nobody by a slip of the hand. */
function ofRegion(region: string): Address {
	const known = region.trim().toLowerCase().replace(/\/+$/, "");
	const at = (door: string) => `https://${door}.${known}`;
	if (regions.includes(known)) return { api: at("api"), login: at("login"), apps: at("apps"), isRegion: true };
	const near = nearestName(known, regions);
	const hint = near ? `Is it ${near}?` : `There are: ${regions.join(", ")}.`;
	throw new StartError("config.invalid", `--region ${region} is no region. ${hint}`);
}
