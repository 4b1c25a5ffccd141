import { readFile, stat } from "node:fs/promises";

/**
 * When the last backup was, by the file that the backup touches, or writes a time into, after each run.
 *
 * @param stamp path of that file; `untold` where nobody has named one
 */
export async function backupOf(stamp: string | undefined): Promise<"untold" | { at: string } | { unreadable: string }> {
	if (stamp === undefined) return "untold";
	try {
		const written = Date.parse((await readFile(stamp, "utf8")).trim().slice(0, 100));
		return { at: new Date(Number.isNaN(written) ? (await stat(stamp)).mtimeMs : written).toISOString() };
	} catch (error) {
		return { unreadable: error instanceof Error ? error.message : String(error) };
	}
}
