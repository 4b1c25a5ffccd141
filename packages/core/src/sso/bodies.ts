import { Type } from "typebox";
import { SeenVersion } from "../kernel/http/versions.ts";

const text = (maxLength = 500) => Type.String({ minLength: 1, maxLength });
const orNull = <T extends ReturnType<typeof text>>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

const Gift = Type.Object({
	group: Type.Optional(text()),
	groupId: Type.Optional(text(200)),
	roleId: Type.Optional(text(200)),
	divisionId: Type.Optional(text(200)),
});

/** Loose where the rules say more: they name the field and what to do. */
const provider = {
	label: Type.Optional(Type.String({ maxLength: 100 })),
	enabled: Type.Optional(Type.Boolean()),
	shown: Type.Optional(Type.Boolean()),
	oidc: Type.Optional(
		Type.Object({
			issuer: Type.Optional(text()),
			clientId: Type.Optional(text()),
			clientSecret: orNull(text()),
			scopes: Type.Optional(Type.Array(text(100), { maxItems: 30 })),
			acceptsUnmarkedAddresses: Type.Optional(Type.Boolean()),
			endsSession: Type.Optional(Type.Boolean()),
		}),
	),
	saml: Type.Optional(
		Type.Object({
			issuer: Type.Optional(text()),
			signInUrl: Type.Optional(text(2_000)),
			certificates: Type.Optional(Type.Array(text(20_000), { maxItems: 3 })),
			audience: orNull(text()),
			forceAuthn: Type.Optional(Type.Boolean()),
		}),
	),
	claims: Type.Optional(
		Type.Object({ address: Type.Optional(text()), name: Type.Optional(text()), groups: orNull(text()) }),
	),
	allowedGroups: Type.Optional(Type.Array(text(), { maxItems: 200 })),
	createsPeople: Type.Optional(Type.Boolean()),
	divisionId: orNull(text(200)),
	gifts: Type.Optional(Type.Array(Gift, { maxItems: 500 })),
};

export const NewProviderBody = Type.Object({ name: text(100), ...provider });
export const ProviderBody = Type.Object({ name: Type.Optional(text(100)), ...provider, version: SeenVersion });
