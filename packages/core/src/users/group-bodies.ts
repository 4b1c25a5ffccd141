import { Type } from "typebox";
import { honouredIn } from "../kernel/http/schemas.ts";
import type { Group } from "./group-store.ts";
import type { Contact, Image } from "./model.ts";
import { ContactBody, ImageBody, readImages } from "./user-bodies.ts";

/** Groups are seen by everybody who may read groups: one that says otherwise would be seen all the same. */
const Visibility = Type.String(honouredIn("public"));
const Text = Type.Optional(Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]));

const shared = {
	description: Text,
	email: Text,
	images: Type.Optional(Type.Array(ImageBody, { maxItems: 20 })),
	addresses: Type.Optional(Type.Array(ContactBody, { maxItems: 50 })),
	rolesEnabled: Type.Optional(Type.Boolean()),
	includeOwners: Type.Optional(Type.Boolean()),
	callsEnabled: Type.Optional(Type.Boolean()),
	ownerIds: Type.Optional(Type.Array(Type.String(), { maxItems: 500 })),
};

/** `GroupCreate`. */
export const GroupCreateBody = Type.Object({
	...shared,
	name: Type.String(),
	type: Type.Union([Type.Literal("official"), Type.Literal("social")]),
	visibility: Visibility,
	rulesVisible: Type.Boolean(),
	/** Inlay's own: who is in it from the start. */
	memberIds: Type.Optional(Type.Array(Type.String(), { maxItems: 1_000 })),
});

/** `GroupUpdate`: what is absent stays as it is. */
export const GroupUpdateBody = Type.Object({
	...shared,
	version: Type.Integer(),
	name: Type.Optional(Type.String()),
	state: Type.Optional(Type.Union([Type.Literal("active"), Type.Literal("inactive")])),
	visibility: Type.Optional(Visibility),
	rulesVisible: Type.Optional(Type.Boolean()),
});

interface SentGroup {
	name?: string;
	state?: string;
	visibility?: string;
	rulesVisible?: boolean;
	rolesEnabled?: boolean;
	includeOwners?: boolean;
	callsEnabled?: boolean;
	description?: string | null;
	email?: string | null;
	images?: Image[];
	addresses?: Contact[];
	ownerIds?: string[];
}

/** Only what can be changed: clients send whole groups back, read-only keys included. */
export function toGroupChange(body: SentGroup, before?: Group): Partial<Group> {
	const { name, state, visibility, rulesVisible, rolesEnabled, includeOwners, callsEnabled } = body;
	const { description, email, images, addresses, ownerIds } = body;
	const flags = { rulesVisible, rolesEnabled, includeOwners, callsEnabled };
	const all = {
		name,
		state,
		visibility,
		...flags,
		description,
		email,
		images: readImages(images, before?.images),
		addresses,
		ownerIds,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Partial<Group>;
}

/** `Group` of the platform. */
export function groupView(group: Group, memberCount: number) {
	return {
		id: group.id,
		name: group.name,
		...(group.description === null ? {} : { description: group.description }),
		dateModified: group.dateModified.toISOString(),
		memberCount,
		state: group.state,
		version: group.version,
		type: group.type,
		images: group.images,
		addresses: group.addresses,
		rulesVisible: group.rulesVisible,
		visibility: group.visibility,
		rolesEnabled: group.rolesEnabled,
		includeOwners: group.includeOwners,
		callsEnabled: group.callsEnabled,
		...(group.email === null ? {} : { email: group.email }),
		owners: group.ownerIds.map((id) => ({ id, selfUri: `/api/v2/users/${id}` })),
		selfUri: `/api/v2/groups/${group.id}`,
	};
}
