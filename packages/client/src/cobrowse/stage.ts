import { Replayer } from "@rrweb/replay";
import "@rrweb/replay/dist/style.css";
import { deepest } from "./deepest.ts";
import type { RecordedEvent } from "./viewer-model.ts";

/** A place in the customer's page. */
export interface Spot {
	/** Of the document, CSS pixels. */
	x: number;
	y: number;
	/** The recorder's number of what is there; 0 where it is nothing. */
	node: number;
	element: Element | undefined;
}

/**
 * The customer's page, as the agent sees it: put together in a frame whose sandbox lets no script run. Each whole picture begins
 * it anew, so that nothing of one page is left in the next.
 */
export class Stage {
	readonly #root: HTMLElement;
	#replayer: Replayer | undefined;
	#size = { width: 1, height: 1 };
	/** What the customer likes their pages to be. */
	#scheme: "dark" | "light" = "light";
	scale = 1;

	constructor(root: HTMLElement) {
		this.#root = root;
		new ResizeObserver(() => this.#fit()).observe(root);
	}

	take(events: readonly RecordedEvent[]): void {
		// The clocks of two machines have nothing to do with each other.
		const now = Date.now();
		for (const event of events) {
			const timed = { ...event, timestamp: now };
			if (event.type === 4) {
				this.#size = { width: Number(event.data.width) || 1, height: Number(event.data.height) || 1 };
				this.#scheme = event.data.scheme === "dark" ? "dark" : "light";
			}
			if (event.type === 3 && event.data.source === 4) {
				this.#size = { width: Number(event.data.width) || 1, height: Number(event.data.height) || 1 };
				this.#fit();
			}
			if (event.type === 2) this.#begin(timed);
			else if (event.type === 3) this.#replayer?.addEvent(timed as never);
		}
	}

	/** What is there, by the window's coordinates. */
	spotAt(clientX: number, clientY: number): Spot {
		const frame = this.#replayer?.iframe;
		const view = frame?.contentWindow;
		if (!frame || !view) return { x: 0, y: 0, node: 0, element: undefined };
		const box = frame.getBoundingClientRect();
		const [left, top] = [(clientX - box.left) / this.scale, (clientY - box.top) / this.scale];
		const element = deepest(view.document, left, top);
		const node = element ? this.#nodeOf(element) : 0;
		return { x: left + view.scrollX, y: top + view.scrollY, node: Math.max(0, node), element };
	}

	/** The number of the page itself, and how far it is scrolled. */
	get page(): { node: number; x: number; y: number } {
		const view = this.#replayer?.iframe.contentWindow;
		return view ? { node: this.#nodeOf(view.document), x: view.scrollX, y: view.scrollY } : { node: 0, x: 0, y: 0 };
	}

	/** Where an element is in the window. */
	boxOf(element: Element): { left: number; top: number; width: number; height: number } {
		const frame = this.#replayer?.iframe.getBoundingClientRect();
		const box = element.getBoundingClientRect();
		const root = this.#root.getBoundingClientRect();
		return {
			left: (frame?.left ?? 0) - root.left + box.left * this.scale,
			top: (frame?.top ?? 0) - root.top + box.top * this.scale,
			width: box.width * this.scale,
			height: box.height * this.scale,
		};
	}

	clear(): void {
		this.#replayer?.destroy();
		this.#replayer = undefined;
		this.#root.replaceChildren();
	}

	#begin(event: RecordedEvent): void {
		this.clear();
		const replayer = new Replayer([], {
			root: this.#root,
			liveMode: true,
			mouseTail: false,
			triggerFocus: false,
			UNSAFE_replayCanvas: false,
			showWarning: false,
			showDebug: false,
			pauseAnimation: false,
		});
		this.#replayer = replayer;
		// A page in a frame goes by the frame's scheme (CSS Color Adjust 1, 2.5), and not by what the agent likes.
		replayer.iframe.style.colorScheme = this.#scheme;
		replayer.startLive(event.timestamp);
		replayer.addEvent({ type: 4, timestamp: event.timestamp, data: { href: "about:blank", ...this.#size } } as never);
		replayer.addEvent(event as never);
		// A page that is wider than the window is shown smaller, and never larger than it is.
		this.#fit();
		requestAnimationFrame(() => this.#fit());
	}

	#nodeOf(node: Node): number {
		return this.#replayer?.getMirror().getId(node) ?? 0;
	}

	#fit(): void {
		const wrapper = this.#replayer?.wrapper;
		const frame = this.#replayer?.iframe;
		if (!wrapper || !frame) return;
		const { width, height } = this.#size;
		frame.setAttribute("width", String(width));
		frame.setAttribute("height", String(height));
		frame.style.display = "inherit";
		this.scale = Math.min(1, this.#root.clientWidth / width, this.#root.clientHeight / height);
		wrapper.style.transformOrigin = "0 0";
		wrapper.style.transform = `scale(${this.scale})`;
	}
}
