import type { Db } from "../kernel/database/database.ts";

/** A user as far as voicemail cares. */
export interface MailboxUser {
	id: string;
	name: string;
	divisionId: string;
	state: string;
	version?: number;
}

/** A group likewise. */
export interface MailboxGroup {
	id: string;
	name: string;
	type?: string;
	visibility?: string;
	rulesVisible?: boolean;
}

/** A queue likewise. */
export interface MailboxQueue {
	id: string;
	name: string;
	divisionId: string;
}

/** What voicemail asks of the other domains. */
export interface VoicemailPorts {
	/** Unknown ids are left out. */
	users(userIds: readonly string[]): Promise<readonly MailboxUser[]>;
	group(groupId: string, db?: Db): Promise<MailboxGroup | undefined>;
	membersOf(groupId: string): Promise<readonly string[]>;
	groupsOf(userId: string): Promise<readonly string[]>;
	queue(queueId: string): Promise<MailboxQueue | undefined>;
	/** Those that the user works for. */
	queuesOf(userId: string): Promise<readonly MailboxQueue[]>;
	/** Who works for it and may look at its messages. */
	readersOfQueue(queueId: string): Promise<readonly string[]>;
	/** Whether anybody works for it just now. */
	isStaffed(queueId: string): Promise<boolean>;
	/** Whether the user has this conversation in hand, or its after-call work. */
	hasInHand(userId: string, conversationId: string): Promise<boolean>;
	/** Whether they hold `voicemail:voicemail:receive`: nobody leaves a message for who would never hear of it. */
	mayReceive(userId: string): Promise<boolean>;
	/** Their system presence now. */
	presenceOf(userId: string): Promise<string>;
	organizationId(): Promise<string>;
}
