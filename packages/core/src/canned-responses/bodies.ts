import { type Static, Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { honouredIn } from "../kernel/http/schemas.ts";
import { SeenVersion } from "../kernel/http/versions.ts";
import { readName } from "../kernel/names.ts";
import { mostAssets } from "./assets/model.ts";
import type { LibraryWish, ResponseWish } from "./canned-responses.ts";
import { type ResponseMedium, type ResponseValue, responseMedia, type Substitution } from "./model.ts";
import { safeHtml } from "./safe-html.ts";

const id = Type.String({ minLength: 1, maxLength: 200 });
const reference = Type.Object({ id });
const name = Type.String({ minLength: 1, maxLength: 200 });
const orNull = <S extends Parameters<typeof Type.Optional>[0]>(schema: S) =>
	Type.Optional(Type.Union([schema, Type.Null()]));

/** `Library`; `inlay` is ours. */
export const libraryBody = Type.Object({
	name,
	inlay: Type.Optional(Type.Object({ queueIds: orNull(Type.Array(id, { maxItems: 500, uniqueItems: true })) })),
	version: SeenVersion,
});

export function readLibrary({ name: sent, inlay }: Static<typeof libraryBody>): LibraryWish {
	return { name: readName(sent), ...(inlay?.queueIds ? { queueIds: inlay.queueIds } : {}) };
}

const longest = 50_000;

/** `Response`; `inlay` is ours. */
export const responseBody = Type.Object({
	name,
	libraries: Type.Array(reference, { minItems: 1, maxItems: 50 }),
	texts: Type.Array(
		Type.Object({
			content: Type.String({ minLength: 1, maxLength: longest }),
			contentType: Type.Optional(Type.String({ maxLength: 20, ...honouredIn("text/plain", "text/html") })),
		}),
		{ minItems: 1, maxItems: 2 },
	),
	substitutions: orNull(
		Type.Array(
			Type.Object({
				id: Type.String({ pattern: "^[\\p{L}\\p{N}_.-]{1,100}$" }),
				description: orNull(Type.String({ maxLength: 200 })),
				defaultValue: orNull(Type.String({ maxLength: 2_000 })),
			}),
			{ maxItems: 50 },
		),
	),
	interactionType: orNull(Type.String({ maxLength: 20, ...honouredIn("email", "chat") })),
	responseType: orNull(Type.String({ maxLength: 40, ...honouredIn("Footer") })),
	footer: orNull(Type.Object({ type: Type.Optional(Type.String({ maxLength: 40, ...honouredIn("Signature") })) })),
	/** `RmsAssetAddressableRef`; where they lie is for who reads them. */
	assets: orNull(
		Type.Array(Type.Object({ id, assetUsage: Type.Optional(Type.String({ ...honouredIn("Attachment") })) }), {
			maxItems: mostAssets,
		}),
	),
	inlay: Type.Optional(
		Type.Object({
			shortcut: orNull(Type.String({ pattern: "^[\\p{L}\\p{N}_-]{1,40}$" })),
			language: orNull(Type.String({ pattern: "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", maxLength: 20 })),
			media: orNull(
				Type.Array(Type.Union(responseMedia.map((one) => Type.Literal(one))), { minItems: 1, maxItems: 2 }),
			),
		}),
	),
	version: SeenVersion,
});
type ResponseBody = Static<typeof responseBody>;

/** @throws ApiError 400 naming the field */
export function readResponse(sent: ResponseBody): ResponseWish {
	const { shortcut, language } = sent.inlay ?? {};
	const media = mediaIn(sent);
	const value: ResponseValue = {
		...textsIn(sent),
		substitutions: substitutionsIn(sent),
		...(sent.responseType || sent.footer?.type ? { isSignature: true as const } : {}),
		...(shortcut ? { shortcut } : {}),
		...(language ? { language } : {}),
		...(media ? { media } : {}),
	};
	return { name: readName(sent.name), ...namedIn(sent), value };
}

function namedIn({ libraries, assets }: ResponseBody): Pick<ResponseWish, "libraryIds" | "assetIds"> {
	const unique = (all: ReadonlyArray<{ id: string }>) => [...new Set(all.map((one) => one.id))];
	return { libraryIds: unique(libraries), assetIds: unique(assets ?? []) };
}

function textsIn({ texts }: ResponseBody): Pick<ResponseValue, "plain" | "html"> {
	const found: Pick<ResponseValue, "plain" | "html"> = {};
	for (const { content, contentType = "text/plain" } of texts) {
		const kind = contentType.toLowerCase() === "text/html" ? "html" : "plain";
		if (found[kind] !== undefined) throw badField("texts", "texts may hold one text of each contentType.");
		const text = kind === "html" ? safeHtml(content) : content;
		if (text.trim() === "") throw badField("texts", "texts must hold something that can be read.");
		found[kind] = text;
	}
	return found;
}

function substitutionsIn({ substitutions }: ResponseBody): Substitution[] {
	const all = substitutions ?? [];
	if (new Set(all.map((one) => one.id)).size < all.length)
		throw badField("substitutions", "substitutions must have each id once.");
	return all.map(({ id: name, description, defaultValue }) => ({
		id: name,
		...(description ? { description } : {}),
		...(defaultValue ? { defaultValue } : {}),
	}));
}

/** The platform says it by `interactionType`, which knows of one medium only. */
function mediaIn({ interactionType, inlay }: ResponseBody): ResponseMedium[] | undefined {
	const sent: readonly string[] | undefined = inlay?.media ?? undefined;
	const media = sent && responseMedia.filter((one) => sent.includes(one));
	if (!interactionType) return media;
	const named: ResponseMedium = interactionType === "email" ? "email" : "message";
	if (media && media.join() !== named)
		throw badField("interactionType", "interactionType and inlay.media must say the same.");
	return [named];
}
