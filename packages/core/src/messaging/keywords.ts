/** What a whole message means that is one of the words by which people take themselves out, and in again. */
export type Keyword = "out" | "in" | "help";

const words: Readonly<Record<Keyword, readonly string[]>> = {
	out: ["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "stopp", "arret", "alto"],
	in: ["start", "unstop", "yes"],
	help: ["help", "info"],
};

/** Case and accents do not matter; within a sentence the words mean nothing (agent-features 10, opt-out). */
export function keywordOf(text: string): Keyword | undefined {
	const plain = text
		.normalize("NFKD")
		.replace(/\p{M}/gu, "")
		.trim()
		.toLowerCase()
		.replace(/[.!]+$/, "");
	return (Object.keys(words) as Keyword[]).find((one) => words[one].includes(plain));
}
