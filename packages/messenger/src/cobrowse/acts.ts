import type { Fields } from "./fields.ts";
import type { Nodes } from "./guard.ts";
import type { Act, RefusedWhy } from "./protocol.ts";

/** After their own key or click the page is the customer's for so long, ms. */
const customersMs = 1_000;

/** Does what an agent wants in the page, and judges it here: whatever a viewer sends, no secret is touched (agent-features 12). */
export class Acts {
	readonly #fields: Fields;
	readonly #nodes: Nodes;
	#customerAt = Number.NEGATIVE_INFINITY;
	readonly #own = (event: Event) => {
		if (event.isTrusted) this.#customerAt = performance.now();
	};

	constructor(fields: Fields, nodes: Nodes) {
		this.#fields = fields;
		this.#nodes = nodes;
		for (const name of ["keydown", "pointerdown", "wheel"])
			addEventListener(name, this.#own, { capture: true, passive: true });
	}

	stop(): void {
		for (const name of ["keydown", "pointerdown", "wheel"]) removeEventListener(name, this.#own, { capture: true });
	}

	/** @returns why it was not done; undefined: it was */
	do(act: Act): RefusedWhy | undefined {
		// The customer's own hand wins.
		if (performance.now() - this.#customerAt < customersMs) return "customer";
		const node = this.#nodes.getNode(act.node);
		if (!node?.isConnected) return "gone";
		if (act.type === "scroll") return scroll(node, act.x, act.y);
		const element = node.nodeType === Node.ELEMENT_NODE ? (node as HTMLElement) : node.parentElement;
		if (!element) return "gone";
		const refusal = this.#fields.refusal(element);
		if (refusal) return refusal;
		if (act.type === "click") return click(element, act);
		if (act.type === "focus") return focus(element);
		if (act.type === "key") return press(element, act.key);
		return fill(element, act.value);
	}
}

function focus(element: HTMLElement): undefined {
	element.focus();
}

function scroll(node: Node, x: number, y: number): undefined {
	if (node.nodeType === Node.DOCUMENT_NODE) (node as Document).defaultView?.scrollTo(x, y);
	else if (node.nodeType === Node.ELEMENT_NODE) (node as Element).scrollTo(x, y);
}

/** As somebody's mouse does; a link that leads to another site is not followed, whatever opens it. */
function click(element: HTMLElement, { x, y }: { x: number; y: number }): RefusedWhy | undefined {
	const link = element.closest("a[href],area[href]") as HTMLAnchorElement | null;
	if (link && /^https?:$/.test(link.protocol) && link.origin !== location.origin) return "elsewhere";
	if (link?.target && link.target !== "_self") return "elsewhere";
	const view = element.ownerDocument.defaultView ?? window;
	const at = {
		bubbles: true,
		cancelable: true,
		composed: true,
		view,
		clientX: x - view.scrollX,
		clientY: y - view.scrollY,
	};
	element.dispatchEvent(new view.PointerEvent("pointerdown", at));
	const goesOn = element.dispatchEvent(new view.MouseEvent("mousedown", at));
	const takesFocus = element.closest<HTMLElement>("a[href],button,input,select,textarea,[tabindex],[contenteditable]");
	if (goesOn) takesFocus?.focus({ preventScroll: true });
	element.dispatchEvent(new view.PointerEvent("pointerup", at));
	element.dispatchEvent(new view.MouseEvent("mouseup", at));
	// Pictures in the page have no `click` of their own.
	if (typeof element.click === "function") element.click();
	else element.dispatchEvent(new view.MouseEvent("click", at));
	return undefined;
}

function press(element: HTMLElement, key: string): undefined {
	const view = element.ownerDocument.defaultView ?? window;
	const options = { key, code: key, bubbles: true, cancelable: true, composed: true };
	const goesOn = element.dispatchEvent(new view.KeyboardEvent("keydown", options));
	element.dispatchEvent(new view.KeyboardEvent("keyup", options));
	const { form } = element as HTMLInputElement;
	if (goesOn && key === "Enter" && element.localName === "input" && form) form.requestSubmit();
}

/** By the element's own setter, so that frameworks that watch for it notice, as they do when somebody types. */
function fill(element: HTMLElement, value: string | boolean): RefusedWhy | undefined {
	const name = element.localName;
	const type = (element.getAttribute("type") ?? "text").toLowerCase();
	if (name === "input" && (type === "checkbox" || type === "radio")) {
		if ((element as HTMLInputElement).checked !== value) element.click();
		return undefined;
	}
	const isText = name === "textarea" || (name === "input" && !/^(?:button|submit|reset|image|file|hidden)$/.test(type));
	if (!isText && name !== "select" && !element.isContentEditable) return "readonly";
	const text = String(value);
	element.focus({ preventScroll: true });
	if (element.isContentEditable) element.textContent = text;
	else setValue(element as HTMLInputElement, text);
	const view = element.ownerDocument.defaultView ?? window;
	element.dispatchEvent(
		new view.InputEvent("input", { bubbles: true, composed: true, inputType: "insertReplacementText", data: text }),
	);
	element.dispatchEvent(new view.Event("change", { bubbles: true }));
	return undefined;
}

function setValue(element: HTMLInputElement, value: string): void {
	let proto: object | null = Object.getPrototypeOf(element);
	while (proto && !Object.getOwnPropertyDescriptor(proto, "value")) proto = Object.getPrototypeOf(proto);
	const set = proto && Object.getOwnPropertyDescriptor(proto, "value")?.set;
	if (set) set.call(element, value);
	else element.value = value;
}
