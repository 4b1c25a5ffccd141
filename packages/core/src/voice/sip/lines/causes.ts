import type { Unheard } from "../messages/message.ts";

/** Why a trunk is away, where the other side has not said so itself: the console has words of its own for each. */
export type TrunkCause = Unheard | "unknownName" | "noNames" | "portTaken" | "passwordLost";

/** The same for whoever reads no code. */
export const causeWords: Record<TrunkCause, string> = {
	noAnswer: "It does not answer.",
	noConnection: "No connection to it comes about.",
	certificate: "Its certificate is not good for this name, or nobody vouches for it.",
	unknownName: "The name service (DNS) knows no such name.",
	noNames: "The name service (DNS) does not answer.",
	passwordLost: "Its password cannot be read any more: it has to be entered anew.",
	portTaken: "The SIP port of this server is another program's.",
};

/** It is known who we are there, but not how to show it. */
export class PasswordLost extends Error {}

const unknownName = ["ENOTFOUND", "ENODATA", "EAI_NONAME", "EAI_NODATA"];

/** Of an error of the name service, or of our own keys; undefined for what says so in words of its own. */
export function causeOf(error: unknown): TrunkCause | undefined {
	if (error instanceof PasswordLost) return "passwordLost";
	const { code = "", syscall } = error as NodeJS.ErrnoException;
	if (unknownName.includes(code)) return "unknownName";
	return syscall === "getaddrinfo" || /^query/.test(syscall ?? "") || code.startsWith("EAI_") ? "noNames" : undefined;
}
