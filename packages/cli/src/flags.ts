/** Flags of commands, as people write them. */
import { InvalidArgumentError } from "commander";

/** What a panel loads on every start stays small unless somebody says otherwise. */
export const usualSize = 100_000;

export function readSize(text: string): number {
	const [, count, unit = ""] = /^(\d+(?:\.\d+)?)\s*(b|kb|kib|mb|mib)?$/i.exec(text) ?? [];
	if (count === undefined) throw new InvalidArgumentError("It has to be a size, as 64kB or 65536.");
	const units: Record<string, number> = { kb: 1000, kib: 1024, mb: 1_000_000, mib: 1_048_576 };
	return Math.round(Number(count) * (units[unit.toLowerCase()] ?? 1));
}

export function readTarget(text: string): string {
	const year = Number(/^es(20\d\d)$/i.exec(text)?.[1]);
	if (!(year >= 2015 && year <= 2025)) throw new InvalidArgumentError("It has to be es2015 to es2025.");
	return text.toLowerCase();
}

export function readCount(text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It has to be a number.");
	return Number(text);
}
