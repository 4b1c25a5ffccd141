import { randomUUID } from "node:crypto";
import type { ScreenShareEnd, ScreenShower } from "@inlay/contract/screen-share";
import { requirePart } from "../authority.ts";
import type { Frame } from "../frame.ts";
import { type Conversation, isConnected, isOutside, type Participant } from "../model.ts";
import { illegalState } from "../refusals.ts";
import type { Controller } from "../service.ts";
import { liveScreenOf, type ScreenChange, type ScreenShare } from "./model.ts";

/** What happens to shared screens in documents; who sees what is the domain `screen-share`'s. */
export interface Screens {
	/**
	 * The agent asks to see the customer's screen, or is about to show their own. Asked again while theirs is under way, that one.
	 * @throws ApiError 403 for who is not in the interaction; 400 where nobody of the other side is, or another one goes on
	 */
	begin(conversationId: string, shows: ScreenShower, by: Controller): Promise<Conversation>;
	/** Told twice, or too late: nothing happens. */
	change(conversationId: string, shareId: string, change: ScreenChange): Promise<Conversation>;
	end(conversationId: string, shareId: string, why: ScreenShareEnd, by?: Controller): Promise<Conversation>;
}

export function createScreens({ kernel, change }: Frame): Screens {
	function freshShare(held: Conversation, shows: ScreenShower, userId: string | undefined): ScreenShare {
		const agent = held.participants.find((one) => one.userId === userId && isConnected(one));
		const customer = customerOf(held);
		if (!agent || !customer) throw illegalState("A screen is shared while both sides are in the interaction.");
		const party = ({ id }: Participant) => ({ participantId: id, communicationId: randomUUID() });
		return {
			id: randomUUID(),
			shows,
			// Who shows what is theirs asks nobody: they choose at once.
			state: shows === "customer" ? "requested" : "choosing",
			agent: party(agent),
			customer: party(customer),
			startTime: kernel.clock.now().toISOString(),
		};
	}

	return {
		begin(conversationId, shows, by) {
			const commands = (held: Conversation) => {
				requirePart(held, by);
				const live = liveScreenOf(held);
				const own = held.participants.find(({ id }) => id === live?.agent.participantId);
				if (live?.shows === shows && own?.userId === by.userId) return [];
				return [{ type: "screen.begin" as const, share: freshShare(held, shows, by.userId) }];
			};
			return change(conversationId, commands, by);
		},
		change: (conversationId, shareId, what) =>
			change(conversationId, () => [{ type: "screen.change", shareId, change: what }]),
		end: (conversationId, shareId, why, by) => change(conversationId, () => [{ type: "screen.end", shareId, why }], by),
	};
}

/** Who of those outside is there: the customer before anybody who was added. */
function customerOf({ participants }: Conversation): Participant | undefined {
	const there = participants.filter((one) => isOutside(one) && isConnected(one));
	return there.find(({ purpose }) => purpose === "customer") ?? there[0];
}
