import { randomUUID } from "node:crypto";
import { cut } from "../../../kernel/cut.ts";
import { seenName } from "../../../kernel/names.ts";
import { newTag } from "../dialogs/dialog.ts";
import { isSameUri, readAddress, readUri, writeAddress, writeUri, writtenHost } from "../messages/address.ts";
import { answerTo, readChallenge } from "../messages/digest.ts";
import { cseqOf, header, type SipHeaders, type SipRequest, type SipResponse, valuesOf } from "../messages/message.ts";
import type { Asking } from "../transport/client-transactions.ts";
import type { SipPeer } from "../transport/peer.ts";
import type { Transactions } from "../transport/transactions.ts";
import { viaParams } from "../transport/via.ts";
import type { KeptTrunk, TrunkState } from "../trunk-settings.ts";
import { causeOf, causeWords, PasswordLost, type TrunkCause } from "./causes.ts";

export interface LineTiming {
	/** Between two questions whether the other side is there, ms. */
	askMs: number;
	/** Until the next try after a failure, ms: first and longest. */
	retryMs: readonly [number, number];
}

export const lineTiming: LineTiming = { askMs: 60_000, retryMs: [5_000, 300_000] };
/** For how long we ask to be signed in, s. */
const registeredS = 600;
const longestReason = 200;
/** As long is waited for the first look, ms. */
const knownMs = 2_000;
const longestGrantS = 86_400;
/** NATs forget a way by which nothing goes after half a minute, ms. */
const keepOpenMs = 25_000;

export interface LineParts {
	transactions: Pick<Transactions, "ask">;
	/** Where the other side is, best first. @throws Error */
	places(trunk: KeptTrunk): Promise<SipPeer[]>;
	ownAddress(peer: SipPeer): Promise<{ host: string; port: number }>;
	/** Keeps the way to it open. */
	keepOpen(peer: SipPeer): void;
	/** It stands otherwise than before. */
	changed(): void;
	now(): Date;
	timing: LineTiming;
}

/** One trunk as it runs: where its other side is, whether it is there, and who we are to it. */
export class Line {
	readonly trunk: KeptTrunk;
	/** By the last look, best first; those that answered before those that did not. */
	peers: readonly SipPeer[] = [];
	/** As the last look has found. */
	asksAgainInMs = 0;
	readonly #parts: LineParts;
	#state: TrunkState["state"] = "trying";
	#reason: string | undefined;
	#cause: TrunkCause | undefined;
	#since: string;
	#next: NodeJS.Timeout | undefined;
	#failures = 0;
	#isStopped = false;
	/** How the other side sees us, where a NAT lies between. */
	#seenAs: { host: string; port: number } | undefined;
	readonly #callId = randomUUID();
	#cseq = 0;
	#isStarted = false;
	/** The first look has ended, or has taken too long to be waited for. */
	known: Promise<void> = Promise.resolve();
	#told: string | undefined;
	/** One look at a time: an older one's answer says nothing over a newer one's. */
	#looking: Promise<void> | undefined;
	#isSignedIn = false;
	/** Somebody wants another look as soon as this one has ended. */
	#isWanted = false;
	#keepingOpen: NodeJS.Timeout | undefined;
	#before: readonly Line[] = [];
	#signingOut: Promise<unknown> | undefined;

	constructor(trunk: KeptTrunk, parts: LineParts) {
		this.trunk = trunk;
		this.#parts = parts;
		this.#since = parts.now().toISOString();
		if (!trunk.enabled) this.#state = "off";
	}

	get state(): Omit<TrunkState, "calls"> {
		const why = { ...(this.#reason ? { reason: this.#reason } : {}), ...(this.#cause ? { cause: this.#cause } : {}) };
		return { state: this.#state, since: this.#since, ...why };
	}

	get domain(): string {
		const { domain, host } = this.trunk;
		return domain ?? host;
	}

	start(): void {
		if (!this.trunk.enabled || this.#isStarted) return;
		this.#isStarted = true;
		// Whatever it finds: nobody waits longer for it.
		this.known = Promise.race([this.#lookOnce(), new Promise<void>((resolve) => setTimeout(resolve, knownMs).unref())]);
		if (this.trunk.transport === "udp") this.#keepingOpen = setInterval(() => this.#keepOpen(), keepOpenMs);
	}

	/** Those of the same trunk that have not ended yet: a sign-out of theirs that came later would take ours back. */
	follow(before: readonly Line[]): void {
		this.#before = before;
	}

	/** @param signsOut whether nobody goes on elsewhere: only who ends for good signs out; asked again before it is said */
	async stop(signsOut: () => boolean): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#next);
		clearInterval(this.#keepingOpen);
		if (!signsOut()) return;
		// What is being signed in would be so again behind our back.
		await this.#looking;
		const [peer] = this.peers;
		if (!peer || !this.#isSignedIn || !signsOut()) return;
		this.#signingOut = this.#register(peer, 0);
		await this.#signingOut;
	}

	isAt(address: string): boolean {
		return this.peers.some((peer) => peer.address === address);
	}

	/** The doors could not be opened. */
	cannotStart(): void {
		if (this.trunk.enabled) this.#stand("down", causeWords.portTaken, "portTaken");
	}

	/** Where the other side is, also before the first look has ended. @throws Error in words, where it cannot be found */
	async peersNow(): Promise<readonly SipPeer[]> {
		if (this.peers.length === 0) this.peers = await this.#parts.places(this.trunk);
		return this.peers;
	}

	/** A call has found it away: the others are tried first from now on, and whether it is back is asked at once. */
	isAway(peer: SipPeer): void {
		this.peers = [...this.peers.filter((one) => one !== peer), ...this.peers.filter((one) => one === peer)];
		if (this.#looking) this.#isWanted = true;
		else if (!this.#isStopped) this.#again(0);
	}

	#keepOpen(): void {
		const [peer] = this.peers;
		if (peer && this.#state === "up") this.#parts.keepOpen(peer);
	}

	/** Our Contact, as this peer is told. */
	async contact(peer: SipPeer): Promise<string> {
		const { host, port } = this.#seenAs ?? (await this.#parts.ownAddress(peer));
		const params: Record<string, string> = peer.transport === "udp" ? {} : { transport: peer.transport };
		return `<${writeUri({ scheme: "sip", user: this.trunk.user ?? "inlay", host, port, params })}>`;
	}

	/** Asks; where the other side wants to know who we are, it is told, and asked again under the next number. */
	async ask(request: SipRequest, peer: SipPeer, asking: Asking = {}): Promise<SipResponse> {
		let latest = request;
		let response = await this.#parts.transactions.ask(latest, peer, asking);
		// Twice: the first nonce may be too old already.
		for (let tries = 0; tries < 2 && (response.status === 401 || response.status === 407); tries++) {
			const answered = this.#answered(latest, response, tries > 0);
			if (!answered || asking.cancel?.aborted) return response;
			latest = answered;
			response = await this.#parts.transactions.ask(latest, peer, asking);
		}
		return response;
	}

	#answered(request: SipRequest, response: SipResponse, again: boolean): SipRequest | undefined {
		const { user, password } = this.trunk;
		const isProxy = response.status === 407;
		const asked = valuesOf(response.headers, isProxy ? "proxy-authenticate" : "www-authenticate");
		const challenge = readChallenge(asked);
		if (!challenge || user === undefined || password === undefined || (again && !challenge.stale)) return undefined;
		const { number, method } = cseqOf(request);
		const names = ["cseq", "authorization", "proxy-authorization"];
		const others = request.headers.filter(([name]) => !names.includes(name.toLowerCase()));
		const said: SipHeaders = [
			["CSeq", `${number + 1} ${method}`],
			[isProxy ? "Proxy-Authorization" : "Authorization", answerTo(challenge, { user, password }, request)],
		];
		return { ...request, headers: [...others, ...said] };
	}

	async #lookOnce(): Promise<void> {
		this.#looking = this.#look();
		await this.#looking;
		this.#looking = undefined;
		if (this.#isWanted && !this.#isStopped) this.#again(0);
		this.#isWanted = false;
	}

	/** Finds the other side, and asks whether it is there: by signing in, or by a question that any answer answers. */
	async #look(): Promise<void> {
		try {
			// Bounded: whoever is asked answers, or is given up.
			await Promise.allSettled(this.#before.map((line) => line.#signingOut));
			this.#before = [];
			if (this.#isStopped) return;
			const places = await this.#parts.places(this.trunk);
			// Known from now on: its answers are heard.
			const isKnown = places.every(({ address }) => this.peers.some((peer) => peer.address === address));
			if (!isKnown) this.peers = places;
			if (this.trunk.passwordLost) throw new PasswordLost();
			for (const [at, peer] of places.entries()) {
				const response = this.trunk.registers ? await this.#register(peer, registeredS) : await this.#isThere(peer);
				if (this.#isStopped) return;
				const isAway = response.status === 408 || response.status === 503;
				if (isAway && at < places.length - 1) continue;
				this.peers = [peer, ...places.filter((one) => one !== peer)];
				return this.#judge(response);
			}
		} catch (error) {
			const cause = causeOf(error);
			if (this.#isStopped) return;
			if (cause) this.#stand("down", causeWords[cause], cause);
			else this.#stand("down", error instanceof Error ? error.message : String(error));
		}
		if (!this.#isStopped) this.#again(this.#backoffMs());
	}

	#judge(response: SipResponse): void {
		const { status, reason, unheard } = response;
		const isAway = status === 408 || status === 503;
		const why = unheard ? causeWords[unheard] : `${status} ${reason}`;
		if (!this.trunk.registers) {
			if (isAway) this.#stand("down", why, unheard);
			else this.#stand("up");
			this.#again(isAway ? this.#backoffMs() : this.#parts.timing.askMs);
		} else if (status < 300) {
			this.#stand("up");
			this.#again(this.#grantedS(response) * 800);
		} else {
			this.#stand(isAway || status >= 500 ? "down" : "refused", why, unheard);
			this.#again(this.#backoffMs());
		}
	}

	/** Our Contact as it was told last, and one before it, which is taken back. */
	async #contacts(peer: SipPeer, expires: number): Promise<string> {
		const contact = await this.contact(peer);
		const { uri } = readAddress(contact);
		const before = this.#told !== undefined && this.#told !== uri ? `, <${this.#told}>;expires=0` : "";
		this.#told = uri;
		return `${contact};expires=${expires}${before}`;
	}

	async #register(peer: SipPeer, expires: number): Promise<SipResponse> {
		const uri = writeUri({ scheme: "sip", user: "", host: this.domain, params: {} });
		const self = writeUri({ scheme: "sip", user: this.trunk.user ?? "inlay", host: this.domain, params: {} });
		const asked = async (): Promise<SipRequest> => ({
			...{ method: "REGISTER", uri, body: "" },
			headers: [
				["Max-Forwards", "70"],
				["From", writeAddress(self, "", newTag())],
				["To", writeAddress(self)],
				["Call-ID", this.#callId],
				["CSeq", `${++this.#cseq} REGISTER`],
				["Contact", await this.#contacts(peer, expires)],
				["Expires", String(expires)],
			],
		});
		const response = await this.ask(await asked(), peer);
		this.#cseq = Math.max(this.#cseq, cseqOf(response).number || 0);
		const least = Number.parseInt(header(response, "min-expires") ?? "", 10);
		if (response.status === 423 && least > expires && least <= longestGrantS) return this.#register(peer, least);
		if (response.status < 300) this.#isSignedIn = expires > 0;
		// Behind a NAT we are told by the answer where we are; the other side is to know that, too.
		if (!this.#learns(response) || expires === 0) return response;
		const again = await this.ask(await asked(), peer);
		this.#cseq = Math.max(this.#cseq, cseqOf(again).number || 0);
		return again;
	}

	async #isThere(peer: SipPeer): Promise<SipResponse> {
		const uri = writeUri({ scheme: "sip", user: "", host: this.domain, params: {} });
		const response = await this.ask(
			{
				...{ method: "OPTIONS", uri, body: "" },
				headers: [
					["Max-Forwards", "70"],
					[
						"From",
						writeAddress(writeUri({ scheme: "sip", user: "inlay", host: this.domain, params: {} }), "", newTag()),
					],
					["To", writeAddress(uri)],
					["Call-ID", randomUUID()],
					["CSeq", "1 OPTIONS"],
					["Contact", await this.contact(peer)],
				],
			},
			peer,
		);
		this.#learns(response);
		return response;
	}

	/** @returns whether the peer sees us elsewhere than we have said */
	#learns(response: SipResponse): boolean {
		const { received, rport } = viaParams(response);
		const sent = (header(response, "via") ?? "")
			.replace(/^SIP\/2\.0\/\w+\s+/i, "")
			.split(";")[0]
			?.trim();
		if (received === undefined || !rport || this.trunk.transport !== "udp") return false;
		const seen = `${writtenHost(received)}:${rport}`;
		const known = this.#seenAs ? `${writtenHost(this.#seenAs.host)}:${this.#seenAs.port}` : sent;
		if (seen === known) return false;
		this.#seenAs = { host: received, port: Number(rport) };
		return true;
	}

	/**
	 * How long we are signed in by the answer, s: what it says of our own Contact, however it is written, not of another device's.
	 * Where it names another address for us, as behind a NAT, the shortest of our user's: asked too early does no harm.
	 */
	#grantedS(response: SipResponse): number {
		const all = valuesOf(response.headers, "contact").map(readAddress);
		const own = all.filter(({ uri }) => isSameUri(uri, this.#told ?? ""));
		const ofUser = all.filter(({ uri }) => readUri(uri)?.user === (this.trunk.user ?? "inlay"));
		const told = (own.length > 0 ? own : ofUser).map(({ params }) => Number(params.expires)).filter((one) => one > 0);
		const granted = told.length > 0 ? Math.min(...told) : Number(header(response, "expires"));
		return Math.min(longestGrantS, Math.max(30, granted || registeredS));
	}

	#stand(state: TrunkState["state"], said?: string, cause?: TrunkCause): void {
		// The other side's words are shown to people.
		const reason = said === undefined ? undefined : cut(seenName(said), longestReason);
		// Our own port is no failure of the other side's: it is asked as soon as it can be.
		if (cause !== "portTaken") this.#failures = state === "up" ? 0 : this.#failures + 1;
		if (state === this.#state && reason === this.#reason) return;
		// It is away since it went, whatever else is said of it meanwhile.
		if (state !== this.#state) this.#since = this.#parts.now().toISOString();
		this.#state = state;
		this.#reason = reason;
		this.#cause = cause;
		this.#parts.changed();
	}

	#backoffMs(): number {
		const [first, longest] = this.#parts.timing.retryMs;
		return Math.min(longest, first * 2 ** Math.max(0, this.#failures - 1));
	}

	#again(inMs: number): void {
		clearTimeout(this.#next);
		this.asksAgainInMs = inMs;
		this.#next = setTimeout(() => void this.#lookOnce(), inMs);
	}
}
