/**
 * Whether a secret that the server keeps goes with what is typed: it was given for a place, and a user there, and the server
 * asks for it again when one of them is another (`core/src/kernel/kept-secret.ts`).
 * @param names fields by which the place is known
 */
export function losesSecret<Form extends object>(
	form: Form,
	before: Form | undefined,
	names: ReadonlyArray<keyof Form>,
): boolean {
	const text = (value: unknown) => String(value ?? "").trim();
	return before !== undefined && names.some((name) => text(form[name]) !== text(before[name]));
}
