import { signal } from "@preact/signals";
import { expect, it, vi } from "vitest";
import type { Workspace } from "../../shell/workspace.ts";
import { FakeClock } from "../../test-support/fake-clock.ts";
import type { ScreenPage } from "./screen-leg.ts";
import { ScreenModel } from "./screen-model.ts";

/** A connection whose state a test says. */
class Connection {
	static last: Connection;
	connectionState = "new";
	onconnectionstatechange: () => void = () => {};
	readonly localDescription = { sdp: "answer" };
	constructor() {
		Connection.last = this;
	}
	become(state: string): void {
		this.connectionState = state;
		this.onconnectionstatechange();
	}
	async setRemoteDescription(): Promise<void> {}
	async setLocalDescription(): Promise<void> {}
	async createAnswer(): Promise<object> {
		return {};
	}
	close(): void {}
}

it("a picture that stood still, as the server was killed, passed for the customer's screen of now", async () => {
	const clock = new FakeClock();
	const api = {
		post: async () => ({ legId: "l", sdp: "offer" }),
		put: async () => ({ candidates: [] }),
		request: async () => undefined,
	};
	const conversations = { find: () => undefined };
	const workspace = { session: { api, clock, conversations }, busy: signal(new Set()) } as unknown as Workspace;
	const page = { RTCPeerConnection: Connection } as unknown as ScreenPage;
	const model = new ScreenModel(workspace, { id: "c" }, "s", page);
	await model.see();
	Connection.last.become("connected");
	expect(model.isAway.value).toBe(false);
	Connection.last.become("disconnected");
	expect(model.isAway.value).toBe(true);
	Connection.last.become("connected");
	expect(model.isAway.value).toBe(false);
	const before = Connection.last;
	before.become("failed");
	expect(model.isAway.value).toBe(true);
	clock.advance(2_000);
	await vi.waitFor(() => expect(Connection.last).not.toBe(before));
	await vi.waitFor(() => expect(model.isAway.value).toBe(false));
	model.dispose();
});
