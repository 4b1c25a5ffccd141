import { badField } from "./api-error.ts";

/**
 * An address that somebody else's client opens or shows: of a page, and of nothing that runs, such as `javascript:`. Every
 * field that holds one is read here. Browsers drop spaces and controls in an address; so does what reads it here.
 * @param options `relative`: one without a scheme is fine, too
 * @throws ApiError 400 naming the field
 */
export function readPageAddress(text: string, field: string, options: { relative?: boolean } = {}): string {
	const url = URL.parse(text, options.relative ? "https://relative.invalid" : undefined);
	const isPage = url?.protocol === "https:" || url?.protocol === "http:";
	if (url && isPage && url.username === "" && url.password === "") return text;
	const kinds = options.relative
		? "an http:// or https:// address, or a relative one,"
		: "an http:// or https:// address";
	throw badField(field, `${field} must be ${kinds} without a user name.`);
}
