import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField, notFound } from "../kernel/http/api-error.ts";
import type { Principal } from "../kernel/principal.ts";
import { newKey } from "../kernel/storage/object-store.ts";
import { SAMPLE_RATE } from "../voice/media/audio.ts";
import { type PcmSound, readPcmWav, resampled } from "../voice/media/pcm-wav.ts";
import { type GreetingFilter, type SharedGreeting, sharedGreetings } from "./greeting-store.ts";
import type { Owner } from "./model.ts";
import type { Overflow, Policy } from "./policy.ts";
import type { StoredGreeting } from "./tables.ts";
import { type Voicemails, voicemailType } from "./voicemails.ts";

/** The longest greeting, in seconds (agent-features 7). */
export const longestGreetingSeconds = 60;
const linkSeconds = 300;

/** What callers of a mailbox hear first: a recording of its owner's, or what the machine says by itself. */
export function createGreetings({ database, storage, clock }: Kernel, voicemails: Voicemails) {
	const { policies, purge, ports } = voicemails;

	async function replace(
		owner: Owner,
		greeting: { key: string; bytes: number; durationMs: number } | null,
		actor: Actor,
	): Promise<void> {
		await database.change(async (trx) => {
			const before = await policies.put(trx, owner, { greeting }, actor);
			if (before) await purge.file(trx, before);
		});
	}

	return {
		/** @param audio a WAV file, base64 @throws ApiError 400 naming `audio` */
		async put(owner: Owner, audio: string, actor: Actor): Promise<void> {
			const samples = resampled(read(audio), SAMPLE_RATE);
			const seconds = samples.length / SAMPLE_RATE;
			if (seconds < 1 || seconds > longestGreetingSeconds)
				throw badField("audio", `audio must last 1 to ${longestGreetingSeconds} seconds.`);
			const file = monoWav(samples);
			const key = newKey(await ports.organizationId(), "greeting", clock.now());
			await storage.put(key, once(file), { type: voicemailType, size: file.length });
			await replace(owner, { key, bytes: file.length, durationMs: Math.round(seconds * 1000) }, actor);
		},

		/** The machine speaks by itself again. */
		reset: (owner: Owner, actor: Actor) => replace(owner, null, actor),

		/** As its owner hears it. */
		view: async (owner: Owner, principal: Principal) => soundView((await policies.of(owner)).greeting, principal),

		/** A group's or a queue's, with whose it is and whether callers come to hear it. @throws ApiError 404 */
		async sharedView(only: Overflow, principal: Principal) {
			const { value: policy } = await policies.organization();
			const filter = { groups: true, queues: "all", only } as const;
			const { found } = await sharedGreetings(database.db, filter, { limit: 1, offset: 0 });
			if (!found[0]) throw notFound(only.type, only.id);
			return sharedView(found[0], policy, principal);
		},

		/** One page of the shared mailboxes that speak. */
		async shared(
			filter: Pick<GreetingFilter, "groups" | "queues" | "name">,
			slice: { limit: number; offset: number },
			principal: Principal,
		) {
			const { value: policy } = await policies.organization();
			const { found, total } = await sharedGreetings(database.db, { ...filter, overflow: policy.overflow }, slice);
			return { total, entities: await Promise.all(found.map((one) => sharedView(one, policy, principal))) };
		},
	};

	async function soundView(greeting: StoredGreeting | null | undefined, { tokenHash: session }: Principal) {
		if (!greeting) return { kind: "standard" as const };
		const { key, bytes, durationMs } = greeting;
		const url = await storage.signedUrl(key, linkSeconds, {
			type: voicemailType,
			size: bytes,
			filename: "greeting.wav",
			disposition: "inline",
			session,
		});
		return { kind: "recorded" as const, durationMs, url };
	}

	async function sharedView({ greeting, ...one }: SharedGreeting, { enabled, overflow }: Policy, principal: Principal) {
		const takesOverflow = overflow?.type === one.type && overflow.id === one.id;
		return { ...one, takesOverflow, mailboxesAnswer: enabled, ...(await soundView(greeting, principal)) };
	}
}

export type Greetings = ReturnType<typeof createGreetings>;

function read(audio: string): PcmSound {
	try {
		return readPcmWav(Buffer.from(audio, "base64"));
	} catch (error) {
		throw badField("audio", error instanceof Error ? error.message : "audio must be a WAV file.");
	}
}

/** A WAV file of one channel, 8 kHz, 16 bits. */
export function monoWav(samples: Int16Array): Buffer {
	const header = Buffer.alloc(44);
	const bytes = samples.length * 2;
	header.write("RIFF", 0, "latin1");
	header.writeUInt32LE(36 + bytes, 4);
	header.write("WAVEfmt ", 8, "latin1");
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(SAMPLE_RATE, 24);
	header.writeUInt32LE(SAMPLE_RATE * 2, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write("data", 36, "latin1");
	header.writeUInt32LE(bytes, 40);
	return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, bytes)]);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}
