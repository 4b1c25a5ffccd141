import type { PageChannel, ScreenInvitation } from "../../screen-share/invitations.ts";

/** A page that is connected. */
export interface GuestPage {
	/** Of the session. */
	guestId: string;
	/** The conversation that its exchange had last. */
	conversationId: string | undefined;
	/** There may be something new: it looks. Never rejects. */
	wake(): void;
	/** Somebody of the organization is writing. */
	showTyping(): void;
	/** A screen is to be shared with it. */
	invite(invitation: ScreenInvitation): void;
}

/** The pages that are connected to this process: whatever happens to their conversations wakes them. */
export class GuestHub implements PageChannel {
	readonly #pages = new Map<string, Set<GuestPage>>();
	readonly #byConversation = new Map<string, Set<GuestPage>>();

	/** @returns false where the session has as many pages already as it may */
	add(page: GuestPage, most: number): boolean {
		const pages = this.#pages.get(page.guestId) ?? new Set();
		if (pages.size >= most) return false;
		this.#pages.set(page.guestId, pages.add(page));
		return true;
	}

	remove(page: GuestPage): void {
		drop(this.#pages, page.guestId, page);
		this.follow(page, undefined);
	}

	/** The page's exchange has this conversation by now. */
	follow(page: GuestPage, conversationId: string | undefined): void {
		if (page.conversationId === conversationId) return;
		if (page.conversationId) drop(this.#byConversation, page.conversationId, page);
		page.conversationId = conversationId;
		if (conversationId)
			this.#byConversation.set(conversationId, (this.#byConversation.get(conversationId) ?? new Set()).add(page));
	}

	wakeConversation(conversationId: string): void {
		for (const page of this.#byConversation.get(conversationId) ?? []) page.wake();
	}

	isThere(conversationId: string): boolean {
		return this.#byConversation.has(conversationId);
	}

	invite(conversationId: string, invitation: ScreenInvitation): void {
		for (const page of this.#byConversation.get(conversationId) ?? []) page.invite(invitation);
	}

	wakeGuest(guestId: string): void {
		for (const page of this.#pages.get(guestId) ?? []) page.wake();
	}

	showTyping(guestId: string): void {
		for (const page of this.#pages.get(guestId) ?? []) page.showTyping();
	}
}

function drop(of: Map<string, Set<GuestPage>>, key: string, page: GuestPage): void {
	const pages = of.get(key);
	pages?.delete(page);
	if (pages?.size === 0) of.delete(key);
}
