import type { MessageProvider } from "../provider.ts";
import type { GuestHub } from "../web/guest-hub.ts";

/** Our messenger: what is kept is sent, as its pages read it from there; what they have shown they say themselves. */
export function webMessenger(hub: GuestHub): MessageProvider {
	return {
		paceMs: 0,
		send: async (_address, { id }) => ({ providerId: id }),
		async typing(_address, their) {
			hub.showTyping(their);
		},
	};
}
