import type { Api, SeenVersion } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { type Loss, lossOf } from "../../session/losses.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Self } from "../../session/self.ts";
import { VersionedForm } from "../../session/versioned-form.ts";
import {
	type Application,
	type ApplicationForm,
	type Authorization,
	applicationFormOf,
	applicationOf,
	isOfPeople,
	stopping,
} from "./application-form.ts";
import { readUsage, type UsageRow } from "./usage.ts";

const paths = {
	all: "/api/v2/oauth/authorizations",
	decide: "/api/inlay/v1/oauth/authorizations",
	enforcement: "/api/inlay/v1/oauth/scopes/enforcement",
} as const;

interface Enforcement {
	enforceScopes: boolean;
	version: number;
}

/** All applications that people sign in with, and whether it counts what they are authorized for. */
export class ApplicationsModel {
	readonly applications: Loaded<Authorization[]>;
	readonly enforcement: Loaded<Enforcement>;
	readonly form: VersionedForm<Enforcement, { enforceScopes: boolean }>;

	constructor(api: Api) {
		this.applications = new Loaded(async () => {
			const { entities } = await api.request<{ entities: Authorization[] }>("GET", paths.all);
			return entities.filter(isOfPeople);
		});
		const seen: SeenVersion = {};
		const read = () => api.request<Enforcement>("GET", paths.enforcement, undefined, seen);
		this.form = new VersionedForm<Enforcement, { enforceScopes: boolean }>({
			formOf: ({ enforceScopes }) => ({ enforceScopes }),
			read,
			save: (form) => api.request("PUT", paths.enforcement, form, seen),
		});
		this.enforcement = new Loaded(async () => {
			const found = await read();
			this.form.show(found);
			return found;
		});
	}

	/** Whom switching it on takes their work from. */
	losses(): Array<Loss<"losesAccess">> {
		const [base, form] = [this.form.base.peek(), this.form.form.peek()];
		const comes = form?.enforceScopes === true && base?.enforceScopes === false;
		return comes ? lossOf("losesAccess", stopping(this.applications.value ?? [])) : [];
	}
}

/** One application: what it is authorized for, for whom, and what it calls. */
export class ApplicationModel extends OneThing<Application, ApplicationForm> {
	/** Those that it can be kept to; none where one may not see them. */
	readonly roles: Loaded<ReadonlyArray<{ id: string; name: string }>>;
	readonly usage: Loaded<UsageRow[]>;

	constructor(api: Api, self: Self, id: string) {
		const seen: SeenVersion = {};
		const at = (where: string, of: string) => `${where}/${encodeURIComponent(of)}`;
		super(id, {
			fresh: () => {
				throw new Error("An application is a client: it is made there.");
			},
			formOf: applicationFormOf,
			problemsOf: () => new Set(),
			read: async (of) => applicationOf(await api.request("GET", at(paths.all, of), undefined, seen)),
			add: () => Promise.reject(new Error("An application is a client: it is made there.")),
			change: async (of, { scopes, roleIds: roles }) =>
				applicationOf(await api.request("PUT", at(paths.decide, of), { scope: scopes, roles }, seen)),
			remove: (of) => api.request("DELETE", at(paths.decide, of)),
			lack: () => self.rights.value.lack(needs.authorizeClients),
		});
		this.roles = new Loaded(async () => {
			if (!self.rights.peek().may(needs.viewRoles)) return [];
			const path = "/api/v2/authorization/roles?pageSize=500&pageNumber=1&userCount=false";
			return (await api.request<{ entities: Array<{ id: string; name: string }> }>("GET", path)).entities;
		});
		this.usage = new Loaded(() => readUsage(api, id));
	}
}
