/** A number that people call, as the server has it. */
export interface EntryPoint {
	/** The number itself, in E.164. */
	id: string;
	number: string;
	/** Exactly one says where its calls go. */
	queueId?: string;
	userId?: string;
	groupId?: string;
	origins: string[];
	version: number;
}

export const targets = ["queueId", "userId", "groupId"] as const;
export type Target = (typeof targets)[number];

/** The same in a form. */
export interface NumberForm {
	number: string;
	/** Which of the three says where its calls go. */
	target: Target;
	queueId: string;
	userId: string;
	groupId: string;
	/** One a line. */
	origins: string;
}

export function numberFormOf({ number, queueId = "", userId = "", groupId = "", origins }: EntryPoint): NumberForm {
	const target = userId ? "userId" : groupId ? "groupId" : "queueId";
	return { number, target, queueId, userId, groupId, origins: origins.join("\n") };
}

/** What is sent. Only for a form without problems. */
export function numberBodyOf(form: NumberForm) {
	const { number, target, origins } = form;
	return { number: number.trim(), [target]: form[target], origins: originsOf(origins) };
}

/** Fields that cannot be sent as they are; the server says what else is wrong with them. */
export function numberProblems(form: NumberForm): Set<keyof NumberForm> {
	const problems = new Set<keyof NumberForm>();
	if (!/\p{Nd}/u.test(form.number)) problems.add("number");
	if (form[form.target] === "") problems.add(form.target);
	if (!originsOf(form.origins).every(isOrigin)) problems.add("origins");
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
