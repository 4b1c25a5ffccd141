import { harmless, type Interaction } from "@inlay/contract";
import { comparableNumber, isSameNumber } from "../crm/phone-numbers.ts";

/** Who is at the other end, as far as the panel tells; each "" where it is not known. */
export interface Caller {
	/** A number of the world outside: never a name, never a colleague. */
	number: string;
	name: string;
}

/**
 * @param searchString what the panel's screen pop names; it is the name where a caller has no number
 */
export function callerOf(interaction: Interaction, searchString?: string): Caller {
	const { displayAddress, phone, ani, isInternal } = interaction;
	const told = [searchString, displayAddress, phone, ani].map((text) => (text ?? "").replace(/^tel:/, ""));
	const number = isInternal ? "" : (told.find((text) => comparableNumber(text) !== "") ?? "");
	const name = harmless(interaction.name ?? "");
	const isNumber = name === number || isSameNumber(name.replace(/^tel:/, ""), number);
	return { number, name: isNumber ? "" : name };
}

/**
 * A callback, or a campaign's contact (`isDialer`), that the agent has in hand while nobody is being called: a call within it is
 * outbound, and dials before it is connected.
 */
export function isUncalled({ isCallback, direction, state }: Interaction): boolean {
	return isCallback && direction !== "Outbound" && state !== "DISCONNECTED";
}

/**
 * Whether the customer is the one who is called or written to: also whom a campaign has called and a queue has brought, which
 * comes in to the agent.
 */
export function goesOut({ direction, isDialer, isCallback }: Interaction): boolean {
	return direction === "Outbound" || (isDialer && !isCallback);
}

/** How it reached the agent, as the CRM keeps it: a call that a callback has led to is the callback's. */
export function mediumOf({ isMessage, isEmail, isCallback }: Interaction): "call" | "message" | "callback" {
	if (isMessage || isEmail) return "message";
	return isCallback ? "callback" : "call";
}

/** The address of who has written an email; "" of everything else. */
export function emailOf({ isEmail, displayAddress, phone, ani }: Interaction): string {
	const told = isEmail ? [displayAddress, phone, ani] : [];
	return told.map((text) => (text ?? "").replace(/^mailto:/, "")).find((text) => /^[^\s@]+@[^\s@]+$/.test(text)) ?? "";
}

/** The same where no number is known. */
export function whyNewWithoutNumber(
	call: Interaction | undefined,
): "newEmail" | "newMessageWithoutNumber" | "newToWithoutNumber" | "newWithoutNumber" {
	if (call && goesOut(call)) return "newToWithoutNumber";
	if (call?.isEmail) return "newEmail";
	return call?.isMessage || call?.isChat ? "newMessageWithoutNumber" : "newWithoutNumber";
}

/** Why a form for a new contact is there: a number calls, or is to be called; else it is with a call of the agent's, or was. */
export function whyNew(
	call: Interaction | undefined,
): "newFromCall" | "newFromMessage" | "newFromCallback" | "newFromPreview" | "newFromOther" {
	if (call && isUncalled(call)) return call.isDialer ? "newFromPreview" : "newFromCallback";
	if (call && mediumOf(call) === "message" && !goesOut(call) && !call.isDisconnected) return "newFromMessage";
	return call && !goesOut(call) && !call.isDisconnected ? "newFromCall" : "newFromOther";
}
