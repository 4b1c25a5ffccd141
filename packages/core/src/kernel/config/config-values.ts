import type { FlagName } from "./config-flags.ts";
import { StartError } from "./start-error.ts";

/** What was given for a flag, and where; undefined when nothing was. */
export type Settings = (name: FlagName) => { value: string; source: string } | undefined;

export const highestPort = 65_535;

/** @throws StartError "config.invalid" for anything but a switch's words */
export function readSwitch(setting: Settings, name: FlagName, otherwise: boolean): boolean {
	const given = setting(name);
	if (!given) return otherwise;
	if (["true", "1", "yes", "on"].includes(given.value)) return true;
	if (["false", "0", "no", "off"].includes(given.value)) return false;
	throw bad(`${given.source} must be true or false, not "${given.value}".`);
}

/** @throws StartError "config.invalid" for anything but a port from 1 to `highest` */
export function readPort(setting: Settings, name: FlagName, highest: number): number | undefined {
	const given = setting(name);
	if (!given) return undefined;
	const port = Number(given.value);
	if (/^\d{1,5}$/.test(given.value) && port >= 1 && port <= highest) return port;
	throw bad(`${given.source} must be a whole number from 1 to ${highest}, not "${given.value}".`);
}

/** `20000-20199`: first and last port of a range. */
export function readPortRange(
	setting: Settings,
	name: FlagName,
	highest: number,
): readonly [number, number] | undefined {
	const given = setting(name);
	if (!given) return undefined;
	const [first = 0, last = 0] = (/^(\d{1,5})-(\d{1,5})$/.exec(given.value)?.slice(1) ?? []).map(Number);
	if (first >= 1 && first <= last && last <= highest) return [first, last];
	throw bad(`${given.source} must be two ports such as 20000-20199, not "${given.value}".`);
}

/** A start that is refused for what it was told. @param sentence for a person, naming the flag or variable */
export function bad(sentence: string): StartError {
	return new StartError("config.invalid", sentence);
}
