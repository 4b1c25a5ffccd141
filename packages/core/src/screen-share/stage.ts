import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { ScreenShareEnd, ScreenShareState, ScreenShower, ScreenSurface } from "@inlay/contract/screen-share";
import type { ScreenShare } from "../conversations/screen-share/model.ts";

/** What a customer's page is told of it. */
export interface PageState {
	type: "state";
	state: ScreenShareState;
	shows: ScreenShower;
	/** Who asks, or shows. */
	agentName?: string;
	/** This very page shows. */
	isMine: boolean;
	surface?: ScreenSurface;
	end?: ScreenShareEnd;
}

export type PageFrame =
	| PageState
	| { type: "offer"; legId: string; sdp: string }
	| { type: "candidates"; legId: string; candidates: readonly string[] }
	| { type: "error"; code: string; text: string };

/** A customer's page that follows the shared screen. */
export interface ScreenPage {
	send(frame: PageFrame): void;
	close(code: number, reason: string): void;
}

/** Somebody's connection to the picture. */
export interface StageLeg {
	id: string;
	/** The picture comes from it. */
	shows: boolean;
	/** Whose: a user's, or a customer's page's. */
	owner: { userId: string; tokenHash: string } | { page: ScreenPage };
	connected: boolean;
	/** Nobody follows any more whether its owner is signed in. */
	unfollow?: () => void;
}

/** Of one screen: the customer, the agent, those who are asked about it, and those who are just being replaced. */
const mostLegs = 12;

/** One shared screen as this process carries it: who is there, and by which legs. Its document says how it stands. */
export class Stage {
	readonly conversationId: string;
	readonly secret = randomBytes(24).toString("base64url");
	readonly agentUserId: string;
	readonly agentName: string | undefined;
	readonly legs = new Map<string, StageLeg>();
	readonly pages = new Set<ScreenPage>();
	/** The page that shows, or is about to. */
	showing: ScreenPage | undefined;
	share: ScreenShare;
	#deadline: NodeJS.Timeout | undefined;

	constructor(conversationId: string, share: ScreenShare, agent: { userId: string; name?: string }) {
		this.conversationId = conversationId;
		this.share = share;
		this.agentUserId = agent.userId;
		this.agentName = agent.name;
	}

	isSecret(secret: string): boolean {
		const [a, b] = [Buffer.from(secret), Buffer.from(this.secret)];
		return a.length === b.length && timingSafeEqual(a, b);
	}

	/** Room for one more, or undefined. */
	addLeg(shows: boolean, owner: StageLeg["owner"]): StageLeg | undefined {
		if (this.legs.size >= mostLegs) return undefined;
		const leg: StageLeg = { id: randomUUID(), shows, owner, connected: false };
		this.legs.set(leg.id, leg);
		return leg;
	}

	removeLeg(leg: StageLeg): void {
		leg.unfollow?.();
		this.legs.delete(leg.id);
	}

	legsWhere(fits: (leg: StageLeg) => boolean): StageLeg[] {
		return [...this.legs.values()].filter(fits);
	}

	/** Something is given up unless it has come by then; a later call takes the place of an earlier one. */
	expect(ms: number, otherwise: () => void): void {
		this.settle();
		this.#deadline = setTimeout(otherwise, ms);
	}

	settle(): void {
		clearTimeout(this.#deadline);
	}

	tellPages(): void {
		for (const page of this.pages) page.send(this.stateFor(page));
	}

	stateFor(page: ScreenPage): PageState {
		const { state, shows, surface, end } = this.share;
		return {
			type: "state",
			state,
			shows,
			...(this.agentName ? { agentName: this.agentName } : {}),
			isMine: this.showing === page,
			...(surface ? { surface } : {}),
			...(end ? { end } : {}),
		};
	}
}
