import type { Api, SeenVersion } from "../../session/api.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import { Paged } from "../../session/paged.ts";
import type { Self } from "../../session/self.ts";
import {
	type Contact,
	type ContactForm,
	contactBodyOf,
	contactFormOf,
	contactProblems,
	type Organization,
} from "./contact-form.ts";
import { base, listOf } from "./contact-list.ts";
import { MergeModel } from "./merge-section.tsx";

/** All contacts, a page at a time. */
export class ContactsModel {
	readonly contacts: Paged<Contact>;

	readonly mayImport: boolean;

	constructor(api: Api, self: Self) {
		this.mayImport = self.rights.peek().may(needs.addExternalContact);
		this.contacts = listOf<Contact>(api, "contacts");
	}
}

export interface ContactNote {
	id: string;
	noteText: string;
	createDate: string;
	createdBy?: { name?: string };
}

const deeds = { add: needs.addExternalContact, edit: needs.editExternalContact, delete: needs.deleteExternalContact };

/** One contact, new or existing. */
export class ContactModel extends OneThing<Contact, ContactForm> {
	readonly organizations: Paged<Organization>;
	readonly mayMakeOrganization: boolean;
	/** What was noted of them; of nobody new is anything. */
	readonly notes: Paged<ContactNote> | undefined;
	/** For who may change contacts. */
	readonly merging: MergeModel | undefined;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const seen: SeenVersion = {};
		const at = (of: string) => `${base}/contacts/${encodeURIComponent(of)}`;
		super(id, {
			fresh: () => ({ id: "" }),
			formOf: contactFormOf,
			problemsOf: contactProblems,
			read: (of) => api.request("GET", at(of), undefined, seen),
			add: async (form, fresh) =>
				api.request("POST", `${base}/contacts`, contactBodyOf(await placed(api, form), fresh)),
			change: async (of, form, before) =>
				api.request("PUT", at(of), contactBodyOf(await placed(api, form), before), seen),
			remove: (of) => api.request("DELETE", at(of)),
			lack: (deed, contact) => self.rights.value.lack(inDivision(deeds[deed], contact?.division?.id)),
		});
		this.organizations = listOf<Organization>(api, "organizations");
		this.mayMakeOrganization = self.rights.peek().may(needs.addOrganization);
		const mayMerge = self.rights.peek().may(needs.editExternalContact);
		this.merging =
			id === undefined || !mayMerge ? undefined : new MergeModel(api, id, listOf<Contact>(api, "contacts"));
		this.notes =
			id === undefined
				? undefined
				: new Paged<ContactNote>(({ number, size }) =>
						api.request("GET", `${at(id)}/notes?pageSize=${size}&pageNumber=${number}`),
					);
	}
}

/** With the organization that is made with the contact. */
async function placed(api: Api, form: ContactForm): Promise<ContactForm> {
	const name = form.newOrganization.trim();
	if (name === "") return form;
	return { ...form, organization: await api.request<Organization>("POST", `${base}/organizations`, { name }) };
}
