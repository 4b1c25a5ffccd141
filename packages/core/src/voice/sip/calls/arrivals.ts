import type { Conversation } from "../../../conversations/model.ts";
import { readDialable } from "../../../conversations/targets.ts";
import { ApiError } from "../../../kernel/http/api-error.ts";
import { seenName } from "../../../kernel/names.ts";
import type { EntryPoint, EntryPointStore } from "../../webcalls/store.ts";
import { readAddress, userOf } from "../messages/address.ts";
import { header, type SipRequest } from "../messages/message.ts";

/** Under this the conversation names the call that it came by (`providerData`). */
export const arrivalKey = "sipCall";

export interface ArrivalParts {
	numbers: Pick<EntryPointStore, "find">;
	/** ISO 3166 code of the organization; numbers without a country code are of it. */
	country(): Promise<string>;
	start(call: {
		customer: { name?: string; address?: string };
		dnis: string;
		queueId?: string;
		userId?: string;
		groupId?: string;
		provider: string;
		providerData: Record<string, string>;
	}): Promise<Conversation>;
	provider: string;
}

/** What a caller is told by whom nobody takes the call. */
export interface Turned {
	status: number;
	reason: string;
}

/** The conversation of a call that has come, or what the caller is told instead. */
export async function arrive(
	invite: SipRequest,
	arrival: string,
	{ numbers, country, start, provider }: ArrivalParts,
): Promise<Conversation | Turned> {
	const own = await country();
	const entryPoint = await calledNumber(invite, own, numbers);
	if (!entryPoint) return { status: 404, reason: "Not Found" };
	try {
		return await start({
			customer: callerOf(invite, own),
			dnis: `tel:${entryPoint.number}`,
			...targetOf(entryPoint),
			provider,
			providerData: { [arrivalKey]: arrival },
		});
	} catch (error) {
		if (error instanceof ApiError && error.status < 500) return { status: 480, reason: "Temporarily Unavailable" };
		throw error;
	}
}

export function isTurned(one: Conversation | Turned): one is Turned {
	return "status" in one;
}

/** Lines that sign in are called by their own name: the number then stands elsewhere. */
async function calledNumber(
	invite: SipRequest,
	country: string,
	numbers: Pick<EntryPointStore, "find">,
): Promise<EntryPoint | undefined> {
	const said = [invite.uri, header(invite, "p-called-party-id"), header(invite, "to")];
	for (const one of said) {
		for (const number of one === undefined ? [] : readingsOf(userOf(one), country)) {
			const found = await numbers.find(number);
			if (found) return found;
		}
	}
	return undefined;
}

/** What the network vouches for before what the caller says; who withholds their number has none. */
function callerOf(invite: SipRequest, country: string): { name?: string; address?: string } {
	const isWithheld = /\b(id|user|full)\b/i.test(header(invite, "privacy") ?? "");
	const said = header(invite, "p-asserted-identity") ?? header(invite, "from") ?? "";
	if (isWithheld) return {};
	const user = userOf(said);
	const number = numberOf(user, country);
	const name = seenName(readAddress(said).name);
	const isAName = name !== "" && numberOf(name, country) === undefined && !/^anonymous$/i.test(name);
	return { ...(isAName ? { name } : {}), ...(number ? { address: `tel:${number}` } : {}) };
}

/** In E.164; undefined for what is no number. */
function numberOf(user: string | undefined, country: string): string | undefined {
	return readingsOf(user, country)[0];
}

/** What a number may mean, the likelier first: trunks write `4930123456` for `+4930123456`, too. */
function readingsOf(user: string | undefined, country: string): string[] {
	if (user === undefined || !/^\+?[\d().\s-]{2,30}$/.test(user)) return [];
	const asWritten = readOne(user, country);
	if (/^[+0]/.test(user)) return asWritten ? [asWritten] : [];
	const whole = readOne(`+${user}`, country);
	const ownCode = asWritten?.endsWith(user) ? asWritten.slice(1, -user.length) : "";
	const isWhole = ownCode !== "" && user.startsWith(ownCode);
	const both = isWhole ? [whole, asWritten] : [asWritten, whole];
	return [...new Set(both.filter((one) => one !== undefined))];
}

function readOne(written: string, country: string): string | undefined {
	try {
		const { address } = readDialable(written, "number", country);
		return address.startsWith("+") ? address : undefined;
	} catch {
		return undefined;
	}
}

function targetOf({ queueId, userId, groupId }: EntryPoint) {
	return { ...(queueId ? { queueId } : {}), ...(userId ? { userId } : {}), ...(groupId ? { groupId } : {}) };
}
