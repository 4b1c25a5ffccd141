import { randomUUID } from "node:crypto";
import { versionedSetting } from "../kernel/database/versioned-setting.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { Principal } from "../kernel/principal.ts";
import { AuditQueries } from "./queries.ts";
import { userNames } from "./store.ts";
import { asContext } from "./told.ts";
import { auditWriter } from "./writer.ts";

export interface AuditSettings {
	/** Days for which entries are kept. */
	retentionDays: number;
}

/** A file of entries that somebody takes along. */
export interface ExportTaken {
	format: string;
	principal: Principal;
	address: string;
	correlationId: string;
	/** What was asked for. */
	asked: Readonly<Record<string, unknown>>;
}

/** Thirteen months: a year and the time to look back at it. */
export const defaultSettings: AuditSettings = { retentionDays: 396 };
/** A month at least, so that nobody does something and has it forgotten the next day; ten years at most. */
export const retentionRange = [30, 3_653] as const;

const kept = versionedSetting<AuditSettings>({
	...{ table: "audit_settings", column: "settings" },
	entity: { name: "audits", id: "settings" },
});

function settingsChanged(actor: Actor): NewEvent {
	return { type: "audit.settings.changed", entityType: "audit-settings", entityId: "settings", actor };
}

/** Who has changed what: written with every change, asked by those who may, forgotten when its time is over. */
export function createAudit(kernel: Pick<Kernel, "database" | "events" | "clock" | "jobs">) {
	const { database, events, clock } = kernel;
	const writer = auditWriter(kernel);

	async function readSettings(): Promise<AuditSettings & { version: number }> {
		const { version, said } = await kept.read(database.db);
		return { ...defaultSettings, ...said, version };
	}

	return {
		queries: new AuditQueries(kernel),
		/** For the HTTP server: sees what requests change. */
		witness: writer.witness,
		/** Writes an entry of somebody's own making, in the transaction of what it tells of. */
		write: writer.write,
		settings: readSettings,

		/** Notes that somebody has taken entries along. */
		async exported({ format, principal, address, correlationId, asked }: ExportTaken): Promise<void> {
			const { userId, clientId, clientName } = principal;
			await database.change(async (trx) => {
				const userName = userId ? (await userNames(trx, [userId])).get(userId) : undefined;
				await writer.write(trx, {
					...{ id: randomUUID(), at: clock.now(), clientId, clientName, address, correlationId },
					...(userId ? { userId } : {}),
					...(userName ? { userName } : {}),
					subject: { service: "Audits", entityType: "Audit", id: "entries" },
					...{ action: "Export", status: "SUCCESS", changes: [], others: [] },
					context: asContext({ ...asked, format }),
				});
			});
		},

		/** What is absent stays. @param seen the version that the change is based on @throws ApiError 409 `version.conflict` */
		async change(changes: Partial<AuditSettings>, seen: number | undefined, actor: Actor) {
			await database.change(async (trx) => {
				await kept.change(trx, changes, seen);
				await events.append(trx, [settingsChanged(actor)]);
			});
			return readSettings();
		},
	};
}

export type Audit = ReturnType<typeof createAudit>;
