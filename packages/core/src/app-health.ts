import type { Delivery } from "./app-delivery.ts";
import type { People } from "./app-people.ts";
import type { createVoice } from "./app-voice.ts";
import type { Work } from "./app-work.ts";
import type { Written } from "./app-written.ts";
import { Health } from "./health/health.ts";
import { ScriptReader } from "./health/script-reader.ts";
import type { Kernel } from "./kernel/domain.ts";
import { tryMedia } from "./voice/probes/probe-peer.ts";
import { trunkFacts } from "./voice/sip/trunk-facts.ts";

/** What the checks of the organization and of the server look at. */
export function createHealth(
	kernel: Kernel,
	{
		people,
		work,
		delivery,
		mailing,
		voice: { trunks, lines, probes },
	}: {
		people: People;
		work: Work;
		delivery: Delivery;
		mailing: Written["mailing"];
		voice: Pick<ReturnType<typeof createVoice>, "trunks" | "lines" | "probes">;
	},
): Health {
	return new Health({
		...{ database: kernel.database, clock: kernel.clock },
		...{ panelUrl: kernel.config.panelUrl, publicUrl: kernel.config.publicUrl },
		...{ deployments: delivery.deployments, troubles: delivery.troubles, clients: people.oauth.clients },
		scripts: new ScriptReader((id, version) => delivery.deployments.findScript(id, version)),
		...{ users: people.users, authorization: people.authorization },
		mailboxes: () => mailing.mailboxFacts(),
		trunks: () => trunkFacts(trunks, lines),
		playsOutside: kernel.config.demo,
		utilization: work.utilization,
		server: {
			...kernel,
			organizationId: async () => (await people.users.organization.get()).id,
			tryMedia: () => tryMedia(probes),
			mail: {
				domains: () => mailing.places.store.domains(),
				check: (domain) => mailing.carrier.check(domain),
				unsigned: (domain) => mailing.dkim.troubleOf(domain),
			},
		},
	});
}
