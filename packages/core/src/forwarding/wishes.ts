import { isEmergencyNumber } from "@inlay/contract/emergency-numbers";
import { readDialable } from "../conversations/targets.ts";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import {
	type AfterForwarding,
	type ForwardingLimits,
	isAllowed,
	type StoredRoute,
	type StoredTarget,
} from "./model.ts";

/** A forwarding as somebody asks for it; what is absent stays as it is. */
export interface ForwardingWish {
	enabled?: boolean | undefined;
	/** The older form: one step with one number. */
	phoneNumber?: string | undefined;
	calls?: ReadonlyArray<{ targets?: ReadonlyArray<{ type?: string; value?: string }> }> | undefined;
	voicemail?: AfterForwarding | undefined;
}

/** What finds out whom a target reaches. */
export interface Reach {
	limits: ForwardingLimits;
	/** ISO 3166 code of the organization. */
	country: string;
	/** Whose number it is, if it is one of the organization's people. */
	userOfNumber(number: string): Promise<string | undefined>;
	/** Whose station it is; undefined where there is no such station with a user. */
	userOfStation(stationId: string): Promise<string | undefined>;
}

/** The steps as they are kept. @throws ApiError 400 `forwarding.target.invalid` naming the target's field */
export async function readSteps(wish: ForwardingWish, reach: Reach): Promise<StoredRoute[] | undefined> {
	if (wish.calls === undefined && wish.phoneNumber === undefined) return undefined;
	if (wish.calls === undefined || wish.calls.length === 0) {
		if (!wish.phoneNumber) return [];
		const target = await readTarget({ type: "PHONENUMBER", value: wish.phoneNumber }, "phoneNumber", reach);
		return [{ targets: [target] }];
	}
	return Promise.all(
		wish.calls.map(async ({ targets = [] }, step) => ({
			targets: await Promise.all(
				targets.map((target, at) => readTarget(target, `calls[${step}].targets[${at}].value`, reach)),
			),
		})),
	);
}

async function readTarget(
	{ type, value = "" }: { type?: string; value?: string },
	fieldName: string,
	reach: Reach,
): Promise<StoredTarget> {
	if (type === "STATION") {
		const userId = await reach.userOfStation(value);
		if (userId === undefined) throw invalid(fieldName, `There is no station with id ${value} that somebody has.`);
		return { type, value, userId };
	}
	const { address, digitsAfter } = readNumber(value, fieldName, reach);
	const userId = digitsAfter === undefined ? await reach.userOfNumber(address) : undefined;
	if (userId === undefined && !isAllowed(address, reach.limits)) throw blocked(address, fieldName, reach.limits);
	return {
		type: "PHONENUMBER",
		value: address,
		...(digitsAfter ? { digitsAfter } : {}),
		...(userId === undefined ? {} : { userId }),
	};
}

function readNumber(value: string, fieldName: string, { country }: Reach) {
	const read = orInvalid(value, fieldName, country);
	if (isEmergencyNumber(read.address, country)) {
		const text = `Nothing is forwarded to the emergency number ${read.address}: help would be sent to this place.`;
		throw invalid(fieldName, text);
	}
	if (!/^\+\d/.test(read.address)) throw invalid(fieldName, `${value} is no full phone number, such as +3173123456.`);
	return read;
}

function orInvalid(value: string, fieldName: string, country: string) {
	try {
		return readDialable(value, fieldName, country);
	} catch (error) {
		throw error instanceof ApiError ? invalid(fieldName, error.message) : error;
	}
}

function blocked(number: string, fieldName: string, { externalAllowed }: ForwardingLimits): ApiError {
	const why = externalAllowed ? `calls to numbers such as ${number}` : "calls to numbers outside";
	return invalid(fieldName, `Your organization lets nobody forward ${why}.`);
}

function invalid(fieldName: string, text: string): ApiError {
	return badField(fieldName, text, "forwarding.target.invalid");
}
