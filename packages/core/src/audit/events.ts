import type { NewEvent } from "../kernel/events/event-log.ts";
import type { AuditEntry } from "./model.ts";
import { toldIn } from "./store.ts";
import { auditView } from "./view.ts";

/** `v2.audits.entitytype.{id}.entityid.{id}` (platform-api, appendix B). */
export function auditTopic(entityType: string, entityId: string): string {
	return `v2.audits.entitytype.${entityType}.entityid.${entityId}`;
}

/**
 * `audit.written`, announced as AuditTopicAuditLogMessage to those who may read the entry: with what is where its thing is. Of
 * things elsewhere those read who may there.
 */
export function entryWritten(entry: AuditEntry): NewEvent {
	const { entityType, id, divisionId } = entry.subject;
	const told = divisionId === undefined ? entry : { ...entry, others: toldIn([divisionId], entry.others) };
	return {
		type: "audit.written",
		entityType: "audit",
		entityId: entry.id,
		announcements: [
			{
				topics: [auditTopic(entityType, id)],
				eventBody: auditView(told),
				visibleTo: { divisionIds: divisionId ? [divisionId] : [] },
			},
		],
	};
}
