/** Names that nothing declares: the documentation's own sample has one (framework-contract 2, point 8). */
import { nearestName } from "@inlay/contract/nearest";
import type { Rule, RuleHit } from "../rule.ts";
import type { Script } from "../source/script.ts";

/**
 * Functions and objects of a browser's window that begin with a small letter. Names that begin with a capital may be those of
 * a library that the page brings, and are not asked about.
 */
const browserNames = new Set(
	`addEventListener alert angular arguments atob blur btoa caches cancelAnimationFrame cancelIdleCallback captureEvents
	chrome clearInterval clearTimeout clientInformation close closed confirm console cookieStore createImageBitmap
	crossOriginIsolated crypto customElements decodeURI decodeURIComponent define devicePixelRatio dispatchEvent document
	encodeURI encodeURIComponent escape eval event exports external fetch find focus frameElement frames getComputedStyle
	getSelection global globalThis hasOwnProperty history indexedDB innerHeight innerWidth isFinite isNaN isPrototypeOf
	isSecureContext jQuery length localStorage location locationbar matchMedia menubar module moveBy moveTo name navigation
	navigator open opener origin outerHeight outerWidth pageXOffset pageYOffset parent parseFloat parseInt performance
	personalbar postMessage print prompt propertyIsEnumerable queueMicrotask releaseEvents removeEventListener reportError
	requestAnimationFrame requestIdleCallback require resizeBy resizeTo scheduler screen screenLeft screenTop screenX
	screenY scroll scrollbars scrollBy scrollTo scrollX scrollY self sessionStorage setInterval setTimeout sforce
	speechSynthesis status statusbar stop structuredClone styleMedia toLocaleString toolbar top toString trustedTypes
	undefined unescape valueOf visualViewport webkitCancelAnimationFrame webkitMediaStream webkitRequestAnimationFrame
	webkitRequestFileSystem webkitResolveLocalFileSystemURL webkitRTCPeerConnection webkitSpeechGrammar
	webkitSpeechGrammarList webkitSpeechRecognition webkitSpeechRecognitionError webkitSpeechRecognitionEvent webkitURL
	window`.split(/\s+/),
);

export const unknownName: Rule = {
	code: "name.unknown",
	severity: "warning",
	check: ({ script, loadsMore }) => {
		if (loadsMore) return [];
		const given = assignedNames(script);
		return [...script.scopes.free].flatMap(([name, uses]): RuleHit[] => {
			if (!/^[a-z]/.test(name) || browserNames.has(name) || given.has(name) || /^on[a-z]+$/.test(name)) return [];
			// Whoever asks whether it is there knows that it may not be.
			if (uses.some((use) => isAskedFor(script, use))) return [];
			const first = uses[0];
			const meant = nearestName(name, namesAround(script, first));
			const message = `Nothing declares ${name}: this line throws.${meant ? ` Did you mean ${meant}?` : ""}`;
			return first ? [{ at: first, message }] : [];
		});
	},
};

/** Undeclared assignments leak to the window, as do members that are set on it; both are names from then on. */
export function assignedNames(script: Script): Set<string> {
	const names = new Set<string>();
	for (const { left } of script.all("AssignmentExpression")) {
		if (left.type === "Identifier") names.add(left.name);
		else if (left.type === "MemberExpression") {
			const path = script.path(left);
			if (path?.length === 1) names.add(path[0] as string);
		}
	}
	for (const loop of [...script.all("ForInStatement"), ...script.all("ForOfStatement")])
		if (loop.left.type === "Identifier") names.add(loop.left.name);
	return names;
}

export function isAskedFor(script: Script, use: { type: string } & Parameters<Script["parents"]["get"]>[0]): boolean {
	const parent = script.parents.get(use);
	if (parent?.type === "UnaryExpression" && parent.operator === "typeof") return true;
	for (let at = parent; at !== undefined; at = script.parents.get(at)) if (at.type === "WithStatement") return true;
	return false;
}

function namesAround(script: Script, use: Parameters<Script["parents"]["get"]>[0] | undefined): string[] {
	if (!use) return [];
	const params = script
		.functionsAround(use)
		.flatMap(({ params: given }) => given.flatMap((each) => (each.type === "Identifier" ? [each.name] : [])));
	return [...params, ...script.scopes.topLevel(script.program).keys()];
}
