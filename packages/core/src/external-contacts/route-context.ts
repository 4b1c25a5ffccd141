import { Answer, anyOf } from "../kernel/http/route.ts";
import { etagOf } from "../kernel/http/versions.ts";
import { type DivisionSet, divisionsWith, type Principal, requireInDivision } from "../kernel/principal.ts";
import { chosenDivision, type DivisionDirectory } from "../routing/ports.ts";
import type { ExternalContacts } from "./contacts.ts";
import type { Contact, Organization } from "./model.ts";
import { twins } from "./twins.ts";
import type { Writers } from "./views.ts";

export interface RouteContext {
	external: ExternalContacts;
	directory: DivisionDirectory;
	/** Users by their ids. */
	writersOf(userIds: readonly string[]): Promise<Writers>;
}

export const path = "/api/v2/externalcontacts";

export const may = (entity: string, action: string) => anyOf(...twins(entity, action));

/** Divisions of the caller's in which they may, narrowed to those that are asked for. */
export function divisionsAsked(
	principal: Principal,
	permissions: readonly string[],
	asked: readonly string[],
): DivisionSet {
	const allowed = divisionsWith(principal, permissions);
	if (asked.length === 0) return allowed;
	return new Set(asked.filter((id) => allowed === "all" || allowed.has(id)));
}

/** @throws ApiError 404, 403 */
export async function permittedContact(
	{ external }: RouteContext,
	id: string,
	action: string,
	principal: Principal,
): Promise<Contact> {
	const found = await external.require(id);
	requireInDivision(principal, twins("contact", action), found.divisionId);
	return found;
}

/** A contact names an organization that its writer may see. @throws ApiError 400 where there is none, 403 */
export async function permitOrganization(
	{ external }: RouteContext,
	id: string | undefined,
	principal: Principal,
): Promise<void> {
	const found = id === undefined ? undefined : await external.organizations.find(id);
	if (found) requireInDivision(principal, twins("externalOrganization", "view"), found.divisionId);
}

/** Where something is to be: the caller has to be allowed to put it there. @throws ApiError 400, 403 */
export async function permitDivision(
	{ directory }: RouteContext,
	permissions: readonly string[],
	divisionId: string | undefined,
	principal: Principal,
): Promise<string> {
	const chosen = await chosenDivision(directory, divisionId === undefined ? undefined : { id: divisionId });
	requireInDivision(principal, permissions, chosen);
	return chosen;
}

/** The platform's models have no version: it stands in the header alone. */
export function withEtag({ version }: Contact | Organization, view: object): Answer {
	return new Answer(200, view, { etag: etagOf(version) });
}
