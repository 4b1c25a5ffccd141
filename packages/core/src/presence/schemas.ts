import { type Static, Type } from "typebox";
import { honouredIn, Id } from "../kernel/http/schemas.ts";
import { SeenVersion } from "../kernel/http/versions.ts";

const Label = Type.String({ minLength: 1, maxLength: 200 });
/** More than there are languages that people work in; every panel reads them all, and each is compared with others'. */
const mostLabels = 100;
/** `en`, `en_US`, `zh-Hans-CN`. */
const languageLabels = Type.Record(Type.String({ pattern: "^[A-Za-z]{2,8}([_-][A-Za-z0-9]{1,8}){0,3}$" }), Label, {
	maxProperties: mostLabels,
	additionalProperties: false,
});

/** What a client sends of a presence definition to the older family, which knows no divisions. */
export const oldDefinitionBody = Type.Object({
	languageLabels,
	systemPresence: Type.String(),
	deactivated: Type.Optional(Type.Boolean()),
});

/** The same of the newer family. */
export const definitionBody = Type.Object({
	...oldDefinitionBody.properties,
	/** Those of the product alone are "System". */
	type: Type.Optional(Type.String(honouredIn("User"))),
	divisionId: Type.Optional(Id),
});

/** A change of one that was read with its version. */
export const versionedDefinitionBody = Type.Object({ ...definitionBody.properties, version: SeenVersion });

export const localeQuery = { localeCode: Type.Optional(Type.String({ maxLength: 20 })) };

const PresenceRef = Type.Object({
	id: Type.Optional(Id),
	systemPresence: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

/** `UserPresence` as clients send it: only what they may choose is read. */
export const userPresenceBody = Type.Object({
	presenceDefinition: Type.Optional(PresenceRef),
	message: Type.Optional(Type.Union([Type.String({ maxLength: 500 }), Type.Null()])),
});
export type UserPresenceBody = Static<typeof userPresenceBody>;
