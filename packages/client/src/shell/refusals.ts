import type { ApiError } from "../session/api.ts";

/** What refusals mean stands in a chunk of its own, which comes once the panel stands, or with the first refusal. */
let words: typeof import("./refusal-text.ts") | undefined;

/** Rejects as `import` does. */
export async function loadRefusals(): Promise<void> {
	words ??= await import("./refusal-text.ts");
}

/** The refusal in the reader's language; undefined where only the server has words for it, or none have come yet. */
export function refusalKnown(error: ApiError): string | undefined {
	return words?.refusalText(error);
}
