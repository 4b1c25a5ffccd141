/** More particular names first: most browsers name the others, too. */
const browsers: ReadonlyArray<[name: string, pattern: RegExp]> = [
	["Edge", /\bEdg(?:A|iOS)?\/(\d+)/],
	["Opera", /\bOPR\/(\d+)/],
	["Firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
	["Chrome", /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
	["Safari", /\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//],
];

const systems: ReadonlyArray<[name: string, pattern: RegExp]> = [
	["Windows", /Windows/],
	["Android", /Android/],
	["iOS", /iPhone|iPad/],
	["macOS", /Macintosh/],
	["ChromeOS", /CrOS/],
	["Linux", /Linux/],
];

/**
 * Browser with its major version, and system, e.g. "Firefox 140, Linux": so much is of use to who looks for what bad calls
 * have in common. @returns undefined where the header names no browser that is known
 */
export function browserName(userAgent: string | undefined): string | undefined {
	if (userAgent === undefined || userAgent.length > 1000) return undefined;
	const found = browsers.flatMap(([name, pattern]) => {
		const version = pattern.exec(userAgent)?.[1];
		return version === undefined ? [] : [`${name} ${version.slice(0, 5)}`];
	});
	const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0];
	return found[0] && [found[0], ...(system ? [system] : [])].join(", ");
}
