import {
	type BuiltInSubstitution,
	builtInSubstitutions,
	fillPlaceholders,
	placeholdersIn,
} from "@inlay/contract/responses";
import { locale } from "@inlay/ui";
import type { Versioned } from "../../session/api.ts";

/** `Library`. */
export interface Library {
	id: string;
	name: string;
	version: number;
	inlay: { queueIds: string[] | null };
}

/** `Response`. */
export interface CannedResponse {
	id: string;
	name: string;
	version: number;
	libraries: Array<{ id: string; name?: string }>;
	texts: Array<{ content: string; contentType: string }>;
	substitutions: Array<{ id: string; description?: string; defaultValue?: string }>;
	responseType?: string;
	inlay: {
		shortcut: string | null;
		language: string | null;
		media: string[] | null;
		uses?: number;
		/** Files that it brings along. */
		assets?: ResponseFile[];
	};
}

export interface ResponseFile {
	id: string;
	name: string;
	/** Bytes. */
	size: number;
}

export interface ResponseForm {
	name: string;
	libraryIds: string[];
	plain: string;
	html: string;
	shortcut: string;
	language: string;
	isSignature: boolean;
	files: ResponseFile[];
	/** By the names of placeholders. */
	defaults: Record<string, string>;
}

export const newResponse: CannedResponse = {
	...{ id: "", name: "", version: 0, libraries: [], texts: [], substitutions: [] },
	inlay: { shortcut: null, language: null, media: null },
};

export function responseFormOf({ name, libraries, texts, substitutions, responseType, inlay }: CannedResponse) {
	const of = (type: string) => texts.find(({ contentType }) => contentType === type)?.content ?? "";
	return {
		...{ name, libraryIds: libraries.map(({ id }) => id), plain: of("text/plain"), html: of("text/html") },
		...{ shortcut: inlay.shortcut ?? "", language: inlay.language ?? "", isSignature: responseType === "Footer" },
		files: inlay.assets ?? [],
		defaults: Object.fromEntries(substitutions.map(({ id, defaultValue }) => [id, defaultValue ?? ""])),
	} satisfies ResponseForm;
}

/** What is known of each conversation needs no default, but may have one. */
export function namesIn({ plain, html }: Pick<ResponseForm, "plain" | "html">): string[] {
	return placeholdersIn(`${plain} ${html}`);
}

/** What stands in a preview for what only a conversation knows. */
const examples: Readonly<Record<BuiltInSubstitution, () => string>> = {
	agentName: () => "Robin Berg",
	agentFirstName: () => "Robin",
	customerName: () => "Alex Kim",
	customerFirstName: () => "Alex",
	queueName: () => "Support",
	date: () => new Date().toLocaleDateString(locale.value, { dateStyle: "medium" }),
	conversationId: () => "6f9c1d2e-3b4a-4c5d-8e7f-0a1b2c3d4e5f",
};

/** The plain text as a customer could read it: with defaults, and examples of what every conversation knows. */
export function previewOf({ plain, defaults }: Pick<ResponseForm, "plain" | "defaults">): string {
	const example = (name: string) => {
		const known = builtInSubstitutions.find((one) => one.toLowerCase() === name.toLowerCase());
		return known && examples[known]();
	};
	return fillPlaceholders(plain, (name) => defaults[name] || example(name)).text;
}

export function isBuiltIn(name: string): boolean {
	return builtInSubstitutions.some((one) => one.toLowerCase() === name.toLowerCase());
}

/** A signature brings none along; what is there all the same is sent, so it is seen and can be taken out. */
export function showsFiles({ isSignature, files }: Pick<ResponseForm, "isSignature" | "files">): boolean {
	return !isSignature || files.length > 0;
}

/** Descriptions and media that the form does not show go back as they came; defaults of what is no longer in the text do not. */
export function responseBodyOf(form: ResponseForm, before: CannedResponse): Versioned {
	const described = new Map(before.substitutions.map(({ id, description }) => [id, description]));
	const plain = form.plain.trim() === "" ? [] : [{ content: form.plain, contentType: "text/plain" }];
	const html = form.html.trim() === "" ? [] : [{ content: form.html, contentType: "text/html" }];
	return {
		...{ name: form.name.trim(), libraries: form.libraryIds.map((id) => ({ id })), texts: [...plain, ...html] },
		substitutions: namesIn(form).flatMap((id) => {
			const [description, defaultValue] = [described.get(id), form.defaults[id]?.trim()];
			if (!description && !defaultValue) return [];
			return [{ id, ...(description ? { description } : {}), ...(defaultValue ? { defaultValue } : {}) }];
		}),
		assets: form.files.map(({ id }) => ({ id })),
		...(form.isSignature ? { responseType: "Footer", footer: { type: "Signature" } } : {}),
		inlay: {
			shortcut: form.shortcut.trim() || null,
			language: form.language.trim() || null,
			media: before.inlay.media,
		},
		version: before.version,
	};
}

export function responseProblems(form: ResponseForm): Set<keyof ResponseForm> {
	const problems = new Set<keyof ResponseForm>();
	if (form.name.trim() === "") problems.add("name");
	if (form.libraryIds.length === 0) problems.add("libraryIds");
	if (form.plain.trim() === "" && form.html.trim() === "") problems.add("plain");
	if (!/^[\p{L}\p{N}_-]{0,40}$/u.test(form.shortcut.trim())) problems.add("shortcut");
	if (!/^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/.test(form.language.trim())) problems.add("language");
	return problems;
}
