import { type Static, Type } from "typebox";
import { readPageAddress } from "../kernel/http/page-address.ts";
import type { Image, User } from "./model.ts";
import type { UserChange } from "./users.ts";

const Short = Type.Optional(Type.Union([Type.String({ maxLength: 500 }), Type.Null()]));

/** A phone number or address as clients send it. */
export const ContactBody = Type.Object({
	address: Type.Optional(Type.String({ maxLength: 500 })),
	display: Type.Optional(Type.String({ maxLength: 500 })),
	mediaType: Type.Optional(Type.String({ maxLength: 50 })),
	type: Type.Optional(Type.String({ maxLength: 50 })),
	extension: Type.Optional(Type.String({ maxLength: 50 })),
	countryCode: Type.Optional(Type.String({ maxLength: 10 })),
});

export const ImageBody = Type.Object({
	resolution: Type.Optional(Type.String({ maxLength: 50 })),
	imageUri: Type.Optional(Type.String({ maxLength: 2_000 })),
});

/**
 * Pictures of somebody, which everybody's client shows. One that stands may stay, as clients send it back with the rest.
 * @throws ApiError 400 naming the field
 */
export function readImages(images: Static<typeof ImageBody>[] | undefined, before: readonly Image[] = []) {
	const standing = new Set(before.map(({ imageUri }) => imageUri));
	return images?.map((image, at) => {
		if (image.imageUri && !standing.has(image.imageUri))
			readPageAddress(image.imageUri, `images[${at}].imageUri`, { relative: true });
		return image;
	});
}

const LocationBody = Type.Object({
	id: Type.String({ minLength: 1, maxLength: 200 }),
	floorplanId: Type.Optional(Type.String({ maxLength: 200 })),
	coordinates: Type.Optional(Type.Record(Type.String({ maxLength: 50 }), Type.Number(), { maxProperties: 10 })),
	notes: Type.Optional(Type.String({ maxLength: 2_000 })),
	/** As it is read: the place itself is changed elsewhere. */
	locationDefinition: Type.Optional(Type.Object({})),
});

const State = Type.Union([Type.Literal("active"), Type.Literal("inactive"), Type.Literal("deleted")]);

/** `CreateUser`. A user is not created deleted. */
export const CreateUserBody = Type.Object({
	name: Type.String(),
	email: Type.String(),
	divisionId: Type.String({ minLength: 1 }),
	department: Type.Optional(Type.String({ maxLength: 500 })),
	title: Type.Optional(Type.String({ maxLength: 500 })),
	password: Type.Optional(Type.String()),
	/** Inlay's own: the first sign-in asks for another password. */
	mustChangePassword: Type.Optional(Type.Boolean()),
	addresses: Type.Optional(Type.Array(ContactBody, { maxItems: 50 })),
	state: Type.Optional(Type.Union([Type.Literal("active"), Type.Literal("inactive")])),
});

/** `UpdateUser`: what is absent stays as it is; `version` is the one that the client has seen. */
export const UpdateUserBody = Type.Object({
	version: Type.Integer(),
	name: Type.Optional(Type.String()),
	email: Type.Optional(Type.String()),
	username: Type.Optional(Type.String()),
	department: Short,
	title: Short,
	preferredName: Short,
	/** Its id, or as it is read. */
	manager: Type.Optional(
		Type.Union([Type.String({ maxLength: 500 }), Type.Object({ id: Type.String({ maxLength: 500 }) }), Type.Null()]),
	),
	state: Type.Optional(State),
	addresses: Type.Optional(Type.Array(ContactBody, { maxItems: 50 })),
	images: Type.Optional(Type.Array(ImageBody, { maxItems: 20 })),
	certifications: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 100 })),
	profileSkills: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 100 })),
	locations: Type.Optional(Type.Array(LocationBody, { maxItems: 20 })),
	biography: Type.Optional(Type.Object({})),
	employerInfo: Type.Optional(Type.Object({})),
	division: Type.Optional(Type.Object({ id: Type.Optional(Type.String()) })),
});

/** The change that a body asks for. */
export function toUserChange(body: Static<typeof UpdateUserBody>, before: User): UserChange {
	const {
		version: _version,
		manager,
		locations,
		certifications,
		profileSkills,
		biography,
		employerInfo,
		...rest
	} = body;
	const profile = present({ certifications, profileSkills, biography, employerInfo });
	return {
		...present(pick(rest, before)),
		...(manager === undefined ? {} : { managerId: (typeof manager === "object" ? manager?.id : manager) || null }),
		...(locations ? { locations: locations.map(({ locationDefinition: _whole, ...one }) => one) } : {}),
		...(Object.keys(profile).length > 0 ? { profile: { ...before.profile, ...profile } } : {}),
	};
}

/** Only what the schema names: clients send whole users back, read-only keys included. */
function pick(body: Omit<Static<typeof UpdateUserBody>, "version">, before: User) {
	const { name, email, username, department, title, preferredName, state, addresses, images } = body;
	const shown = { addresses, images: readImages(images, before.images) };
	return { name, email, username, department, title, preferredName, state, ...shown };
}

function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	const entries = Object.entries(values).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
