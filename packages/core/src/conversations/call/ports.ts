import type { Principal } from "../../kernel/principal.ts";
import type { Book } from "../medium.ts";
import type { Conversation, GroupFacts } from "../model.ts";
import type { RecordingRules } from "../recording-rules.ts";
import type { Forwarding } from "./forwarding/model.ts";
import type { LastAgents } from "./last-agents.ts";
import type { Appearances } from "./lines.ts";
import type { CallRules } from "./rules/model.ts";
import type { Mailbox } from "./voicemail/model.ts";

/** What conversations need of the world for calls only. */
export interface CallDeps {
	/** How many calls users' stations have open at once; one each unless told. */
	appearances?: Appearances;
	/** What is recorded, and where it is noted; nothing but what agents record unless told. */
	recordings?: RecordingBook;
	/** Queues whose calls are transcribed just now, and their languages; none unless told. */
	transcribedQueues?(): ReadonlyMap<string, string>;
	/** Who has talked to whom; nobody is asked first unless told. */
	lastAgents?: LastAgents;
	/** What holds for consults and conferences; `defaultCallRules` unless told. */
	callRules?(): CallRules;
	/** Who answers for people who do not; nobody unless told. */
	mailboxes?: Mailboxes;
	/** Where users' direct calls go instead of their phone; nobody's do unless told. */
	forwardingOf?(userId: string): Promise<Forwarding | undefined>;
	/** Where one call goes that rings at the user just now; nowhere else unless told. @throws ApiError 400, 409 */
	forwardOnce?(userId: string, address: string): Promise<Forwarding>;
	/** Who moves the media of calls that users make; default `Inlay Voice`. */
	outboundProvider?: string;
}

/** Recordings, as calls speak of them: what is recorded, and where it is noted that it begins and ends. */
export interface RecordingBook extends Book {
	/** As they are known at this moment; a change of them reaches calls with their next change. */
	rules(): RecordingRules;
	/** Ids of those conversations of which there is a recording that the reader may play; none unless told. */
	playable?(conversations: readonly Conversation[], reader: Principal): Promise<ReadonlySet<string>>;
}

/** Who answers for people who do not (agent-features 7). */
export interface Mailboxes {
	/** As it is now; undefined for who has none. */
	ofUser(userId: string): Promise<Mailbox | undefined>;
	/** Whom a group rings, and who answers when nobody does; undefined for one that does neither. */
	groupCall(groupId: string): Promise<GroupFacts | undefined>;
	ofQueue(queueId: string): Promise<Mailbox | undefined>;
}
