import { createHash } from "node:crypto";
import { callerKey } from "../../kernel/http/caller-key.ts";
import { Bursts } from "./bursts.ts";

/** Who asks for a mail, and to whom it goes. */
export interface TranscriptWish {
	messengerId: string;
	guestId: string;
	ip: string;
	to: string;
}

/** To whom a session has had mails sent, as long as it is there. */
export interface SessionAddresses {
	/** @returns `many` where there are so many others already, and whether it is one more */
	add(guestId: string, addressKey: string, most: number): Promise<"new" | "known" | "many">;
	remove(guestId: string, addressKey: string): Promise<void>;
}

interface Sum {
	most: Bursts;
	keyOf(wish: TranscriptWish): string;
}

const hourMs = 3_600_000;
/** Different ones, in all of a session's life. */
const mostAddresses = 3;

/**
 * Anybody can open sessions, and a mail of the organization's goes wherever one says: together they would be a relay. So there
 * is an end by session, address, customer's network and messenger. To whom a session wrote is kept with it; the sums of an
 * hour or a day are this process's, and begin anew with it.
 */
export class TranscriptLimits {
	/** Failures are no mails, but a server is not asked without end. */
	readonly #tries = new Bursts(10, hourMs);
	readonly #sums: readonly Sum[] = [
		{ most: new Bursts(3, hourMs), keyOf: ({ guestId }) => guestId },
		{ most: new Bursts(3, 24 * hourMs), keyOf: ({ to }) => countedAs(to) },
		{ most: new Bursts(10, hourMs), keyOf: ({ ip }) => callerKey(ip) },
		{ most: new Bursts(100, hourMs), keyOf: ({ messengerId }) => messengerId },
	];
	readonly #addresses: SessionAddresses;

	constructor(addresses: SessionAddresses) {
		this.#addresses = addresses;
	}

	/** @returns how to give it back, where nothing came of it; undefined where there have been enough */
	async take(wish: TranscriptWish): Promise<(() => Promise<void>) | undefined> {
		if (!this.#tries.take(wish.guestId)) return undefined;
		const taken: Sum[] = [];
		const giveBack = () => {
			for (const { most, keyOf } of taken) most.giveBack(keyOf(wish));
		};
		for (const sum of this.#sums) {
			if (sum.most.take(sum.keyOf(wish))) taken.push(sum);
			else return void giveBack();
		}
		const key = createHash("sha256").update(countedAs(wish.to)).digest("base64url");
		const added = await this.#addresses.add(wish.guestId, key, mostAddresses).catch((error: unknown) => {
			giveBack();
			throw error;
		});
		if (added === "many") return void giveBack();
		return async () => {
			giveBack();
			if (added === "new") await this.#addresses.remove(wish.guestId, key);
		};
	}
}

/** The mailbox behind an address, for counting alone: `Vic.Tim+7@` is read by whoever reads `victim@`. */
function countedAs(email: string): string {
	const at = email.lastIndexOf("@");
	const [mailbox = ""] = email.slice(0, at).split("+");
	return `${mailbox.replaceAll(".", "")}${email.slice(at)}`.toLowerCase();
}
