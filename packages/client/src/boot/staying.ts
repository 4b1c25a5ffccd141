import type { SessionTimes } from "@inlay/contract";
import type { Session } from "../session/session.ts";
import { steadyClock } from "../session/steady-clock.ts";
import type { Toasts } from "../shell/toasts.ts";
import { fetchAccess } from "./boot-client.ts";
import type { Door } from "./entering.ts";
import type { Finding } from "./findings.ts";
import { type KeptToken, timesOf } from "./kept-token.ts";
import { listenForUse } from "./listen-for-use.ts";
import { SessionLife, type WayOn } from "./session-life.ts";
import type { Token } from "./sign-in.ts";
import type { SignInProblem } from "./sign-in-flow.ts";
import { watchTrouble } from "./trouble.ts";
import { watchAccess } from "./watch-access.ts";

/** What a stay needs, and whom it tells. */
export interface StayParts {
	door: Door;
	session: Session;
	token: KeptToken;
	/** What the server has said of the session's times; absent: the token's own count. */
	times?: SessionTimes | undefined;
	toasts: Toasts;
	tell: (finding: Finding) => void;
	/** There is another token. */
	renewed: () => void;
	/** The agent may not be here any more. */
	refused: (problem?: SignInProblem) => void;
	/** The version of the script that is the agent's now. */
	hasScript: (version: number) => void;
	/** Asked again, they may. */
	allowed: () => void;
}

/** Looks after the sign-in for as long as the agent is here: its times, their right to be here, what stands in the way. */
export function stay(parts: StayParts): { life: SessionLife; leave: () => void } {
	const { door, session, token } = parts;
	const life = makeLife(parts);
	const { current } = token;
	const times = parts.times ?? (current && timesOf(current, Date.now()));
	if (times) life.begin(times, wayOf(current));
	const clean = [
		watchAccess(door, session, {
			refused: parts.refused,
			script: (version) => parts.hasScript(version),
			times: (news) => {
				parts.allowed();
				life.learn(news);
			},
		}),
		watchTrouble(session, parts.toasts, parts.tell),
		listenForUse(() => void life.used()),
		() => life.stop(),
	];
	const leave = () => {
		for (const one of clean.splice(0)) one();
	};
	return { life, leave };
}

/** Whether a browser keeps a session for this frame is found out by asking. */
export function wayOf(token: Token | undefined): WayOn {
	return token?.refreshToken === undefined ? "perhaps" : "sure";
}

function makeLife({ door, session, token, renewed }: StayParts): SessionLife {
	const look = async () => (await fetchAccess(door.url, door.deployment, door.token() ?? "")).session;
	return new SessionLife({
		clock: steadyClock,
		renew: async () => {
			const answer = await token.renew();
			if (typeof answer === "object") renewed();
			return answer;
		},
		look: () => look().catch(() => undefined),
		touch: () => session.touch(),
	});
}
