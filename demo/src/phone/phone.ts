import type { Services } from "@inlay/core";
import { simulatedPhone } from "../facts.ts";

/** A number of the organization to which the phone can write. */
export interface OurNumber {
	id: string;
	number: string;
}

/** A text as the phone shows it. */
export interface PhoneText {
	our: string;
	text: string;
	isMine: boolean;
	at: Date;
}

/** Who writes, where it is not the phone's owner. */
export interface Sender {
	from?: string;
	name?: string;
}

/** As many as a page shows of each number. */
const mostShown = 50;

/** What of an outbound message's life has brought it to the phone. */
const arrived: ReadonlySet<string> = new Set(["delivery-success", "read"]);

/** A phone that is none, for who wants to be the customer: it writes to our numbers, and shows what was sent to it. */
export function createPhone({ messaging }: Pick<Services, "messaging">) {
	const { number: own, owner } = simulatedPhone;

	async function addresses() {
		return (await messaging.addresses.all()).filter(({ provider }) => provider === "simulator");
	}

	return {
		async ourNumbers(): Promise<OurNumber[]> {
			return (await addresses()).map(({ id, address }) => ({ id, number: address }));
		},

		/** All texts of the phone, the oldest first; what has not reached it is not there. */
		async texts(): Promise<PhoneText[]> {
			const pages = await Promise.all(
				(await addresses()).map(async ({ id, address: our }) => {
					const found = await messaging.withCustomer(id, own, mostShown);
					return found
						.filter(({ direction, status }) => direction === "inbound" || arrived.has(status))
						.map(({ text, direction, at }) => ({ our, text, isMine: direction === "inbound", at }));
				}),
			);
			return pages.flat().sort((one, other) => one.at.getTime() - other.at.getTime());
		},

		/**
		 * Writes to one of our numbers.
		 * @param key the same text again with the same key is one text
		 * @param who another customer with another phone, whose texts its page does not show
		 * @returns false where there is no such number
		 */
		async write(
			addressId: string | undefined,
			text: string,
			key: string,
			{ from: their = own, name = their === own ? owner : undefined }: Sender = {},
		): Promise<boolean> {
			const known = await addresses();
			const address = addressId === undefined ? known[0] : known.find(({ id }) => id === addressId);
			if (!address) return false;
			await messaging.receive(address, { their, ...(name === undefined ? {} : { name }), text, providerId: key });
			return true;
		},
	};
}

export type Phone = ReturnType<typeof createPhone>;
