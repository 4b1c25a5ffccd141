import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";
import type { Db } from "../kernel/database/database.ts";
import type { UserStore } from "./store.ts";

const phones = createPhoneNumbers(phoneMetadata);

/** However a number is written, its last digits are the same. */
const compared = 6;

/** Whose number it is. A number with an extension behind it is several people's, so nobody's. */
export async function userOfNumber(
	store: Pick<UserStore, "withPhoneEnding">,
	db: Db,
	number: string,
	country: string,
): Promise<string | undefined> {
	const digits = number.replace(/\D/g, "").slice(-compared);
	const found = digits.length < compared ? [] : await store.withPhoneEnding(db, digits);
	const isTheirs = (address: string) => {
		const read = phones.read(address, { country });
		return read.kind === "number" && read.dial === number && read.after === undefined;
	};
	return found.find(({ addresses }) =>
		addresses.some(
			({ mediaType, address, extension }) => mediaType === "PHONE" && !extension && isTheirs(address ?? ""),
		),
	)?.id;
}
