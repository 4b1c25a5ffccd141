import type { CallFailure } from "@inlay/contract";
import type { Trx } from "../kernel/database/database.ts";
import type { NewEvent } from "../kernel/events/event-log.ts";
import type { Mailbox } from "./call/voicemail/model.ts";
import type { Address, Communication } from "./communication.ts";
import type { Communications, MediumContext, MediumDeps } from "./media.ts";
import type { Conversation, NextStep, Participant } from "./model.ts";
import type { Life } from "./transitions/context.ts";

/** What a new party's communication is made of. */
export interface MediumParts {
	/** Where participants keep such communications; also the word in paths and topics. */
	list: keyof Communications;
	/** What a new one has beyond what all have. */
	fresh(facts: NewCommunication): object;
}

export interface NewCommunication {
	/** Who it is for. */
	name: string | undefined;
	address: string | undefined;
	/** Whom it reaches. */
	other: Address | undefined;
	/** The communication of the outside party whom it reaches. */
	outside: Communication | undefined;
}

/** One change of a document; `before` is absent for a new conversation. */
export interface MediumChange {
	before?: Conversation;
	after: Conversation;
}

/**
 * What one medium alone knows of an interaction's life; all else is shared (`transitions/`).
 * @typeParam C what can happen by this medium only
 */
export interface Medium<C extends { type: string } = { type: string }> extends MediumParts {
	commands: Handlers<C>;
	shows: MediumShows<never>;
	words: MediumWords;
	/** Whether a phone has to be there for somebody to take it. */
	needsPhone?: boolean;
	/** It is handed to people whose phone is off, too: they do not speak in it. */
	isWritten?: boolean;
	/** Whether its sound is recorded. */
	isRecorded?: boolean;
	/** What happens by the call within it alone, of all that is shared: why, where there is no such call. */
	notItself?: Readonly<Record<string, string>>;
	/** Refuses what may not happen just now, before anything of it does. @throws ApiError */
	refuse?(draft: Conversation, command: Refusable): void;
	/** A party has left. @returns whether the medium has seen to the others, so that nothing else follows from it */
	left?(draft: Conversation, participant: Participant, left: Left, life: Life): boolean;
	/** Something has happened: what the medium keeps of the parties follows it. */
	follow?(draft: Conversation, life: Life): void;
	/** A party's part ends: what runs with it ends, too. */
	closing?(draft: Conversation, participant: Participant, life: Life): void;
	/** Nobody is left. */
	ended?(draft: Conversation): void;
	/** Users whose phones may ring once one that rings is over: their lines are held before. */
	toRing?(conversation: Conversation): readonly string[];
	/** What a party waited for is due (`ParticipantInternals.due`). */
	due?(draft: Conversation, participant: Participant, life: Life): void;
	/** Something has happened to the part of the interaction that is of another medium. */
	partChanged?(draft: Conversation, life: Life): void;
	/** Users whose interaction it is though they take no part: they may see it and, until somebody has it in hand, end it. */
	owners?(conversation: Conversation): readonly string[];
	/** What it tells beside the changed conversation. */
	events?(change: MediumChange): NewEvent[];
	/** Timers that a change asks for, beside those of its parties. */
	timers?(change: MediumChange): Timer[];
	/** What its transitions know of the world beside what all know. */
	context?(deps: MediumDeps): MediumContext;
	/** Where it notes, in the same transaction, what has changed. */
	books?(deps: MediumDeps): readonly Book[];
	/** What clients see of who takes part; all, where it is left out. */
	seen?(conversation: Conversation): Conversation;
	/** Who is only asked about the interaction: their own part is theirs, and nothing else in it. */
	guests?(conversation: Conversation): readonly Participant[];
	/** Whether the last one of the organization may leave those outside to each other. */
	mayBridge?(life: Life): boolean;
	/** Calls somebody outside; media without it cannot reach anybody there. */
	callOutside?(draft: Conversation, target: Outside, life: Life): Participant;
	/** A mailbox answers whoever is there; media without it have none. */
	toMailbox?(draft: Conversation, mailbox: Mailbox, life: Life): Participant;
}

/** Something is due at `is`, and was at `was`; the two are compared. */
export interface Timer {
	kind: string;
	key: string;
	payload: object;
	was: string | undefined;
	is: string | undefined;
	/** See `NewJob.byCalendar`. */
	byCalendar?: boolean;
}

/** Another domain's notes of what happens in conversations. */
export interface Book {
	/** In the transaction of the changes, which are saved already. */
	follow(trx: Trx, changes: readonly MediumChange[]): Promise<void>;
}

/** What is looked at of a command before it does anything. */
export interface Refusable {
	type: string;
	participantId?: string;
	why?: string;
	held?: boolean;
}

/** How a party left. */
export interface Left {
	/** Why somebody who was called was not reached. */
	unreached: CallFailure | undefined;
	/** The party did not hang up: their connection broke, or their session ended while they talked. */
	isLost: boolean;
}

export interface MediumWords {
	/** In the names of the SDK's operations and models: `getConversations<many>`, `<one>Conversation`. */
	one: string;
	many: string;
	/** In sentences. */
	inText: string;
}

/** What clients see of a communication beyond what they see of every one. */
export interface MediumShows<One = Communication> {
	/** Keys that flattened participants have of it. */
	fields: readonly string[];
	/** What is derived from it, in every form. */
	facts?(communication: One): object;
	/** The same in events, where they have it otherwise. */
	eventFacts?(communication: One): object;
	/** Keys that events leave out. */
	notInEvents: readonly string[];
	/** Keys that nobody is shown. */
	hidden?: readonly string[];
	/** What the flattened conversation as a whole has. */
	ofConversation?(conversation: Conversation): object;
}

export type Outside = Extract<NextStep, { kind: "outside" }>;

/** For each command what it does to the draft. What names a party is handed that party. */
export type Handlers<C extends { type: string }> = {
	readonly [Type in C["type"]]: (draft: Conversation, asked: Asked<Extract<C, { type: Type }>>) => void;
};

type Asked<C> = C & { life: Life } & (C extends { participantId: string } ? { participant: Participant } : unknown);
