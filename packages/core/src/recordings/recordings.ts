import { takesPart } from "../conversations/authority.ts";
import { divisionIdsOf } from "../conversations/divisions.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, notFound } from "../kernel/http/api-error.ts";
import { actorOf, holds, missingWhere, type Principal } from "../kernel/principal.ts";
import { recordingAccessed } from "./events.ts";
import type { Recording } from "./model.ts";
import { fileTypes, formatOf } from "./policy-model.ts";
import type { RecordingRulesService } from "./rules.ts";
import { recordingStore as store } from "./store.ts";

const soundPermission = "recording:recording:view";
/**
 * Each opens the list of recordings in the divisions where it is held, and what there is of its kind (platform-api 5.6).
 * What is kept is the sound of whole calls, which the first alone opens.
 */
export const viewPermissions = [
	soundPermission,
	"recording:recordingSegment:view",
	"recording:snippetRecording:view",
	"recording:screenRecording:view",
];
export const downloadPermission = "recording:recording:download";

export interface RecordingDeps {
	rules: RecordingRulesService;
	conversation(id: string): Promise<Conversation | undefined>;
}

/** A recording, with what its reader may do with it just now. */
export interface ReadRecording {
	recording: Recording;
	conversation: Conversation;
	/** Where it is played from; absent while it is not available. */
	link?: string;
}

const subjectPrefix = "recording:";

/** Recordings as people read and play them. Every link and every play is noted in the log (agent-features 6, "Access"). */
export function createRecordings(kernel: Kernel, { rules, conversation: find }: RecordingDeps) {
	const { database, events, storage } = kernel;

	storage.onRead(async ({ link, isFirst }) => {
		if (!link.subject?.startsWith(subjectPrefix)) return;
		const recording = await store.get(database.db, link.subject.slice(subjectPrefix.length));
		if (recording?.state !== "available") throw new ApiError(410, "file.gone", "The recording has been deleted.");
		if (!isFirst) return;
		const access = link.disposition === "inline" ? "play" : "download";
		const actor = link.userId ? { userId: link.userId } : {};
		await database.change((trx) => events.append(trx, [recordingAccessed(recording, access, actor)]));
	});

	async function require(conversationId: string): Promise<Conversation> {
		const found = await find(conversationId);
		if (!found) throw notFound("conversation", conversationId);
		return found;
	}

	async function linkTo(recording: Recording, principal: Principal, saved?: string): Promise<string | undefined> {
		const { id, key, type, bytes, state } = recording;
		if (state !== "available" || !key || !type || bytes === undefined) return undefined;
		const { value } = await rules.settings();
		return storage.signedUrl(key, value.recordingPlaybackUrlTtl * 60, {
			type,
			size: bytes,
			filename: saved ?? fileNameOf(recording),
			disposition: saved === undefined ? "inline" : "attachment",
			session: principal.tokenHash,
			subject: `${subjectPrefix}${id}`,
			...(principal.userId ? { userId: principal.userId } : {}),
		});
	}

	return {
		rules,

		/** Those of a conversation that the reader may play, the oldest first, without links. @throws ApiError 403, 404 */
		async list(conversationId: string, principal: Principal): Promise<ReadRecording[]> {
			const conversation = await require(conversationId);
			const all = await store.ofConversation(database.db, conversationId);
			const readable = all.filter((one) => mayPlay(one, conversation, principal));
			if (readable.length === 0 && !mayView(conversation, principal))
				throw missing(soundPermission, conversation, principal);
			return readable.filter((one) => one.state !== "deleted").map((recording) => ({ recording, conversation }));
		},

		/** The agent's own and what else they may play; nothing where there is nothing. For the agent's panel. @throws ApiError 404 */
		async ofAgent(conversationId: string, principal: Principal): Promise<ReadRecording[]> {
			const conversation = await require(conversationId);
			if (!takesPart(conversation, principal.userId) && !mayView(conversation, principal))
				throw notFound("conversation", conversationId);
			const all = await store.ofConversation(database.db, conversationId);
			const readable = all.filter((one) => mayPlay(one, conversation, principal) && one.state !== "deleted");
			return readable.map((recording) => ({ recording, conversation }));
		},

		/** Ids of those conversations of which there is something that the reader may play. */
		async playable(conversations: readonly Conversation[], principal: Principal): Promise<ReadonlySet<string>> {
			const known = new Map(conversations.map((one) => [one.id, one]));
			const all = await store.ofConversations(database.db, [...known.keys()]);
			const readable = all.filter((one) => {
				const conversation = known.get(one.conversationId);
				return conversation && one.state !== "deleted" && mayPlay(one, conversation, principal);
			});
			return new Set(readable.map((one) => one.conversationId));
		},

		/** @throws ApiError 403, 404 */
		async read(conversationId: string, recordingId: string, principal: Principal): Promise<ReadRecording> {
			const conversation = await require(conversationId);
			const recording = await store.get(database.db, recordingId);
			const isOfCall = recording?.conversationId === conversationId && recording.kind !== "voicemail";
			const isThere = isOfCall && recording.state !== "deleted";
			if (!recording || !isThere) {
				// Who may not read here learns nothing of what there is.
				if (!mayView(conversation, principal)) throw missing(soundPermission, conversation, principal);
				throw notFound("recording", recordingId);
			}
			if (!mayPlay(recording, conversation, principal)) throw missing(soundPermission, conversation, principal);
			return { recording, conversation };
		},

		/** With links, for as long as the organization says; noted in the log. @param saved the name to save it by @throws ApiError 403 */
		async withLinks(found: readonly ReadRecording[], principal: Principal, saved?: string): Promise<ReadRecording[]> {
			for (const { conversation } of found)
				if (saved !== undefined && !holdsThere(downloadPermission, conversation, principal))
					throw missing(downloadPermission, conversation, principal);
			const linked: ReadRecording[] = [];
			for (const one of found) {
				const link = await linkTo(one.recording, principal, saved);
				linked.push(link === undefined ? one : { ...one, link });
			}
			const told = linked.filter((one) => one.link !== undefined);
			if (told.length > 0) {
				const actor = actorOf(principal);
				const entries = told.map(({ recording }) => recordingAccessed(recording, "link", actor));
				await database.change((trx) => events.append(trx, entries));
			}
			return linked;
		},
	};
}

export type Recordings = ReturnType<typeof createRecordings>;

function mayView(conversation: Conversation, principal: Principal): boolean {
	return viewPermissions.some((permission) => holdsThere(permission, conversation, principal));
}

function holdsThere(permission: string, conversation: Conversation, principal: Principal): boolean {
	return divisionIdsOf(conversation).some((id) => holds(principal, permission, id));
}

/** An agent's own is theirs; everything needs the permission to view it where its conversation is. */
function mayPlay({ kind, agentId }: Recording, conversation: Conversation, principal: Principal): boolean {
	if (kind === "user" && agentId !== undefined && agentId === principal.userId) return true;
	return holdsThere(soundPermission, conversation, principal);
}

/** The name by which one is saved where none is asked for. */
export function fileNameOf({ id, type }: Recording): string {
	return `${id}.${fileTypes[formatOf(type)].extension}`;
}

function missing(permission: string, conversation: Conversation, principal: Principal): ApiError {
	return missingWhere(permission, divisionIdsOf(conversation), (one) => holds(principal, one));
}
