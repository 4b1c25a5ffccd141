/** What the script wants of a CRM. Another CRM is another file like rest-crm.ts, and nothing else. */
import type { CallLog, Interaction } from "@inlay/framework";

export interface Contact {
	name: string;
	/** Any form that agents may dial. */
	phone: string;
}

export interface Crm {
	/** Address of the record to show: the case, if there is one, else the one contact with this number or address, else a search. */
	recordOf(searchString: string, caseId: string | undefined): Promise<string>;
	/** Saves a log, or what was changed of it, and gives its id. Rejects where that did not work. */
	saveLog(log: CallLog, interaction: Interaction): Promise<string>;
	addressOfLog(id: string): string;
	/** Rejects where the CRM does not answer. */
	find(text: string): Promise<Contact[]>;
}
