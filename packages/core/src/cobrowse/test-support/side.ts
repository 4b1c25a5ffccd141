import { FrameSocket } from "../../test-support/frame-socket.ts";

/** What the server sends to a page or a viewer. */
export interface SideFrame {
	type: string;
	code?: string;
	why?: string;
	by?: string;
	agent?: string;
	[key: string]: unknown;
}

/** A page that shares, or a viewer, as far as the server sees it. */
export class FakeSide extends FrameSocket<SideFrame> {
	constructor(url: string, origin: string) {
		super(url, { origin });
	}

	/** Says who it is, and waits until it is known. */
	async hello(key: string): Promise<SideFrame> {
		await this.opened();
		this.send({ type: "hello", key });
		return this.next("session");
	}
}
