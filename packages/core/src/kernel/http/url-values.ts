import type { JsonSchema } from "@inlay/contract";

/** How a value is written in an address, one way each: no signs, spaces, exponents or other bases that `Number` would take. */
const spellings: Readonly<Record<string, { written: RegExp; read: (text: string) => unknown }>> = {
	integer: { written: /^(?:0|-?[1-9]\d*)$/, read: Number },
	number: { written: /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/, read: Number },
	boolean: { written: /^(?:true|false)$/, read: (text) => text === "true" },
};

/**
 * Puts numbers and booleans in the place of the texts that an address has for them, where the schema asks for such. What is
 * written otherwise stays text, which the schema then refuses by name: `pageSize=0x10` is no page of sixteen.
 */
export function readUrlValues(schema: JsonSchema, values: unknown): void {
	if (typeof values !== "object" || values === null) return;
	const texts = values as Record<string, unknown>;
	for (const [name, { type }] of Object.entries(schema.properties ?? {})) {
		const spelling = type === undefined ? undefined : spellings[type];
		const text = texts[name];
		if (spelling && typeof text === "string" && spelling.written.test(text)) texts[name] = spelling.read(text);
	}
}
