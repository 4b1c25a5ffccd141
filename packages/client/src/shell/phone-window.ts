import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { h, render } from "preact";
import type { SoundPlace } from "../phone/place.ts";
import { BorrowedWindows } from "../windows/borrow.ts";
import { becomeOpener } from "../windows/frames.ts";
import { ownerHash, panelAsOwner, type WindowOwner, windowName } from "../windows/owner.ts";
import { PhoneWindowView } from "./phone-window-view.tsx";
import type { Workspace } from "./workspace.ts";

type PhonePlace = Window & SoundPlace;

/** Beside the panel's own document, wherever that is. */
const page = (owner: WindowOwner) => new URL(`phoneWindow.html#${ownerHash(owner)}`, location.href).href;

/**
 * The phone in a window of its own (`embedWebRTCByDefault: false`, or the agent's wish): the panel works there with the
 * window's microphone and speakers. Who closes it has no phone, and is told so.
 */
export class PhoneWindow {
	/** The window that this panel works in. */
	readonly window: ReadonlySignal<PhonePlace | undefined>;
	readonly #window = signal<PhonePlace | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #self: WindowOwner;
	readonly #clean: (() => void)[] = [];

	constructor(workspace: Workspace) {
		this.window = this.#window;
		this.#workspace = workspace;
		const { desk } = workspace.session;
		this.#self = panelAsOwner(workspace.session);
		const borrowed = new BorrowedWindows<PhonePlace>({
			kind: "phone",
			self: this.#self,
			// The panel that leads, and has none, takes the one that another of the agent's has left.
			takesIn: (from, { agent }) => {
				const known = this.#window.peek();
				return agent !== "" && (known ? known === from : desk.leads());
			},
			take: (from) => this.#take(from),
		});
		// The window outlives this page; what plays in it must not.
		const going = () => {
			workspace.phone.moveTo(globalThis, false);
			const lent = this.#window.peek();
			if (lent) borrowed.tell(lent, "going");
		};
		window.addEventListener("pagehide", going);
		this.#clean.push(
			() => borrowed.dispose(),
			() => window.removeEventListener("pagehide", going),
			effect(() => {
				if (!workspace.wantsPhoneWindow.value) this.#close();
			}),
			effect(() => (this.#window.value ? this.#watch(this.#window.value) : undefined)),
		);
	}

	/** Opens it, or brings the one that there is to the front. Call it from a click, or browsers block it. */
	open(): void {
		const known = this.#window.peek();
		if (known) known.focus();
		else window.open(page(this.#self), windowName("phone", this.#self), "popup,width=320,height=260");
	}

	/** The agent has gone: so has the phone. */
	dispose(): void {
		for (const clean of this.#clean.splice(0)) clean();
		this.#close();
	}

	#take(lent: PhonePlace): void {
		if (!this.#workspace.wantsPhoneWindow.peek()) {
			lent.close();
			return;
		}
		if (lent === this.#window.peek()) return;
		becomeOpener(lent);
		this.#window.value = lent;
		this.#workspace.phone.moveTo(lent, true);
		const place = lent.document.getElementById("inlay");
		if (place) render(h(PhoneWindowView, { workspace: this.#workspace }), place);
	}

	/** A window that goes says so; one whose process has died does not. */
	#watch(opened: PhonePlace): () => void {
		const gone = () => this.#gone(opened);
		opened.addEventListener("pagehide", gone);
		const timer = setInterval(() => opened.closed && gone(), 500);
		return () => {
			clearInterval(timer);
			if (!opened.closed) opened.removeEventListener("pagehide", gone);
		};
	}

	#gone(opened: PhonePlace): void {
		if (this.#window.peek() !== opened) return;
		this.#window.value = undefined;
		this.#workspace.phone.moveTo(globalThis, false);
	}

	#close(): void {
		const opened = this.#window.peek();
		if (!opened) return;
		this.#gone(opened);
		opened.close();
	}
}
