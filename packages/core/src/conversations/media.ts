import { callMedium } from "./call/medium.ts";
import type { CallTypes } from "./call/types.ts";
import { callbackMedium } from "./callback/medium.ts";
import type { CallbackTypes } from "./callback/types.ts";
import type { Communication } from "./communication.ts";
import { emailMedium } from "./email/medium.ts";
import type { EmailTypes } from "./email/types.ts";
import type { Medium, MediumShows } from "./medium.ts";
import { messageMedium } from "./message/medium.ts";
import type { MessageTypes } from "./message/types.ts";
import { type Conversation, mediumOfWhole, type Participant } from "./model.ts";

/** The media: adding one is adding its folder, and its line here and in `media`. */
type MediumTypes = CallTypes | CallbackTypes | MessageTypes | EmailTypes;

const media: Readonly<Record<MediumTypes["list"], Medium<never>>> = {
	calls: callMedium,
	callbacks: callbackMedium,
	messages: messageMedium,
	emails: emailMedium,
};

/** What a participant may have of each medium: the platform's lists (platform-api Appendix A, `Participant`). */
export type Communications = { [Types in MediumTypes as Types["list"]]?: Array<Types["communication"]> };

/** What a medium keeps of an interaction as a whole. */
export type MediumFacts = MediumTypes["facts"];

/** What can happen by one medium only. */
export type MediumCommand = MediumTypes["command"];

/** What a transition may know that one medium alone follows. */
export type MediumContext = CallTypes["context"] &
	CallbackTypes["context"] &
	MessageTypes["context"] &
	EmailTypes["context"];

/** What one medium alone needs of the world. */
export type MediumDeps = CallTypes["deps"] & CallbackTypes["deps"] & MessageTypes["deps"] & EmailTypes["deps"];

/** Each of them. */
export function allMedia(): ReadonlyArray<Medium<never>> {
	return Object.values(media);
}

/** Those by which anybody takes part, or took part: the call within a callback is one of them. */
export function mediaIn(conversation: Conversation): ReadonlyArray<Medium<never>> {
	const whole = mediumOfWhole(conversation);
	return allMedia().filter(({ list }) => list === whole || conversation.participants.some((one) => one[list]));
}

/** What each medium lets transitions know of the world just now. */
export function contextOf(deps: MediumDeps): MediumContext {
	return Object.assign({}, ...allMedia().map((medium) => medium.context?.(deps)));
}

/** The medium by which the interaction takes place. */
export function mediumOf(conversation: Conversation): Medium<never> {
	return media[mediumOfWhole(conversation)];
}

/** A participant's communications of each medium that it has, each as `show` makes it. */
export function communicationsOf<Shown>(
	participant: Participant,
	show: (communication: Communication, shows: MediumShows<never>) => Shown,
): { [List in keyof Communications]?: Shown[] } {
	const shown: { [List in keyof Communications]?: Shown[] } = {};
	for (const { list, shows } of Object.values(media)) {
		const own: readonly Communication[] | undefined = participant[list];
		if (own) shown[list] = own.map((one) => show(one, shows));
	}
	return shown;
}

/** For who shows the communications in another form. */
export function withoutCommunications<P extends Communications>(participant: P): Omit<P, keyof Communications> {
	const rest = { ...participant };
	for (const { list } of Object.values(media)) delete rest[list];
	return rest;
}
