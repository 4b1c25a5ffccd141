/** What a customer's page is told when a screen is to be shared with it: where to go, and the secret that opens it. */
export interface ScreenInvitation {
	type: "screenshare";
	shareId: string;
	/** Given to the customer's own pages alone, by the sockets that they have already. */
	secret: string;
}

/** Whose pages are connected by some channel: callers' pages, messengers. */
export interface PageChannel {
	isThere(conversationId: string): boolean;
	invite(conversationId: string, invitation: ScreenInvitation): void;
}

/** What is shared just now, for pages that are there and for those that come. Nothing of it outlives the process. */
export class ScreenInvitations {
	readonly #open = new Map<string, ScreenInvitation>();
	readonly #channels = new Set<PageChannel>();

	add(channel: PageChannel): void {
		this.#channels.add(channel);
	}

	/** Whether any page of the customer's is connected. */
	isAnybodyThere(conversationId: string): boolean {
		return [...this.#channels].some((channel) => channel.isThere(conversationId));
	}

	/** For a page that has just come. */
	of(conversationId: string | undefined): ScreenInvitation | undefined {
		return conversationId === undefined ? undefined : this.#open.get(conversationId);
	}

	open(conversationId: string, invitation: ScreenInvitation): void {
		this.#open.set(conversationId, invitation);
		for (const channel of this.#channels) channel.invite(conversationId, invitation);
	}

	close(conversationId: string, shareId: string): void {
		if (this.#open.get(conversationId)?.shareId === shareId) this.#open.delete(conversationId);
	}
}
