/** The form of what has a name and a description, and nothing else that is typed. */
export interface NamedForm {
	name: string;
	description: string;
}

export const namedFormOf = ({ name, description = "" }: { name: string; description?: string }): NamedForm => ({
	name,
	description,
});

/** What is sent; an empty description takes it away. */
export const namedBodyOf = ({ name, description }: NamedForm) => ({
	name: name.trim(),
	description: description.trim(),
});

export function namedProblems({ name }: NamedForm): Set<keyof NamedForm> {
	return new Set(name.trim() === "" ? ["name"] : []);
}
