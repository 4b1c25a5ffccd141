import type { CallLog, Interaction } from "@inlay/contract";
import type { Contact } from "../crm/model.ts";
import type { CallLogInput } from "../crm/store.ts";
import { callerOf, goesOut, mediumOf } from "./caller.ts";

/** What is asked while a record is made. */
export interface RecordSources {
	byNumber: (number: string) => Promise<Contact | undefined>;
	/** Who is signed in at the panel. */
	agentId: string | undefined;
	/** The number as it was dialled, with its extension; else that which the panel tells. */
	number?: string | undefined;
}

/**
 * The record of a call, a callback or an exchange of messages. Its contact is the one chosen in the panel, else whose number it is, else nobody: what happens
 * to be open in the page is no choice.
 */
export async function callRecord(
	callLog: CallLog,
	interaction: Interaction,
	{ byNumber, agentId, number: dialled }: RecordSources,
): Promise<CallLogInput> {
	const number = dialled ?? callerOf(interaction).number;
	const chosen = callLog.selectedContact?.id;
	const matching = chosen === undefined && number ? await byNumber(number) : undefined;
	return {
		contactId: chosen === undefined ? matching?.id : String(chosen),
		subject: callLog.subject ?? "",
		notes: callLog.notes ?? "",
		call: {
			interactionId: interaction.id,
			agentId,
			medium: interaction.isEmail ? "email" : mediumOf(interaction),
			direction: goesOut(interaction) ? "Outbound" : "Inbound",
			phone: number,
			durationSeconds: interaction.interactionDurationSeconds,
			queueName: interaction.queueName,
			disposition: interaction.disposition,
		},
	};
}
