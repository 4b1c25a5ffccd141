import { menuHandlers, moreHandler } from "./names.ts";

const marked = "[data-view], .ui-menu-item[data-item], .header-menu > .ui-menu > button";
const working = ".page[aria-busy=true], .view-loading, .call-control[aria-disabled=true]";

/**
 * Writes the original's names on our page as it changes: `ng-click` on the entries of navigation and menu, and the spinner
 * that scripts wait for. What a script hides in the menu stays hidden when the menu is opened anew.
 */
export class Marks {
	readonly #document: Document;
	readonly #spinner: HTMLElement;
	/** Entries that are not on the page while our menu is closed. */
	readonly #standIns = new Map<string, HTMLElement>();
	readonly #observer: MutationObserver;

	constructor(document: Document) {
		this.#document = document;
		this.#spinner = this.#add("spinner-container");
		this.#add("consult-participants-container ng-hide");
		this.#addStandIns();
		this.#observer = new MutationObserver(() => this.#mark());
		this.#observer.observe(document.body, {
			subtree: true,
			childList: true,
			attributes: true,
			attributeFilter: ["aria-busy", "aria-disabled"],
		});
		this.#mark();
	}

	/** Does what a handler of the original's would: a click on the entry, in the menu where it stands there. */
	call(handler: string): void {
		const own = this.#real(handler);
		if (own) own.click();
		else this.#callInMenu(handler);
	}

	#callInMenu(handler: string): void {
		this.#real(moreHandler)?.click();
		setTimeout(() => this.#real(handler)?.click());
	}

	#mark(): void {
		for (const entry of this.#document.querySelectorAll<HTMLElement>(marked)) {
			const id = entry.dataset.view ?? entry.dataset.item;
			const handler = id === undefined ? moreHandler : menuHandlers[id];
			if (!handler || entry.getAttribute("ng-click") === handler) continue;
			entry.setAttribute("ng-click", handler);
			if (this.#standIns.get(handler)?.style.display === "none") entry.style.display = "none";
		}
		const isWorking = !this.#document.querySelector(".frame") || this.#document.querySelector(working) !== null;
		this.#spinner.classList.toggle("ng-hide", !isWorking);
	}

	#real(handler: string): HTMLElement | undefined {
		const found = [...this.#document.querySelectorAll<HTMLElement>(`[ng-click="${handler}"]`)];
		return found.find((each) => each !== this.#standIns.get(handler));
	}

	#addStandIns(): void {
		const menu = this.#add("legacy-menu");
		for (const handler of Object.values(menuHandlers)) {
			const entry = this.#document.createElement("a");
			entry.setAttribute("ng-click", handler);
			// Where the entry itself is on the page, a script that clicks on all of this name has clicked on it.
			entry.addEventListener("click", () => {
				if (!this.#real(handler)) this.call(handler);
			});
			menu.append(entry);
			this.#standIns.set(handler, entry);
		}
	}

	#add(classes: string): HTMLElement {
		const element = this.#document.createElement("div");
		element.className = classes;
		element.setAttribute("aria-hidden", "true");
		this.#document.body.append(element);
		return element;
	}
}
