import type { FilledResponse } from "./offered.ts";

/** Where somebody writes, as far as responses care: a field of text here, an editor of mails elsewhere. */
export interface WritingPlace {
	/** What hears the keys. */
	element(): HTMLElement | undefined;
	/** What stands before the caret, in its line at least. */
	beforeCaret(): string;
	/** Puts the response where the caret is, in place of the last `back` characters before it. */
	put(response: FilledResponse, back: number): void;
	/** The whole text, and how to write another one. */
	text(): string;
	write(text: string): void;
}

/** A field of plain text. @param write is told the whole text @param bring puts a response's files to it */
export function textareaPlace(
	field: { current: HTMLTextAreaElement | null },
	write: (text: string) => void,
	bring: (response: FilledResponse) => void,
): WritingPlace {
	const caret = () => field.current?.selectionStart ?? 0;
	return {
		element: () => field.current ?? undefined,
		beforeCaret: () => field.current?.value.slice(0, caret()) ?? "",
		text: () => field.current?.value ?? "",
		write,
		put(response, back) {
			const { text } = response;
			const element = field.current;
			if (!element) return;
			const [from, to] = [caret() - back, element.selectionEnd];
			write(element.value.slice(0, from) + text + element.value.slice(to));
			if (response.files.length > 0) bring(response);
			// The field shows it with the next turn of the page.
			(element.ownerDocument.defaultView ?? window).requestAnimationFrame(() => {
				element.focus();
				element.setSelectionRange(from + text.length, from + text.length);
			});
		},
	};
}

/** Where somebody writes now, by conversation: a script puts responses there as an agent does. The newest counts. */
export const writingPlaces = {
	places: new Map<string, WritingPlace[]>(),

	/** @returns what to call once nobody writes there any more */
	keep(conversationId: string, place: WritingPlace): () => void {
		const others = this.places.get(conversationId) ?? [];
		this.places.set(conversationId, [...others, place]);
		return () => {
			const left = this.places.get(conversationId)?.filter((one) => one !== place) ?? [];
			if (left.length > 0) this.places.set(conversationId, left);
			else this.places.delete(conversationId);
		};
	},

	of(conversationId: string): WritingPlace | undefined {
		return this.places.get(conversationId)?.at(-1);
	},
};
