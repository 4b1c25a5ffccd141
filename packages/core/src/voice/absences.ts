/** Timers for parties who should have media and have none, by conversation and participant. */
export class Absences {
	readonly #timers = new Map<string, Map<string, NodeJS.Timeout>>();

	/** Starts the wait; one that runs goes on. After `ms`, `over` is called once. */
	start(conversationId: string, participantId: string, ms: number, over: () => void): void {
		const own = this.#timers.get(conversationId) ?? new Map<string, NodeJS.Timeout>();
		if (own.has(participantId)) return;
		this.#timers.set(conversationId, own);
		const timer = setTimeout(() => {
			this.end(conversationId, participantId);
			over();
		}, ms);
		own.set(participantId, timer);
	}

	/** The party is there, or nobody waits for it any more. */
	end(conversationId: string, participantId: string): void {
		const own = this.#timers.get(conversationId);
		clearTimeout(own?.get(participantId));
		own?.delete(participantId);
		if (own?.size === 0) this.#timers.delete(conversationId);
	}

	endAll(conversationId: string): void {
		for (const participantId of [...(this.#timers.get(conversationId)?.keys() ?? [])])
			this.end(conversationId, participantId);
	}

	stop(): void {
		for (const conversationId of [...this.#timers.keys()]) this.endAll(conversationId);
	}

	/** Waits that run now. */
	get size(): number {
		return [...this.#timers.values()].reduce((sum, own) => sum + own.size, 0);
	}
}
