import { computed, type Signal, signal } from "@preact/signals";
import { type Api, ApiError, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Loss } from "../../session/losses.ts";
import { needs } from "../../session/needs.ts";
import type { Self } from "../../session/self.ts";
import { conflicts, merge, settle } from "../../session/three-way.ts";
import { isStale } from "../../session/versioned-form.ts";
import type { Integration, KnownClient, OAuthClient, Role } from "../../session/wire.ts";
import { checkSignIn } from "../deployments/sign-in-check.ts";
import {
	type ClientForm,
	clientFormOf,
	clientRequest,
	newClientForm,
	problemsOf,
	withPanel,
	withRegion,
} from "./client-form.ts";
import { type ClientLoss, clientLosses } from "./client-losses.ts";
import { readLeft } from "./clients-model.ts";

const base = "/api/v2/oauth/clients";

export interface ClientFacts {
	/** Absent while the client is new. */
	client: OAuthClient | undefined;
	roles: Role[];
}

/** Somebody else saved meanwhile: what stands on the server now, and where it meets what stands in the form. */
export interface ClientConflict {
	client: OAuthClient;
	theirs: ClientForm;
	fields: Array<keyof ClientForm>;
}

/** One OAuth client, new or existing: its form, its secret this once, switching off and deleting. */
export class ClientModel {
	readonly facts: Loaded<ClientFacts>;
	readonly form: Signal<ClientForm>;
	/** The secret of a client that has just been made or renewed; the server never tells it again. */
	readonly secret: Signal<string | undefined> = signal(undefined);
	/** Problems are shown from the first attempt to save. */
	readonly tried = signal(false);
	readonly conflict: Signal<ClientConflict | undefined> = signal(undefined);
	readonly saving = new Task();
	readonly renewing = new Task();
	readonly removing = new Task();
	/** Where somebody knows the secret who is no longer active, or may do less. */
	readonly leftBy: Loaded<KnownClient | undefined>;
	/** Names of the deployments whose agents sign in with this client. */
	readonly affected: Loaded<string[]>;
	readonly id: Signal<string | undefined>;
	readonly problems = computed(() => problemsOf(this.form.value));
	readonly changed = computed(() => JSON.stringify(this.form.value) !== this.#saved.value);
	/** Who may not see clients has the one that they have made, for as long as they stay. */
	readonly mayView: boolean;
	readonly #saved = signal("");
	/** What the form was filled from. */
	#read: OAuthClient | undefined;
	/** The form as it was sent last: what is typed while it is saved stays. */
	#sent: ClientForm | undefined;
	/** A client may have been made whose answer never came. */
	#unanswered = false;
	readonly #api: Api;
	/** Of the panels. */
	readonly #origin: string;

	/** @param id absent for a new client */
	constructor(api: Api, origin: string, self: Self, id?: string) {
		this.#api = api;
		this.#origin = origin;
		this.mayView = self.rights.peek().may(needs.viewClients);
		this.id = signal(id);
		this.form = signal(newClientForm(origin));
		this.#saved.value = JSON.stringify(this.form.peek());
		this.facts = new Loaded(async () => {
			const known = this.id.peek();
			const [client, roles] = await Promise.all([
				known && this.mayView ? api.request<OAuthClient>("GET", `${base}/${known}`) : this.#read,
				self.rights.peek().may(needs.viewRoles)
					? listAll<Role>(api, "/api/v2/authorization/roles?userCount=false")
					: this.#knownRoles(),
			]);
			// It may have been on its way while a newer one was saved.
			const isNews = !this.#read || (client !== undefined && client.version >= this.#read.version);
			if (client && isNews && (!this.#read || !this.edited)) this.#show(client);
			return { client, roles };
		});
		this.leftBy = new Loaded(async () => (this.mayView ? (await readLeft(api)).get(this.id.peek() ?? "") : undefined));
		this.affected = new Loaded(() => this.#readAffected(self, origin));
	}

	/** What a save would take from whoever signs in with the client; nothing while it cannot be sent as it is. */
	losses(): Array<Loss<ClientLoss>> {
		const read = this.#read;
		if (!read || this.problems.peek().size > 0) return [];
		return clientLosses(read, clientFormOf(read), this.form.peek());
	}

	/** Who may not see all roles keeps those that the client has. */
	#knownRoles(): Role[] {
		const held = this.#read?.roleDivisions ?? [];
		return held.map(({ roleId }) => ({ id: roleId, name: roleId, permissionPolicies: [], default: false, version: 0 }));
	}

	async #readAffected(self: Self, origin: string): Promise<string[]> {
		const id = this.id.peek();
		if (!id || !self.rights.peek().may(needs.viewDeployments)) return [];
		const [deployments, clients] = await Promise.all([
			listAll<Integration>(this.#api, "/api/v2/integrations"),
			listAll<OAuthClient>(this.#api, base),
		]);
		const signsIn = ({ config }: Integration) => {
			const { frameworkJs = "", clientId = "" } = config.current.properties;
			return checkSignIn({ frameworkJs, clientId }, clients, origin).client?.id === id;
		};
		return deployments.filter((one) => one.intendedState === "ENABLED" && signsIn(one)).map((one) => one.name);
	}

	/** Adds where sign-in returns to in a region of the platform; an empty one is this server. */
	addRegion(region: string): void {
		const { redirectUris } = this.form.peek();
		this.change({
			redirectUris: region === "" ? withPanel(redirectUris, this.#origin) : withRegion(redirectUris, region),
		});
	}

	change(part: Partial<ClientForm>): void {
		this.form.value = { ...this.form.peek(), ...part };
	}

	/**
	 * Creates or changes the client, under the version that was read: if somebody else saved meanwhile, what only one side
	 * changed is kept, and `conflict` asks about the rest. Resolves to false when something has to be put right first.
	 */
	async save(): Promise<boolean> {
		this.tried.value = true;
		if (this.problems.peek().size > 0) return false;
		let saved = false;
		this.#sent = this.form.peek();
		await this.saving.run(async () => {
			try {
				this.#accept((await this.#lostAnswer()) ?? (await this.#send()));
				saved = true;
			} catch (error) {
				if (isUnanswered(error) && !this.id.peek()) this.#unanswered = true;
				if (!isStale(error)) throw error;
				saved = await this.#meet();
			}
		});
		if (saved) await this.facts.load();
		return saved;
	}

	/** Ends a conflict: my values for the fields in question, or theirs. */
	async resolve(whose: "mine" | "theirs"): Promise<boolean> {
		const [conflict, read] = [this.conflict.peek(), this.#read];
		if (!conflict || !read) return false;
		const { client, theirs, fields } = conflict;
		const sides = { base: clientFormOf(read), mine: this.form.peek(), theirs };
		this.#rebase(client, settle(sides, fields, whose));
		return this.changed.peek() ? this.save() : true;
	}

	#send(): Promise<OAuthClient> {
		const id = this.id.peek();
		const [form, read] = [this.form.peek(), this.#read];
		this.#sent = form;
		if (!id || !read) return this.#api.request<OAuthClient>("POST", base, clientRequest(form));
		return this.#api.request<OAuthClient>("PUT", `${base}/${id}`, {
			...clientRequest(form, read),
			version: read.version,
		});
	}

	/** The client that an attempt made whose answer was lost: sent again, it would be made twice, or refused as taken. */
	async #lostAnswer(): Promise<OAuthClient | undefined> {
		if (!this.#unanswered || !this.mayView) return undefined;
		const wanted = clientRequest(this.form.peek());
		const found = (await listAll<OAuthClient>(this.#api, base)).find((client) => isMadeBy(wanted, client));
		this.#unanswered = false;
		return found;
	}

	/** Another administrator was first. */
	async #meet(): Promise<boolean> {
		const read = this.#read;
		if (!read) return false;
		const client = await this.#api.request<OAuthClient>("GET", `${base}/${read.id}`);
		const [before, mine, theirs] = [clientFormOf(read), this.form.peek(), clientFormOf(client)];
		const fields = conflicts(before, mine, theirs);
		if (fields.length > 0) {
			this.conflict.value = { client, theirs, fields };
			return false;
		}
		this.#rebase(client, merge(before, mine, theirs));
		this.#accept(await this.#send());
		return true;
	}

	#accept(after: OAuthClient): void {
		this.id.value = after.id;
		if (after.secret) this.secret.value = after.secret;
		this.tried.value = false;
		const [sent, now] = [this.#sent, this.form.peek()];
		this.#show(after);
		if (sent && now !== sent) this.form.value = merge(sent, now, this.form.peek());
	}

	/** Goes on editing from what stands on the server now. */
	#rebase(client: OAuthClient, form: ClientForm): void {
		this.#show(client);
		this.form.value = form;
	}

	renewSecret(): Promise<boolean> {
		return this.renewing.run(async () => {
			const after = await this.#api.request<OAuthClient>("POST", `${base}/${this.id.peek()}/secret`);
			this.secret.value = after.secret;
			await this.leftBy.load();
		});
	}

	/** The server deletes only what is out of use, so an active client is disabled first. */
	remove(): Promise<boolean> {
		return this.removing.run(async () => {
			const path = `${base}/${this.id.peek()}`;
			const client = await this.#api.request<OAuthClient>("GET", path);
			if (client.state !== "inactive") {
				const { name, version } = client;
				await this.#api.request("PUT", path, { name, state: "inactive", version });
			}
			await this.#api.request("DELETE", path);
		});
	}

	/** A program has no scopes on the server: those that stood here wait for another grant type. */
	#filled(client: OAuthClient): ClientForm {
		const form = clientFormOf(client);
		return form.grant === "CLIENT-CREDENTIALS" ? { ...form, scopes: this.form.peek().scopes } : form;
	}

	/** Whether something stands in the form that is nowhere else; a new client's is empty until something is typed. */
	get edited(): boolean {
		return this.changed.peek();
	}

	#show(client: OAuthClient): void {
		this.#read = client;
		this.conflict.value = undefined;
		this.form.value = this.#filled(client);
		this.#saved.value = JSON.stringify(this.form.peek());
	}
}

/** Whether it is unknown what the server has done. */
function isUnanswered(error: unknown): boolean {
	return error instanceof ApiError && (error.status === 0 || error.status === 502 || error.status === 504);
}

/** Whether a client is what a request would make. */
function isMadeBy(wanted: ReturnType<typeof clientRequest>, client: OAuthClient): boolean {
	const sorted = (list: readonly string[] = []) => [...list].sort().join();
	return (
		client.name === wanted.name &&
		client.authorizedGrantType === wanted.authorizedGrantType &&
		sorted(client.registeredRedirectUri) === sorted(wanted.registeredRedirectUri) &&
		sorted(client.scope) === sorted(wanted.scope)
	);
}
