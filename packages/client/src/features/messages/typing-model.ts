import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Notification } from "../../session/notifications.ts";

/** So long a customer who has pressed a key is writing, ms (agent-features 11). */
const shownMs = 5_000;

/** Whether the customer of a conversation is writing. */
export class TypingModel {
	readonly isTyping = signal(false);
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #stop: () => void;

	constructor({ otherNews }: { otherNews: ReadonlySignal<Notification | undefined> }, conversationId: string) {
		// What was told before is over.
		const before = otherNews.peek();
		this.#stop = effect(() => {
			const news = otherNews.value;
			if (!news || news === before || !news.topicName.endsWith(".inbound.typing.event")) return;
			if ((news.eventBody as { conversationId?: string }).conversationId === conversationId) this.#show();
		});
	}

	/** They have sent it. */
	over(): void {
		clearTimeout(this.#timer);
		this.isTyping.value = false;
	}

	dispose(): void {
		this.#stop();
		clearTimeout(this.#timer);
	}

	#show(): void {
		this.isTyping.value = true;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.over(), shownMs);
	}
}
