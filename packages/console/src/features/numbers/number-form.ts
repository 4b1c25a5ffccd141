/** A number that people call, as the server has it. */
export interface EntryPoint {
	/** The number itself, in E.164. */
	id: string;
	number: string;
	queueId: string;
	origins: string[];
	version: number;
}

/** The same in a form. */
export interface NumberForm {
	number: string;
	queueId: string;
	/** One a line. */
	origins: string;
}

export function numberFormOf({ number, queueId, origins }: EntryPoint): NumberForm {
	return { number, queueId, origins: origins.join("\n") };
}

/** What is sent. Only for a form without problems. */
export function numberBodyOf({ number, queueId, origins }: NumberForm) {
	return { number: number.trim(), queueId, origins: originsOf(origins) };
}

/** Fields that cannot be sent as they are; the server says what else is wrong with them. */
export function numberProblems({ number, queueId, origins }: NumberForm): Set<keyof NumberForm> {
	const problems = new Set<keyof NumberForm>();
	if (!/\d/.test(number)) problems.add("number");
	if (queueId === "") problems.add("queueId");
	if (!originsOf(origins).every(isOrigin)) problems.add("origins");
	return problems;
}

function originsOf(text: string): string[] {
	return text.split(/\s+/).filter((line) => line !== "");
}

function isOrigin(text: string): boolean {
	const url = URL.parse(text);
	const isPage = url?.protocol === "https:" || url?.protocol === "http:";
	return isPage && [url.origin, `${url.origin}/`].includes(text.toLowerCase());
}
