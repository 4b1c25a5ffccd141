import { createHash, randomBytes } from "node:crypto";
import { callerKey } from "../../kernel/http/caller-key.ts";
import { Bursts } from "./bursts.ts";

const hourMs = 3_600_000;
/** Sessions of one address and hour that are for the asking (agent-features 11, "Security"). */
const freePerHour = 5;
/** Beyond so many no work opens another one. */
const mostPerHour = 100;
/** Leading zero bits of the answer's hash: some 30,000 tries, a moment for a browser and a bill for who wants thousands. */
const proofBits = 15;

export interface Challenge {
	nonce: string;
	bits: number;
}

/** Who may begin a session: a few are free, more cost work, and there is an end to it. */
export class Admission {
	readonly #sessions: Bursts;
	readonly #free: number;

	/** @param free for tests */
	constructor({ free = freePerHour, most = mostPerHour } = {}) {
		this.#sessions = new Bursts(most, hourMs);
		this.#free = free;
	}

	/** What has to be done first by whoever asks from this address; undefined: nothing. */
	challenge(ip: string): Challenge | undefined {
		if (this.#sessions.countOf(callerKey(ip)) < this.#free) return undefined;
		return { nonce: randomBytes(12).toString("base64url"), bits: proofBits };
	}

	/** @returns false where there have been too many */
	enter(ip: string): boolean {
		return this.#sessions.take(callerKey(ip));
	}
}

/** Whether the hash of nonce and answer begins with as many zero bits as were asked for. */
export function isProof({ nonce, bits }: Challenge, proof: string): boolean {
	const hash = createHash("sha256").update(`${nonce}:${proof}`).digest();
	return hash.readUInt32BE(0) >>> (32 - bits) === 0;
}
