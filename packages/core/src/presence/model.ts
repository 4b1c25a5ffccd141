/** The presences that the platform knows by itself (platform-api 5.2). */
export const systemPresences = [
	"Available",
	"Away",
	"Busy",
	"Offline",
	"Idle",
	"OnQueue",
	"Meal",
	"Training",
	"Meeting",
	"Break",
] as const;
export type SystemPresence = (typeof systemPresences)[number];

/** A presence that users can take: one of the system's, or an organisation's own under one of them. */
export interface PresenceDefinition {
	id: string;
	/** Label by language, e.g. `{en_US: "Lunch"}`. */
	languageLabels: Record<string, string>;
	systemPresence: SystemPresence;
	/** True for the system's own, which cannot be changed. */
	primary: boolean;
	/** `*` for all divisions. */
	divisionId: string;
	deactivated: boolean;
	/** Counts the changes of its labels, state and division; not of its place. */
	version: number;
	/** Among those under the same system presence. */
	position: number;
	deleted: boolean;
	createdBy?: string;
	createdDate: Date;
	modifiedBy?: string;
	modifiedDate: Date;
}

/** A user's presence now. */
export interface UserPresence {
	userId: string;
	definition: PresenceDefinition;
	message: string;
	/** Absent for somebody who never set one: they are Offline. */
	modifiedDate?: Date;
	/** Chosen while after-call work was owed; taken when that is done (agent-features section 1). */
	next?: WishedPresence;
}

/** A presence that waits for after-call work to be done. */
export interface WishedPresence {
	definition: PresenceDefinition;
	message: string;
}

/** As the older definitions and users' presences spell it: `On Queue` (platform-api 5.1, 8 no. 8). */
export function spokenPresence(name: SystemPresence): string {
	return name === "OnQueue" ? "On Queue" : name;
}

/** As events spell it: `ON_QUEUE`, `AVAILABLE`. */
export function upperPresence(name: SystemPresence): string {
	return name === "OnQueue" ? "ON_QUEUE" : name.toUpperCase();
}

/** Finds a system presence however it is spelt: `On Queue`, `OnQueue`, `ON_QUEUE`, `available`. */
export function systemPresenceNamed(text: string): SystemPresence | undefined {
	const folded = text.toLowerCase().replaceAll(/[\s_-]/g, "");
	return systemPresences.find((name) => name.toLowerCase() === folded);
}
