import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { allFeatures } from "../shell/features.ts";
import type { Workspace } from "../shell/workspace.ts";
import { BorrowedWindows } from "../windows/borrow.ts";
import { becomeOpener, otherFrames } from "../windows/frames.ts";
import type { WindowMessage } from "../windows/link.ts";
import { panelAsOwner, windowName } from "../windows/owner.ts";
import { readWindowHash, windowAddress } from "./address.ts";
import { drawIn } from "./draw.tsx";
import { hasWindowWork } from "./has-work.ts";
import type { ComingForward, InteractionWindow } from "./interaction-window.ts";
import { t } from "./strings.ts";
import type { WindowPage, WindowPlace } from "./window-place.ts";

/** So long the host has to show the frame that it was told to show, ms; a click's right to open a window lasts longer. */
const hostTakesMs = 800;

/** The windows that have lent themselves to this panel, and what is drawn in them: loaded once the panel stands. */
export class LentWindows {
	/** Where the work is shown; undefined while it is in the panel. */
	readonly place: ReadonlySignal<WindowPlace | undefined>;
	readonly #places = signal<readonly WindowPlace[]>([]);
	/** The agent has taken the work out of the host's frame. */
	readonly #isBrought = signal(false);
	readonly #workspace: Workspace;
	/** What is shown in them. */
	readonly #window: InteractionWindow;
	readonly #self: ReturnType<typeof panelAsOwner>;
	readonly #borrowed: BorrowedWindows<WindowPage>;
	readonly #clean: (() => void)[] = [];
	#isOver = false;
	/** The interaction of which the host was told last. */
	#told: string | undefined;

	constructor(workspace: Workspace, shown: InteractionWindow) {
		this.#workspace = workspace;
		this.#window = shown;
		this.place = computed(() => this.#popup ?? (this.#isBrought.value ? undefined : this.#frame));
		this.#self = panelAsOwner(workspace.session);
		this.#borrowed = new BorrowedWindows<WindowPage>({
			kind: "interaction",
			self: this.#self,
			// The host's own frame is the first one's that answers; a popup that another panel of the agent's has left, of one without.
			takesIn: (page, { agent }) => agent === "" || this.#holds(page) || !this.#popup,
			take: (page, hash) => this.#take(page, readWindowHash(hash)),
		});
		const going = () => this.#tell("going");
		window.addEventListener("pagehide", going);
		this.#clean.push(
			() => this.#borrowed.dispose(),
			() => window.removeEventListener("pagehide", going),
			effect(() => this.#tellHost()),
		);
		for (const frame of otherFrames(window)) this.#borrowed.tell(frame, "here");
	}

	/** As `InteractionWindow.open`. */
	open(callId: string, featureId?: string): void {
		this.#show({ callId, panels: featureId === undefined ? [] : [featureId] });
		const needsPopup = allFeatures.find(({ id }) => id === featureId)?.window?.isOnTop ?? false;
		const popup = this.#popup;
		if (popup) popup.page.focus();
		else if (needsPopup || !this.#hasHostsFrame) this.#openPopup();
		else this.#useFrame();
	}

	/** The work comes back into the panel; a popup closes. */
	bringBack(): void {
		const popup = this.#popup;
		this.#isBrought.value = true;
		if (!popup) return;
		this.#leave(popup);
		popup.page.close();
	}

	/** The agent has left: nothing of theirs stays on any screen. */
	dispose(): void {
		this.#isOver = true;
		for (const clean of this.#clean.splice(0)) clean();
		this.#tell("gone");
		for (const place of this.#places.peek()) {
			this.#leave(place);
			if (place.isPopup) place.page.close();
		}
	}

	get #popup(): WindowPlace | undefined {
		return this.#places.value.find(({ isPopup }) => isPopup);
	}

	get #frame(): WindowPlace | undefined {
		return this.#places.value.find(({ isPopup, isShown }) => !isPopup && isShown.value);
	}

	/** The host has a place for it, or says that it has. */
	get #hasHostsFrame(): boolean {
		return this.#places.peek().length > 0 || this.#workspace.config.peek().settings.embeddedInteractionWindow;
	}

	#show(wanted: ComingForward): void {
		const isListed = this.#workspace.session.conversations.listed.peek().some(({ id }) => id === wanted.callId);
		if (!isListed) return;
		if (this.#window.pinnedId.peek() !== undefined) this.#window.pinnedId.value = wanted.callId;
		this.#workspace.selectedId.value = wanted.callId;
		this.#window.forward.value = wanted;
	}

	#openPopup(): void {
		const { callId: conversationId = "", panels = [] } = this.#window.forward.peek() ?? {};
		const address = windowAddress(location.href, this.#self, { conversationId, panels });
		const opened = window.open(address, windowName("interaction", this.#self), "popup,width=960,height=720");
		if (!opened || opened.closed) this.#workspace.toasts.show({ tone: "warn", text: t("blocked") }, 15_000);
	}

	/** The host shows its frame; one that has none, or does not, leaves it to a popup. */
	#useFrame(): void {
		this.#isBrought.value = false;
		const frame = this.place.peek();
		if (frame) {
			frame.page.focus();
			return;
		}
		this.#workspace.runtime.news.interactionWindow("focus");
		this.#workspace.session.clock.after(hostTakesMs, () => {
			const shown = this.place.peek();
			if (shown) shown.page.focus();
			else if (!this.#isOver) this.#openPopup();
		});
	}

	#holds(page: WindowPage): boolean {
		return this.#places.peek().some((each) => each.page === page);
	}

	#take(page: WindowPage, wish: ReturnType<typeof readWindowHash>): void {
		becomeOpener(page);
		this.#draw(page);
		if (wish) this.#show({ callId: wish.conversationId, panels: wish.panels });
	}

	/** Does nothing where it is drawn already. */
	#draw(page: WindowPage): void {
		const known = this.#places.peek().find((each) => each.page === page);
		if (known?.document === page.document) return;
		if (known) this.#leave(known);
		const place = drawIn(page, this.#workspace, () => this.#leave(place));
		if (place.isPopup) this.#isBrought.value = false;
		this.#places.value = [...this.#places.peek(), place];
	}

	#leave(place: WindowPlace): void {
		if (!this.#places.peek().includes(place)) return;
		place.leave();
		this.#places.value = this.#places.peek().filter((each) => each !== place);
	}

	#tell(message: WindowMessage["inlayWindow"]): void {
		for (const { page } of this.#places.peek()) this.#borrowed.tell(page, message);
	}

	/** Where the host has the frame: once for each interaction that is chosen, when there is work in it (framework-contract 7). */
	#tellHost(): void {
		const { config, runtime, selected } = this.#workspace;
		const call = selected.value;
		const hasWork = call && (call.state === "connected" || call.needsWrapup || hasWindowWork(this.#workspace, call));
		if (!hasWork || !config.value.settings.embeddedInteractionWindow) {
			if (call?.id !== this.#told) this.#told = undefined;
		} else if (call.id !== this.#told) {
			this.#told = call.id;
			queueMicrotask(() => this.#isOver || runtime.news.interactionWindow("focus"));
		}
	}
}
