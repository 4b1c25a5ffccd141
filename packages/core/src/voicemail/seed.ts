import type { Kernel } from "../kernel/domain.ts";
import { newKey } from "../kernel/storage/object-store.ts";
import { ulawBytes, ulawHeader, Waveform } from "../recordings/ulaw-wav.ts";
import { SAMPLE_RATE } from "../voice/media/audio.ts";
import { encodeUlaw } from "../voice/media/g711.ts";
import { Tone } from "../voice/media/tones.ts";
import { voicemailPoints } from "./measure.ts";
import type { Owner } from "./model.ts";
import { type Voicemails, voicemailType } from "./voicemails.ts";

/** A message for a demo: so many seconds of a tone. */
export interface SeededMessage {
	id: string;
	owner: Owner;
	conversationId: string;
	caller: { name: string; address: string };
	seconds: number;
	/** By whom it has been heard. */
	readBy?: string;
}

/** Leaves a message without a call. */
export async function seedVoicemail(
	{ storage, clock, database }: Pick<Kernel, "storage" | "clock" | "database">,
	voicemails: Voicemails,
	{ id, owner, conversationId, caller, seconds, readBy }: SeededMessage,
): Promise<void> {
	const samples = new Int16Array(seconds * SAMPLE_RATE);
	new Tone(440).read(samples);
	const encoded = new Uint8Array(samples.length);
	encodeUlaw(samples, encoded, 0);
	const waveform = new Waveform(samples.length, { points: voicemailPoints, channels: 1 });
	waveform.add(samples);
	const bytes = ulawBytes(samples, 1);
	const key = newKey(await voicemails.ports.organizationId(), "voicemail", clock.now());
	async function* body() {
		yield ulawHeader(samples.length, 1);
		yield encoded;
	}
	await storage.put(key, body(), { type: voicemailType, size: bytes });
	const arrives = await voicemails.arriving({
		...{ id, owner, conversationId, key, bytes, waveform: waveform.points },
		callerName: caller.name,
		callerAddress: caller.address,
		durationMs: seconds * 1000,
		...(readBy ? { readBy, readAt: clock.now() } : {}),
	});
	await database.change(arrives);
}
