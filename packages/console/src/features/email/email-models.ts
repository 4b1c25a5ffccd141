import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Self } from "../../session/self.ts";
import type { Queue } from "../../session/wire.ts";
import { AsideModel } from "./aside-model.ts";
import { DkimModel } from "./dkim-model.ts";
import {
	type DomainForm,
	domainBodyOf,
	domainFormOf,
	domainProblems,
	type EmailDomain,
	type EmailRoute,
	type RouteForm,
	routeBodyOf,
	routeFormOf,
	routeProblems,
} from "./email-forms.ts";
import { MailboxModel } from "./mailbox-model.ts";

const domainsPath = "/api/inlay/v1/email/domains";
const at = (id: string) => `${domainsPath}/${encodeURIComponent(id)}`;

/** What is deleted is what was looked at (`If-Match`). */
const seen = (version: number | undefined) => ({ etag: `"${version ?? 0}"` });

/** What name servers tell of a domain. */
export interface DomainRecord {
	record: "mx" | "spf" | "dkim" | "dmarc";
	state: "found" | "missing" | "many" | "other" | "unknown" | "unnamed";
	/** Of a key. */
	selector?: string;
	/** Inlay signs by it, or is about to. */
	isOwn?: true;
	text?: string;
}

/** One domain, new or existing: the server that carries its mails. */
export class DomainModel extends OneThing<EmailDomain, DomainForm> {
	/** What its server said when it was asked last: nothing wrong, or what. */
	readonly checked = signal<{ ok: boolean; error?: string; records?: DomainRecord[] } | undefined>(undefined);
	readonly checking = new Task();
	/** Its keys; a new one has none. */
	readonly dkim: DkimModel | undefined;
	readonly #api: Api;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		super(id, {
			fresh: () => ({ id: "", version: 0 }),
			formOf: domainFormOf,
			problemsOf: domainProblems,
			read: (of) => api.request("GET", at(of)),
			add: (form) => api.request("POST", domainsPath, { id: form.id.trim(), ...domainBodyOf(form) }),
			change: (of, form, { version }) => api.request("PUT", at(of), { ...domainBodyOf(form), version }),
			remove: (of) => api.request("DELETE", at(of), undefined, seen(this.details.base.peek()?.version)),
			lack: () => self.rights.value.lack(needs.manageEmail),
		});
		this.#api = api;
		this.dkim = id === undefined ? undefined : new DkimModel(api, at(id));
	}

	/** Asks the server that is kept whether it lets us in. */
	async check(): Promise<void> {
		const { id } = this.details.base.peek() ?? {};
		if (!id) return;
		this.checked.value = undefined;
		await this.checking.run(async () => {
			this.checked.value = await this.#api.request("POST", `${at(id)}/check`);
		});
	}
}

/** One address, new or existing: who answers, and what they write under. */
export class EmailRouteModel extends OneThing<EmailRoute, RouteForm> {
	readonly queues: Loaded<readonly Queue[]>;
	readonly domains: Loaded<readonly EmailDomain[]>;
	readonly mailbox: MailboxModel;
	readonly aside: AsideModel;
	/** Whether who looks at it may change it. */
	readonly mayChange: boolean;

	/** @param place `domain/id`; absent for a new one */
	constructor(api: Api, self: Self, place?: string) {
		const [domain = "", routeId = ""] = (place ?? "").split("/");
		const path = `${at(domain)}/routes/${encodeURIComponent(routeId)}`;
		super(place, {
			fresh: () => ({
				...{ id: "", domain: "", pattern: "", address: "", fromName: "", queueId: "", version: 0 },
				settings: {
					threadingHours: 72,
					priority: 0,
					signature: "",
					undoSeconds: 5,
					autoBcc: [],
					hasOwnSignatures: true,
					signsOnce: false,
					holdsSpam: false,
				},
			}),
			formOf: routeFormOf,
			problemsOf: routeProblems,
			read: () => api.request("GET", path),
			add: (form) => api.request("POST", `${at(form.domain)}/routes`, routeBodyOf(form)),
			change: (_of, form, { version }) => api.request("PUT", path, { ...routeBodyOf(form), version }),
			remove: () => api.request("DELETE", path, undefined, seen(this.details.base.peek()?.version)),
			lack: () => self.rights.value.lack(needs.manageEmail),
		});
		this.mailbox = new MailboxModel(api, path);
		this.aside = new AsideModel(api, path);
		this.mayChange = self.rights.peek().lack(needs.manageEmail) === undefined;
		this.queues = new Loaded(() => readQueues(api, self));
		this.domains = new Loaded(() => listAll<EmailDomain>(api, domainsPath));
	}
}

async function readQueues(api: Api, self: Self): Promise<readonly Queue[]> {
	return self.rights.peek().may(needs.viewQueues) ? listAll<Queue>(api, "/api/v2/routing/queues") : [];
}

/** A domain with its addresses, each with the name of the queue that answers; its id where one may not see it. */
export interface ListedDomain extends EmailDomain {
	routes: Array<EmailRoute & { answeredBy: string }>;
}

/** All domains of the organization with their addresses. */
export class EmailPlacesModel {
	readonly domains: Loaded<ListedDomain[]>;

	constructor(api: Api, self: Self) {
		this.domains = new Loaded(async () => {
			const [found, queues] = await Promise.all([listAll<EmailDomain>(api, domainsPath), readQueues(api, self)]);
			const names = new Map(queues.map(({ id, name }) => [id, name]));
			const routesOf = (id: string) => listAll<EmailRoute>(api, `${at(id)}/routes`);
			return Promise.all(
				found.map(async (domain) => ({
					...domain,
					routes: (await routesOf(domain.id)).map((one) => ({
						...one,
						answeredBy: names.get(one.queueId) ?? one.queueId,
					})),
				})),
			);
		});
	}
}
