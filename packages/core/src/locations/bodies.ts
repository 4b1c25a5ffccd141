import { type Static, Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { addressParts, type LocationWish } from "./model.ts";

const text = (most: number) => Type.Optional(Type.String({ maxLength: most }));

const fields = {
	name: Type.String({ minLength: 1, maxLength: 200, pattern: "\\S" }),
	state: text(20),
	path: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20 })),
	notes: text(2000),
	contactUser: text(100),
	emergencyNumber: Type.Optional(Type.Object({ e164: text(50), number: text(50), type: text(50) })),
	address: Type.Optional(
		Type.Object(
			Object.fromEntries(addressParts.map((part) => [part, text(300)])) as Record<
				(typeof addressParts)[number],
				ReturnType<typeof text>
			>,
		),
	),
};

/** `LocationCreateDefinition`. */
export const WishBody = Type.Object(fields);
/** `LocationUpdateDefinition`. */
export const UpdateBody = Type.Object({ ...fields, version: Type.Integer() });

/** @throws ApiError 400 naming the field */
export function readWish({
	name,
	state,
	contactUser,
	...rest
}: Static<typeof WishBody>): Partial<LocationWish> & { name: string } {
	const known = state?.toLowerCase();
	if (known !== undefined && known !== "active" && known !== "inactive")
		throw badField("state", "state must be active or inactive.");
	return {
		...(rest as Pick<LocationWish, "address" | "notes" | "emergencyNumber">),
		...(rest.path ? { path: rest.path } : {}),
		name: readName(name, { longest: 200 }),
		...(known ? { state: known } : {}),
		// An empty one takes it away, as nothing else could: what is left away stays.
		...(contactUser === undefined ? {} : { contactUserId: contactUser || undefined }),
	};
}
