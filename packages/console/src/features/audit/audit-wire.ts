/** An entry as the server tells it (`AuditLogMessage`), as far as it is shown. */
export interface AuditMessage {
	id: string;
	eventDate: string;
	user?: { id: string; name?: string };
	client?: { id: string; name?: string };
	remoteIp?: string[];
	serviceName: string;
	action: string;
	entityType: string;
	entity: { id: string; name?: string };
	status: "SUCCESS" | "FAILURE";
	propertyChanges: Array<{ property: string; oldValues: string[]; newValues: string[] }>;
	entityChanges: Array<{
		entityType: string;
		entityId: string;
		entityName?: string;
		oldValues: string[];
		newValues: string[];
	}>;
	context: Record<string, string>;
}

/** A service, with its things and what is done to them. */
export interface AuditService {
	name: string;
	entities: Array<{ name: string; actions: string[] }>;
}
