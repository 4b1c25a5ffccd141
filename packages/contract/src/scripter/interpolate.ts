import type { ScriptValue } from "./agent-script.ts";
import { type Lookup, textOf } from "./expression/evaluate.ts";

const braces = /\{\{([^{}]*)\}\}/g;

/** A part of an interpolated text: what was written, or what stands for a variable; `missing` where that is empty. */
export interface TextPart {
	text: string;
	variable?: string;
	missing?: boolean;
}

/** Fills a text's variables in. What is missing is empty; a value's own braces are left as they are. */
export function interpolate(text: string, lookup: Lookup): string {
	return text.replace(braces, (_, name: string) => textOf(lookup(name.trim())));
}

/** As {@link interpolate}, in parts, for who marks what is missing. */
export function interpolatedParts(text: string, lookup: Lookup): TextPart[] {
	const parts: TextPart[] = [];
	let from = 0;
	for (const found of text.matchAll(braces)) {
		if (found.index > from) parts.push({ text: text.slice(from, found.index) });
		const variable = (found[1] ?? "").trim();
		const value = textOf(lookup(variable));
		parts.push({ text: value, variable, ...(value === "" ? { missing: true } : {}) });
		from = found.index + found[0].length;
	}
	if (from < text.length) parts.push({ text: text.slice(from) });
	return parts;
}

/** Names of the variables in a text, each once. */
export function namesIn(text: string): string[] {
	return [...new Set([...text.matchAll(braces)].map((found) => (found[1] ?? "").trim()))];
}

/**
 * The address that comes of a template, its values encoded, so that none of them changes where it leads: undefined where it
 * is none of https, carries a name or password, or leads to a host that is not listed.
 *
 * @param hosts `crm.example.com`, or `*.example.com` for all below it; absent: any host
 */
export function webAddress(template: string, lookup: Lookup, hosts?: readonly string[]): string | undefined {
	const encoded = (name: string): ScriptValue => encodeURIComponent(textOf(lookup(name)));
	const filled = interpolate(template, encoded);
	const url = parse(filled);
	if (url?.protocol !== "https:" || url.username || url.password) return undefined;
	// `..` has nothing to be encoded, and leads out of the folder in which the value stands.
	if (dotsIn(filled) > dotsIn(interpolate(template, () => "x"))) return undefined;
	return !hosts || isAllowedHost(url.hostname, hosts) ? url.href : undefined;
}

/** Parts of the path that stand for another one. */
function dotsIn(address: string): number {
	const path = address.split(/[?#]/, 1)[0] ?? "";
	return path.split(/[/\\]/).filter((part) => /^(\.|%2e){1,2}$/i.test(part)).length;
}

/** @param hosts `crm.example.com`, or `*.example.com` for all below it */
export function isAllowedHost(hostname: string, hosts: readonly string[]): boolean {
	const name = hostname.toLowerCase();
	return hosts.some((one) => {
		const host = one.toLowerCase();
		return host.startsWith("*.") ? name.endsWith(host.slice(1)) : name === host;
	});
}

function parse(address: string): URL | undefined {
	try {
		return new URL(address);
	} catch {
		return undefined;
	}
}
