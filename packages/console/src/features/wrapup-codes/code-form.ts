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

export const codeFormOf = ({ name, description = "" }: WrapupCode): CodeForm => ({ name, description });

/** What is sent; an empty description takes it away. */
export function codeBodyOf({ name, description }: CodeForm) {
	return { name: name.trim(), description: description.trim() };
}

export function codeProblems({ name }: CodeForm): Set<keyof CodeForm> {
	return new Set(name.trim() === "" ? ["name"] : []);
}
