/** `WrapupCode` of the platform, as far as its page shows it. */
export interface WrapupCode {
	id: string;
	name: string;
	description?: string;
	division?: { id: string; name?: string };
}

export interface CodeForm {
	name: string;
	description: string;
}

export const newCode: WrapupCode = { id: "", name: "" };

/** The platform's code that stands in where nobody chose one (platform-api 5.7): the server keeps it. */
export const standInCodeId = "7fb334b0-0e9e-11e4-9191-0800200c9a66";

export const codeFormOf = ({ name, description = "" }: WrapupCode): CodeForm => ({ name, description });

/** What is sent; an empty description takes it away. */
export function codeBodyOf({ name, description }: CodeForm) {
	return { name: name.trim(), description: description.trim() };
}

export function codeProblems({ name }: CodeForm): Set<keyof CodeForm> {
	return new Set(name.trim() === "" ? ["name"] : []);
}
