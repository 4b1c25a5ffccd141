import type { OperatorLog } from "../kernel/operator-log.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { engineFor, type Side, type Spoken, type TranscribedCall, type TranscriptionSettings } from "./model.ts";
import { type TopicFacts, transcriptionMessage, transcriptTopic } from "./topic.ts";
import type { SpeechEngine, Transcriber } from "./transcriber.ts";
import { VoiceOfSide } from "./voice-of-side.ts";

/** What is kept of one call for whoever comes later; what was said first goes first. */
const mostKept = 1000;
const mostCharactersKept = 200_000;

/** What was said since the last piece, as the media engine hands it on: base64, and nothing of a side that was silent. */
export interface SidesHeard {
	durationMs: number;
	/** Those outside. */
	left?: string;
	/** The organization's people. */
	right?: string;
}

export interface LiveTranscriptsOptions {
	transcriber: Transcriber;
	/** As they are known at this moment. */
	settings(): TranscriptionSettings;
	organizationId(): Promise<string>;
	/** Tells whoever follows a topic now, and may. */
	tellNow(topic: string, body: unknown): void;
	clock: Clock;
	operators: Pick<OperatorLog, "warn">;
}

/** The words of one call, for as long as it lives. */
interface Live {
	facts: TopicFacts;
	voices: Partial<Record<Side, VoiceOfSide>>;
	/** What was said; the last of each side may still be being said. */
	spoken: Spoken[];
	characters: number;
}

/**
 * What is said in calls that are transcribed, while they live (decision 72): heard side by side, told as it is said, and readable
 * by whoever comes later. Nothing of it is written anywhere: with the call it is gone.
 */
export class LiveTranscripts {
	readonly #options: LiveTranscriptsOptions;
	readonly #calls = new Map<string, Live>();
	/** Engines that did not do their work when they were last asked to, and why, by address. */
	readonly #troubles = new Map<string, string>();
	/** Of whom the last words are still to come. */
	readonly #resting = new Set<VoiceOfSide>();
	#organizationId = "";

	constructor(options: LiveTranscriptsOptions) {
		this.#options = options;
	}

	/** From now on the call is listened to, or again. */
	begin(call: TranscribedCall): void {
		const live = this.#calls.get(call.conversationId);
		const begunMs = live?.facts.begunMs ?? this.#options.clock.now().getTime();
		const facts = { ...call, organizationId: this.#organizationId, begunMs };
		// Whoever speaks another language from now on is heard by another engine.
		if (live && live.facts.language !== call.language) this.#rest(live);
		this.#calls.set(
			call.conversationId,
			live ? Object.assign(live, { facts }) : { facts, voices: {}, spoken: [], characters: 0 },
		);
		this.#options.organizationId().then(
			(organizationId) => {
				this.#organizationId = organizationId;
				facts.organizationId = organizationId;
			},
			() => {},
		);
	}

	/** What was said next. Of a call that nobody has begun, or of an organization that wants none any more, nothing is heard. */
	hear(conversationId: string, { durationMs, left, right }: SidesHeard): void {
		const live = this.#calls.get(conversationId);
		const { enabled, engines } = this.#options.settings();
		if (!live) return;
		const engine = enabled ? engineFor(engines, live.facts.language) : undefined;
		if (!engine) {
			this.#rest(live);
			return;
		}
		const atMs = this.#options.clock.now().getTime() - live.facts.begunMs - durationMs;
		for (const [side, sound] of [["EXTERNAL", left] as const, ["INTERNAL", right] as const]) {
			if (sound === undefined && !live.voices[side]) continue;
			live.voices[side] ??= this.#voice(live, side, engine);
			live.voices[side]?.hear(
				sound === undefined ? undefined : Buffer.from(sound, "base64"),
				Math.max(0, atMs),
				durationMs,
			);
		}
	}

	/** Nothing is listened to for a while; what was said before is told. */
	rest(conversationId: string): void {
		const live = this.#calls.get(conversationId);
		if (live) this.#rest(live);
	}

	/** The call is over: what was said is nowhere any more, once the last of it was told. */
	end(conversationId: string): void {
		this.rest(conversationId);
		this.#calls.delete(conversationId);
	}

	/** All of a call until now; undefined of one that is not transcribed, or was not in this process. */
	of(conversationId: string): ReturnType<typeof transcriptionMessage> | undefined {
		const live = this.#calls.get(conversationId);
		return live && transcriptionMessage(live.facts, live.spoken, this.#options.clock.now());
	}

	/** Why an engine does not do its work, as far as calls have found out. */
	troubles(): ReadonlyMap<string, string> {
		return this.#troubles;
	}

	stop(): void {
		for (const { voices } of this.#calls.values()) for (const voice of Object.values(voices)) voice.close();
		for (const voice of this.#resting) voice.close();
		this.#resting.clear();
		this.#calls.clear();
	}

	#rest(live: Live): void {
		for (const voice of Object.values(live.voices)) if (voice.rest()) this.#resting.add(voice);
		live.voices = {};
	}

	#voice(live: Live, side: Side, engine: SpeechEngine): VoiceOfSide {
		const { transcriber, clock } = this.#options;
		const voice: VoiceOfSide = new VoiceOfSide({
			...{ transcriber, engine, side },
			spoken: (said) => this.#spoken(live, said),
			fared: (trouble) => this.#fared(engine, trouble),
			ended: () => this.#resting.delete(voice),
			steadyMs: () => clock.steadyMs(),
		});
		return voice;
	}

	#spoken(live: Live, said: Spoken): void {
		const { tellNow, clock } = this.#options;
		keep(live, said);
		tellNow(transcriptTopic(live.facts.conversationId), transcriptionMessage(live.facts, [said], clock.now()));
	}

	/** Operators are told when an engine begins to fail, and not of each call that it fails. */
	#fared({ url, language }: SpeechEngine, trouble?: Error): void {
		const before = this.#troubles.get(url);
		if (!trouble) this.#troubles.delete(url);
		else this.#troubles.set(url, trouble.message);
		if (!trouble || before === trouble.message) return;
		this.#options.operators.warn(
			{ event: "transcription.failed", language, reason: trouble.message },
			"a speech engine does not do its work: calls go on, and nobody reads what is said in them",
		);
	}
}

/** In the place of what was told of it before. */
function keep(live: Live, said: Spoken): void {
	const before = live.spoken.findIndex(({ utteranceId }) => utteranceId === said.utteranceId);
	const [old] = before < 0 ? [] : live.spoken.splice(before, 1, said);
	if (before < 0) live.spoken.push(said);
	live.characters += said.text.length - (old?.text.length ?? 0);
	while (live.spoken.length > mostKept || live.characters > mostCharactersKept)
		live.characters -= live.spoken.shift()?.text.length ?? live.characters;
}
