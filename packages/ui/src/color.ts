/** Red, green and blue, 0–255 each. */
export interface Rgb {
	r: number;
	g: number;
	b: number;
}

/** Reads `#abc` or `#aabbcc`. Anything else, such as the `#HHH` of a live script, gives undefined. */
export function parseColor(text: string | undefined): Rgb | undefined {
	const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text?.trim() ?? "")?.[1];
	if (!digits) return undefined;
	const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
	const value = Number.parseInt(full, 16);
	return { r: value >> 16, g: (value >> 8) & 255, b: value & 255 };
}

function luminance({ r, g, b }: Rgb): number {
	const linear = [r, g, b].map((channel) => {
		const share = channel / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
}

/** Contrast ratio of two colours as WCAG 2 defines it: 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
	const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
	return (high + 0.05) / (low + 0.05);
}

const hex = ({ r, g, b }: Rgb) => `#${[r, g, b].map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
const white: Rgb = { r: 255, g: 255, b: 255 };
const black: Rgb = { r: 0, g: 0, b: 0 };

/** WCAG 2.2, 1.4.3: text of usual size. */
const leastContrast = 4.5;
/** Steps in which an unreadable foreground is moved; one is less than the eye tells apart. */
const steps = 64;

const mixed = (from: Rgb, to: Rgb, share: number): Rgb => {
	const between = (a: number, b: number) => Math.round(a + (b - a) * share);
	return { r: between(from.r, to.r), g: between(from.g, to.g), b: between(from.b, to.b) };
};

/** The colour nearest to the wished one that can be read: darkened or lightened only as far as contrast asks. */
function readableNear(ground: Rgb, wished: Rgb): Rgb {
	const end = contrast(ground, white) >= contrast(ground, black) ? white : black;
	for (let step = 0; step < steps; step++) {
		const candidate = mixed(wished, end, step / steps);
		if (contrast(ground, candidate) >= leastContrast) return candidate;
	}
	return end;
}

/** A background and a foreground that can be read on it. */
export interface ReadablePair {
	primary: string;
	text: string;
	/** The wished foreground could not be read and has been darkened or lightened: how much contrast it has, of the 4.5 asked. */
	corrected?: { wished: string; contrast: number };
}

/**
 * A background with a readable foreground: the wished one where its contrast allows, else the nearest that can be read.
 * A missing one becomes black or white; an invalid background gives undefined, and the kit's own colours stay.
 */
export function readablePair(primary: string | undefined, text: string | undefined): ReadablePair | undefined {
	const ground = parseColor(primary);
	if (!ground) return undefined;
	const wished = parseColor(text);
	const end = contrast(ground, white) >= contrast(ground, black) ? white : black;
	if (!wished) return { primary: hex(ground), text: hex(end) };
	const has = contrast(ground, wished);
	if (has >= leastContrast) return { primary: hex(ground), text: hex(wished) };
	return {
		primary: hex(ground),
		text: hex(readableNear(ground, wished)),
		corrected: { wished: hex(wished), contrast: Math.round(has * 100) / 100 },
	};
}
