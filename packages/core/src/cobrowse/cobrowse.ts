import { isDeepStrictEqual } from "node:util";
import type { CobrowseView } from "@inlay/contract/cobrowse/session";
import { grantChangingEvents } from "../authorization/events.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";
import { untilSaved } from "../kernel/database/until-saved.ts";
import type { Kernel } from "../kernel/domain.ts";
import { callerKey, strangerAt } from "../kernel/http/caller-key.ts";
import { inRounds } from "../kernel/time/rounds.ts";
import type { TokenEnds } from "../kernel/tokens/token-ends.ts";
import { addressChangingEvents } from "../messaging/addresses.ts";
import { type CobrowseChannel, cobrowseOf } from "../messaging/cobrowse-settings.ts";
import type { MessageAddress } from "../messaging/model.ts";
import { Bursts } from "../messaging/web/bursts.ts";
import { mayEmbed } from "../messaging/web/guest-socket.ts";
import { type CobrowseSession, isShared, wrongCodes } from "./model.ts";
import { pageSocket } from "./page-side.ts";
import { codeUnknown, notSetUp, tooManyCodes } from "./refusals.ts";
import { Relay } from "./relay.ts";
import { areThere, isThere, maySee } from "./rights.ts";
import { createSessions } from "./sessions.ts";
import { viewerSocket } from "./viewer-side.ts";

export interface CobrowseDeps {
	conversations: Conversations;
	/** Messengers, by which customers share. */
	addresses: { all(): Promise<MessageAddress[]> };
	addressOf(id: string): Promise<MessageAddress | undefined>;
	/** Pages with the messenger look at how their conversation stands. */
	wake(conversationId: string): void;
	/** Who has signed out sees nothing any more. */
	tokens: Pick<TokenEnds, "isGood" | "follow">;
	/** What a user holds now, and where. */
	holderOf(userId: string): Promise<(permission: string, divisionId: string) => boolean>;
}

const channelOf: Readonly<Record<CobrowseView["communicationType"], CobrowseChannel>> = {
	Call: "voice",
	Message: "webmessaging",
};

/** Whether customers may share pages by a messenger in such an interaction. */
function isOn({ settings }: MessageAddress, communicationType: CobrowseView["communicationType"]): boolean {
	return cobrowseOf(settings.messenger).channels.includes(channelOf[communicationType]);
}

/** Customers share the page that they have before them, and agents see it (agent-features 12). */
export function createCobrowse(kernel: Kernel, deps: CobrowseDeps) {
	const { conversations, addresses, addressOf } = deps;
	const { panelUrl } = kernel.config;
	const relay = new Relay();
	const wrong = new Bursts(wrongCodes.most, wrongCodes.ms);
	/** Conversations that have a session which has not ended: those alone are looked at when they change. */
	const followed = new Map<string, Pick<CobrowseSession, "id" | "userId">>();
	// Whoever sees the page still can say that it is enough.
	conversations.companions.keepOpen((userId) =>
		[...followed].flatMap(([id, one]) => (one.userId === userId ? id : [])),
	);
	const sessions = createSessions(kernel, {
		conversations,
		viewerUrl: `${panelUrl}/cobrowse/view`,
		async requireSetUp(communicationType) {
			const all = await addresses.all();
			if (!all.some((one) => isOn(one, communicationType))) throw notSetUp();
		},
	});
	const sides = { sessions, relay, addressOf, log: kernel.log };
	let unsubscribe: (() => void) | undefined;

	/** Its interaction has ended, or whoever sees the page may not any more: seeing is reading, and is judged as long as it lasts. */
	async function endWhereOver(conversationId: string): Promise<void> {
		const known = followed.get(conversationId);
		const session = known && (await sessions.get(known.id));
		if (!session || session.state === "ended") return;
		const conversation = await conversations.get(conversationId);
		const { agentParticipantId, customerParticipantId } = session;
		if (!conversation || !areThere(conversation, agentParticipantId, customerParticipantId)) {
			const isKept = conversation !== undefined && (await mayOutlive(session, conversation));
			if (!isKept) return void (await sessions.end(session.id, "system", "interaction"));
			await sessions.outlive(session.id);
		}
		const holds = await deps.holderOf(session.userId);
		if (!maySee(conversation, session.communicationType, holds)) await sessions.end(session.id, "system", "rights");
	}

	/** The customer has not only another agent, and the messenger lets what is shared go on for a while. */
	async function mayOutlive(session: CobrowseSession, conversation: Conversation): Promise<boolean> {
		if (!isShared(session) || session.deploymentId === undefined) return false;
		if (isThere(conversation, session.customerParticipantId)) return false;
		const address = await addressOf(session.deploymentId);
		return address !== undefined && cobrowseOf(address.settings.messenger).outlivesCall;
	}

	/** A role with many people is many pieces of news: everybody is looked at once for all of them. */
	const judgeAll = inRounds(async () => {
		for (const id of [...followed.keys()]) await certainly(() => endWhereOver(id));
	});

	/** A database that is away makes nobody see more. */
	function certainly(look: () => Promise<void>): Promise<void> {
		const isRunning = () => unsubscribe !== undefined;
		return untilSaved(look, isRunning).catch((error) => {
			kernel.log.error({ err: error }, "whether pages may be shared still was not asked");
		});
	}

	/** What a messenger lets customers share has changed, or where it may stand: what is shared by it goes on by that, or ends. */
	async function renewWhereChanged(addressId: string): Promise<void> {
		for (const conversationId of [...followed.keys()]) {
			const session = await sessions.ofConversation(conversationId);
			if (!session || session.state === "ended") continue;
			if (session.deploymentId === undefined) await endOfferWhereOff(session);
			else if (session.deploymentId === addressId) await renew(session, await addressOf(addressId));
		}
	}

	async function endOfferWhereOff({ id, communicationType }: CobrowseSession): Promise<void> {
		const all = await addresses.all();
		if (!all.some((one) => isOn(one, communicationType))) await sessions.end(id, "system", "off");
	}

	async function renew({ id, communicationType }: CobrowseSession, address: MessageAddress | undefined): Promise<void> {
		const { terms } = relay.found(id) ?? {};
		const mayStand = address !== undefined && (!terms || mayEmbed(address, terms.origin));
		if (!address || !mayStand || !isOn(address, communicationType))
			return void (await sessions.end(id, "system", "off"));
		if (!relay.found(id) || isDeepStrictEqual(terms?.settings, cobrowseOf(address.settings.messenger))) return;
		relay.renew(id);
		await sessions.pageWent(id);
	}

	async function follow(sessionId: string): Promise<void> {
		const session = await sessions.get(sessionId);
		if (!session) return;
		if (session.state !== "ended") followed.set(session.conversationId, { id: session.id, userId: session.userId });
		deps.wake(session.conversationId);
		if (session.state !== "ended") return;
		if (followed.get(session.conversationId)?.id === session.id) followed.delete(session.conversationId);
		relay.end(session.id, session.endedBy ?? "system", session.endedWhy ?? "interaction");
	}

	return {
		sessions,
		sockets: [pageSocket(sides), viewerSocket({ ...sides, panelUrl, tokens: deps.tokens })],

		/**
		 * A customer types the code that an agent has read out.
		 * @param ip of whoever types: five wrong ones, and they wait
		 */
		async join(address: MessageAddress, code: string, ip: string) {
			const key = callerKey(ip);
			if (wrong.countOf(key) >= wrongCodes.most) {
				kernel.operators.warn(
					{ event: "cobrowse.refused", reason: "cobrowse.code.wait", deploymentId: address.id, unverified: true },
					"codes for co-browsing are guessed, or mistyped again and again",
					strangerAt(ip),
				);
				throw tooManyCodes(wrongCodes.ms / 1000);
			}
			if (!isOn(address, "Call")) throw codeUnknown();
			try {
				return await sessions.acceptCode(code, address.id);
			} catch (error) {
				wrong.take(key);
				throw error;
			}
		},

		/** What the messenger of an exchange asks its customer. */
		async offerIn(conversationId: string): Promise<{ id: string; agent: string } | undefined> {
			if (!followed.has(conversationId)) return undefined;
			const session = await sessions.ofConversation(conversationId);
			if (session?.state !== "offered" || session.communicationType !== "Message") return undefined;
			return { id: session.id, agent: session.agentName };
		},

		/** The customer of that exchange answers. @returns the secret by which their page shares */
		async answerOffer(address: MessageAddress, conversationId: string, sessionId: string, isAccepted: boolean) {
			const session = await sessions.ofConversation(conversationId);
			if (session?.id !== sessionId || session.state !== "offered" || !isOn(address, "Message")) throw codeUnknown();
			if (isAccepted) return sessions.accept(sessionId, address.id, "connecting");
			await sessions.end(sessionId, "customer", "declined");
			return undefined;
		},

		async start(): Promise<void> {
			unsubscribe ??= kernel.feed.subscribe(async ({ type, entityId }) => {
				if (type === "cobrowse.changed") await follow(entityId);
				if (type === "conversation.changed" && followed.has(entityId)) await endWhereOver(entityId);
				if (addressChangingEvents.has(type)) void certainly(() => renewWhereChanged(entityId));
				if (grantChangingEvents.has(type)) void judgeAll();
			});
			for (const { conversationId, id, userId } of await sessions.live()) {
				followed.set(conversationId, { id, userId });
				await endWhereOver(conversationId);
			}
			await sessions.startAnew();
		},

		stop(): void {
			unsubscribe?.();
			unsubscribe = undefined;
		},
	};
}

export type Cobrowse = ReturnType<typeof createCobrowse>;
