/** Samples a second, and of one turn of speaking. */
const rate = 8000;
const turn = 2.5 * rate;
/** As agent-features 19 says. */
const [customerHz, agentHz] = [440, 1000];
const loudness = 9000;
/** Syllables of a fifth of a second with pauses in between. */
const syllable = 0.2 * rate;
const pause = 0.12 * rate;

/**
 * Two who speak in turns, in tones with the rhythm of syllables: the customer left, the agent right.
 * @returns samples of both channels in turns
 */
export function twoWhoTalk(ms: number): Int16Array {
	const length = Math.round((ms * rate) / 1000);
	const samples = new Int16Array(length * 2);
	for (let moment = 0; moment < length; moment++) {
		if (moment % (syllable + pause) >= syllable) continue;
		const isAgent = Math.floor(moment / turn) % 2 === 0;
		const hz = isAgent ? agentHz : customerHz;
		samples[moment * 2 + (isAgent ? 1 : 0)] = Math.sin((2 * Math.PI * hz * moment) / rate) * loudness;
	}
	return samples;
}
