import { type Static, Type } from "typebox";
import { Errors } from "typebox/value";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import { honouredIn } from "../kernel/http/schemas.ts";
import { type ContactBody, contactBody, fieldsWithin } from "./bodies.ts";
import { phoneFields } from "./model.ts";

/** `ExternalContactsPatchRequest`: no field of a contact is a list, so nothing is added to, or taken from, one. */
export const patchBody = Type.Object({
	changes: Type.Array(
		Type.Object({
			field: Type.String({ minLength: 3, maxLength: 100 }),
			value: Type.Optional(Type.Unknown()),
			action: Type.String({
				maxLength: 30,
				...honouredIn("Update", "UpdateIfEmpty", "UpdateIfExists", "Remove"),
			}),
		}),
		{ maxItems: 100 },
	),
});
type Patch = Static<typeof patchBody>["changes"][number];
type Fields = Record<string, unknown>;

/** Fields, or one field within one, as `$.address.city` names it. */
const fieldPath = /^\$\.([A-Za-z0-9]+)(?:\.([A-Za-z0-9]+))?$/;

/**
 * A contact as it was sent, with the changes made to it.
 * @throws ApiError 400 naming what cannot be changed; 409 where a field and one within it are named
 */
export function patched(before: ContactBody, changes: readonly Patch[]): ContactBody {
	const paths = changes.map(({ field }, index) => pathOf(field, index));
	refuseBoth(paths);
	const now = structuredClone(before) as Fields;
	for (const [index, { value, action }] of changes.entries()) {
		const [name = "", inner] = paths[index] ?? [];
		const holder = inner === undefined ? now : holderOf(now, name);
		const key = inner ?? name;
		const isEmpty = holder[key] === undefined || holder[key] === null || holder[key] === "";
		if ((action === "UpdateIfEmpty" && !isEmpty) || (action === "UpdateIfExists" && isEmpty)) continue;
		if (isNumber(name, inner)) forgetNumber(holder);
		if (action === "Remove") delete holder[key];
		else holder[key] = value;
	}
	const wrong = Errors(contactBody, now)[0];
	if (!wrong) return now as ContactBody;
	const field = wrong.instancePath.slice(1).replaceAll("/", ".");
	throw badField(field, `${field} cannot be that.`);
}

function pathOf(field: string, index: number): [string, string?] {
	const [, name = "", inner] = fieldPath.exec(field) ?? [];
	const known =
		Object.hasOwn(contactBody.properties, name) && (inner === undefined || fieldsWithin(name).includes(inner));
	if (known) return inner === undefined ? [name] : [name, inner];
	const at = `changes[${index}].field`;
	throw badField(at, `${at} must name a field of a contact that can be changed, such as $.firstName.`);
}

function holderOf(now: Fields, name: string): Fields {
	const there = now[name];
	if (typeof there === "object" && there !== null) return there as Fields;
	const made: Fields = {};
	now[name] = made;
	return made;
}

const numberFields: readonly string[] = ["e164", "userInput", "display"];

function isNumber(name: string, inner: string | undefined): boolean {
	return inner !== undefined && phoneFields.some((one) => one === name) && numberFields.includes(inner);
}

/** The number is another one: as it was written until now says nothing of it. */
function forgetNumber(phone: Fields): void {
	for (const field of numberFields) delete phone[field];
}

function refuseBoth(paths: ReadonlyArray<[string, string?]>): void {
	const whole = paths.filter(([, inner]) => inner === undefined).map(([name]) => name);
	const twice = paths.find(([name, inner]) => inner !== undefined && whole.includes(name));
	if (!twice) return;
	const text = "{field} and a field within it cannot be changed together.";
	throw new ApiError(409, "general.conflict", text, { params: { field: twice[0] } });
}
