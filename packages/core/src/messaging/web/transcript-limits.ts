import { createHash, randomUUID } from "node:crypto";
import { callerKey } from "../../kernel/http/caller-key.ts";
import { Bursts } from "./bursts.ts";

/** Who asks for a mail, and to whom it goes. */
export interface TranscriptWish {
	messengerId: string;
	guestId: string;
	ip: string;
	to: string;
}

/** To whom a session has had mails sent, as long as it is there; what is under way counts too. */
export interface SessionAddresses {
	/** @param mailId of this mail alone @returns false, and adds nothing, where there are so many other addresses already */
	begin(guestId: string, addressKey: string, mailId: string, most: number): Promise<boolean>;
	/** Where nothing was sent the address counts no more, unless another mail went there, or is on its way. */
	end(guestId: string, addressKey: string, mailId: string, isSent: boolean): Promise<void>;
}

/** Why there is no mail: the session or the address has had enough of them, or many others have. */
export type TooMany = "often" | "busy";

/** A mail that may be sent. */
export interface TakenMail {
	/** What became of it: where nothing was sent, nothing counts. */
	end(isSent: boolean): Promise<void>;
}

/** Of several people's mails: what fills it may be an attack, or a shop that has grown. */
export type SharedSum = "network" | "messenger";

interface Sum {
	of: "session" | "address" | SharedSum;
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
		{ of: "session", most: new Bursts(3, hourMs), keyOf: ({ guestId }) => guestId },
		{ of: "address", most: new Bursts(3, 24 * hourMs), keyOf: ({ to }) => countedAs(to) },
		{ of: "network", most: new Bursts(10, hourMs), keyOf: ({ ip }) => callerKey(ip) },
		{ of: "messenger", most: new Bursts(100, hourMs), keyOf: ({ messengerId }) => messengerId },
	];
	/** Of which full sums operators were told within the hour. */
	readonly #told = new Bursts(1, hourMs);
	readonly #addresses: SessionAddresses;
	readonly #tellFull: (of: SharedSum, wish: TranscriptWish) => void;

	/** @param tellFull hears of a sum that is full, once an hour */
	constructor(addresses: SessionAddresses, tellFull: (of: SharedSum, wish: TranscriptWish) => void = () => {}) {
		this.#addresses = addresses;
		this.#tellFull = tellFull;
	}

	/** @returns why there have been enough, where there have been */
	async take(wish: TranscriptWish): Promise<TakenMail | TooMany> {
		if (!this.#tries.take(wish.guestId)) return "often";
		const taken: Sum[] = [];
		const giveBack = () => {
			for (const { most, keyOf } of taken) most.giveBack(keyOf(wish));
		};
		for (const sum of this.#sums) {
			if (sum.most.take(sum.keyOf(wish))) {
				taken.push(sum);
				continue;
			}
			giveBack();
			return this.#full(sum, wish);
		}
		const key = createHash("sha256").update(countedAs(wish.to)).digest("base64url");
		const mailId = randomUUID();
		const isAdded = await this.#addresses.begin(wish.guestId, key, mailId, mostAddresses).catch((error: unknown) => {
			giveBack();
			throw error;
		});
		if (!isAdded) {
			giveBack();
			return "often";
		}
		return {
			end: async (isSent) => {
				if (!isSent) giveBack();
				await this.#addresses.end(wish.guestId, key, mailId, isSent);
			},
		};
	}

	#full({ of, keyOf }: Sum, wish: TranscriptWish): TooMany {
		if (of === "session" || of === "address") return "often";
		if (this.#told.take(`${of} ${keyOf(wish)}`)) this.#tellFull(of, wish);
		return "busy";
	}
}

/** The mailbox behind an address, for counting alone: `Vic.Tim+7@` is read by whoever reads `victim@`. */
function countedAs(email: string): string {
	const at = email.lastIndexOf("@");
	const [mailbox = ""] = email.slice(0, at).split("+");
	return `${mailbox.replaceAll(".", "")}${email.slice(at)}`.toLowerCase();
}
