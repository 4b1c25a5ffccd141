import type { ScreenShareEnd, ScreenShower, ScreenSurface } from "@inlay/contract/screen-share";
import { grantChangingEvents } from "../authorization/events.ts";
import { requirePart, requireView } from "../conversations/authority.ts";
import type { Conversation } from "../conversations/model.ts";
import { findParticipant, isConnected } from "../conversations/model.ts";
import { isLiveScreen, liveScreenOf, type ScreenShare } from "../conversations/screen-share/model.ts";
import type { Controller, Conversations } from "../conversations/service.ts";
import { untilSaved } from "../kernel/database/until-saved.ts";
import type { Kernel } from "../kernel/domain.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { inRounds } from "../kernel/time/rounds.ts";
import type { TokenEnds } from "../kernel/tokens/token-ends.ts";
import type { MediaEngine, MediaEvent } from "../voice/media-engine.ts";
import type { ScreenInvitations } from "./invitations.ts";
import { badAnswer, noLeg, noMedia, noScreen, notYours, pageAway, tooManyLegs } from "./refusals.ts";
import { maySeeScreens, requireScreens } from "./rights.ts";
import { type ScreenPage, Stage, type StageLeg } from "./stage.ts";

/** In ms. */
export interface ScreenTiming {
	/** How long the customer may take to say something, and whoever shows to choose. */
	answer: number;
	choose: number;
	/** Whoever was seeing, or shows, may be away for so long: a panel that is loaded anew is back by then. */
	away: number;
	/** A picture that nobody whom it is for has looked at yet may wait for so long: a panel that went before it came is not back. */
	look: number;
}

const defaultTiming: ScreenTiming = { answer: 60_000, choose: 120_000, away: 10_000, look: 30_000 };

export interface ScreenSharingDeps {
	conversations: Conversations;
	engine: MediaEngine;
	invitations: ScreenInvitations;
	/** What a user holds now, and where. */
	holderOf(userId: string): Promise<(permission: string, divisionId: string) => boolean>;
	/** Who has signed out sees nothing any more. */
	tokens: Pick<TokenEnds, "follow">;
	timing?: Partial<ScreenTiming>;
}

/** What is known of what somebody shows. */
export interface ScreenFacts {
	surface?: ScreenSurface;
	width?: number;
	height?: number;
}

/**
 * Shared screens (agent-features 13, decision 43): who asks whom, whose picture goes to whom, and how it ends. How it stands is
 * in the conversation's document; the legs are this process', and a screen ends with them.
 */
export class ScreenSharing {
	readonly #kernel: Kernel;
	readonly #deps: ScreenSharingDeps;
	readonly #timing: ScreenTiming;
	/** By the ids of their shares. */
	readonly #stages = new Map<string, Stage>();
	readonly #unsubscribe: Array<() => void> = [];
	readonly #judgeAll = inRounds(async () => {
		for (const stage of [...this.#stages.values()]) await this.#judgeLater(stage);
	});
	#isRunning = false;

	constructor(kernel: Kernel, deps: ScreenSharingDeps) {
		this.#kernel = kernel;
		this.#deps = deps;
		this.#timing = { ...defaultTiming, ...deps.timing };
	}

	/** Whatever was shared when the last server ended is over: its legs are gone, and what pages know of it. */
	async start(): Promise<void> {
		const { conversations, engine } = this.#deps;
		this.#isRunning = true;
		this.#unsubscribe.push(
			engine.onEvent((event) => this.#onMedia(event)),
			this.#kernel.feed.subscribe(({ type, entityId }) => {
				if (type === "conversation.changed") this.#onChanged(entityId);
				if (grantChangingEvents.has(type)) void this.#judgeAll();
			}),
		);
		for (const { id, internal } of await conversations.live()) {
			const left = internal.screenShares?.find(isLiveScreen);
			if (left && !this.#stages.has(left.id)) await conversations.screens.end(id, left.id, "server.restarted");
		}
	}

	stop(): void {
		this.#isRunning = false;
		for (const leave of this.#unsubscribe.splice(0)) leave();
		for (const stage of this.#stages.values()) this.#clear(stage);
	}

	/**
	 * An agent asks to see the customer's screen, or is about to show their own.
	 * @throws ApiError 409 `screenshare.page.away`, and what the interaction refuses
	 */
	async begin(conversationId: string, shows: ScreenShower, by: Controller & { userId: string }): Promise<ScreenShare> {
		const held = await this.#require(conversationId);
		requirePart(held, by);
		requireScreens(held, by);
		if (!this.#deps.invitations.isAnybodyThere(conversationId)) throw pageAway();
		const conversation = await this.#deps.conversations.screens.begin(conversationId, shows, by);
		const share = liveScreenOf(conversation);
		// It was ended at that very moment.
		if (!share) throw noScreen(conversationId);
		if (!this.#stages.has(share.id)) this.#open(conversation, share, by.userId);
		return share;
	}

	/** The agent pauses or goes on with their own screen, says what it is, or ends the whole. @throws ApiError */
	async changeByAgent(
		place: { conversationId: string; shareId: string },
		wish: ScreenFacts & {
			state?: "sharing" | "paused" | "ended";
			end?: "agent.stopped" | "cancelled" | "surface.ended";
		},
		by: Controller & { userId: string },
	): Promise<ScreenShare> {
		const stage = await this.#permitted(place, by);
		const { state, end, ...facts } = wish;
		if (state === "ended") {
			await this.#end(stage, end ?? "agent.stopped", by);
			return stage.share;
		}
		if (stage.share.shows !== "agent") throw notYours();
		return this.#change(stage, { ...facts, ...(state ? { state } : {}) });
	}

	/** A leg for the agent, or for a colleague in the interaction. @returns its offer @throws ApiError */
	async legForAgent(
		place: { conversationId: string; shareId: string },
		by: Controller & { userId: string },
		tokenHash: string,
	) {
		const stage = this.#stageOf(place);
		const held = await this.#require(stage.conversationId);
		requireView(held, by);
		requireScreens(held, by);
		if (!isTalking(held, by.userId)) requirePart(held, by);
		const isOwn = by.userId === stage.agentUserId;
		const shows = stage.share.shows === "agent" && isOwn;
		return this.#makeLeg(stage, shows, { userId: by.userId, tokenHash });
	}

	/** @returns where the browser's checks are to go @throws ApiError */
	async answerOfAgent(place: { conversationId: string; shareId: string }, legId: string, sdp: string, userId: string) {
		const stage = this.#stageOf(place);
		return this.#answer(
			this.#legOf(stage, legId, (owner) => "userId" in owner && owner.userId === userId),
			sdp,
		);
	}

	/** The agent does not look any more, for now. */
	closeLegOfAgent(place: { conversationId: string; shareId: string }, legId: string, userId: string): void {
		const stage = this.#stageOf(place);
		const leg = this.#legOf(stage, legId, (owner) => "userId" in owner && owner.userId === userId);
		this.#drop(stage, leg);
		this.#gone(stage, leg);
	}

	/** Whose own it is, for the guard: they may end what they have begun, whatever they hold by then. */
	isOwn(shareId: string, userId: string): boolean {
		return this.#stages.get(shareId)?.agentUserId === userId;
	}

	/** Of a screen that is shared now. */
	async conversationOf(shareId: string): Promise<Conversation | undefined> {
		const stage = this.#stages.get(shareId);
		return stage && this.#deps.conversations.get(stage.conversationId);
	}

	/** A customer's page has come. @returns undefined for a wrong secret, or what is over */
	join(shareId: string, secret: string, page: ScreenPage): Stage | undefined {
		const stage = this.#stages.get(shareId);
		if (!stage?.isSecret(secret)) return undefined;
		stage.pages.add(page);
		page.send(stage.stateFor(page));
		return stage;
	}

	/** Its socket is gone. What it shows goes on as long as its leg does: a socket may come again. */
	leave(stage: Stage, page: ScreenPage): void {
		stage.pages.delete(page);
		const { state, shows } = stage.share;
		const isWaitedFor =
			state === "requested" || (shows === "customer" && state === "choosing" && stage.showing === page);
		if (isWaitedFor && (stage.pages.size === 0 || state === "choosing"))
			stage.expect(this.#timing.away, () => this.#endLater(stage, "customer.gone"));
	}

	/** The customer wants to, and chooses. */
	async accept(stage: Stage, page: ScreenPage): Promise<void> {
		if (stage.share.shows !== "customer" || (stage.showing && stage.showing !== page)) return;
		stage.showing = page;
		stage.expect(this.#timing.choose, () => this.#endLater(stage, "unanswered"));
		await this.#change(stage, { state: "choosing" });
	}

	/** @returns the offer for a page's leg @throws ApiError */
	async legForPage(stage: Stage, page: ScreenPage) {
		const shows = stage.share.shows === "customer";
		if (shows && stage.showing !== page) throw notYours();
		for (const leg of stage.legsWhere(({ owner }) => "page" in owner && owner.page === page)) this.#drop(stage, leg);
		return this.#makeLeg(stage, shows, { page });
	}

	async answerOfPage(stage: Stage, page: ScreenPage, legId: string, sdp: string) {
		return this.#answer(
			this.#legOf(stage, legId, (owner) => "page" in owner && owner.page === page),
			sdp,
		);
	}

	/** What the page that shows says of it. */
	async changeByPage(stage: Stage, page: ScreenPage, change: ScreenFacts & { state?: "sharing" | "paused" }) {
		if (stage.showing === page) await this.#change(stage, change);
	}

	async endByPage(stage: Stage, why: ScreenShareEnd): Promise<void> {
		await this.#end(stage, why);
	}

	#open(conversation: Conversation, share: ScreenShare, userId: string): void {
		const name = findParticipant(conversation, share.agent.participantId)?.name;
		const stage = new Stage(conversation.id, share, { userId, ...(name ? { name } : {}) });
		this.#stages.set(share.id, stage);
		const ms = share.shows === "customer" ? this.#timing.answer : this.#timing.choose;
		stage.expect(ms, () => this.#endLater(stage, "unanswered"));
		this.#deps.invitations.open(conversation.id, { type: "screenshare", shareId: share.id, secret: stage.secret });
	}

	async #makeLeg(stage: Stage, shows: boolean, owner: StageLeg["owner"]): Promise<{ legId: string; sdp: string }> {
		if (shows) for (const before of stage.legsWhere((leg) => leg.shows)) this.#drop(stage, before);
		const leg = stage.addLeg(shows, owner);
		if (!leg) throw tooManyLegs();
		if ("userId" in owner) leg.unfollow = this.#deps.tokens.follow(owner.tokenHash, () => this.#signedOut(stage, leg));
		const { engine } = this.#deps;
		const made = await engine.createScreenLeg(leg.id, stage.share.id, shows).catch((error: unknown) => {
			this.#drop(stage, leg);
			this.#kernel.log.warn({ err: error, conversationId: stage.conversationId }, "no leg for a shared screen");
			throw noMedia();
		});
		// It ended meanwhile, and the engine may have been told to close the leg before it had made it.
		if (!stage.legs.has(leg.id)) {
			engine.closeLeg(leg.id);
			throw noScreen(stage.share.id);
		}
		return { legId: leg.id, sdp: made.sdp };
	}

	#signedOut(stage: Stage, leg: StageLeg): void {
		this.#drop(stage, leg);
		this.#gone(stage, leg);
	}

	async #answer(leg: StageLeg, sdp: string): Promise<{ candidates: readonly string[] }> {
		return this.#deps.engine.answerScreenLeg(leg.id, sdp).catch(() => {
			throw badAnswer();
		});
	}

	async #change(
		stage: Stage,
		change: ScreenFacts & { state?: "choosing" | "sharing" | "paused" },
	): Promise<ScreenShare> {
		const { conversations } = this.#deps;
		const saved = await conversations.screens.change(stage.conversationId, stage.share.id, change);
		this.#follow(stage, saved);
		return stage.share;
	}

	async #end(stage: Stage, why: ScreenShareEnd, by?: Controller): Promise<void> {
		const { conversations } = this.#deps;
		this.#follow(stage, await conversations.screens.end(stage.conversationId, stage.share.id, why, by));
	}

	/** What has happened already, and what nobody waits for. */
	#endLater(stage: Stage, why: ScreenShareEnd): void {
		untilSaved(
			() => this.#end(stage, why),
			() => this.#isRunning,
		).catch((error) =>
			this.#kernel.log.error({ err: error, conversationId: stage.conversationId }, "a shared screen was not ended"),
		);
	}

	/** The stage is as its document says. */
	#follow(stage: Stage, conversation: Conversation): void {
		const now = conversation.internal.screenShares?.find(({ id }) => id === stage.share.id);
		if (!this.#stages.has(stage.share.id)) return;
		if (now) stage.share = now;
		stage.tellPages();
		if (!now || !isLiveScreen(now)) this.#clear(stage);
	}

	#onChanged(conversationId: string): void {
		for (const stage of this.#stages.values()) {
			if (stage.conversationId !== conversationId) continue;
			this.#deps.conversations.get(conversationId).then(
				(conversation) => conversation && this.#seen(stage, conversation),
				(error) => this.#kernel.log.warn({ err: error, conversationId }, "a shared screen could not be looked at"),
			);
		}
	}

	/** Only what this process has not done itself is news: the interaction ended, or another one ended it. */
	#seen(stage: Stage, conversation: Conversation): void {
		const now = conversation.internal.screenShares?.find(({ id }) => id === stage.share.id);
		if (!now || !isLiveScreen(now)) {
			this.#follow(stage, conversation);
			return;
		}
		// Who was only asked about it, and has left, sees no more.
		for (const leg of stage.legsWhere(({ owner }) => "userId" in owner && !isTalking(conversation, owner.userId)))
			this.#drop(stage, leg);
		// It may be in another division by now.
		void this.#judgeLater(stage);
	}

	async #judgeLater(stage: Stage): Promise<void> {
		await untilSaved(
			() => this.#judge(stage),
			() => this.#isRunning,
		).catch((error) => this.#kernel.log.error({ err: error }, "who may see a shared screen was not asked"));
	}

	/** Whoever sees a screen may do so now; what an agent shows of their own goes on (agent-features 0.1-3). */
	async #judge(stage: Stage): Promise<void> {
		const seeing = stage
			.legsWhere(({ shows }) => !shows)
			.flatMap(({ owner }) => ("userId" in owner ? [owner.userId] : []));
		const waiting = stage.share.shows === "customer" ? [stage.agentUserId] : [];
		const people = new Set([...seeing, ...waiting]);
		const conversation = people.size > 0 ? await this.#deps.conversations.get(stage.conversationId) : undefined;
		if (!conversation) return;
		for (const userId of people) {
			if (maySeeScreens(conversation, await this.#deps.holderOf(userId))) continue;
			if (userId === stage.agentUserId && this.#stages.has(stage.share.id)) await this.#end(stage, "rights.taken");
			for (const leg of stage.legsWhere(({ owner }) => "userId" in owner && owner.userId === userId))
				this.#drop(stage, leg);
		}
	}

	#onMedia(event: MediaEvent): void {
		if (event.type === "restarted") {
			for (const stage of [...this.#stages.values()]) if (stage.legs.size > 0) this.#endLater(stage, "media.lost");
			return;
		}
		if (event.type !== "leg-connected" && event.type !== "leg-lost") return;
		for (const stage of this.#stages.values()) {
			const leg = stage.legs.get(event.legId);
			if (leg && event.type === "leg-connected") this.#connected(stage, leg);
			if (leg && event.type === "leg-lost") this.#lost(stage, leg);
		}
	}

	#connected(stage: Stage, leg: StageLeg): void {
		leg.connected = true;
		if (leg.shows) {
			stage.settle();
			if (!this.#isWatched(stage)) this.#expectLook(stage, this.#timing.look);
			untilSaved(
				() => this.#change(stage, { state: "sharing" }),
				() => this.#isRunning,
			).catch((error) => this.#kernel.log.error({ err: error }, "a shared screen was not noted"));
		} else if (this.#isTheOtherSide(stage, leg)) stage.settle();
	}

	#lost(stage: Stage, leg: StageLeg): void {
		stage.removeLeg(leg);
		if (leg.shows && !leg.connected) this.#endLater(stage, "media.lost");
		else this.#gone(stage, leg);
	}

	/** Without the one who shows there is nothing; without anybody who looks nobody shows for long. */
	#gone(stage: Stage, leg: StageLeg): void {
		const { shows } = stage.share;
		if (leg.shows) {
			this.#endLater(stage, shows === "customer" ? "customer.gone" : "agent.gone");
			return;
		}
		if (!this.#isTheOtherSide(stage, leg) || this.#isWatched(stage)) return;
		this.#expectLook(stage, this.#timing.away);
	}

	/** A connection that was only asked for shows nothing: whoever asked for it may be gone. */
	#isWatched(stage: Stage): boolean {
		return stage.legsWhere((one) => one.connected && this.#isTheOtherSide(stage, one)).length > 0;
	}

	#expectLook(stage: Stage, ms: number): void {
		const gone = stage.share.shows === "customer" ? "agent.gone" : "customer.gone";
		stage.expect(ms, () => this.#endLater(stage, gone));
	}

	/** Of who was meant to see it: the agent who asked, or the customer. Colleagues come and go. */
	#isTheOtherSide({ share, agentUserId }: Stage, { owner, shows }: StageLeg): boolean {
		if (shows) return false;
		return share.shows === "agent" ? "page" in owner : "userId" in owner && owner.userId === agentUserId;
	}

	#drop(stage: Stage, leg: StageLeg): void {
		stage.removeLeg(leg);
		this.#deps.engine.closeLeg(leg.id);
	}

	/** It is over: nobody has a connection, or a secret, for it any more. */
	#clear(stage: Stage): void {
		stage.settle();
		this.#stages.delete(stage.share.id);
		this.#deps.invitations.close(stage.conversationId, stage.share.id);
		for (const leg of [...stage.legs.values()]) this.#drop(stage, leg);
		for (const page of stage.pages) page.close(1000, "over");
		stage.pages.clear();
	}

	#stageOf({ conversationId, shareId }: { conversationId: string; shareId: string }): Stage {
		const stage = this.#stages.get(shareId);
		if (!stage || stage.conversationId !== conversationId) throw noScreen(shareId);
		return stage;
	}

	async #permitted(place: { conversationId: string; shareId: string }, by: Controller & { userId: string }) {
		const stage = this.#stageOf(place);
		if (by.userId !== stage.agentUserId) {
			requirePart(await this.#require(stage.conversationId), by);
			throw notYours();
		}
		return stage;
	}

	#legOf(stage: Stage, legId: string, isOwners: (owner: StageLeg["owner"]) => boolean): StageLeg {
		const leg = stage.legs.get(legId);
		if (!leg || !isOwners(leg.owner)) throw noLeg(legId);
		return leg;
	}

	async #require(conversationId: string): Promise<Conversation> {
		const conversation = await this.#deps.conversations.get(conversationId);
		if (!conversation) throw notFound("conversation", conversationId);
		return conversation;
	}
}

/** The user takes part, and has answered. */
function isTalking({ participants }: Conversation, userId: string): boolean {
	return participants.some((one) => one.userId === userId && isConnected(one));
}
