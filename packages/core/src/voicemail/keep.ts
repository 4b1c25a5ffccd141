import { randomUUID } from "node:crypto";
import type { Callbacks } from "../conversations/callback/service.ts";
import type { Conversation, Participant } from "../conversations/model.ts";
import { isOutside, isStaff } from "../conversations/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { newKey } from "../kernel/storage/object-store.ts";
import { heardIn, ulawBytes, ulawWav, Waveform } from "../recordings/ulaw-wav.ts";
import type { Recorded } from "../recordings/work.ts";
import { Heard, shortestSpeechMs, voicemailPoints } from "./measure.ts";
import { type NewVoicemail, type Voicemails, voicemailType } from "./voicemails.ts";

/**
 * What was said to a mailbox becomes a voicemail: its file goes into storage.
 * @returns adds it, in the transaction that ends the recording; undefined where there is nothing to keep
 */
export async function keepMessage(
	{ storage, clock, items }: Pick<Kernel, "storage" | "clock"> & { items?: MessageItems },
	voicemails: Voicemails,
	{ recording, plan, folder, conversation }: Recorded,
): Promise<{ add(trx: Trx): Promise<unknown>; key: string } | undefined> {
	const mailbox = conversation.participants.find(({ internal }) => internal.voicemail?.recordingId === recording.id);
	// Whoever began again has taken back what they had said.
	if (!mailbox?.internal.voicemail || plan.length === 0) return undefined;
	const heard = new Heard();
	await heardIn(folder, plan, heard);
	if (heard.speechMs < shortestSpeechMs) return undefined;
	const message = heard.cut(plan);
	const waveform = new Waveform(message.length, { points: voicemailPoints, channels: 1 });
	const key = newKey(await voicemails.ports.organizationId(), "voicemail", clock.now());
	const bytes = ulawBytes(message, 1);
	await storage.put(key, ulawWav(folder, message, waveform, 1), { type: voicemailType, size: bytes });
	const { type, id } = mailbox.internal.voicemail.mailbox;
	const fresh: NewVoicemail = {
		id: randomUUID(),
		owner: { type, id },
		conversationId: conversation.id,
		...callerOf(conversation),
		key,
		bytes,
		durationMs: Math.round((message.length * 1000) / 8000),
		waveform: waveform.points,
	};
	const addItem = type === "queue" ? await items?.ofMessage(itemOf(fresh, conversation)) : undefined;
	const arrives = await voicemails.arriving(fresh);
	const add = async (trx: Trx) => arrives(trx, (await addItem?.(trx))?.id);
	return { add, key };
}

/** What makes items of a queue of the messages that are left there. */
type MessageItems = Pick<Callbacks, "ofMessage">;

function itemOf({ id, owner, callerName, callerAddress }: NewVoicemail, { participants, internal }: Conversation) {
	return {
		id,
		queueId: owner.id,
		...(callerName ? { name: callerName } : {}),
		...(callerAddress ? { address: callerAddress } : {}),
		attributes: participants.find(isOutside)?.attributes ?? {},
		priority: internal.priority,
	};
}

function callerOf({ participants }: Conversation) {
	// A number that was called for a colleague, where their calls go, is no caller.
	const caller = participants.find((one) => isOutside(one) && !one.internal.forwardLeg) ?? participants.find(isStaff);
	if (!caller) return {};
	const { address, name, userId }: Participant = caller;
	return {
		...(address ? { callerAddress: address } : {}),
		...(name ? { callerName: name } : {}),
		...(userId ? { callerUserId: userId } : {}),
	};
}
