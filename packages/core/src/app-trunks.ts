import { isIPv4 } from "node:net";
import { isOutside } from "./conversations/model.ts";
import type { Conversations } from "./conversations/service.ts";
import { soundAddress } from "./kernel/config/ports.ts";
import type { Kernel } from "./kernel/domain.ts";
import type { Users } from "./users/users.ts";
import type { MediaEngine } from "./voice/media-engine.ts";
import { SipTrunks } from "./voice/sip/sip-trunks.ts";
import type { TrunkStore } from "./voice/sip/store.ts";
import { entryPointStore } from "./voice/webcalls/store.ts";

/** The organization's trunks as they run: without one, calls to the outside fail and say so. */
export function createLines(
	kernel: Kernel,
	services: {
		engine: MediaEngine;
		store: TrunkStore;
		conversations: Conversations;
		users: Pick<Users, "organization">;
		/** Names, in conversations, what goes through them. */
		provider: string;
	},
): SipTrunks {
	const { config } = kernel;
	const { engine, store, conversations, users, provider } = services;
	return new SipTrunks({
		...{ kernel, store, engine, provider, port: config.sipPort },
		bindAddress: soundAddress(config),
		...(config.mediaAddress && isIPv4(config.mediaAddress) ? { announced: config.mediaAddress } : {}),
		numbers: entryPointStore(kernel.database.db),
		country: async () => (await users.organization.get()).defaultCountryCode,
		start: (call) => conversations.calls.startInboundCall({ ...call, attributes: {} }),
		async left(conversationId) {
			const caller = (await conversations.get(conversationId))?.participants.find(isOutside);
			if (caller) await conversations.calls.partyLeft(conversationId, caller.id, "peer");
		},
	});
}
