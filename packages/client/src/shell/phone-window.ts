import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { h, render } from "preact";
import { readPanelUrl } from "../boot/panel-url.ts";
import { becomeOpener } from "../interaction-window/frames.ts";
import type { SoundPlace } from "../phone/place.ts";
import {
	isSameDesk,
	ownerHash,
	type PhoneMessage,
	type PhoneOwner,
	phoneWindowName,
	readPhoneMessage,
} from "../phone/window-link.ts";
import { PhoneWindowView } from "./phone-window-view.tsx";
import type { Workspace } from "./workspace.ts";

type PhonePlace = Window & SoundPlace;

/** Beside the panel's own document, wherever that is. */
const page = (owner: PhoneOwner) => new URL(`phoneWindow.html${ownerHash(owner)}`, location.href).href;

/**
 * The phone in a window of its own (`embedWebRTCByDefault: false`, or the agent's wish): the panel works there with the
 * window's microphone and speakers. Who closes it has no phone, and is told so.
 */
export class PhoneWindow {
	/** The window that this panel works in. */
	readonly window: ReadonlySignal<PhonePlace | undefined>;
	readonly #window = signal<PhonePlace | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #self: PhoneOwner;
	readonly #clean: (() => void)[] = [];

	constructor(workspace: Workspace) {
		this.window = this.#window;
		this.#workspace = workspace;
		const { deployment, partner = "" } = readPanelUrl(location.href);
		const { me, desk } = workspace.session;
		this.#self = { deployment: deployment ?? partner, agent: me.id, panel: desk.panelId };
		const onMessage = (event: MessageEvent) => {
			const message = event.origin === location.origin ? readPhoneMessage(event.data) : undefined;
			if (message?.inlayPhoneWindow === "ask" && this.#isMine(message, event.source))
				this.#asked(event.source as PhonePlace);
		};
		// The window outlives this page; what plays in it must not.
		const going = () => workspace.phone.moveTo(globalThis, false);
		window.addEventListener("message", onMessage);
		window.addEventListener("pagehide", going);
		this.#clean.push(
			() => window.removeEventListener("message", onMessage),
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
		else window.open(page(this.#self), phoneWindowName(this.#self), "popup,width=320,height=260");
	}

	/** The agent has gone: so has the phone. */
	dispose(): void {
		for (const clean of this.#clean.splice(0)) clean();
		this.#close();
	}

	/** The panel that leads, and has none, takes the one that another of the agent's has left. */
	#isMine(owner: PhoneOwner, from: MessageEventSource | null): boolean {
		if (!isSameDesk(owner, this.#self)) return false;
		if (owner.panel !== undefined) return owner.panel === this.#self.panel;
		const known = this.#window.peek();
		return known ? known === from : this.#workspace.session.desk.leads();
	}

	#asked(from: PhonePlace): void {
		if (!this.#workspace.wantsPhoneWindow.peek()) {
			from.close();
			return;
		}
		const answer: PhoneMessage = { ...this.#self, inlayPhoneWindow: "here" };
		from.postMessage(answer, location.origin);
		if (from === this.#window.peek()) return;
		becomeOpener(from);
		this.#window.value = from;
		this.#workspace.phone.moveTo(from, true);
		const place = from.document.getElementById("inlay");
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
