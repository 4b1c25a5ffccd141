import { type Api, listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Self } from "../../session/self.ts";
import type { Queue } from "../../session/wire.ts";
import {
	type AddressForm,
	addressBodyOf,
	addressFormOf,
	addressProblems,
	type MessageAddress,
} from "./address-form.ts";
import { t } from "./strings.ts";

export const addressesPath = "/api/inlay/v1/messaging/addresses";

/** The answers to STOP, START and HELP are in the language of who sets it up. */
const fresh = (): MessageAddress => ({
	...{ id: "", name: "", channel: "webmessaging", address: "", queueId: "", provider: "web", version: 0 },
	settings: {
		threadingHours: 72,
		hasSecret: false,
		optOutText: t("optOutStart"),
		optInText: t("optInStart"),
		helpText: t("helpStart"),
	},
});

const deeds = { add: needs.addMessageAddress, edit: needs.editMessageAddress, delete: needs.deleteMessageAddress };

/** One address by which customers write, new or existing: who answers, and how. */
export class AddressModel extends OneThing<MessageAddress, AddressForm> {
	/** Those that can answer; none where one may not see them. */
	readonly queues: Loaded<readonly Queue[]>;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const at = (of: string) => `${addressesPath}/${encodeURIComponent(of)}`;
		super(id, {
			fresh,
			formOf: addressFormOf,
			problemsOf: addressProblems,
			read: (of) => api.request("GET", at(of)),
			add: (form) => api.request("POST", addressesPath, addressBodyOf(form)),
			change: (of, form, { version }) => api.request("PUT", at(of), { ...addressBodyOf(form), version }),
			remove: (of) => api.request("DELETE", at(of), undefined, this.#seen()),
			lack: (deed) => self.rights.value.lack(deeds[deed]),
		});
		this.queues = new Loaded(() => readQueues(api, self));
	}

	/** What is deleted is what was looked at (`If-Match`). */
	#seen(): { etag: string } {
		return { etag: `"${this.details.base.peek()?.version ?? 0}"` };
	}
}

export async function readQueues(api: Api, self: Self): Promise<readonly Queue[]> {
	return self.rights.peek().may(needs.viewQueues) ? listAll<Queue>(api, "/api/v2/routing/queues") : [];
}

/** An address with the name of the queue that answers; its id where one may not see it. */
export interface ListedAddress extends MessageAddress {
	answeredBy: string;
}

/** All addresses of the organization. */
export class AddressesModel {
	readonly addresses: Loaded<ListedAddress[]>;

	constructor(api: Api, self: Self) {
		this.addresses = new Loaded(async () => {
			const [found, queues] = await Promise.all([listAll<MessageAddress>(api, addressesPath), readQueues(api, self)]);
			const names = new Map(queues.map(({ id, name }) => [id, name]));
			return found.map((one) => ({ ...one, answeredBy: names.get(one.queueId) ?? one.queueId }));
		});
	}
}
