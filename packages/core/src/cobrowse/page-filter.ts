/**
 * The second wall (agent-features 12): what a customer's browser recorded of a page is taken apart before it goes to the
 * agent's, and whatever could run or load by itself is left out. The first is the sandbox in which it is shown; that it is
 * recorded without values is the recorder's doing, and what it says of fields that hold secrets is not believed here either.
 */

type Json = Record<string, unknown>;

/** rrweb's kinds of events, and of changes, that are let through. Canvas commands, fonts, logs and media are not. */
const eventTypes = { full: 2, incremental: 3, meta: 4 } as const;
const sources: ReadonlySet<unknown> = new Set([0, 1, 2, 3, 4, 5, 6, 8, 12, 13, 15]);
const inputSource = 5;

/** Never shown, whatever is in it. */
const inert: ReadonlySet<string> = new Set([
	...["script", "noscript", "object", "embed", "applet", "base", "portal", "fencedframe", "frame", "frameset"],
]);
const addressAttributes: ReadonlySet<string> = new Set([
	...["href", "src", "xlink:href", "action", "formaction", "poster", "background", "data", "cite", "ping", "srcset"],
	...["rr_dataurl", "rr_src", "imagesrcset", "manifest"],
]);
const dropped: ReadonlySet<string> = new Set([
	...[
		"srcdoc",
		"ping",
		"action",
		"formaction",
		"nonce",
		"integrity",
		"is",
		"autofocus",
		"download",
		"target",
		"sandbox",
	],
	...["allow", "allowfullscreen", "http-equiv", "content", "manifest", "fetchpriority", "attributionsrc"],
]);
/** Links that load something to run, or tell others of the visit. */
const sheetsAlone = /(?:^|\s)stylesheet(?:\s|$)/i;
/** What names a scheme, seen as browsers do: without controls and spaces. */
const runs = /^(?:javascript|vbscript|livescript|mocha|file|filesystem|view-source|about|blob):/i;
const dataPage =
	/^data:(?!image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|svg\+xml)[;,]|font\/|application\/(?:x-)?font)/i;
const secretField = /(?:^|[\s-])(?:cc-[a-z-]+|one-time-code|current-password|new-password)(?:$|\s)/i;
const mask = "•";
/** As deep as trees may be, and as many nodes as one event may have. */
const mostNodes = 200_000;

/** Thrown for what is no recording. */
export class NotRecorded extends Error {}

/** One customer's page, as long as it is connected. */
export class PageFilter {
	/** Nodes whose values are never told. */
	readonly #secret = new Set<unknown>();
	readonly #showsPath: boolean;

	/** @param showsPath whether the agent may see more of the page's address than where it is */
	constructor(showsPath: boolean) {
		this.#showsPath = showsPath;
	}

	/** The event as the agent's browser may have it; undefined where nothing of it is told. @throws NotRecorded */
	pass(event: unknown): Json | undefined {
		if (!isObject(event) || !isObject(event.data) || typeof event.timestamp !== "number") throw new NotRecorded();
		const { type, data, timestamp } = event;
		if (type === eventTypes.full) return { type, timestamp, data: this.#full(data) };
		if (type === eventTypes.meta) return { type, timestamp, data: this.#meta(data) };
		if (type !== eventTypes.incremental || !sources.has(data.source)) return undefined;
		return { type, timestamp, data: this.#change(data) };
	}

	#full({ node, initialOffset }: Json): Json {
		if (!isObject(node)) throw new NotRecorded();
		this.#secret.clear();
		const offset = isObject(initialOffset) ? initialOffset : {};
		return { node: this.#tree(node), initialOffset: { top: numberOf(offset.top), left: numberOf(offset.left) } };
	}

	#meta({ href, width, height, scheme }: Json): Json {
		const url = typeof href === "string" ? URL.parse(href) : null;
		const shown = url ? url.origin + (this.#showsPath ? url.pathname : "/") : "about:blank";
		const colours = scheme === "dark" || scheme === "light" ? { scheme } : {};
		return { href: shown, width: numberOf(width), height: numberOf(height), ...colours };
	}

	#change(data: Json): Json {
		if (data.source === 0) return this.#mutation(data);
		if (data.source === inputSource) return this.#input(data);
		return cleanSheets(data) as Json;
	}

	#mutation(data: Json): Json {
		const adds = listOf(data.adds).map((add) => ({
			...add,
			node: isObject(add.node) ? this.#tree(add.node) : undefined,
		}));
		if (adds.some(({ node }) => node === undefined)) throw new NotRecorded();
		const attributes = listOf(data.attributes).map(({ id, attributes: changed }) => ({
			id,
			attributes: this.#attributes(isObject(changed) ? changed : {}, "", id),
		}));
		const texts = listOf(data.texts).map(({ id, value }) => ({ id, value: cleanText(value) }));
		const removes = listOf(data.removes).map(({ parentId, id, isShadow }) => ({
			parentId,
			id,
			...(isShadow ? { isShadow } : {}),
		}));
		return { source: 0, adds, attributes, texts, removes, ...(data.isAttachIframe ? { isAttachIframe: true } : {}) };
	}

	#input({ id, text, isChecked, userTriggered }: Json): Json {
		const shown = typeof text === "string" ? text : "";
		return {
			source: inputSource,
			id,
			text: this.#secret.has(id) ? masked(shown) : shown,
			isChecked: isChecked === true,
			...(userTriggered ? { userTriggered: true } : {}),
		};
	}

	/** Without recursion: trees come from outside, as deep as somebody likes. */
	#tree(root: Json): Json {
		const result: Json[] = [];
		const waiting: Array<{ from: Json; into: Json[]; inSheet: boolean }> = [
			{ from: root, into: result, inSheet: false },
		];
		for (let count = 0; waiting.length > 0; ) {
			const { from, into, inSheet } = waiting.pop() as (typeof waiting)[number];
			if (++count > mostNodes) throw new NotRecorded();
			const { node, isOpen } = this.#node(from, inSheet);
			into.push(node);
			if (!Array.isArray(from.childNodes)) continue;
			const children: Json[] = [];
			node.childNodes = children;
			if (!isOpen) continue;
			const sheet = String(from.tagName).toLowerCase() === "style";
			for (const child of from.childNodes.toReversed())
				if (isObject(child)) waiting.push({ from: child, into: children, inSheet: sheet });
		}
		return result[0] as Json;
	}

	/** rrweb's own kinds of nodes: document 0, type 1, element 2, text 3, CDATA 4, comment 5. */
	#node(from: Json, inSheet: boolean): { node: Json; isOpen: boolean } {
		const { id, type, rootId, isShadow, isShadowHost } = from;
		const common = {
			type,
			id,
			...(rootId === undefined ? {} : { rootId }),
			...(isShadow ? { isShadow: true } : {}),
			...(isShadowHost ? { isShadowHost: true } : {}),
		};
		if (typeof id !== "number" || typeof type !== "number") throw new NotRecorded();
		if (type === 3)
			return {
				node: {
					...common,
					textContent: inSheet || from.isStyle ? cleanSheet(textOf(from.textContent)) : textOf(from.textContent),
					...(from.isStyle ? { isStyle: true } : {}),
				},
				isOpen: true,
			};
		if (type === 4 || type === 5) return { node: { ...common, textContent: "" }, isOpen: true };
		if (type !== 2) {
			const { name, publicId, systemId, compatMode } = from;
			return { node: { ...common, name, publicId, systemId, ...(compatMode ? { compatMode } : {}) }, isOpen: true };
		}
		const asked = textOf(from.tagName).toLowerCase();
		const isInert = inert.has(asked) || !/^[a-z][\w:.-]*$/i.test(asked) || isRewriting(asked, from.attributes);
		const tagName = isInert ? "inlay-left-out" : textOf(from.tagName);
		const given = isObject(from.attributes) ? from.attributes : {};
		const attributes = isInert ? {} : this.#attributes(given, asked, id);
		const { isSVG, needBlock, isCustom } = from;
		return {
			node: {
				...common,
				tagName,
				attributes,
				...(isSVG ? { isSVG: true } : {}),
				...(needBlock ? { needBlock: true } : {}),
				...(isCustom ? { isCustom: true } : {}),
			},
			isOpen: !isInert,
		};
	}

	/** @param tag in lower case; empty where it is not known */
	#attributes(given: Json, tag: string, id: unknown): Json {
		const names = new Map(Object.keys(given).map((name) => [name.toLowerCase(), name]));
		const value = (name: string) => textOf(given[names.get(name) ?? ""]);
		if (value("type").toLowerCase() === "password" || secretField.test(value("autocomplete"))) this.#secret.add(id);
		// What the recorder has written into a link has neither address nor kind any more.
		const keptRel = tag !== "link" || sheetsAlone.test(value("rel")) || (names.has("_csstext") && !names.has("href"));
		const kept: Json = {};
		for (const [name, own] of Object.entries(given)) {
			const folded = name.toLowerCase();
			if (!/^[\w:.-]+$/.test(name) || folded.startsWith("on") || dropped.has(folded)) continue;
			if (tag === "meta" || (tag === "link" && !keptRel)) continue;
			if (tag === "iframe" && (folded === "src" || folded === "rr_src")) continue;
			const clean = this.#attribute(folded, own, id);
			if (clean !== undefined) kept[name] = clean;
		}
		return kept;
	}

	#attribute(name: string, value: unknown, id: unknown): unknown {
		if (name === "style" && isObject(value)) return cleanSheets(value);
		if (value === null || typeof value === "boolean" || typeof value === "number") return value;
		if (typeof value !== "string") return undefined;
		if (name === "value" && this.#secret.has(id)) return masked(value);
		if (addressAttributes.has(name) && isDangerous(value)) return undefined;
		if (name === "style" || name === "_csstext") return cleanSheet(value);
		return value;
	}
}

/** An animation that sets an address. */
function isRewriting(tag: string, attributes: unknown): boolean {
	if (!/^(?:animate\w*|set)$/i.test(tag) || !isObject(attributes)) return false;
	return Object.entries(attributes).some(
		([name, value]) => name.toLowerCase() === "attributename" && /href|^on/i.test(textOf(value)),
	);
}

function isDangerous(address: string): boolean {
	const seen = address.replace(/[\s\p{Cc}\p{Cf}]/gu, "");
	return runs.test(seen) || dataPage.test(seen);
}

/** Sheets load other sheets from where they were written to be; none is written into an address. */
function cleanSheet(css: string): string {
	return css
		.replace(/@import\s+(?:url\(\s*)?["']?\s*(?:data|javascript|blob)\s*:[^;]*;?/gi, "")
		.replace(/(?:expression\s*\(|-moz-binding|behavior\s*:)/gi, "x-left-out:")
		.replace(/(?:javascript|vbscript)\s*:/gi, "x-left-out:");
}

function cleanSheets(value: unknown): unknown {
	if (typeof value === "string") return cleanSheet(value);
	if (Array.isArray(value)) return value.map(cleanSheets);
	if (!isObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, cleanSheets(own)]));
}

function cleanText(value: unknown): string | null {
	return value === null ? null : cleanSheet(textOf(value));
}

function masked(value: string): string {
	return mask.repeat([...value].length);
}

function listOf(value: unknown): Json[] {
	if (value === undefined) return [];
	if (!Array.isArray(value) || !value.every(isObject)) throw new NotRecorded();
	return value;
}

function numberOf(value: unknown): number {
	return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : "";
}

function isObject(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
