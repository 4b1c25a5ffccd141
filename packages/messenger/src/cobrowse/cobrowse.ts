import type { ShareOptions } from "./protocol.ts";
import { Sharing } from "./sharing.ts";

declare global {
	interface Window {
		/** Between the messenger and this script, which it loads once a customer has agreed. */
		InlayCobrowse?: { start(options: ShareOptions): { stop(): void } };
	}
}

window.InlayCobrowse = {
	start(options) {
		const sharing = new Sharing(options);
		sharing.start();
		return { stop: () => sharing.stop() };
	},
};
