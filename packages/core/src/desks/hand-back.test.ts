import { expect, it } from "vitest";
import type { Conversation } from "../conversations/model.ts";
import { handBack } from "./hand-back.ts";

/** With one of the user's parts, by a medium. */
function conversation(id: string, medium: string, state: string): Conversation {
	const internal = { medium };
	const own = { id: `${id}-part`, userId: "anna", purpose: "agent", [medium]: [{ state }], internal };
	return { id, participants: [own], internal } as unknown as Conversation;
}

/** What the agent is taken out of. */
async function leftBy(which: "all" | "spoken"): Promise<string[]> {
	const left: string[] = [];
	const live = [
		conversation("call", "calls", "connected"),
		conversation("email", "emails", "connected"),
		conversation("ringing", "messages", "alerting"),
	];
	const conversations = {
		liveForUser: async () => live,
		partyLeft: async (id: string) => {
			left.push(id);
			return live[0] as Conversation;
		},
	};
	await handBack(conversations, "anna", which);
	return left;
}

it("an email was taken from its agent, and closed for them, ten seconds after their browser had gone", async () => {
	expect(await leftBy("spoken")).toEqual(["call", "ringing"]);
	expect(await leftBy("all")).toEqual(["call", "email", "ringing"]);
});
