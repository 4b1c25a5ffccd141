import type { Unheard } from "../messages/message.ts";

/** Why a trunk is away, where the other side has not said so itself: the console has words of its own for each. */
export type TrunkCause = Unheard | "unknownName" | "noNames" | "portTaken";

/** The same for whoever reads no code. */
export const causeWords: Record<TrunkCause, string> = {
	noAnswer: "It does not answer.",
	noConnection: "No connection to it comes about.",
	certificate: "Its certificate is not good for this name, or nobody vouches for it.",
	unknownName: "The name service (DNS) knows no such name.",
	noNames: "The name service (DNS) does not answer.",
	portTaken: "The SIP port of this server is another program's.",
};

const unknownName = ["ENOTFOUND", "ENODATA", "EAI_NONAME", "EAI_NODATA"];

/** Of an error of the name service; undefined for what says so in words of its own. */
export function causeOf(error: unknown): TrunkCause | undefined {
	const { code = "", syscall } = error as NodeJS.ErrnoException;
	if (unknownName.includes(code)) return "unknownName";
	return syscall === "getaddrinfo" || /^query/.test(syscall ?? "") || code.startsWith("EAI_") ? "noNames" : undefined;
}
