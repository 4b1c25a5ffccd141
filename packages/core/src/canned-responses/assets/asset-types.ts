import { isAllowedFile } from "../../email/file-rules.ts";
import { ApiError, badField } from "../../kernel/http/api-error.ts";
import { beginsAs, headBytes, typeOfName } from "../../messaging/file-types.ts";
import { largestAsset } from "./model.ts";

/** By the end of a name, beside what messages take: for who saves or opens it. */
const furtherTypes: Readonly<Record<string, string>> = {
	csv: "text/csv",
	docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	ics: "text/calendar",
	odt: "application/vnd.oasis.opendocument.text",
	pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	zip: "application/zip",
};

export function assetTypeOf(name: string): string {
	const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? "";
	return typeOfName(name) ?? (Object.hasOwn(furtherTypes, ending) ? furtherTypes[ending] : undefined) ?? anyType;
}

const anyType = "application/octet-stream";

/** @throws ApiError 400 `attachment.type`, by the name alone */
export function requireAssetName(name: string): void {
	if (!isAllowedFile(name, new Uint8Array())) throw assetRefused(name);
}

/**
 * By name, beginning and what an archive holds; what messages take has to be what it is called.
 * @throws ApiError 400 `attachment.type`, `attachment.empty`
 */
export function requireAssetContent(name: string, content: Uint8Array): void {
	if (content.length === 0) throw badField("file", "The file is empty.", "attachment.empty");
	const type = typeOfName(name);
	const isWhatItSays = !type || beginsAs(type, content.subarray(0, headBytes));
	if (!isWhatItSays || !isAllowedFile(name, content)) throw assetRefused(name);
}

export function assetTooLarge(): ApiError {
	return new ApiError(413, "attachment.size", "The file is too large: a response's file may have {most} MB.", {
		params: { most: String(largestAsset / 1024 / 1024) },
	});
}

function assetRefused(name: string): ApiError {
	return new ApiError(400, "attachment.type", "{name} is a kind of file that is not taken.", {
		params: { name },
		details: [{ errorCode: "attachment.type", fieldName: "name" }],
	});
}
