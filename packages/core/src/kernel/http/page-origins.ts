import { badField } from "./api-error.ts";

/**
 * Origins of pages: `https://shop.example`, with a port where there is one, and nothing behind.
 * @throws ApiError 400 naming the field, `<fieldName>[<index>]`
 */
export function readOrigins(texts: readonly string[], fieldName = "origins"): string[] {
	return [...new Set(texts.map((text, index) => readOrigin(text, `${fieldName}[${index}]`)))];
}

function readOrigin(text: string, field: string): string {
	const url = URL.parse(text);
	const isPage = url?.protocol === "https:" || url?.protocol === "http:";
	if (url && isPage && [url.origin, `${url.origin}/`].includes(text.toLowerCase())) return url.origin;
	throw badField(field, `${field} must be the origin of a page, such as https://shop.example, without a path.`);
}
