import type { Api, SeenVersion } from "../../session/api.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Paged } from "../../session/paged.ts";
import type { Self } from "../../session/self.ts";
import type { Contact } from "./contact-form.ts";
import { base, listOf } from "./contact-list.ts";
import {
	type ExternalOrganization,
	type OrganizationForm,
	organizationBodyOf,
	organizationFormOf,
	organizationProblems,
} from "./organization-form.ts";

/** All organizations outside, a page at a time. */
export class OrganizationsModel {
	readonly organizations: Paged<ExternalOrganization>;

	constructor(api: Api) {
		this.organizations = listOf(api, "organizations");
	}
}

const deeds = { add: needs.addOrganization, edit: needs.editOrganization, delete: needs.deleteOrganization };

/** One organization outside, new or existing. */
export class OrganizationModel extends OneThing<ExternalOrganization, OrganizationForm> {
	/** Who is known there; of a new one nobody, and nobody for who may see no contacts. */
	readonly contacts: Paged<Contact> | undefined;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const seen: SeenVersion = {};
		const at = (of: string) => `${base}/organizations/${encodeURIComponent(of)}`;
		super(id, {
			fresh: () => ({ id: "", name: "" }),
			formOf: organizationFormOf,
			problemsOf: organizationProblems,
			read: (of) => api.request("GET", at(of), undefined, seen),
			add: (form, fresh) => api.request("POST", `${base}/organizations`, organizationBodyOf(form, fresh)),
			change: (of, form, before) => api.request("PUT", at(of), organizationBodyOf(form, before), seen),
			remove: (of) => api.request("DELETE", at(of)),
			lack: (deed, organization) => self.rights.value.lack(inDivision(deeds[deed], organization?.division?.id)),
		});
		const seesContacts = self.rights.peek().may(needs.viewExternalContacts);
		this.contacts =
			id === undefined || !seesContacts ? undefined : listOf(api, `organizations/${encodeURIComponent(id)}/contacts`);
	}
}
