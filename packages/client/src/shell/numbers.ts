import { isEmergencyNumber } from "@inlay/contract/emergency-numbers";
import type { PhoneNumbers, ReadAddress, ReadNumber } from "@inlay/contract/phone";
import { signal } from "@preact/signals";

/**
 * Phone numbers as this organization's people read and write them. What is known of countries comes in chunks of its own,
 * after the sign-in; until then numbers are shown as they are.
 */
export class Numbers {
	readonly #country: string;
	readonly #phones = signal<PhoneNumbers | undefined>(undefined);
	#loading: Promise<PhoneNumbers> | undefined;

	/** @param country ISO 3166 code of the organization */
	constructor(country: string) {
		this.#country = country;
	}

	/** Fetches what is known of countries. Rejects where the server cannot be reached; the next call tries again. */
	load(): Promise<PhoneNumbers> {
		this.#loading ??= fetchPhones().then(
			(phones) => {
				this.#phones.value = phones;
				return phones;
			},
			(error: unknown) => {
				this.#loading = undefined;
				throw error;
			},
		);
		return this.#loading;
	}

	/**
	 * What a text says of whom to call; undefined until it can be read.
	 * @param country ISO 3166 code of the country whose numbers need no prefix; the organization's unless told
	 */
	read(text: string, country = this.#country): ReadAddress | undefined {
		return this.#phones.value?.read(text, { country });
	}

	/** The same, when it can be read. */
	async whenRead(text: string): Promise<ReadAddress> {
		return (await this.load()).read(text, { country: this.#country });
	}

	/** Whether a text calls for help: nobody is handed over to that. False until it can be read. */
	isEmergency(text: string): boolean {
		const read = this.read(text);
		return read?.kind === "number" && isEmergencyNumber(read.dial, this.#country);
	}

	/** A number in the reader's format. */
	show(number: string): string {
		return this.#phones.value?.format(number, { country: this.#country }) ?? number;
	}
}

async function fetchPhones(): Promise<PhoneNumbers> {
	const [{ createPhoneNumbers }, { phoneMetadata }] = await Promise.all([
		import("@inlay/contract/phone"),
		import("@inlay/contract/phone-metadata"),
	]);
	return createPhoneNumbers(phoneMetadata);
}

/** A read number as the server takes it, with the digits that follow the answer. */
export function dialString({ dial, after }: ReadNumber): string {
	if (!after) return dial;
	return after.includes(",") ? `${dial},${after}` : `${dial};ext=${after}`;
}

/** Whether a text that is being typed is more likely a number than a name: for what to search meanwhile. */
export function looksLikeNumber(text: string): boolean {
	const bare = text.trim();
	return /^(tel|callto|sips?):/i.test(bare) || (/^[^\p{L}]+$/u.test(bare) && /\p{Nd}/u.test(bare));
}
