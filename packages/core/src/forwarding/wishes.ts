import { isEmergencyNumber } from "@inlay/contract/emergency-numbers";
import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";
import { ApiError } from "../kernel/http/api-error.ts";
import { loop } from "./loops.ts";
import {
	type AfterForwarding,
	type ForwardingLimits,
	isAllowed,
	notCalled,
	type StoredRoute,
	type StoredTarget,
} from "./model.ts";

const phones = createPhoneNumbers(phoneMetadata);

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
	/** Whether calls to it come into a queue of the organization. */
	isServiceNumber(number: string): Promise<boolean>;
}

/** The steps as they are kept. @throws ApiError 400 `forwarding.target.invalid` naming the target's field, 409 `forwarding.loop` */
export async function readSteps(wish: ForwardingWish, reach: Reach): Promise<StoredRoute[] | undefined> {
	if (wish.calls === undefined && wish.phoneNumber === undefined) return undefined;
	if (wish.calls === undefined || wish.calls.length === 0) {
		if (!wish.phoneNumber) return [];
		const target = await readTarget({ type: "PHONENUMBER", value: wish.phoneNumber }, "phoneNumber", reach);
		return [{ targets: [target] }];
	}
	const steps = await Promise.all(
		wish.calls.map(async ({ targets = [] }, step) => ({
			targets: await Promise.all(targets.map((target, at) => readTarget(target, fieldOf(step, at), reach))),
		})),
	);
	steps.forEach(refuseTwice);
	return steps;
}

const fieldOf = (step: number, at: number) => `calls[${step}].targets[${at}].value`;

/** Two calls to one phone at once find it busy. */
function refuseTwice({ targets }: StoredRoute, step: number): void {
	const numbers = targets.map(({ type, value, digitsAfter = "" }) =>
		type === "PHONENUMBER" ? value + digitsAfter : "",
	);
	const at = numbers.findIndex((number, index) => number !== "" && numbers.indexOf(number) < index);
	if (at >= 0) throw invalid(fieldOf(step, at), "twice", "{number} stands twice in one step.", numbers[at]);
}

/** Whoever switches it on hears what of it would not be called. @throws ApiError 400 `forwarding.target.invalid` */
export function requireCalled(steps: readonly StoredRoute[], limits: ForwardingLimits): void {
	const [number] = notCalled(steps, limits);
	if (number === undefined) return;
	const step = steps.findIndex((one) => one.targets.some((target) => target.value === number));
	const at = steps[step]?.targets.findIndex((target) => target.value === number) ?? 0;
	throw blocked(number, fieldOf(step, at), limits);
}

/** A number that is called once, for a call that rings. @throws ApiError as {@link readSteps} */
export async function readOnce(number: string, fieldName: string, reach: Reach): Promise<StoredTarget> {
	return readTarget({ type: "PHONENUMBER", value: number }, fieldName, reach);
}

async function readTarget(
	{ type, value = "" }: { type?: string; value?: string },
	fieldName: string,
	reach: Reach,
): Promise<StoredTarget> {
	if (type === "STATION") {
		const userId = await reach.userOfStation(value);
		if (userId === undefined)
			throw invalid(fieldName, "station", "There is no station with id {number} that somebody has.", value);
		return { type, value, userId };
	}
	const { address, digitsAfter } = readNumber(value, fieldName, reach);
	const userId = digitsAfter === undefined ? await reach.userOfNumber(address) : undefined;
	if (userId === undefined && (await reach.isServiceNumber(address)))
		throw loop("service", "{number} is a number of your organization: calls to it come back here.", address);
	if (userId === undefined && !isAllowed(address, reach.limits)) throw blocked(address, fieldName, reach.limits);
	return {
		type: "PHONENUMBER",
		value: address,
		...(digitsAfter ? { digitsAfter } : {}),
		...(userId === undefined ? {} : { userId }),
	};
}

function readNumber(value: string, fieldName: string, { country }: Reach) {
	const read = phones.read(value, { country });
	const dial = read.kind === "number" ? read.dial : value.trim();
	if (isEmergencyNumber(dial, country)) {
		const text = "Nothing is forwarded to the emergency number {number}: help would be sent to this place.";
		throw invalid(fieldName, "emergency", text, dial);
	}
	if (read.kind === "choice")
		throw invalid(fieldName, "several", "“{number}” holds several numbers: choose one of them.", value);
	if (read.kind !== "number" || !/^\+\d/.test(dial))
		throw invalid(fieldName, "noNumber", "“{number}” is no full phone number, such as +3173123456.", value);
	return { address: dial, ...(read.after ? { digitsAfter: read.after } : {}) };
}

function blocked(number: string, fieldName: string, { externalAllowed }: ForwardingLimits): ApiError {
	return externalAllowed
		? invalid(fieldName, "blocked", "Your organization lets nobody forward calls to numbers such as {number}.", number)
		: invalid(fieldName, "outside", "Your organization lets nobody forward calls to numbers outside.", number);
}

/** @param reason for panels, which say it in the reader's language */
function invalid(fieldName: string, reason: string, text: string, number = ""): ApiError {
	const errorCode = "forwarding.target.invalid";
	return new ApiError(400, errorCode, text, { params: { reason, number }, details: [{ errorCode, fieldName }] });
}
