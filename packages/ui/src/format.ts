/** Values for the placeholders of a text. */
export type Params = Record<string, string | number>;

const plural = /\{(\w+), plural, ((?:\w+ \{[^{}]*\} ?)+)\}/g;

/** Fills `{name}` and `{count, plural, one {# call} other {# calls}}`. Unknown names stay visible, so that a slip is seen. */
export function format(pattern: string, params: Params, tag: string): string {
	const chosen = pattern.replace(plural, (_whole, name: string, forms: string) => {
		const count = Number(params[name]);
		const form = new Intl.PluralRules(tag).select(count);
		const found = [...forms.matchAll(/(\w+) \{([^{}]*)\}/g)];
		const wanted = found.find(([, key]) => key === form) ?? found.find(([, key]) => key === "other");
		return (wanted?.[2] ?? "").replaceAll("#", String(count));
	});
	return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** `3:07`, `1:02:45`: a duration in milliseconds as agents read it. */
export function formatDuration(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const two = (value: number) => String(value).padStart(2, "0");
	return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
