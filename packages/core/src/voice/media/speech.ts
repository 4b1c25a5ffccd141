/**
 * The voice of simulated far ends: a small formant synthesiser, made sample by sample while it plays.
 * It is a robot's voice, recognisable as speech, mostly intelligible in short plain English sentences, and not more.
 * A pulse train (the vocal cords) runs through three resonators (the vocal tract); hissing sounds are filtered noise beside it.
 */

import { type AudioSource, clip, SAMPLE_RATE } from "./audio.ts";
import { type Phoneme, phonemesOf } from "./phonemes.ts";

const PITCH_HZ = 118;
/** The voice falls by this share over a phrase, as a statement does. */
const PITCH_FALL = 0.22;
const VOICE_LEVEL = 6000;
const NOISE_LEVEL = 9000;
/** How fast the mouth moves to the next sound, per sample: about 15 ms. */
const GLIDE = 1 - Math.exp(-1 / (0.015 * SAMPLE_RATE));
/** Resonator coefficients are renewed this often (2 ms): the ear hears no difference to every sample. */
const CONTROL_SAMPLES = 16;

/** A two-pole resonance. */
class Resonator {
	#a = 1;
	#b = 0;
	#c = 0;
	#y1 = 0;
	#y2 = 0;

	/** A formant: gain 1 at 0 Hz, so that formants in a row keep the loudness of the voice. */
	tuneFormant(hz: number, bandwidth: number): void {
		this.#place(hz, bandwidth);
		this.#a = 1 - this.#b - this.#c;
	}

	/** A band of noise: gain 1 at its peak, wherever that is. */
	tuneBand(hz: number, bandwidth: number): void {
		const radius = this.#place(hz, bandwidth);
		const angle = (4 * Math.PI * hz) / SAMPLE_RATE;
		this.#a = (1 - radius) * Math.sqrt(1 - 2 * radius * Math.cos(angle) + radius * radius);
	}

	#place(hz: number, bandwidth: number): number {
		const radius = Math.exp((-Math.PI * bandwidth) / SAMPLE_RATE);
		this.#c = -radius * radius;
		this.#b = 2 * radius * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE);
		return radius;
	}

	filter(x: number): number {
		const y = this.#a * x + this.#b * this.#y1 + this.#c * this.#y2;
		this.#y2 = this.#y1;
		this.#y1 = y;
		return y;
	}
}

/** Speaks one text; ends after its last sound. */
export class Speech implements AudioSource {
	readonly #phonemes: Phoneme[];
	readonly #tract = [new Resonator(), new Resonator(), new Resonator()] as const;
	readonly #hiss = new Resonator();
	readonly #now: Phoneme;
	#index = 0;
	#samplesLeft: number;
	#sample = 0;
	#phase = 0;
	#random = 22222;

	constructor(text: string) {
		this.#phonemes = phonemesOf(text);
		const first = this.#phonemes[0];
		this.#now = first
			? { ...first, voice: 0, noise: 0 }
			: { f1: 0, f2: 0, f3: 0, voice: 0, noise: 0, noiseHz: 0, ms: 0 };
		this.#samplesLeft = first ? samplesOf(first) : 0;
	}

	read(out: Int16Array): boolean {
		if (this.#index >= this.#phonemes.length) {
			out.fill(0);
			return false;
		}
		for (let i = 0; i < out.length; i++) out[i] = this.#next();
		return true;
	}

	#next(): number {
		const aim = this.#phonemes[this.#index];
		if (!aim) return 0;
		this.#glideTo(aim);
		if (this.#sample++ % CONTROL_SAMPLES === 0) this.#tuneTract();
		if (--this.#samplesLeft <= 0) this.#advance();
		return clip(this.#voiced() + this.#hissing());
	}

	#advance(): void {
		const next = this.#phonemes[++this.#index];
		if (next) this.#samplesLeft = samplesOf(next);
	}

	#glideTo(aim: Phoneme): void {
		const now = this.#now;
		now.f1 += (aim.f1 - now.f1) * GLIDE;
		now.f2 += (aim.f2 - now.f2) * GLIDE;
		now.f3 += (aim.f3 - now.f3) * GLIDE;
		now.voice += (aim.voice - now.voice) * GLIDE;
		// Bursts and hisses start at once; only their end is smoothed.
		now.noise += (aim.noise - now.noise) * (aim.noise > now.noise ? 0.2 : GLIDE * 2);
		now.noiseHz = aim.noiseHz;
	}

	#tuneTract(): void {
		this.#tract[0].tuneFormant(this.#now.f1, 70);
		this.#tract[1].tuneFormant(this.#now.f2, 100);
		this.#tract[2].tuneFormant(this.#now.f3, 150);
		this.#hiss.tuneBand(this.#now.noiseHz, 700);
	}

	#voiced(): number {
		const fall = 1 - (PITCH_FALL * this.#index) / this.#phonemes.length;
		this.#phase += (PITCH_HZ * fall) / SAMPLE_RATE;
		if (this.#phase >= 1) this.#phase -= 1;
		let sound = glottalFlow(this.#phase) * this.#now.voice * VOICE_LEVEL;
		for (const resonator of this.#tract) sound = resonator.filter(sound);
		return sound;
	}

	#hissing(): number {
		this.#random = (Math.imul(this.#random, 1664525) + 1013904223) | 0;
		const white = this.#random / 2147483648;
		return this.#hiss.filter(white) * this.#now.noise * NOISE_LEVEL;
	}
}

function samplesOf(phoneme: Phoneme): number {
	return Math.round((phoneme.ms * SAMPLE_RATE) / 1000);
}

/** Air through the vocal cords over one period: opens slowly, snaps shut (the derivative of Rosenberg's pulse). */
function glottalFlow(phase: number): number {
	if (phase < 0.4) return 0.5 * Math.sin((Math.PI * phase) / 0.4);
	if (phase < 0.56) return -1.25 * Math.sin((Math.PI * (phase - 0.4)) / 0.16);
	return 0;
}
