import type { Kernel } from "../../kernel/domain.ts";
import type { KeptTrunk, TrunkState } from "./trunk-settings.ts";

/** The same is told once in so long, ms. */
const seldomMs = 60_000;
/** So long a trunk is said to have refused calls, ms. */
const rememberedMs = 3_600_000;

/** What operators read of trunks: one that is gone and comes back, strangers, and whoever wants more than there is room for. */
export class OperatorNews {
	readonly #kernel: Pick<Kernel, "operators" | "clock">;
	/** When each was told last, and how often it happened since. */
	readonly #told = new Map<string, { at: number; count: number }>();
	/** When each trunk had no room for a call, last. */
	readonly #full = new Map<string, { at: number; iso: string }>();

	constructor(kernel: Pick<Kernel, "operators" | "clock">) {
		this.#kernel = kernel;
	}

	/** One that is gone, or back. */
	state({ name }: KeptTrunk, stands: Omit<TrunkState, "calls"> | undefined): void {
		if (!stands || stands.state === "trying") return;
		const { state, reason } = stands;
		const text = state === "up" ? "a trunk is there" : "a trunk is not there: no calls come or go by it";
		this.#kernel.operators.warn({ event: "trunk.state", trunk: name, state, reason }, text);
	}

	stranger(address: string): void {
		this.#seldom("stranger", (messages) =>
			this.#kernel.operators.warn(
				{ event: "trunk.stranger", address, messages },
				"SIP messages from an address that is no trunk's were not answered",
			),
		);
	}

	crowded(address: string): void {
		this.#seldom(`crowded ${address}`, (connections) =>
			this.#kernel.operators.warn(
				{ event: "trunk.connections", address, connections },
				"connections of a trunk's other side were closed: it has as many as one address may have",
			),
		);
	}

	full({ id, name }: KeptTrunk): void {
		const { clock, operators } = this.#kernel;
		this.#full.set(id, { at: clock.steadyMs(), iso: clock.now().toISOString() });
		this.#seldom(`full ${id}`, (calls) =>
			operators.warn(
				{ event: "trunk.full", trunk: name, calls },
				"calls were refused: a trunk has as many as it may have",
			),
		);
	}

	/** When it last had no room for a call, ISO 8601, if not long ago. */
	fullAt(trunkId: string): string | undefined {
		const last = this.#full.get(trunkId);
		return last && this.#kernel.clock.steadyMs() - last.at < rememberedMs ? last.iso : undefined;
	}

	#seldom(what: string, tell: (times: number) => void): void {
		const now = this.#kernel.clock.steadyMs();
		const last = this.#told.get(what) ?? { at: Number.NEGATIVE_INFINITY, count: 0 };
		last.count++;
		this.#told.set(what, last);
		if (now - last.at < seldomMs) return;
		tell(last.count);
		this.#told.set(what, { at: now, count: 0 });
	}
}
