const parts = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/**
 * A script without its comments: what stands in one is not done. It is read as text, so a regular expression that looks like
 * a comment is taken for one.
 */
export function withoutComments(source: string): string {
	return source.replace(parts, (_all, text: string | undefined) => text ?? " ");
}
