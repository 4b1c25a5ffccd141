import type { HeardText, HeardWord } from "./transcriber.ts";

/** Longer than anybody speaks without a pause; an engine that says more says nothing. */
const mostCharacters = 4000;
const mostWords = 500;

/**
 * An answer of a speech engine, as Vosk's server and those that speak as it does give it: `{"partial"}` while somebody speaks,
 * `{"text", "result": [{word, start, end, conf}]}` once they have, or the same within `alternatives`, the best first.
 * @returns undefined for what is no such answer
 */
export function readAnswer(message: string): HeardText | undefined {
	const answer = parsed(message);
	if (!isObject(answer)) return undefined;
	if (typeof answer.partial === "string") return { text: cut(answer.partial), isFinal: false, words: [] };
	const [best] = Array.isArray(answer.alternatives) ? answer.alternatives : [answer];
	if (!isObject(best) || typeof best.text !== "string") return undefined;
	const words = Array.isArray(best.result) ? best.result.slice(0, mostWords).flatMap(wordOf) : [];
	return { text: cut(best.text), isFinal: true, words, ...timesOf(words), ...confidenceOf(words) };
}

function parsed(message: string): unknown {
	try {
		return JSON.parse(message);
	} catch {
		return undefined;
	}
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const cut = (text: string) => text.trim().slice(0, mostCharacters);

/** A word that lies nowhere, or ends before it begins, is none. */
function wordOf(said: unknown): HeardWord[] {
	if (!isObject(said) || typeof said.word !== "string") return [];
	const [start, end, confidence] = [said.start, said.end, said.conf].map((value) =>
		typeof value === "number" && Number.isFinite(value) ? value : undefined,
	);
	if (start === undefined || end === undefined || start < 0 || end < start) return [];
	return [
		{
			word: said.word.slice(0, 100),
			offsetMs: Math.round(start * 1000),
			durationMs: Math.round((end - start) * 1000),
			...(confidence === undefined ? {} : { confidence: Math.max(0, Math.min(1, confidence)) }),
		},
	];
}

function timesOf(words: readonly HeardWord[]): Pick<HeardText, "offsetMs" | "durationMs"> {
	const [first, last] = [words[0], words.at(-1)];
	if (!first || !last) return {};
	return { offsetMs: first.offsetMs, durationMs: Math.max(0, last.offsetMs + last.durationMs - first.offsetMs) };
}

/** Of the whole, where the engine tells it of words alone: their mean. */
function confidenceOf(words: readonly HeardWord[]): Pick<HeardText, "confidence"> {
	const told = words.flatMap(({ confidence }) => confidence ?? []);
	if (told.length === 0) return {};
	return { confidence: Math.round((told.reduce((sum, one) => sum + one, 0) / told.length) * 1000) / 1000 };
}
