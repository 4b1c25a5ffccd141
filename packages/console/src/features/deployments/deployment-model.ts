import type { Fix } from "@inlay/contract/health/finding";
import type { OpenPanels } from "@inlay/contract/home";
import { batch, computed, type Signal, signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Loss } from "../../session/losses.ts";
import type { Self } from "../../session/self.ts";
import type { KeyValue } from "../../session/sign-in.ts";
import { changedFields, conflicts, merge, settle } from "../../session/three-way.ts";
import { isStale } from "../../session/versioned-form.ts";
import type {
	Configuration,
	Group,
	Integration,
	PanelPlace,
	ScriptVersion,
	ScriptVersions,
	Troubles,
	User,
} from "../../session/wire.ts";
import { applyFix } from "../health/apply-fix.ts";
import { type DeploymentGift, type DeploymentLoss, deploymentGifts, deploymentLosses } from "./deployment-losses.ts";
import { configurationOf, type Draft, type DraftField, draftOf } from "./draft.ts";
import { readKnownClients } from "./known-clients.ts";
import { type Elsewhere, lookAgain } from "./look-again.ts";
import { ReleaseModel, type Stage } from "./release-model.ts";
import { checkSignIn } from "./sign-in-check.ts";
import { starterScript } from "./starter-script.ts";
import { readTroubles } from "./troubles.ts";
import { type Activated, activate, type DeploymentUse, readUse, switchDeployment } from "./use.ts";

/** What the screen of one deployment shows beside the configuration itself. */
export interface DeploymentFacts extends Elsewhere {
	integration: Integration;
	/** What agents have met in its panels. */
	troubles: Troubles | undefined;
	/** Key of this server in `clientIds`. */
	region: string;
}

/** Somebody else saved meanwhile: their configuration, and the fields about which a choice is needed. */
export interface Conflict {
	theirs: Configuration;
	fields: DraftField[];
	/** The version that some groups have first since then, and that a save of my script would end. */
	staged?: number;
}

interface KeptDraft {
	/** Of the configuration that the draft started from. */
	version: number;
	base: Draft;
	draft: Draft;
}

/** One deployment: its configuration as a draft, its uploads, its state, and the checks. */
export class DeploymentModel {
	readonly facts: Loaded<DeploymentFacts>;
	readonly versions: Loaded<ScriptVersions>;
	/** Who has which of them. */
	readonly releases: ReleaseModel;
	/** Names of those who have uploaded something, by id. */
	readonly uploaders: Signal<ReadonlyMap<string, string>> = signal(new Map());
	readonly draft: Signal<Draft | undefined> = signal(undefined);
	/** The configuration that the draft started from. */
	readonly base: Signal<Configuration | undefined> = signal(undefined);
	readonly conflict: Signal<Conflict | undefined> = signal(undefined);
	/** The version to which a link has led, and that is compared with what everybody has. */
	readonly comparing: Signal<number | undefined> = signal(undefined);
	readonly saving = new Task();
	readonly switching = new Task();
	readonly restoring = new Task();
	readonly reading = new Task();
	readonly repairing = new Task();
	/** Who has something in hand in its panels. */
	readonly use: Loaded<DeploymentUse>;
	/** How many agents have one of its panels open now. */
	readonly agentsNow: Loaded<number>;
	readonly id: string;
	readonly self: Self;
	readonly #panel: PanelPlace;
	readonly #api: Api;
	readonly #store: KeyValue;

	readonly changed = computed<DraftField[]>(() => {
		const [base, draft] = [this.base.value, this.draft.value];
		return base && draft ? changedFields(draftOf(base), draft) : [];
	});

	/** Which OAuth client the draft leads to. */
	readonly signInCheck = computed(() => {
		const [draft, facts] = [this.draft.value, this.facts.value];
		return draft && facts ? checkSignIn(draft, facts.clients, this.#panel.url) : undefined;
	});

	constructor(api: Api, id: string, self: Self, panel: PanelPlace, store: KeyValue) {
		this.#api = api;
		this.self = self;
		this.#store = store;
		this.id = id;
		this.#panel = panel;
		this.use = new Loaded(() => readUse(api, id));
		this.agentsNow = new Loaded(async () => {
			const { entities } = await api.request<OpenPanels>("GET", "/api/inlay/v1/panels");
			return entities.find(({ deploymentId }) => deploymentId === id)?.agents ?? 0;
		});
		this.facts = new Loaded(() => this.#read());
		this.versions = new Loaded(async () => {
			const path = `/api/inlay/v1/deployments/${id}/scripts`;
			const versions = await api.request<ScriptVersions>("GET", path);
			this.uploaders.value = await this.#readUploaders(versions.entities);
			return versions;
		});
		this.releases = new ReleaseModel(api, id, () => this.#refresh());
	}

	/** Origin of the panels. */
	get panelOrigin(): string {
		return this.#panel.url;
	}

	change(part: Partial<Draft>): void {
		const draft = this.draft.peek();
		if (!draft) return;
		if (part.frameworkJs !== undefined && part.frameworkJs !== draft.frameworkJs) this.#forgetRefusedScript();
		this.draft.value = { ...draft, ...part };
		this.#keepDraft();
	}

	/** What was refused of a script is about its text as it was then. */
	#forgetRefusedScript(): void {
		for (const task of [this.saving, this.releases.changing])
			if (task.error.peek()?.fields.includes("properties.frameworkJs")) task.forget();
	}

	discard(): void {
		this.saving.forget();
		const base = this.base.peek();
		if (base) this.#take(base, draftOf(base));
	}

	/**
	 * What a save takes and gives, by how things stand now: another may have staged a version, or switched it on. Undefined
	 * where that could not be read, which `saving` tells, or nothing is left to save.
	 */
	async effects(): Promise<Array<Loss<DeploymentLoss | DeploymentGift>> | undefined> {
		const looked = await this.saving.run(() => this.facts.renew());
		if (!looked || this.changed.peek().length === 0) return undefined;
		return [...this.losses(), ...this.gifts()];
	}

	/** What a save would take from those who use the deployment now; nothing while it is switched off. */
	losses(): Array<Loss<DeploymentLoss>> {
		const [facts, base, draft] = [this.facts.value, this.base.peek(), this.draft.peek()];
		if (!facts || !base || !draft) return [];
		const staged = base.inlayStaged;
		const losses = deploymentLosses(draftOf(base), draft, { ...facts, origin: this.panelOrigin, staged });
		// Nobody uses it while it is off; that a version was given to some groups first is somebody's work all the same.
		return facts.integration.intendedState === "ENABLED"
			? losses
			: losses.filter(({ code }) => code === "losesStaged" || code === "losesTrial");
	}

	/** What a save gives to agents at once; nothing while the deployment is switched off. */
	gifts(): Array<Loss<DeploymentGift>> {
		const [facts, base, draft] = [this.facts.value, this.base.peek(), this.draft.peek()];
		if (!base || !draft || facts?.integration.intendedState !== "ENABLED") return [];
		return deploymentGifts(draftOf(base), draft);
	}

	/** Saves under the version that was read; if somebody else saved meanwhile, asks instead of losing either side. */
	async save(): Promise<boolean> {
		const [base, draft] = [this.base.peek(), this.draft.peek()];
		if (!base || !draft) return false;
		let saved = false;
		await this.saving.run(async () => {
			try {
				this.#saved(await this.#put(configurationOf(draft, base)), draft);
				saved = true;
			} catch (error) {
				if (!isStale(error)) throw error;
				saved = await this.#meet(base, draft);
			}
		});
		if (saved) await this.#afterChange();
		return saved;
	}

	/** Ends a conflict: my values for the fields in question, or theirs. What only one side changed is kept either way. */
	async resolve(whose: "mine" | "theirs"): Promise<boolean> {
		const conflict = this.conflict.peek();
		const [base, mine] = [this.base.peek(), this.draft.peek()];
		if (!conflict || !base || !mine) return false;
		const sides = { base: draftOf(base), mine, theirs: draftOf(conflict.theirs) };
		this.#take(conflict.theirs, settle(sides, conflict.fields, whose));
		return this.changed.peek().length > 0 ? this.save() : true;
	}

	/**
	 * What its page says of its client and groups may be old by now: they alone are read, as the rest is read before it is
	 * changed. Where that cannot be done, what is shown stays.
	 */
	async lookAgain(): Promise<void> {
		const facts = this.facts.value;
		if (!facts) return;
		const staged = this.base.peek()?.inlayStaged?.groups ?? [];
		const groupIds = [...new Set([...(this.draft.peek()?.groups ?? []), ...staged.map(({ id }) => id)])];
		const clientId = this.signInCheck.peek()?.client?.id;
		const now = await lookAgain({ api: this.#api, rights: this.self.rights.peek() }, facts, { clientId, groupIds });
		// Otherwise all of it was read meanwhile, and later than this.
		if (facts === this.facts.value) this.facts.amend(now);
	}

	/** Switches it on, unless its agents could not sign in: `switch` does that all the same. */
	async activate(): Promise<Activated> {
		const access = { api: this.#api, self: this.self, panelUrl: this.#panel.url };
		const activated = await activate(this.switching, access, this.id);
		await Promise.all([this.facts.load(), this.use.load()]);
		return activated;
	}

	/** @param now off for those at work, too */
	async switch(on: boolean, now = false): Promise<boolean> {
		const done = await this.switching.run(() => switchDeployment(this.#api, this.id, on, now));
		await Promise.all([this.facts.load(), this.use.load()]);
		return done;
	}

	/**
	 * Makes an earlier upload the current one; other unsaved changes stay in the draft.
	 * @param replaces the version that some groups have first, as it was shown; null for none
	 */
	async restore(version: number, replaces: number | null): Promise<boolean> {
		const done = await this.restoring.run(async () => {
			const path = `/api/inlay/v1/deployments/${this.id}/scripts/${version}/restore?replaces=${replaces ?? "none"}`;
			const after = await this.#api.request<Configuration>("POST", path);
			const [base, mine] = [this.base.peek(), this.draft.peek()];
			const fresh = draftOf(after);
			const draft = base && mine ? merge(draftOf(base), mine, fresh) : fresh;
			this.#forgetRefusedScript();
			this.#take(after, { ...draft, frameworkJs: fresh.frameworkJs });
		});
		if (done) await this.#afterChange();
		else if (this.restoring.error.peek()?.status === 409) await this.#refresh();
		return done;
	}

	/**
	 * The same for who was led here to look at it; where that would take the place of an unsaved text, or they may not
	 * write, it is compared instead.
	 * @returns whether it stands in the editor
	 */
	async lookAt(version: number, mayWrite: boolean): Promise<boolean> {
		if (mayWrite && !this.changed.peek().includes("frameworkJs")) return this.showVersion(version);
		this.comparing.value = version;
		return false;
	}

	/** Puts an earlier upload into the editor, without saving it. */
	showVersion(version: number): Promise<boolean> {
		return this.withVersion(version, (frameworkJs) => this.change({ frameworkJs }));
	}

	/** Reads an upload for something. */
	withVersion(version: number, work: (source: string) => void): Promise<boolean> {
		return this.reading.run(async () => work(await this.releases.source(version)));
	}

	/**
	 * Gives what stands in the editor to some groups first, as a new version; the editor then shows everybody's again, as
	 * nothing of it is unsaved. Resolves to the version's number; undefined where it was refused.
	 */
	async stageDraft(stage: Stage): Promise<number | undefined> {
		const sent = this.draft.peek()?.frameworkJs ?? "";
		const version = await this.releases.stageSource(sent, stage);
		const [base, draft] = [this.base.peek(), this.draft.peek()];
		if (version !== undefined && base && draft?.frameworkJs === sent)
			this.change({ frameworkJs: draftOf(base).frameworkJs });
		return version;
	}

	/** Puts the script to start from into the editor, with this deployment's name and client. */
	startScript(): void {
		const template = this.template();
		if (template !== undefined) this.change({ frameworkJs: template });
	}

	/** The same for a file to edit elsewhere (configuration guide: "Edit and update the App name & Client ID"). */
	template(): string | undefined {
		const [draft, facts] = [this.draft.peek(), this.facts.value];
		if (!draft || !facts) return undefined;
		const { name, clientId } = draft;
		return starterScript({ name, region: facts.region, clientId });
	}

	/** Adds the redirect URIs that the panel needs to the client that it will sign in with. */
	async repairClient(): Promise<boolean> {
		const check = this.signInCheck.peek();
		if (!check?.client) return false;
		const fix: Fix = { do: "addRedirectUris", clientId: check.client.id, uris: check.missingUris };
		const done = await this.repairing.run(() => applyFix(this.#api, fix));
		await this.facts.load();
		return done;
	}

	/** Whose name cannot be read is shown as an application. */
	async #readUploaders(versions: readonly ScriptVersion[]): Promise<ReadonlyMap<string, string>> {
		const ids = [...new Set(versions.flatMap((version) => version.uploadedBy?.id ?? []))].slice(0, 100);
		if (ids.length === 0) return new Map();
		const users = await listAll<User>(this.#api, `/api/v2/users?state=any&id=${ids.join(",")}`);
		return new Map(users.map((user) => [user.id, user.name]));
	}

	async #read(): Promise<DeploymentFacts> {
		const [integration, configuration, groups, clients, troubles] = await Promise.all([
			this.#api.request<Integration>("GET", `/api/v2/integrations/${this.id}`),
			this.#api.request<Configuration>("GET", this.#path()),
			listAll<Group>(this.#api, "/api/v2/groups"),
			readKnownClients(this.#api, this.self.rights.peek()),
			readTroubles(this.#api),
		]);
		this.#meetFresh(configuration);
		return {
			integration,
			groups: groups.sort(byName),
			clients: clients.sort(byName),
			troubles: troubles.get(this.id),
			region: this.#panel.region,
		};
	}

	/** A configuration was read: the draft of an earlier visit goes on from it. */
	#meetFresh(configuration: Configuration): void {
		// A question about both sides stands open: whoever answers it saves, and meets what is newer then.
		if (this.conflict.peek()) return;
		const fresh = draftOf(configuration);
		const [base, draft] = [this.base.peek(), this.draft.peek()];
		// It was on its way while a newer one was saved.
		if (base && configuration.version < base.version) return;
		const kept = base && draft ? { version: base.version, base: draftOf(base), draft } : this.#keptDraft();
		if (!kept) {
			this.#take(configuration, fresh);
		} else if (conflicts(kept.base, kept.draft, fresh).length === 0) {
			this.#take(configuration, merge(kept.base, kept.draft, fresh));
		} else {
			// Fields that both sides changed wait for the save, which is refused for its old version and then asks.
			this.#take({ ...configurationOf(kept.base, configuration), version: kept.version }, kept.draft);
		}
	}

	/** The save came too late: merges where that loses nothing, asks where it would. */
	async #meet(base: Configuration, mine: Draft): Promise<boolean> {
		const theirs = await this.#api.request<Configuration>("GET", this.#path());
		const fields = conflicts(draftOf(base), mine, draftOf(theirs));
		const staged = stagedSince(base, mine, theirs);
		if (fields.length > 0 || staged !== undefined) {
			const script: DraftField[] = staged === undefined || fields.includes("frameworkJs") ? [] : ["frameworkJs"];
			this.conflict.value = { theirs, fields: [...fields, ...script], ...(staged === undefined ? {} : { staged }) };
			return false;
		}
		const merged = merge(draftOf(base), mine, draftOf(theirs));
		this.#saved(await this.#put(configurationOf(merged, theirs)), mine);
		return true;
	}

	/** What was typed since the save began stays, unsaved. @param sent the draft as it was then */
	#saved(after: Configuration, sent: Draft): void {
		const [now, fresh] = [this.draft.peek(), draftOf(after)];
		this.#take(after, now ? merge(sent, now, fresh) : fresh);
	}

	#put(configuration: Configuration): Promise<Configuration> {
		return this.#api.request<Configuration>("PUT", this.#path(), { ...configuration });
	}

	#path(): string {
		return `/api/v2/integrations/${this.id}/config/current`;
	}

	#take(configuration: Configuration, draft: Draft): void {
		batch(() => {
			this.base.value = configuration;
			this.draft.value = draft;
			this.conflict.value = undefined;
		});
		this.#keepDraft();
	}

	/** Everybody has another version now: why one could not be given to some is no news any more. */
	#afterChange(): Promise<void> {
		this.releases.changing.forget();
		return this.#refresh();
	}

	async #refresh(): Promise<void> {
		await Promise.all([this.facts.load(), this.versions.load()]);
	}

	/** Unsaved changes outlive a reload and a new sign-in, in this tab. */
	#keepDraft(): void {
		const [base, draft] = [this.base.peek(), this.draft.peek()];
		if (!base || !draft) return;
		if (this.changed.peek().length === 0) {
			this.#store.removeItem(this.#key());
			return;
		}
		try {
			this.#store.setItem(
				this.#key(),
				JSON.stringify({ version: base.version, base: draftOf(base), draft } satisfies KeptDraft),
			);
		} catch {
			// The tab's storage is full: the draft lives in memory alone.
		}
	}

	#keptDraft(): KeptDraft | undefined {
		try {
			return JSON.parse(this.#store.getItem(this.#key()) ?? "null") ?? undefined;
		} catch {
			return undefined;
		}
	}

	#key(): string {
		return `inlay.console.draft.${this.id}`;
	}
}

/** The version that some groups have first since `base` was read, where a save of my script would end that. */
function stagedSince(base: Configuration, mine: Draft, theirs: Configuration): number | undefined {
	const isMine = mine.frameworkJs !== draftOf(base).frameworkJs && mine.frameworkJs !== draftOf(theirs).frameworkJs;
	const staged = theirs.inlayStaged?.version;
	return isMine && staged !== base.inlayStaged?.version ? staged : undefined;
}
