/** One property of a thing, as it was and as it is; texts, as the platform's PropertyChange has them. */
export interface PropertyChange {
	/** By its path, such as `mediaSettings.call.alertingTimeoutSeconds`. */
	property: string;
	oldValues: string[];
	newValues: string[];
}

/** What an entry is about. */
export interface Subject {
	/** The platform's service, such as `Routing`. */
	service: string;
	/** Such as `Queue`. */
	entityType: string;
	id: string;
	/** As it was called then. */
	name?: string;
	/** Where it was; absent where it is the whole organization's. */
	divisionId?: string;
}

/** Something else that the same change has changed, as the deletion of a skill takes it from people. */
export interface EntityChange {
	entityType: string;
	entityId: string;
	entityName?: string;
	/** Where it is; absent where it is the whole organization's. Only who reads audits there is told of it. */
	divisionId?: string;
	oldValues: string[];
	newValues: string[];
}

export const statuses = ["SUCCESS", "FAILURE"] as const;
export type AuditStatus = (typeof statuses)[number];

/** Who has changed what, and how. Nothing in it is ever changed. */
export interface AuditEntry {
	id: string;
	at: Date;
	/** Absent where the server, or its operator, did it. */
	userId?: string;
	userName?: string;
	clientId?: string;
	clientName?: string;
	/** The address from which it was asked. */
	address?: string;
	/** Of the request, as its answer and the log have it (`ININ-Correlation-Id`). */
	correlationId?: string;
	subject: Subject;
	/** `Create`, `Update`, `Delete`, `Authenticate` … */
	action: string;
	status: AuditStatus;
	changes: PropertyChange[];
	others: EntityChange[];
	/** More that is known of it, such as the operation. */
	context: Record<string, string>;
}

/** Stands for what nobody gets to read: passwords, secrets, tokens. */
export const unshown = "•••";
