import { linesOf } from "../../session/lines.ts";
import { displayOf } from "./contact-form.ts";

/** `ExternalOrganization`, as far as the console changes it; what else it has goes back as it came. */
export interface ExternalOrganization {
	id: string;
	name: string;
	industry?: string;
	employeeCount?: number;
	address?: Record<string, string>;
	websites?: string[];
	tags?: string[];
	division?: { id: string };
	[field: string]: unknown;
}

export const aboutFields = ["industry", "companyType", "externalSystemUrl"] as const;
export const numberFields = ["phoneNumber", "faxNumber"] as const;
export const addressFields = ["address1", "address2", "postalCode", "city", "state", "countryCode"] as const;
export const lineFields = ["websites", "tags"] as const;

export type OrganizationField =
	| (typeof aboutFields)[number]
	| (typeof numberFields)[number]
	| (typeof addressFields)[number]
	| (typeof lineFields)[number]
	| "name"
	| "employeeCount";

export type OrganizationForm = Record<OrganizationField, string>;

export function organizationFormOf(organization: ExternalOrganization): OrganizationForm {
	const { name, employeeCount, address } = organization;
	return Object.fromEntries([
		["name", name],
		["employeeCount", employeeCount?.toString() ?? ""],
		...aboutFields.map((field) => [field, organization[field] ?? ""]),
		...numberFields.map((field) => [field, displayOf(organization[field])]),
		...addressFields.map((field) => [field, address?.[field] ?? ""]),
		...lineFields.map((field) => [field, organization[field]?.join("\n") ?? ""]),
	]) as OrganizationForm;
}

/** A number that was not touched goes back as it came, with what else is known of it. */
export function organizationBodyOf(form: OrganizationForm, before: ExternalOrganization): object {
	const numbers = numberFields.map((field) => {
		const typed = form[field].trim();
		if (typed === displayOf(before[field])) return [field, before[field] ?? null];
		return [field, typed === "" ? null : { userInput: typed }];
	});
	const { id: _id, ...kept } = before;
	const count = form.employeeCount.trim();
	return {
		...kept,
		name: form.name.trim(),
		employeeCount: count === "" ? null : Number(count),
		...Object.fromEntries(aboutFields.map((field) => [field, form[field].trim() || null])),
		...Object.fromEntries(numbers),
		address: Object.fromEntries(addressFields.map((field) => [field, form[field].trim() || null])),
		...Object.fromEntries(lineFields.map((field) => [field, linesOf(form[field])])),
	};
}

export function organizationProblems({ name, employeeCount }: OrganizationForm): Set<OrganizationField> {
	return new Set<OrganizationField>([
		...(name.trim() === "" ? (["name"] as const) : []),
		...(/^\d{0,9}$/.test(employeeCount.trim()) ? [] : (["employeeCount"] as const)),
	]);
}
