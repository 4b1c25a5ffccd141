import { Type } from "typebox";

const Address = Type.Object({
	email: Type.String({ minLength: 1, maxLength: 254 }),
	name: Type.Optional(Type.String({ maxLength: 200 })),
});
export const Addresses = Type.Array(Address, { maxItems: 100 });
export const Subject = Type.String({ maxLength: 500 });
export const Body = Type.String({ maxLength: 500_000 });
/** Half a million letters of text and of HTML, each letter of up to six bytes. */
export const bodyLimit = 6_500_000;
