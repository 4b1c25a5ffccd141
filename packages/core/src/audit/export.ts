import type { AuditEntry } from "./model.ts";
import { auditView } from "./view.ts";

const columns: ReadonlyArray<readonly [name: string, of: (entry: AuditEntry) => string | undefined]> = [
	["time", ({ at }) => at.toISOString()],
	["user", ({ userName }) => userName],
	["userId", ({ userId }) => userId],
	["client", ({ clientName }) => clientName],
	["clientId", ({ clientId }) => clientId],
	["address", ({ address }) => address],
	["service", ({ subject }) => subject.service],
	["entityType", ({ subject }) => subject.entityType],
	["entity", ({ subject }) => subject.name],
	["entityId", ({ subject }) => subject.id],
	["action", ({ action }) => action],
	["status", ({ status }) => status],
	["changes", changesText],
	["others", ({ others }) => (others.length === 0 ? "" : JSON.stringify(others))],
	["context", ({ context }) => JSON.stringify(context)],
	["correlationId", ({ correlationId }) => correlationId],
];

/** One line for each property: `name: before → after`. */
function changesText({ changes }: AuditEntry): string {
	return changes
		.map(({ property, oldValues, newValues }) => `${property}: ${oldValues.join(", ")} → ${newValues.join(", ")}`)
		.join("\n");
}

/**
 * RFC 4180, with a byte order mark, by which spreadsheets know that it is UTF-8. What a spreadsheet would take for a formula begins
 * with an apostrophe: names and values were typed by anybody.
 */
export async function* csvOf(parts: AsyncIterable<readonly AuditEntry[]>): AsyncGenerator<string> {
	yield `\ufeff${line(columns.map(([name]) => name))}`;
	for await (const entries of parts)
		yield entries.map((entry) => line(columns.map(([, of]) => of(entry) ?? ""))).join("");
}

function line(cells: readonly string[]): string {
	return `${cells.map(cell).join(",")}\r\n`;
}

function cell(text: string): string {
	const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An array, an entry a line. */
export async function* jsonOf(parts: AsyncIterable<readonly AuditEntry[]>): AsyncGenerator<string> {
	let opening = "[\n";
	for await (const entries of parts)
		for (const entry of entries) {
			yield `${opening}${JSON.stringify(auditView(entry))}`;
			opening = ",\n";
		}
	yield opening === "[\n" ? "[]\n" : "\n]\n";
}
