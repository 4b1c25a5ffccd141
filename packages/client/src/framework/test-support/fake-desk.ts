import type { DeskFollower, DeskPort } from "../ports.ts";

/** An agent's desk without a server: every panel on it sees what the others write. */
export class FakeDeskServer {
	readonly entries = new Map<string, Map<string, unknown>>();
	readonly panels: FakePanel[] = [];
	leader: FakePanel | undefined;

	/** Another panel of the agent; the first leads. */
	panel(): FakePanel {
		const panel = new FakePanel(this);
		this.panels.push(panel);
		this.leader ??= panel;
		return panel;
	}

	leadBy(panel: FakePanel): void {
		this.leader = panel;
		for (const follower of panel.followers) follower.led();
	}

	of(section: string): Map<string, unknown> {
		const known = this.entries.get(section) ?? new Map<string, unknown>();
		this.entries.set(section, known);
		return known;
	}
}

class FakePanel implements DeskPort {
	readonly followers = new Set<DeskFollower>();
	readonly #server: FakeDeskServer;

	constructor(server: FakeDeskServer) {
		this.#server = server;
	}

	leads(): boolean {
		return this.#server.leader === this;
	}

	read(interactionId: string, section: string): unknown {
		return this.#server.of(section).get(interactionId);
	}

	readAll(section: string): [string, unknown][] {
		return [...this.#server.of(section)];
	}

	write(interactionId: string, section: string, value: unknown): void {
		const told = JSON.parse(JSON.stringify(value)) as unknown;
		this.#server.of(section).set(interactionId, told);
		for (const panel of this.#server.panels) {
			if (panel !== this) for (const each of panel.followers) each.wrote(interactionId, section, told);
		}
	}

	claim(interactionId: string, section: string, occasion: string): boolean {
		const first = this.#server.of(section).get(interactionId) !== occasion;
		this.#server.of(section).set(interactionId, occasion);
		return first;
	}

	follow(follower: DeskFollower): () => void {
		this.followers.add(follower);
		return () => this.followers.delete(follower);
	}
}

/** The desk of an agent with one panel. */
export function fakeDesk(): DeskPort {
	return new FakeDeskServer().panel();
}
