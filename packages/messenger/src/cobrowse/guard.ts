import { type Fields, isField } from "./fields.ts";

type Json = Record<string, unknown>;

/** Where the recorder's numbers lead. */
export interface Nodes {
	getNode(id: number): Node | null;
}

/**
 * The wall in the page: whatever the recorder has made of it goes through here, and no value of a field leaves it that is not
 * open. The recorder masks, too; but it keeps attributes as they were written, tells what is hidden, and asks nobody about what
 * has gone already.
 */
export class Guard {
	readonly #fields: Fields;
	readonly #nodes: Nodes;
	readonly #showsPath: boolean;

	constructor(fields: Fields, nodes: Nodes, showsPath: boolean) {
		this.#fields = fields;
		this.#nodes = nodes;
		this.#showsPath = showsPath;
	}

	/** Changes the event; false: nothing of it is told. */
	pass(event: { type: number; data: unknown }): boolean {
		const data = event.data as Json;
		if (event.type === 2) this.#tree(data.node as Json);
		else if (event.type === 4) data.href = whereabouts(String(data.href), this.#showsPath);
		else return event.type === 3 && this.#change(data);
		return true;
	}

	/** @returns false where nothing of it may be told */
	#change(data: Json): boolean {
		const isOpen = ({ id }: Json) => !this.#isInBlocked(id);
		if (data.source === 5) this.#input(data);
		if (data.source !== 0) return isOpen(data);
		data.adds = listOf(data.adds).filter(({ node }) => isOpen(node as Json));
		data.attributes = listOf(data.attributes).filter(isOpen);
		data.texts = listOf(data.texts).filter(isOpen);
		for (const { node } of listOf(data.adds)) this.#tree(node as Json);
		for (const { id, attributes } of listOf(data.attributes))
			this.#attributes(attributes as Json, this.#element(id), undefined);
		for (const text of listOf(data.texts))
			if (typeof text.value === "string") text.value = this.#fields.shownText(text.value, this.#parent(text.id));
		return true;
	}

	#isInBlocked(id: unknown): boolean {
		const node = this.#nodes.getNode(Number(id));
		return node !== null && this.#fields.isInBlocked(node);
	}

	#input(data: Json): void {
		const element = this.#element(data.id);
		data.text = this.#fields.shown(String(data.text ?? ""), element);
		if (!element || this.#fields.isSecret(element)) data.isChecked = false;
	}

	#tree(root: Json): void {
		const waiting = [root];
		for (let node = waiting.pop(); node; node = waiting.pop()) {
			if (node.type === 2) {
				const element = this.#element(node.id);
				this.#attributes(node.attributes as Json, element, String(node.tagName));
				if (element && this.#fields.isBlocked(element)) node.childNodes = [];
			} else if (node.type === 3 && typeof node.textContent === "string" && !node.isStyle)
				node.textContent = this.#fields.shownText(node.textContent, this.#parent(node.id));
			waiting.push(...listOf(node.childNodes));
		}
	}

	/** @param tag where the element has gone already: what was a field is masked */
	#attributes(attributes: Json, element: Element | undefined, tag: string | undefined): void {
		const isAField = element ? isField(element) : /^(?:input|textarea|select|option)$/i.test(tag ?? "input");
		// A whole page with its fields may stand in one; the frame tells what it shows by itself.
		delete attributes.srcdoc;
		const isSecret = element ? this.#fields.isSecret(element) : isAField;
		if (isAField) this.#value(attributes, element);
		if (!isSecret) return;
		delete attributes.checked;
		delete attributes.selected;
		for (const name of Object.keys(attributes))
			if (/^(?:data-(?!cobrowse)|aria-(?:value|label$|description$)|title$|alt$|label$|pattern$|list$)/i.test(name))
				delete attributes[name];
	}

	/** The attribute is what was written into the page; what the field holds by now may be something else, or nothing. */
	#value(attributes: Json, element: Element | undefined): void {
		const isNamed =
			element && /^(?:submit|button|reset|image|checkbox|radio)$/i.test(element.getAttribute("type") ?? "");
		if (typeof attributes.value === "string" && !(isNamed && !this.#fields.isSecret(element)))
			attributes.value = this.#fields.shown(attributes.value, element);
	}

	#element(id: unknown): Element | undefined {
		const node = this.#nodes.getNode(Number(id));
		return node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : undefined;
	}

	#parent(id: unknown): Element | null | undefined {
		const node = this.#nodes.getNode(Number(id));
		return node?.parentElement ?? ((node?.getRootNode() as ShadowRoot | undefined)?.host as Element | undefined);
	}
}

/** Where the page is, as far as it may be told: never what stands behind its path. */
export function whereabouts(href: string, showsPath: boolean): string {
	const { origin, pathname } = new URL(href, "about:blank");
	return showsPath ? origin + pathname : `${origin}/`;
}

function listOf(value: unknown): Json[] {
	return Array.isArray(value) ? (value as Json[]) : [];
}
