import { harmless } from "@inlay/contract";
import { type CallFacts, type ContactPhone, type Medium, media } from "./model.ts";
import { comparableNumber, isSeveral } from "./phone-numbers.ts";
import type { CallLogInput, ContactInput } from "./store.ts";

type Fields = Record<string, unknown>;

const longestLine = 200;
const longestNotes = 20_000;

/** Reads a contact's form. @returns a sentence when something is wrong with it */
export function readContact(body: unknown): ContactInput | string {
	const fields = (body ?? {}) as Fields;
	const name = text(fields.name);
	if (!name) return "A contact needs a name.";
	const phones = Array.isArray(fields.phones)
		? fields.phones.map(readPhone).filter((phone) => phone !== undefined)
		: [];
	const bad = phones.find(({ number }) => comparableNumber(number) === "");
	if (bad && isSeveral(bad.number)) return `Here stand two numbers, “${bad.number}”: write one per line.`;
	if (bad) return `“${bad.number}” is not a telephone number.`;
	const [company, title, email, city] = [fields.company, fields.title, fields.email, fields.city].map((value) =>
		text(value),
	);
	return { name, company: company ?? "", title: title ?? "", email: email ?? "", city: city ?? "", phones };
}

function readPhone(value: unknown): ContactPhone | undefined {
	const fields = (value ?? {}) as Fields;
	const number = text(fields.number);
	return number ? { number, label: text(fields.label) || "Phone" } : undefined;
}

/** Reads a call log as the panel has sent it to the page. @returns a sentence when something is wrong with it */
export function readCallLog(body: unknown, interactionId: string): CallLogInput | string {
	const fields = (body ?? {}) as Fields;
	const call = (fields.call ?? {}) as Fields;
	const facts: CallFacts = {
		interactionId,
		direction: call.direction === "Outbound" ? "Outbound" : "Inbound",
		phone: text(call.phone),
	};
	const medium = media.find((one) => one === call.medium);
	if (medium) facts.medium = medium;
	if (call.agentId) facts.agentId = text(call.agentId);
	if (typeof call.durationSeconds === "number") facts.durationSeconds = call.durationSeconds;
	if (call.queueName) facts.queueName = text(call.queueName);
	if (call.disposition) facts.disposition = text(call.disposition);
	return {
		contactId: text(fields.contactId) || undefined,
		subject: text(fields.subject) || subjects[medium ?? "call"],
		notes: text(fields.notes, longestNotes),
		call: facts,
	};
}

const subjects: Record<Medium, string> = { call: "Call", message: "Message", email: "Email", callback: "Callback" };

function text(value: unknown, longest = longestLine): string {
	return typeof value === "string" ? harmless(value).trim().slice(0, longest) : "";
}
