/**
 * From English text to the sounds the synthesiser can make. A few dozen spelling rules, no dictionary:
 * it reads plain sentences so that most words are recognisable, and mispronounces what English spells irregularly.
 */

/** One sound: formants in Hz, strength of voice and of noise (0–1), where the noise sits, and its length. */
export interface Phoneme {
	f1: number;
	f2: number;
	f3: number;
	voice: number;
	noise: number;
	noiseHz: number;
	ms: number;
}

const vowel = (f1: number, f2: number, f3: number, ms: number): Phoneme => ({
	f1,
	f2,
	f3,
	voice: 1,
	noise: 0,
	noiseHz: 2500,
	ms,
});
const consonant = (f1: number, f2: number, f3: number, voice: number, noise: number, noiseHz: number, ms: number) => ({
	f1,
	f2,
	f3,
	voice,
	noise,
	noiseHz,
	ms,
});

/** Formant values are the usual averages for a male voice. Plosives are a closure, written `_`, and a burst. */
const SOUNDS: Readonly<Record<string, Phoneme>> = {
	a: vowel(730, 1090, 2440, 110),
	æ: vowel(660, 1720, 2410, 110),
	e: vowel(530, 1840, 2480, 95),
	i: vowel(390, 1990, 2550, 80),
	ee: vowel(270, 2290, 3010, 120),
	o: vowel(570, 840, 2410, 110),
	oo: vowel(300, 870, 2240, 120),
	u: vowel(640, 1190, 2390, 90),
	er: vowel(490, 1350, 1690, 120),
	"@": vowel(500, 1450, 2450, 60),
	m: consonant(280, 900, 2200, 0.45, 0, 2500, 75),
	n: consonant(280, 1700, 2600, 0.45, 0, 2500, 70),
	ng: consonant(280, 2300, 2750, 0.4, 0, 2500, 80),
	l: consonant(360, 1300, 2700, 0.65, 0, 2500, 65),
	r: consonant(330, 1060, 1500, 0.65, 0, 2500, 70),
	w: consonant(300, 610, 2200, 0.65, 0, 2500, 65),
	y: consonant(280, 2200, 2950, 0.65, 0, 2500, 55),
	h: consonant(500, 1500, 2500, 0, 0.25, 1500, 60),
	f: consonant(400, 1100, 2300, 0, 0.22, 3000, 90),
	v: consonant(300, 1100, 2300, 0.45, 0.12, 3000, 65),
	th: consonant(400, 1400, 2500, 0.1, 0.18, 2800, 75),
	s: consonant(400, 1700, 2600, 0, 0.5, 3600, 100),
	z: consonant(300, 1700, 2600, 0.4, 0.3, 3600, 75),
	sh: consonant(400, 1800, 2500, 0, 0.55, 2500, 100),
	p: consonant(400, 900, 2200, 0, 0.35, 900, 25),
	b: consonant(250, 900, 2200, 0.5, 0.15, 900, 25),
	t: consonant(400, 1700, 2600, 0, 0.5, 3400, 30),
	d: consonant(250, 1700, 2600, 0.5, 0.2, 3200, 25),
	k: consonant(400, 1900, 2300, 0, 0.45, 1900, 35),
	g: consonant(250, 1900, 2300, 0.5, 0.2, 1900, 30),
	_: consonant(400, 1500, 2500, 0, 0, 2500, 45),
	",": consonant(500, 1500, 2500, 0, 0, 2500, 220),
	".": consonant(500, 1500, 2500, 0, 0, 2500, 420),
	" ": consonant(500, 1500, 2500, 0, 0, 2500, 35),
};

/** Spellings, tried in this order at every place of a word, and the sounds they make. */
const SPELLINGS: ReadonlyArray<readonly [pattern: RegExp, sounds: string]> = [
	[/^tion/, "sh @ n"],
	[/^igh/, "a ee"],
	[/^(ee|ea|ie)/, "ee"],
	[/^(ai|ay|ei|ey)/, "e ee"],
	[/^(oa|ow(?=$|n))/, "o oo"],
	[/^(ou|ow)/, "a oo"],
	[/^(oi|oy)/, "o ee"],
	[/^(oo|ew|ue)/, "oo"],
	[/^(er|ir|ur)(?![aeiouy])/, "er"],
	[/^ar(?![aeiouy])/, "a r"],
	[/^or(?![aeiouy])/, "o r"],
	[/^th/, "th"],
	[/^sh/, "sh"],
	[/^t?ch/, "_ t sh"],
	[/^ph/, "f"],
	[/^wh/, "w"],
	[/^qu/, "_ k w"],
	[/^ng(?=$|s)/, "ng"],
	[/^c?k/, "_ k"],
	[/^c(?=[eiy])/, "s"],
	[/^c/, "_ k"],
	[/^x/, "_ k s"],
	[/^j|^g(?=[eiy])/, "_ d sh"],
	[/^([bdpt])\1?/, "_ $1"],
	[/^g+/, "_ g"],
	[/^([flmnrsz])\1?/, "$1"],
	[/^[hvw]/, "$&"],
	[/^a(?=[^aeiouy]e$)/, "e ee"],
	[/^i(?=[^aeiouy]e$)/, "a ee"],
	[/^o(?=[^aeiouy]e$|$)/, "o oo"],
	[/^u(?=[^aeiouy]e$)/, "oo"],
	[/^y(?=.)/, "y"],
	[/^y$/, "ee"],
	[/^e$/, ""],
	[/^a$/, "@"],
	[/^a/, "æ"],
	[/^[eiou]/, "$&"],
];

/** Frequent words that the rules would spoil. */
const WORDS: Readonly<Record<string, string>> = {
	i: "a ee",
	you: "y oo",
	your: "y o r",
	the: "th @",
	to: "_ t oo",
	do: "_ d oo",
	of: "o v",
	is: "i z",
	was: "w o z",
	are: "a r",
	he: "h ee",
	she: "sh ee",
	me: "m ee",
	we: "w ee",
	be: "_ b ee",
	my: "m a ee",
	hello: "h e l o oo",
	one: "w u n",
	two: "_ t oo",
	eight: "e ee _ t",
	bye: "_ b a ee",
	have: "h æ v",
	please: "_ p l ee z",
};

const DIGIT_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"] as const;

/** The sounds of a text, pauses included. Characters it cannot read are skipped. */
export function phonemesOf(text: string): Phoneme[] {
	const sounds: string[] = [];
	for (const token of spellOutDigits(text.toLowerCase()).match(/[a-z']+|[.!?;:,]/g) ?? []) {
		if (/^[a-z']/.test(token)) sounds.push(...soundsOfWord(token.replaceAll("'", "")), " ");
		else sounds.push(token === "," ? "," : ".");
	}
	return sounds.map((sound) => SOUNDS[sound]).filter((phoneme) => phoneme !== undefined);
}

function spellOutDigits(text: string): string {
	return text.replace(/\d/g, (digit) => ` ${DIGIT_WORDS[Number(digit)]} `);
}

function soundsOfWord(word: string): string[] {
	const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
	if (known) return known.split(" ");
	const sounds: string[] = [];
	for (let at = 0; at < word.length; ) {
		const [length, spelled] = soundsAt(word.slice(at));
		sounds.push(...spelled);
		at += length;
	}
	return sounds;
}

/** What the beginning of `rest` sounds like, and how many letters that used. */
function soundsAt(rest: string): [length: number, sounds: string[]] {
	for (const [pattern, sounds] of SPELLINGS) {
		const match = pattern.exec(rest);
		if (!match) continue;
		const spelled = sounds.replace("$1", match[1] ?? "").replace("$&", match[0]);
		return [match[0].length, spelled.split(" ").filter((sound) => sound !== "")];
	}
	return [1, []];
}
