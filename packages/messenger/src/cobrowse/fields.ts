import type { ShareSettings } from "./protocol.ts";

/** What a field holds in its place. */
export const mask = "•";

/** Fields that nobody ever sees, whatever the page says (agent-features 12, "How"). */
const secretAutocomplete = /(?:^|[\s-])(?:cc-[a-z-]+|one-time-code|current-password|new-password)(?:$|\s)/i;
/** What pages call such fields that do not say what is to be filled in. */
const secretName =
	/pass(?:word|wort|code|phrase)|\bpwd\b|passwd|\bpin\b|cvv|cvc|csc|card.?(?:num|no\b|code)|cc.?(?:num|exp|csc)|iban|account.?(?:num|no\b)|\bssn\b|secur.?(?:code|num)|\botp\b|\btan\b/i;

/** Ours in the page: the customer's own hand alone presses what stands there. */
export const ownElements = "inlay-messenger,inlay-cobrowse,inlay-screen";
const marked = (mark: string) => `[data-cobrowse="${mark}"],[data-cobrowse~="${mark}"]`;
export const blockSelector = `${marked("block")},video,audio,canvas,object,embed,${ownElements}`;

/** A selector that this browser does not read: nothing is shared by it. */
export class BadSelector extends Error {}

/** What may be told of a page's fields, and done to them. Elements may be of frames: their classes are not this window's. */
export class Fields {
	/** Also what hides texts. */
	readonly maskSelector: string;
	readonly #readonlySelector: string;
	/** Once a password, always one: a button that shows it does not show it to others. */
	readonly #passwords = new WeakSet<Element>();

	/** @throws BadSelector */
	constructor({ maskSelectors, readonlySelectors }: Pick<ShareSettings, "maskSelectors" | "readonlySelectors">) {
		for (const selector of [...maskSelectors, ...readonlySelectors]) require(selector);
		this.maskSelector = [marked("mask"), ...maskSelectors].join(",");
		this.#readonlySelector = [marked("readonly"), ...readonlySelectors].join(",");
	}

	/** Its value is never told. */
	isSecret(element: Element): boolean {
		if (isWithin(element, this.maskSelector)) return true;
		const type = (element.getAttribute("type") ?? "").toLowerCase();
		if (type === "password") this.#passwords.add(element);
		if (this.#passwords.has(element) || type === "hidden" || type === "file") return true;
		if (secretAutocomplete.test(element.getAttribute("autocomplete") ?? "")) return true;
		const names = [element.getAttribute("name"), element.id, element.getAttribute("data-testid")];
		return isField(element) && names.some((name) => name !== null && secretName.test(spaced(name)));
	}

	/** What others see of a value. @param element unknown: of something that has gone already */
	shown(value: string, element: Element | null | undefined): string {
		const isOpen = element && isField(element) && !this.isSecret(element) && !looksLikeCard(value);
		return isOpen ? value : masked(value);
	}

	/** It, or what it is in, also beyond a shadow, is shown as an empty box. The recorder looks no further than the shadow. */
	isBlocked(element: Element): boolean {
		return isWithin(element, blockSelector);
	}

	/** It is in something that is shown as an empty box: nothing of it is told. */
	isInBlocked(node: Node): boolean {
		const parent = node.parentElement ?? around(node);
		return parent !== null && this.isBlocked(parent);
	}

	/** What others see of a text in the page. */
	shownText(text: string, parent: Element | null | undefined): string {
		if (parent && isField(parent)) return this.shown(text, parent);
		return parent && isWithin(parent, this.maskSelector) ? text.replace(/\S/g, mask) : text;
	}

	/** Why an agent does nothing to it; undefined: they may. */
	refusal(element: Element): "secret" | "readonly" | "notAllowed" | undefined {
		if (isWithin(element, blockSelector)) return "notAllowed";
		// What is pressed to fill a field in is the field.
		const field = (element.closest("label") as HTMLLabelElement | null)?.control ?? element;
		if (this.isSecret(field) || isWithin(element, this.maskSelector)) return "secret";
		if (isWithin(element, this.#readonlySelector)) return "readonly";
		const { disabled, readOnly } = field as HTMLInputElement;
		return disabled || readOnly ? "readonly" : undefined;
	}

	/** Passwords are noted as such before a button of the page's can make them something else. */
	lookFor(root: ParentNode): void {
		for (const one of root.querySelectorAll('input[type="password" i]')) this.#passwords.add(one);
	}
}

/** As many signs as there were, so that what follows keeps its place. */
export function masked(value: string): string {
	return mask.repeat([...value].length);
}

export function isField(element: Element): boolean {
	return /^(?:input|textarea|select|option|optgroup|output|datalist)$/i.test(element.localName);
}

/** The element, or anything around it, also beyond the shadow and the frame that it is in. */
function isWithin(element: Element, selector: string): boolean {
	for (let at: Element | null = element; at; at = around(at)) if (at.closest(selector)) return true;
	return false;
}

/** What the shadow, or the frame, of an element is in. */
function around(node: Node): Element | null {
	const root = node.getRootNode();
	const { host } = root as Partial<ShadowRoot>;
	return host ?? (root as Partial<Document>).defaultView?.frameElement ?? null;
}

/** Words of a name, as `cardNumber` and `card_number` have them. */
function spaced(name: string): string {
	return name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " ");
}

/** Thirteen to nineteen digits that add up as those of cards do (ISO/IEC 7812), however they are written. */
export function looksLikeCard(value: string): boolean {
	return (value.match(/\d(?:[ \-.]?\d){12,18}/g) ?? []).some((found) => {
		const digits = [...found.replace(/\D/g, "")].reverse().map(Number);
		const sum = digits.reduce((all, digit, index) => {
			const twice = digit * 2;
			return all + (index % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice);
		}, 0);
		return sum % 10 === 0;
	});
}

function require(selector: string): void {
	try {
		document.createDocumentFragment().querySelector(selector);
	} catch {
		throw new BadSelector(selector);
	}
}
