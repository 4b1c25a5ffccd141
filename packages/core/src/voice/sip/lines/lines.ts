import { isWithin, listOf } from "../../../kernel/outgoing/inner-networks.ts";
import { readUri } from "../messages/address.ts";
import type { SipRequest } from "../messages/message.ts";
import type { SipPeer } from "../transport/peer.ts";
import { type KeptTrunk, trunksFor } from "../trunk-settings.ts";
import type { Line } from "./line.ts";

const nowhere = listOf([]);

/** All trunks as they run. */
export class Lines {
	readonly #make: (trunk: KeptTrunk) => Line;
	#all: Line[] = [];
	#sources = new Map<Line, ReturnType<typeof listOf>>();
	/** Those that have been taken out, and still have something to say. */
	readonly #leaving = new Set<Line>();

	constructor(make: (trunk: KeptTrunk) => Line) {
		this.#make = make;
	}

	get all(): readonly Line[] {
		return this.#all;
	}

	/** Those that have not changed go on. @returns those that are new, to be started */
	set(trunks: readonly KeptTrunk[]): readonly Line[] {
		const same = (line: Line) =>
			trunks.some(({ id, version }) => id === line.trunk.id && version === line.trunk.version);
		const [staying, leaving] = [this.#all.filter(same), this.#all.filter((line) => !same(line))];
		const coming = trunks.filter(({ id }) => !staying.some((line) => line.trunk.id === id));
		const begun = coming.map(this.#make);
		this.#all = [...staying, ...begun];
		this.#sources = new Map(this.#all.map((line) => [line, listOf(line.trunk.sources)]));
		for (const line of leaving) this.#end(line);
		for (const line of begun) line.follow([...this.#leaving].filter(({ trunk: { id } }) => id === line.trunk.id));
		return begun;
	}

	/** It signs out, unless the same trunk runs on, or does so again by the time that this could be said. */
	#end(line: Line): void {
		this.#leaving.add(line);
		const isGone = () => this.of(line.trunk.id)?.trunk.enabled !== true;
		void line
			.stop(isGone)
			.catch(() => {})
			.finally(() => this.#leaving.delete(line));
	}

	/** Nobody is told: the next life of the server goes on by them. */
	async stop(): Promise<void> {
		await Promise.all(this.#all.map((line) => line.stop(() => false)));
	}

	of(trunkId: string): Line | undefined {
		return this.#all.find(({ trunk }) => trunk.id === trunkId);
	}

	/** Whether a trunk's other side is at this address. */
	has(line: Line, address: string): boolean {
		return line.isAt(address) || isWithin(this.#sources.get(line) ?? nowhere, address);
	}

	/** Of two trunks of one provider the one that is meant is looked for. Who is spoken with in secret is heard in secret alone. */
	at({ address, transport }: Pick<SipPeer, "address" | "transport">, request?: SipRequest): Line | undefined {
		const isSecret = transport === "tls";
		const fitting = this.#all.filter(
			(line) => line.trunk.enabled && (line.trunk.transport === "tls") === isSecret && this.has(line, address),
		);
		const user = request && readUri(request.uri)?.user;
		return fitting.find(({ trunk }) => trunk.user !== undefined && trunk.user === user) ?? fitting[0];
	}

	/** Those that take this number, best first: one that is known to be away is tried only where there is no other. */
	for(number: string): readonly Line[] {
		const fitting = trunksFor(
			this.#all.map((line) => ({ ...line.trunk, line })),
			number,
		).map(({ line }) => line);
		const isUp = (line: Line) => line.state.state === "up";
		return [...fitting.filter(isUp), ...fitting.filter((line) => !isUp(line))];
	}
}
