/**
 * A sentence around the number that it names.
 *
 * @param who whom the sentence names; a name stays where it stands
 * @returns before, number and after; number and after are "" where there is none
 */
export function splitAtNumber(sentence: string, who: string): [before: string, number: string, after: string] {
	const at = /\d/.test(who) && !/\p{L}/u.test(who) ? sentence.indexOf(who) : -1;
	return at < 0 ? [sentence, "", ""] : [sentence.slice(0, at), who, sentence.slice(at + who.length)];
}
