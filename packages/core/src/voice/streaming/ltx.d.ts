/** The little of `ltx` that is used here; the package has no types of its own. */
declare module "ltx" {
	export type Child = Element | string;
	export class Element {
		constructor(name: string, attrs?: Record<string, string | undefined>);
		name: string;
		attrs: Record<string, string>;
		children: Child[];
		is(name: string, xmlns?: string): boolean;
		getName(): string;
		getNS(): string | undefined;
		getChild(name: string, xmlns?: string): Element | undefined;
		getChildElements(): Element[];
		getText(): string;
		c(name: string, attrs?: Record<string, string | undefined>): Element;
		t(text: string): Element;
		up(): Element;
		root(): Element;
		toString(): string;
	}
	/** @throws Error when the text is not well-formed XML */
	export function parse(text: string): Element;
}
